"""PyPI's slackblocks knows Slack's shapes and limits by itself; every message, form and page of ours passes it."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from slackblocks.errors import InvalidUsageError

from bot.commands import TABLE
from bot.domain.alert import Card
from bot.domain.audience import Channel, Level, Subscription, Watch
from bot.domain.command import Command, Completes
from bot.locales import ENGLISH
from bot.platforms.slack.forms import Purpose, answered, form_of
from bot.platforms.slack.home import Hears, home_view
from bot.platforms.slack.render import render
from bot.platforms.welcome import welcome
from tests.builders import MONDAY
from tests.peers.rebuilt import rebuilt, rebuilt_view, shape
from tests.platforms.cards import ALERT, ARABIC, CORRECTION, HOSTILE, SUMMARY

GOLDEN = sorted((Path(__file__).parents[1] / "data" / "slack").glob("**/*.json"))
HERE = Channel(id="slack:T0DESK:C0DESK", platform="slack", workspace="T0DESK", address="C0DESK")


def complete(what: Completes, typed: str, channel: Channel, language: str) -> list[tuple[str, str]]:
    """Return levels and spans, as the house does."""
    return [(level.value, level.value) for level in Level]


@pytest.mark.parametrize("file", GOLDEN, ids=lambda file: file.stem)
def test_every_golden_message_passes(file: Path) -> None:
    blocks = json.loads(file.read_text(encoding="utf-8"))["blocks"]

    assert blocks
    for block in blocks:
        assert shape(rebuilt(block)._resolve()) == shape(block)  # noqa: SLF001 - what it would send


@pytest.mark.parametrize(
    "card", [ALERT, SUMMARY, CORRECTION, HOSTILE, ARABIC, welcome(ENGLISH)], ids=lambda card: card.title[:20]
)
def test_every_card_passes(card: Card) -> None:
    for block in render(card).blocks:
        assert shape(rebuilt(block)._resolve()) == shape(block)  # noqa: SLF001 - what it would send


@pytest.mark.parametrize("command", [command for command in TABLE if command.options], ids=lambda command: command.name)
@pytest.mark.parametrize("where", ["C0DESK", ""], ids=["in a channel", "on the page"])
def test_the_form_of_every_command_passes(command: Command, where: str) -> None:
    view = form_of(command, command.options, Purpose(command.name, channel=where), complete, HERE)

    assert view is not None
    assert shape(rebuilt_view(view)._resolve()) == shape(view)  # noqa: SLF001 - what it would send


def test_an_answer_in_a_form_passes() -> None:
    view = answered("summary", render(SUMMARY))

    assert shape(rebuilt_view(view)._resolve()) == shape(view)  # noqa: SLF001 - what it would send


def test_the_page_passes_empty_and_full() -> None:
    follows = Subscription(channel=HERE.id, story="istanbul-talks", kinds=frozenset({"talks-held"}), since=MONDAY)
    watch = Watch(name="grain", channel=HERE.id, query='"grain corridor" AND Odesa', since=MONDAY)
    hears = Hears(
        channel=replace(HERE, paused="the channel is archived"),
        subscriptions=[(follows, "istanbul-talks", "Istanbul talks")],
        watches=[watch],
    )
    for heard in ([], [hears], [replace(hears, channel=replace(HERE, address=f"C{n}")) for n in range(60)]):
        view = home_view(heard, who_may="Whoever is in a channel.")
        assert shape(rebuilt_view(view)._resolve()) == shape(view)  # noqa: SLF001 - what it would send


@pytest.mark.parametrize(
    "wrong",
    [
        {"type": "header", "text": {"type": "plain_text", "text": "x" * 151}},
        {"type": "section", "text": {"type": "mrkdwn", "text": "x" * 3_001}},
        {"type": "context", "elements": [{"type": "mrkdwn", "text": "x"}] * 11},
        {"type": "actions", "elements": [{"type": "button", "text": {"type": "plain_text", "text": "x" * 76}}]},
    ],
    ids=lambda block: block["type"],
)
def test_the_peer_refuses_what_slack_refuses(wrong: dict[str, Any]) -> None:
    with pytest.raises(InvalidUsageError):
        rebuilt(wrong)
