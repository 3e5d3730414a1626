"""What a command lacks is asked for in a form, with choices while typing: the real commands, in both modes."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.domain.command import Command, Completes, Option
from bot.platforms.slack.forms import Purpose, form_of
from bot.platforms.slack.home import OPEN
from tests.platforms.slack.limits import broken_view
from tests.platforms.slack.office import Office, office
from tests.platforms.slack.people import press, slash, submit, typing
from tests.platforms.slack.stand import Mode, channel, until


@pytest.fixture(params=["http", "socket"])
async def desk(request: pytest.FixtureRequest) -> AsyncIterator[Office]:
    """Return the newsroom, connected in each mode."""
    mode: Mode = request.param
    async with office(mode) as desk:
        yield desk


async def form(desk: Office, line: str, **fields: str) -> dict[str, Any]:
    """Type a line and return the form that opens."""
    before = len(desk.slack.forms)
    await desk.wire.types(slash(desk.slack, line, **fields))
    await until(lambda: len(desk.slack.forms) > before)
    return desk.slack.forms[-1]


def fields(view: dict[str, Any]) -> list[str]:
    return [block["block_id"] for block in view["blocks"] if block["type"] == "input"]


async def follows(desk: Office) -> list[tuple[str, str, str]]:
    async with desk.house.store.read() as session:
        return [(each.channel, each.story, each.level) for each in await session.channels.subscriptions()]


async def test_subscribe_alone_opens_a_form_whose_stories_are_found_while_typing(desk: Office) -> None:
    view = await form(desk, "/subscribe")
    assert fields(view) == ["story", "level", "kinds"]

    found = await desk.wire.fills(typing(view, "story", "istan"))
    assert found["options"][0]["value"] == "istanbul-talks"
    kinds = await desk.wire.fills(typing(view, "kinds", "cease"))
    assert "ceasefire-agreed" in [option["value"] for option in kinds["options"]]

    values = {"story": "istanbul-talks", "level": "key", "kinds": ["ceasefire-agreed", "talks-held"]}
    assert await desk.wire.fills(submit(view, values)) == {}
    answer = await desk.slack.answer()
    assert answer["response_type"] == "in_channel"
    assert "ceasefire-agreed, talks-held" in str(answer["blocks"])
    assert await follows(desk) == [("slack:T0DESK:C0DESK", "istanbul-talks", "key")]


async def test_watch_alone_opens_the_form_for_a_watch(desk: Office) -> None:
    view = await form(desk, "/watch")

    await desk.wire.fills(submit(view, {"name": "grain", "query": '"grain corridor" AND Odesa'}))

    assert "Watch `grain`" in (await desk.slack.answer())["text"]


async def test_what_is_wrong_is_told_at_its_field_and_can_be_mended(desk: Office) -> None:
    view = await form(desk, "/watch add")

    wrong = await desk.wire.fills(submit(view, {"name": "grain", "query": "(corridor"}))
    assert wrong["response_action"] == "errors"
    assert [*wrong["errors"]] == ["query"]
    assert desk.slack.answers.empty()

    assert await desk.wire.fills(submit(view, {"name": "grain", "query": "corridor"})) == {}


async def test_a_reader_is_asked_and_answered_in_the_language_of_their_client(desk: Office) -> None:
    """Slack has one name for a command, so that stays; the rest is the reader's."""
    desk.slack.locales["U0ANA"] = "de-DE"
    view = await form(desk, "/subscribe")
    assert (view["submit"]["text"], view["close"]["text"]) == ("Ausführen", "Abbrechen")
    inputs = {block["block_id"]: block for block in view["blocks"] if block["type"] == "input"}
    assert [inputs[name]["label"]["text"] for name in ("story", "level", "kinds")] == ["Dossier", "Stufe", "Arten"]
    levels = inputs["level"]["element"]["options"]
    assert next((each["text"]["text"], each["value"]) for each in levels) == ("wesentlich", "key")
    found = await desk.wire.fills(typing(view, "kinds", "waffen"))
    assert ("Waffenruhe vereinbart", "ceasefire-agreed") in [
        (each["text"]["text"], each["value"]) for each in found["options"]
    ]

    assert await desk.wire.fills(submit(view, {"story": "istanbul-talks", "level": "key"})) == {}
    assert "Dieser Kanal verfolgt Istanbul talks" in str((await desk.slack.answer())["blocks"])

    await desk.wire.types(slash(desk.slack, "/summary xyzzy"))
    assert (await desk.slack.answer())["text"] == "Es gibt kein Dossier `xyzzy`. `/dragoman stories` zeigt alle."


@pytest.mark.parametrize(
    ("locale", "follows", "unknown"),
    [
        ("fr-FR", "Ce canal suit Istanbul talks", "Pas de dossier `xyzzy`. `/dragoman stories` en donne la liste."),
        ("ru-RU", "Этот канал следит за сюжетом Istanbul", "Нет сюжета `xyzzy`. `/dragoman stories` показывает все."),
        ("ar", "تتابع هذه القناة", "لا ملف باسم \u2068`xyzzy`\u2069. \u2068`/dragoman stories`\u2069 يسردها."),
        ("pl-PL", "This channel follows Istanbul talks", "No story `xyzzy`. `/dragoman stories` lists them."),
    ],
)
async def test_each_reader_is_answered_in_their_own_language(
    desk: Office, locale: str, follows: str, unknown: str
) -> None:
    desk.slack.locales["U0ANA"] = locale
    await desk.wire.types(slash(desk.slack, "/subscribe istanbul-talks"))
    assert follows in str((await desk.slack.answer())["blocks"])
    await desk.wire.types(slash(desk.slack, "/summary xyzzy"))
    assert (await desk.slack.answer())["text"] == unknown


