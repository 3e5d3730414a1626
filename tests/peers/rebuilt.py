"""Blocks rebuilt with slackblocks' own classes, each of which refuses what Slack would refuse."""

from typing import Any

from slackblocks import elements, objects
from slackblocks.blocks import ActionsBlock, Block, InputBlock, SectionBlock
from slackblocks.views import HomeTabView, ModalView

ELEMENTS: dict[str, Any] = {
    "button": elements.Button,
    "static_select": elements.StaticSelectMenu,
    "external_select": elements.ExternalSelectMenu,
    "multi_external_select": elements.ExternalMultiSelectMenu,
    "conversations_select": elements.ConversationSelectMenu,
    "plain_text_input": elements.PlainTextInput,
}


def rebuilt(block: dict[str, Any]) -> Block:
    """Return a block as the library makes it.

    Raises:
        slackblocks.errors.InvalidUsageError: If Slack would not have it.
    """
    match block["type"]:
        case "actions":
            return ActionsBlock([_element(each) for each in block["elements"]], block_id=block.get("block_id"))
        case "input":
            return InputBlock(
                label=_text(block["label"]),
                element=_element(block["element"]),
                block_id=block["block_id"],
                hint=_text(block["hint"]),
                optional=block.get("optional", False),
            )
        case "section" if "accessory" in block:
            return SectionBlock(
                text=_text(block["text"]), block_id=block.get("block_id"), accessory=_element(block["accessory"])
            )
        case _:
            return Block.from_dict(block)


def rebuilt_view(view: dict[str, Any]) -> ModalView | HomeTabView:
    """Return a form or a page as the library makes it."""
    blocks = [rebuilt(block) for block in view["blocks"]]
    if view["type"] == "home":
        return HomeTabView(blocks=blocks)
    return ModalView(
        title=_text(view["title"]),
        blocks=blocks,
        close=_text(view["close"]),
        submit=_text(view["submit"]) if "submit" in view else None,
        private_metadata=view.get("private_metadata"),
        callback_id=view.get("callback_id"),
    )


def shape(thing: Any) -> Any:
    """Return JSON without what the library adds or leaves out by itself: made-up block ids, and defaults."""
    if isinstance(thing, dict):
        return {
            key: shape(value)
            for key, value in thing.items()
            if key != "block_id" and value is not False and value is not None
        }
    return [shape(each) for each in thing] if isinstance(thing, list) else thing


def _text(text: dict[str, Any]) -> objects.Text:
    kind = objects.TextType.PLAINTEXT if text["type"] == "plain_text" else objects.TextType.MARKDOWN
    return objects.Text(text["text"], type_=kind, emoji=text.get("emoji", False), verbatim=text.get("verbatim", False))


def _element(element: dict[str, Any]) -> elements.Element:
    fields = {name: _field(name, value) for name, value in element.items() if name != "type"}
    made: elements.Element = ELEMENTS[element["type"]](**fields)
    return made


def _field(name: str, value: Any) -> Any:
    match name:
        case "text" | "placeholder":
            return _text(value)
        case "options":
            return [_option(each) for each in value]
        case "initial_option":
            return _option(value)
        case "confirm":
            said = {key: _text(text) for key, text in value.items()}
            return objects.ConfirmationDialogue(said["title"], said["text"], said["confirm"], said["deny"])
        case "filter":
            return objects.ConversationFilter(**value)
        case _:
            return value


def _option(option: dict[str, Any]) -> objects.Option:
    return objects.Option(text=_text(option["text"]), value=option["value"])
