"""What a command lacks is asked for in a form, and lists are turned in place."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from discord import ui

from bot.app import App
from bot.config import Settings
from bot.domain.audience import Channel
from bot.domain.command import Command, Completes, Option
from bot.domain.feed import Feed, FeedState
from bot.locales import ENGLISH
from bot.platforms.discord.forms import filled, form_of
from tests.house import START
from tests.platforms.discord.limits import wrong_with_form
from tests.platforms.discord.server import TOKEN, DiscordServer, is_private
from tests.platforms.discord.shapes import MANAGE_CHANNELS
from tests.platforms.discord.stand import HERE


@pytest.fixture
async def lit(server: DiscordServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[DiscordServer]:
    """Return a Discord on which the whole bot runs, with 45 feeds that nobody polls yet."""
    # A busy machine's answer may come in two parts, which is not what is tested here.
    monkeypatch.setattr("bot.platforms.discord.replies.PATIENCE_SECONDS", 2.5)
    settings = {
        "database": f"sqlite:///{tmp_path / 'house.sqlite3'}",
        "console": False,
        "web": {"enabled": False},
        "feeds": {"starter": False},
        "discord": {"mode": "gateway", "token": TOKEN, "api": server.api, "gateway": server.gateway.url},
    }
    app, until, ready = App(Settings.model_validate(settings)), asyncio.Event(), asyncio.Event()
    await app.open()
    async with app.store.write() as session:
        for number in range(45):
            name = f"wire-{number:02}"
            due = START.replace(year=2100)
            await session.feeds.put(
                Feed(id=name, url=f"https://{name}.example/", outlet=name), FeedState(due=due, last_success=START)
            )
    running = asyncio.create_task(app.run(until, ready.set))
    await ready.wait()
    yield server
    until.set()
    await running
    await app.close()


async def test_a_subscription_is_asked_for_with_selects(lit: DiscordServer) -> None:
    asked = await lit.use("subscribe", permissions=MANAGE_CHANNELS)

    assert asked.form is not None
    story, level, kinds = (label["component"] for label in asked.form["components"])
    assert story["options"][0] == {"label": "all · every story", "value": "all", "default": False}
    assert (len(story["options"]), story["required"]) == (25, True)
    assert [choice["value"] for choice in level["options"]] == ["key", "normal", "everything"]
    assert kinds["max_values"] == len(kinds["options"])

    done = await lit.fill(asked, story="all", level="key", kinds=["ceasefire-agreed", "talks-held"])

    assert "every story, level key, kinds ceasefire-agreed, talks-held" in done.seen
    assert "every story · level key" in (await lit.use("subscriptions")).seen


async def test_what_was_typed_is_not_asked_for_again(lit: DiscordServer) -> None:
    asked = await lit.use("subscribe", permissions=MANAGE_CHANNELS, level="key")

    assert asked.form is not None
    assert [label["component"]["custom_id"] for label in asked.form["components"]] == ["story", "kinds"]
    assert "level key" in (await lit.fill(asked, story="all")).seen


async def test_a_watch_is_asked_for_with_texts_and_a_wrong_query_is_told(lit: DiscordServer) -> None:
    asked = await lit.use("watch add", permissions=MANAGE_CHANNELS)

    wrong = await lit.fill(asked, name="grain", query="Odesa AND")
    assert "(at character" in wrong.seen
    assert is_private(wrong.messages[0])
    done = await lit.fill(asked, name="grain", query='"grain corridor" AND Odesa')
    assert "Watch `grain` posts every article" in done.seen


async def test_who_may_not_gets_no_form_and_a_form_that_is_sent_is_checked_again(lit: DiscordServer) -> None:
    refused = await lit.use("subscribe")
    assert refused.form is None
    assert "Only who may manage this channel" in refused.seen

    asked = await lit.use("subscribe", permissions=MANAGE_CHANNELS)
    demoted = await lit.fill(asked, permissions=0, story="all")
    assert "Only who may manage this channel" in demoted.seen
    assert "follows nothing" in (await lit.use("subscriptions")).seen


async def test_a_list_is_turned_in_place(lit: DiscordServer) -> None:
    first = await lit.use("feeds list")
    [row] = first.messages[0]["components"]
    [turn] = row["components"]
    assert turn["label"] == "Next"

    second = await lit.press(turn["custom_id"], on=first.messages[0])

    assert second.type == 7
    assert "wire-10" in second.seen
    assert "page 2 of 5" in second.seen
    assert [button["label"] for button in second.messages[0]["components"][0]["components"]] == ["Previous", "Next"]


async def test_a_mute_that_was_pressed_can_be_changed_in_place(lit: DiscordServer) -> None:
    await lit.use("subscribe", permissions=MANAGE_CHANNELS, story="all")

    muted = await lit.press("mute:istanbul-talks", permissions=MANAGE_CHANNELS)
    assert is_private(muted.messages[0])
    buttons = {button["label"]: button["custom_id"] for button in muted.messages[0]["components"][0]["components"]}
    changed = await lit.press(buttons["Until its state changes"], permissions=MANAGE_CHANNELS, on=muted.messages[0])

    assert changed.type == 7
    assert "is muted here until its state changes" in changed.seen
    refused = await lit.press("unmute:istanbul-talks")
    assert "Only who may manage this channel" in refused.seen


# ---------------------------------------------------------------- limits


STORY = Option(name="story", summary="A story", required=True)


def asking(*options: Option) -> Command:
    """Return a command that asks for these options."""
    return Command(name="do", summary="Something", options=options)


def many(what: Completes, typed: str, channel: Channel, language: str) -> Sequence[tuple[str, str]]:
    """Return more choices than there may be, some of them too long."""
    return [("x" * 101, "too long"), *((f"value-{number}", "label " * 40) for number in range(40))]


def written(form: ui.Modal | None) -> dict[str, Any]:
    """Return the form as it goes over the wire; it keeps every limit."""
    assert form is not None
    body = form.to_dict()
    assert not wrong_with_form(body)
    return body


@pytest.mark.parametrize(("letters", "opens"), [(100, True), (101, False)])
def test_what_is_known_must_fit_into_100_characters(letters: int, opens: object) -> None:
    form = form_of(asking(STORY), (STORY,), "d" * letters, many, HERE, ENGLISH)

    assert (form is not None) is opens


def test_a_form_has_five_fields_at_most_and_the_required_ones_first() -> None:
    options = [Option(name=f"o{number}", summary="s" * 120, required=number > 4) for number in range(7)]

    form = form_of(asking(*options), options, "do:", many, HERE, ENGLISH)

    names = [label["component"]["custom_id"] for label in written(form)["components"]]
    assert names == ["o5", "o6", "o0", "o1", "o2"]


def test_a_select_has_25_choices_of_100_letters_and_leaves_out_what_would_be_cut() -> None:
    option = Option(name="story", summary="A story", required=True, completes=Completes.STORY)

    [label] = written(form_of(asking(option), (option,), "do:", many, HERE, ENGLISH))["components"]

    choices = label["component"]["options"]
    assert (len(choices), choices[0]["value"]) == (25, "value-0")


@pytest.mark.parametrize("summary", ["s" * 45, "s" * 46])
def test_a_title_keeps_45_characters(summary: str) -> None:
    command = Command(name="do", summary=summary, options=(STORY,))

    assert len(str(written(form_of(command, (STORY,), "do:", many, HERE, ENGLISH))["title"])) == 45


def test_empty_fields_were_not_filled_in() -> None:
    parts = [
        {"type": 18, "component": {"type": 4, "custom_id": "name", "value": " grain "}},
        {"type": 18, "component": {"type": 4, "custom_id": "note", "value": "  "}},
        {"type": 18, "component": {"type": 3, "custom_id": "kinds", "values": ["a", "b"]}},
        {"type": 18, "component": {"type": 3, "custom_id": "level", "values": []}},
    ]

    assert filled(parts) == {"name": "grain", "kinds": "a,b"}
