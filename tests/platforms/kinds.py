"""One card of each kind, and the golden messages made of them.

``python -m tests.platforms.kinds`` writes the golden messages and the
pictures of docs/ anew; read what changed before you commit it.
"""

import json
import tomllib
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bot.domain.alert import Button, Card, Fact
from bot.kinds import CATALOGUE
from bot.platforms.discord import render as discord
from bot.platforms.slack import render as slack
from tests.platforms.cards import bullet
from tests.platforms.draw import draw_discord, draw_slack

DATA = Path(__file__).parents[1] / "data"
DOCS = Path(__file__).parents[2] / "docs"


def cards() -> Mapping[str, Card]:
    """Return a card of each kind, as alerts of a story have them."""
    told = tomllib.loads((DATA / "cards" / "kinds.toml").read_text(encoding="utf-8"))
    return {kind: _card(kind, case) for kind, case in told.items()}


def golden(platform: str, kind: str) -> Path:
    """Return the file that holds a kind's golden message."""
    return DATA / platform / "kinds" / f"{kind}.json"


def on_discord(card: Card) -> dict[str, Any]:
    """Return a card as Discord is sent it."""
    written: dict[str, Any] = json.loads(json.dumps(asdict(discord.render(card))))
    return written


def on_slack(card: Card) -> dict[str, Any]:
    """Return a card as Slack is sent it."""
    message = slack.render(card)
    return {"text": message.text, "blocks": list(message.blocks)}


def pictures() -> Mapping[str, str]:
    """Return the pictures of README by file name, drawn from golden messages."""

    def kept(platform: str, kind: str) -> dict[str, Any]:
        message: dict[str, Any] = json.loads(golden(platform, kind).read_text(encoding="utf-8"))
        return message

    return {
        "slack-alert.svg": draw_slack(kept("slack", "ceasefire-called")),
        "discord-alert.svg": draw_discord(kept("discord", "delegation-named")),
    }


def _card(kind: str, case: Mapping[str, Any]) -> Card:
    story = case.get("story", "istanbul-talks")
    bullets = tuple(bullet(words, outlet, 14, 22, minute) for words, outlet, minute in case["bullets"])
    return Card(
        title=case["headline"],
        place=f"{story} · {CATALOGUE[kind].title}",
        family=CATALOGUE[kind].family,
        at=bullets[0].at,
        facts=tuple(Fact(label=label, before=before, after=after) for label, before, after in case.get("facts", ())),
        bullets=bullets,
        foot=case["foot"],
        buttons=(
            Button(action="summary", label="Summary", value=story),
            Button(action="mute", label="Mute story", value=story),
            Button(action="wrong", label="Wrong", value="5f2b8c1d9e3a4706"),
        ),
    )


def main() -> None:
    """Write every golden message anew."""
    for kind, card in cards().items():
        for platform, message in (("discord", on_discord(card)), ("slack", on_slack(card))):
            file = golden(platform, kind)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(json.dumps(message, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    for name, picture in pictures().items():
        (DOCS / name).write_text(picture, encoding="utf-8")


if __name__ == "__main__":
    main()
