"""What a command lacks is asked for in a form; Slack calls it a modal, and its choices are looked up while typing."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from bot.domain.audience import Channel
from bot.domain.command import Command, Completes, Option
from bot.locales import ENGLISH, Voice
from bot.platforms.fit import size
from bot.platforms.slack.render import Message
from bot.platforms.slack.text import plain
from bot.ports import Complete

#: Slack's limits: a form's title and buttons, its blocks, what it carries; a choice's label and value.
TITLE = 24
BLOCKS = 100
METADATA = 3_000
LABEL = 75
VALUE = 150
HINT = 200
WORDS = 1_000
ERROR = 300

#: What Slack hands back with a form, and with somebody who types into one of its fields.
FORM = "form"
CHOOSE = "choose"

#: The field for the channel, where a form is not opened in one.
CHANNEL = "channel:"

#: So few choices that they need no search.
FEW = (Completes.LEVEL, Completes.SPAN)

View = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Purpose:
    """What a form is for; Slack hands it back unchanged, and shows it to nobody."""

    command: str
    #: What was said before, by option name.
    known: Mapping[str, str] = field(default_factory=dict)
    #: The channel's own id; empty if the form asks.
    channel: str = ""
    #: Slack itself said that the person was in the channel.
    there: bool = False
    #: The channel may read the answer.
    aloud: bool = False
    response_url: str = ""

    def written(self) -> str:
        """Return it as Slack carries it."""
        return json.dumps({name: value for name, value in asdict(self).items() if value}, separators=(",", ":"))


def purpose_of(view: Mapping[str, Any]) -> Purpose | None:
    """Return what a form is for, ``None`` if it is from another version of ours."""
    try:
        return Purpose(**json.loads(str(view.get("private_metadata") or "")))
    except (TypeError, ValueError):
        return None


def form_of(  # noqa: PLR0913, PLR0917 - what it asks, for what, and whom
    command: Command,
    asked: Sequence[Option],
    purpose: Purpose,
    complete: Complete,
    channel: Channel,
    say: Voice = ENGLISH,
) -> View | None:
    """Return the form for what a command lacks; ``None`` if what is known has no room in it.

    Args:
        command: What is to be done.
        asked: What the form asks for.
        purpose: What it is for.
        complete: The choices of fields with few.
        channel: Where somebody asks.
        say: Who is asked.
    """
    written = purpose.written()
    if size(written) > METADATA:
        return None
    fields = [_field(option, complete, channel, say) for option in asked]
    if not purpose.channel:
        fields.insert(0, _channel_field(say))
    return {
        "type": "modal",
        "callback_id": FORM,
        "private_metadata": written,
        "title": _plain(f"/{command.name}", TITLE),
        "submit": _plain(say("Do it"), TITLE),
        "close": _plain(say("Cancel"), TITLE),
        "blocks": [{"type": "context", "elements": [_plain(say(command.summary), HINT)]}, *fields][:BLOCKS],
    }


def answered(command: str, message: Message, say: Voice = ENGLISH) -> View:
    """Return the form that shows an answer in its place."""
    blocks = [block for block in message.blocks if block["type"] != "actions"]
    return {
        "type": "modal",
        "title": _plain(f"/{command}", TITLE),
        "close": _plain(say("Close"), TITLE),
        "blocks": blocks[:BLOCKS] or [{"type": "section", "text": _plain(message.text or say("Done."), 3_000)}],
    }


def filled(view: Mapping[str, Any]) -> dict[str, str]:
    """Return what somebody filled in, by option name; several choices stand with commas, empty fields not at all."""
    fields = ((view.get("state") or {}).get("values") or {}).items()
    values = {str(name): _value(next(iter(parts.values()), {})) for name, parts in fields if parts}
    return {name: value for name, value in values.items() if value}


def choices(found: Sequence[tuple[str, str]]) -> list[dict[str, Any]]:
    """Return choices as Slack takes them; one whose value has no room is left out."""
    return [
        {"text": _plain(label, LABEL) if label else _plain(value, LABEL), "value": value}
        for value, label in found
        if 0 < size(value) <= VALUE
    ]


def completed_by(action: str) -> Completes | None:
    """Return what the choices of a field are drawn from."""
    try:
        return Completes(action.removeprefix(f"{CHOOSE}:"))
    except ValueError:
        return None


def errors_of(text: str, values: Mapping[str, str], view: Mapping[str, Any]) -> dict[str, str]:
    """Return what is wrong with a form, at the field that it speaks of, else at the last."""
    fields = [str(block["block_id"]) for block in view.get("blocks") or () if block.get("type") == "input"]
    named = [name for name in fields if values.get(name) and values[name].lower() in text.lower()]
    where = (named or fields)[-1:]
    return {name: plain(text.replace("`", ""), ERROR) for name in where}


def _field(option: Option, complete: Complete, channel: Channel, say: Voice) -> dict[str, Any]:
    name = say.named("option", option.name)
    return {
        "type": "input",
        "block_id": option.name,
        "optional": not option.required,
        "label": _plain(name[:1].upper() + name[1:], HINT),
        "hint": _plain(say(option.summary), HINT),
        "element": _element(option, complete, channel, say),
    }


def _element(option: Option, complete: Complete, channel: Channel, say: Voice) -> dict[str, Any]:
    if option.completes is None:
        return {
            "type": "plain_text_input",
            "action_id": "words",
            "multiline": option.rest,
            "max_length": WORDS,
        }
    action = f"{CHOOSE}:{option.completes}"
    few = choices(complete(option.completes, "", channel, say.language)) if option.completes in FEW else []
    if few:
        return {"type": "static_select", "action_id": action, "options": few}
    many = option.completes is Completes.KIND
    return {
        "type": "multi_external_select" if many else "external_select",
        "action_id": action,
        # The first choices come before a letter is typed.
        "min_query_length": 0,
        "placeholder": _plain(say("Type to search"), LABEL),
    }


def _channel_field(say: Voice) -> dict[str, Any]:
    return {
        "type": "input",
        "block_id": CHANNEL,
        "label": _plain(say("Channel"), HINT),
        "hint": _plain(say("Where it is posted; invite me there"), HINT),
        "element": {
            "type": "conversations_select",
            "action_id": "where",
            "filter": {"include": ["public", "private"], "exclude_bot_users": True},
        },
    }


def _value(part: Mapping[str, Any]) -> str:
    many = part.get("selected_options")
    if many is not None:
        return ",".join(str(option["value"]) for option in many)
    one = part.get("selected_option") or {}
    return str(part.get("value") or one.get("value") or part.get("selected_conversation") or "").strip()


def _plain(text: str, limit: int) -> dict[str, Any]:
    return {"type": "plain_text", "text": plain(text, limit), "emoji": False}
