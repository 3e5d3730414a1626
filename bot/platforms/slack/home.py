"""App Home: first words, what the reader's channels hear, and what can be changed there."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from bot.domain.audience import Channel, Level, Subscription, Watch
from bot.locales import ENGLISH, Voice, _
from bot.platforms.fit import size
from bot.platforms.slack.channels import DIRECT
from bot.platforms.slack.forms import VALUE, View
from bot.platforms.slack.text import literal, plain

#: Slack's limits.
BLOCKS = 100
BLOCK_ID = 255

#: What is pressed or chosen on the page.
OPEN = "home.open"
LEVEL = "home.level"
STOP = "home.stop"

#: Chosen instead of a level: the channel follows the story no more.
NO_MORE = "stop"

#: The forms that the page opens, in order; reading needs no channel.
FORMS = (
    ("subscribe", _("Follow a story")),
    ("watch add", _("Watch for words")),
    ("summary", _("Where a story stands")),
)

WHO = {
    "members": _("Whoever is in a channel may change what it hears."),
    "admins": _("Admins and owners of this workspace may change what the channels hear that they are in."),
}
NAMED = _("Only the people whom the operator has named may change what channels hear.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Hears:
    """What one channel of the reader hears."""

    channel: Channel
    #: Each with its story's slug and title.
    subscriptions: Sequence[tuple[Subscription, str, str]] = ()
    watches: Sequence[Watch] = ()


def home_view(heard: Sequence[Hears], *, who_may: str, say: Voice = ENGLISH) -> View:
    """Return the page of one reader.

    Args:
        heard: The channels that the reader is in; no others may be named here.
        who_may: Who may change what channels hear, in a sentence of English.
        say: Who reads it.
    """
    blocks = [
        *_head(say),
        *(_welcome(say) if not heard else []),
        {"type": "actions", "elements": [_opener(command, say(label)) for command, label in FORMS]},
        {"type": "divider"},
    ]
    tail = [
        {"type": "divider"},
        {"type": "header", "text": _plain(say("Settings"), 150)},
        _section(literal(say(who_may), 300)),
        _context(
            say("Levels: key is changes of fact alone; normal adds what those in charge say; everything is all of it.")
        ),
    ]
    rows = [row for hears in heard for row in _channel(hears, say)]
    room = BLOCKS - len(blocks) - len(tail)
    if len(rows) > room:
        rest = len(rows) - room + 1
        rows = [
            *rows[: room - 1],
            _context(say("… and {count:,} more; /dragoman subscriptions lists them in each channel.", count=rest)),
        ]
    if not rows:
        rows = [_section(say("Nothing yet: none of your channels follows a story or watches for words."))]
    return {"type": "home", "blocks": [*blocks, *rows, *tail]}


def chosen(block_id: str) -> tuple[str, dict[str, str]] | None:
    """Return the channel and the arguments that a row of the page stands for."""
    try:
        channel, arguments = json.loads(block_id)
    except (TypeError, ValueError):
        return None
    if not isinstance(channel, str) or not isinstance(arguments, dict):
        return None
    return channel, {str(name): str(value) for name, value in arguments.items()}


def _head(say: Voice) -> list[dict[str, Any]]:
    what = say(
        "It reads the world's news feeds, keeps the state of each negotiation, and posts one short, sourced "
        "alert in your channels when that state changes."
    )
    return [{"type": "header", "text": _plain("Dragoman", 150)}, _section(what)]


def _welcome(say: Voice) -> list[dict[str, Any]]:
    things = (
        say("`/summary istanbul-talks` in any channel tells where a story stands"),
        say("`/invite @Dragoman` in a channel, then `/subscribe istanbul-talks`: its changes are posted there"),
        say("`/dragoman stories` lists what is followed"),
    )
    title = say("Three things to try")
    return [_section("\n".join([f"*{title}*", *(f"• {thing}" for thing in things)]))]


def _opener(command: str, label: str) -> dict[str, Any]:
    return {
        "type": "button",
        "action_id": f"{OPEN}:{command}",
        "text": _plain(label, 75),
        "value": command,
        **({"style": "primary"} if command == FORMS[0][0] else {}),
    }


def _channel(hears: Hears, say: Voice) -> Iterator[dict[str, Any]]:
    # Slack itself puts the name there, for readers who may know it.
    why = say("Paused: {why}", why=say(hears.channel.paused)) if hears.channel.paused else ""
    paused = f"\n{literal(why, 400)}" if why else ""
    name = say("Our conversation") if hears.channel.address.startswith(DIRECT) else f"<#{hears.channel.address}>"
    yield _section(f"*{name}*{paused}")
    for subscription, slug, title in hears.subscriptions:
        yield _followed(hears.channel.address, subscription, slug, title, say)
    for watch in hears.watches:
        yield _watched(hears.channel.address, watch, say)


def _followed(channel: str, subscription: Subscription, slug: str, title: str, say: Voice) -> dict[str, Any]:
    kinds = sorted(subscription.kinds)
    told = say("Only {kinds}", kinds=", ".join(kinds))
    only = f"\n{literal(told, 520)}" if kinds else ""
    row = _section(f"• {literal(title, 200)} · {literal(slug, 100)}{only}")
    arguments = {"story": slug, **({"kinds": ",".join(kinds)} if kinds else {})}
    block_id = json.dumps([channel, arguments], separators=(",", ":"))
    if size(block_id) > BLOCK_ID:
        return row
    options: list[dict[str, Any]] = [
        *({"text": _plain(say.named("level", level.value), 75), "value": level.value} for level in Level),
        {"text": _plain(say("stop following"), 75), "value": NO_MORE},
    ]
    initial = options[list(Level).index(subscription.level)]
    select = {"type": "static_select", "action_id": LEVEL, "options": options, "initial_option": initial}
    return {**row, "block_id": block_id, "accessory": select}


def _watched(channel: str, watch: Watch, say: Voice) -> dict[str, Any]:
    row = _section(f"• {literal(watch.name, 100)}: {literal(watch.query, 1_000)}")
    block_id = json.dumps([channel, {"name": watch.name}], separators=(",", ":"))
    if size(block_id) > BLOCK_ID:
        return row
    button = {
        "type": "button",
        "action_id": STOP,
        "text": _plain(say("Stop"), 75),
        "value": watch.name[:VALUE],
        "confirm": {
            "title": _plain(say("Stop this watch?"), 100),
            "text": _plain(say("{name} is forgotten for the whole channel.", name=watch.name), 300),
            "confirm": _plain(say("Stop it"), 30),
            "deny": _plain(say("Keep it"), 30),
        },
    }
    return {**row, "block_id": block_id, "accessory": button}


def _section(text: str) -> dict[str, Any]:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text, "verbatim": True}}


def _context(text: str) -> dict[str, Any]:
    return {"type": "context", "elements": [_plain(text, 1_000)]}


def _plain(text: str, limit: int) -> dict[str, Any]:
    return {"type": "plain_text", "text": plain(text, limit), "emoji": False}
