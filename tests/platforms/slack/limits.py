"""Slack's limits for blocks, counted anew from its papers and not from our renderer."""

import json
from typing import Any


def broken_limit(blocks: list[dict[str, Any]]) -> str | None:
    """Return Slack's error for blocks that are too many or too long, ``None`` if they are fine."""
    if len(blocks) > 50 or not all(_is_fine(block) for block in blocks):
        return "invalid_blocks"
    return "msg_blocks_too_long" if len(json.dumps(blocks, ensure_ascii=False)) > 13_200 else None


def broken_view(view: dict[str, Any], kind: str) -> str | None:
    """Return what Slack would say against a form or a page, ``None`` if it is fine."""
    blocks = view.get("blocks") or []
    if view.get("type") != kind or not 1 <= len(blocks) <= 100:
        return "the view's type, or the number of its blocks"
    if len(view.get("private_metadata", "")) > 3_000 or len(view.get("callback_id", "")) > 255:
        return "what the view carries"
    if kind == "modal" and not all(1 <= len(_words(view[name])) <= 24 for name in ("title", "close")):
        return "the view's title or buttons"
    if any(block["type"] == "input" for block in blocks) and not 1 <= len(_words(view.get("submit"))) <= 24:
        return "a form with fields needs a button"
    names = [block["block_id"] for block in blocks if "block_id" in block]
    if len(set(names)) < len(names) or not all(1 <= len(name) <= 255 for name in names):
        return "block ids"
    return next((str(block) for block in blocks if not _is_fine(block)), None)


def _words(text: dict[str, Any] | None) -> str:
    return text["text"] if text and text["type"] == "plain_text" else ""


def _is_field(element: dict[str, Any]) -> bool:
    options = element.get("options", [])
    if not 1 <= len(element["action_id"]) <= 255 or not all(map(_is_choice, options)):
        return False
    match element["type"]:
        case "static_select":
            initial = element.get("initial_option")
            return bool(1 <= len(options) <= 100 and (initial is None or initial in options))
        case "external_select" | "multi_external_select":
            return not options and bool(element["min_query_length"] >= 0)
        case "plain_text_input":
            return bool(1 <= element["max_length"] <= 3_000)
        case "button":
            return 1 <= len(_words(element["text"])) <= 75 and len(element["value"]) <= 2_000
        case kind:
            return bool(kind == "conversations_select")


def _is_choice(option: dict[str, Any]) -> bool:
    return 1 <= len(_words(option["text"])) <= 75 and 1 <= len(option["value"]) <= 150


def _is_fine(block: dict[str, Any]) -> bool:  # noqa: PLR0911 - a line a kind
    match block["type"]:
        case "divider":
            return True
        case "input":
            label, hint = _words(block["label"]), _words(block["hint"])
            return 1 <= len(label) <= 2_000 and 1 <= len(hint) <= 2_000 and _is_field(block["element"])
        case "header":
            return block["text"]["type"] == "plain_text" and 1 <= len(block["text"]["text"]) <= 150
        case "section":
            accessory = block.get("accessory")
            return 1 <= len(block["text"]["text"]) <= 3_000 and (accessory is None or _is_field(accessory))
        case "context":
            elements = block["elements"]
            return 1 <= len(elements) <= 10 and all(element["text"] for element in elements)
        case "actions":
            ids = [element["action_id"] for element in block["elements"]]
            return (
                1 <= len(ids) <= 25
                and len(set(ids)) == len(ids)
                and all(
                    1 <= len(element["text"]["text"]) <= 75
                    and len(element["value"]) <= 2_000
                    and len(element["action_id"]) <= 255
                    for element in block["elements"]
                )
            )
        case _:
            return False