async def test_what_was_said_already_is_not_asked_again(desk: Office) -> None:
    view = await form(desk, "/dragoman subscribe level:everything")
    assert fields(view) == ["story", "kinds"]

    await desk.wire.fills(submit(view, {"story": "istanbul-talks"}))
    await desk.slack.answer()

    assert await follows(desk) == [("slack:T0DESK:C0DESK", "istanbul-talks", "everything")]


async def test_a_summary_is_asked_for_by_anybody(desk: Office) -> None:
    view = await form(desk, "/summary")

    await desk.wire.fills(submit(view, {"story": "istanbul-talks"}))

    assert "Istanbul" in str((await desk.slack.answer())["blocks"])


async def test_who_may_not_manage_is_told_so_and_sees_no_form() -> None:
    async with office(managers=("U0BOSS",)) as desk:
        await desk.wire.types(slash(desk.slack, "/subscribe"))

        answer = await desk.slack.answer()
        assert answer["response_type"] == "ephemeral"
        assert desk.slack.forms == []


async def test_the_right_is_asked_again_when_the_form_comes_back() -> None:
    async with office(who_may="admins") as desk:
        view = await form(desk, "/subscribe", user_id="U0BOSS")

        wrong = await desk.wire.fills(submit(view, {"story": "istanbul-talks"}, user="U0ANA"))

        assert "may manage" in str(wrong["errors"])
        assert await follows(desk) == []


async def test_a_channel_chosen_in_a_form_must_be_the_persons_own(desk: Office) -> None:
    """The page's form lets people choose; whatever channel it names, only its own people change it."""
    desk.slack.channels["C0SECRET"] = None
    desk.slack.members["C0SECRET"] = {"U0BOSS"}
    await desk.wire.presses(press(desk.slack, f"{OPEN}:subscribe", "subscribe", channel=None))
    await until(lambda: desk.slack.forms)
    view = desk.slack.forms[-1]
    assert fields(view) == ["channel:", "story", "level", "kinds"]

    wrong = await desk.wire.fills(submit(view, {"channel:": "C0SECRET", "story": "istanbul-talks"}))
    assert "may manage" in str(wrong["errors"])
    assert await follows(desk) == []

    shown = await desk.wire.fills(submit(view, {"channel:": "C0DESK", "story": "istanbul-talks"}))
    assert shown["response_action"] == "update"
    assert broken_view(shown["view"], "modal") is None
    assert await follows(desk) == [("slack:T0DESK:C0DESK", "istanbul-talks", "normal")]
    await until(lambda: desk.slack.pages.get("U0ANA"))


async def test_what_a_channel_watches_for_is_not_completed_for_others() -> None:
    async with office() as desk:
        await desk.house.ask("/watch add secret corridor", channel=channel("C0DESK"))
        await desk.choices.refresh()
        view = await form(desk, "/watch remove")
        assert [option["value"] for option in (await desk.wire.fills(typing(view, "name")))["options"]] == ["secret"]

        asked = Option(name="name", summary="x", required=True, completes=Completes.WATCH)
        command = Command(name="watch remove", summary="x", options=(asked,))
        open_one = form_of(command, (asked,), Purpose("watch remove"), desk.choices.complete, channel(""))
        assert open_one is not None
        state = {"values": {"channel:": {"where": {"selected_conversation": "C0DESK"}}}}
        desk.slack.members["C0DESK"] = {"U0BOSS"}
        for user, found in (("U0ANA", 0), ("U0BOSS", 1)):
            payload = typing({**open_one, "state": state}, "name", user=user)
            assert len((await desk.wire.fills(payload))["options"]) == found


async def test_a_form_that_comes_twice_is_done_once(desk: Office) -> None:
    view = await form(desk, "/watch add")
    sent = submit(view, {"name": "grain", "query": "corridor"})

    for _ in range(2):
        await desk.wire.fills(sent)

    await desk.slack.answer()
    await asyncio.sleep(0.05)
    assert desk.slack.answers.empty()


async def test_a_slow_answer_closes_the_form_in_time_and_follows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.platforms.slack.dialogs.PATIENCE_SECONDS", 0.05)
    async with office() as desk:
        view = await form(desk, "/subscribe")
        async with desk.house.store.write():
            assert await desk.wire.fills(submit(view, {"story": "istanbul-talks"})) == {}

        assert "Istanbul" in str((await desk.slack.answer())["blocks"])


def test_a_form_keeps_every_limit_whatever_its_command_is_called() -> None:
    long = "x" * 4_000
    options = tuple(Option(name=f"{number}{long[:200]}", summary=long, required=True) for number in range(120))
    command = Command(name=long, summary=long, options=options)
    choice = Option(name="level", summary=long, completes=Completes.LEVEL)

    def complete(what: Completes, typed: str, where: object, language: str) -> list[tuple[str, str]]:
        return [("y" * 150, long), ("z" * 151, "too long"), ("", "empty"), *((f"{n}", "n") for n in range(98))]

    view = form_of(command, (choice, *options), Purpose("x"), complete, channel())

    assert view is not None
    assert broken_view(view, "modal") is None
    assert form_of(command, options, Purpose("x" * 3_000), complete, channel()) is None
