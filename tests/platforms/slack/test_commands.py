"""People ask in Slack: stock Bolt, over signed HTTP and down the socket."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import urlencode

import pytest

from bot.platforms.slack import doors
from tests.platforms.slack.people import SignedHttp, press, sign, slash
from tests.platforms.slack.server import Fault
from tests.platforms.slack.stand import Mode, Stand, connected


@pytest.fixture(params=["http", "socket"])
async def stand(request: pytest.FixtureRequest) -> AsyncIterator[Stand]:
    """Return the adapter, connected in each mode."""
    mode: Mode = request.param
    async with connected(mode) as stand:
        yield stand


def words(answer: dict[str, Any]) -> str:
    return str(answer["text"]) + str(answer["blocks"])


async def test_a_summary_is_answered_for_the_channel_to_read(stand: Stand) -> None:
    await stand.wire.types(slash(stand.slack, "/summary istanbul-talks"))

    answer = await stand.slack.answer()
    assert answer["response_type"] == "in_channel"
    assert answer["blocks"][0]["text"]["text"].startswith("Istanbul talks: Russia and Ukraine met")
    [call] = stand.desk.calls
    assert (call.command, call.arguments, call.user) == ("summary", {"story": "istanbul-talks"}, "U0ANA")
    assert call.channel.id == "slack:T0DESK:C0DESK"
    assert call.channel.name == "desk"


async def test_everything_is_reached_under_the_umbrella(stand: Stand) -> None:
    await stand.wire.types(slash(stand.slack, "/dragoman subscribe istanbul-talks"))

    answer = await stand.slack.answer()
    assert answer["text"] == "This channel follows `istanbul-talks`."
    assert stand.desk.calls[0].manager


async def test_an_unknown_story_is_told_to_who_asked_alone(stand: Stand) -> None:
    await stand.wire.types(slash(stand.slack, "/summary istambul-talks"))

    answer = await stand.slack.answer()
    assert answer["response_type"] == "ephemeral"
    assert "Did you mean `istanbul-talks`?" in answer["text"]


async def test_a_wrong_command_tells_what_there_is_in_slacks_words(stand: Stand) -> None:
    await stand.wire.types(slash(stand.slack, "/dragoman sumary x"))

    answer = await stand.slack.answer()
    assert answer["response_type"] == "ephemeral"
    assert "There is no command `/sumary`." in answer["text"]
    assert stand.desk.calls == []


async def test_nobody_sees_a_stack_trace(stand: Stand) -> None:
    await stand.wire.types(slash(stand.slack, "/dragoman boom"))

    answer = await stand.slack.answer()
    assert answer["response_type"] == "ephemeral"
    assert "/var/lib" not in words(answer)
    assert "operator's log" in answer["text"]


async def test_the_summary_button_answers_who_pressed_it_and_leaves_the_alert(stand: Stand) -> None:
    await stand.wire.presses(press(stand.slack, "summary:0", "istanbul-talks"))

    answer = await stand.slack.answer()
    assert answer["response_type"] == "ephemeral"
    assert answer["replace_original"] is False
    assert "Istanbul talks" in words(answer)


@pytest.mark.parametrize(("story", "turned"), [("istanbul-talks", True), ("istambul-talks", False)])
async def test_a_page_that_one_person_sees_is_turned_in_place(stand: Stand, story: str, *, turned: bool) -> None:
    place = {"type": "message", "message_ts": "1.1", "channel_id": "C0DESK", "is_ephemeral": True}
    await stand.wire.presses(press(stand.slack, "summary:0", story, container=place))

    answer = await stand.slack.answer()
    assert (answer["response_type"], answer["replace_original"]) == ("ephemeral", turned)


async def test_an_unknown_button_is_acknowledged_quietly(stand: Stand) -> None:
    await stand.wire.presses(press(stand.slack, "telephone:0", "x"))

    await asyncio.sleep(0.05)
    assert stand.slack.answers.empty()
    assert stand.desk.calls == []


async def test_what_comes_twice_is_answered_once(stand: Stand) -> None:
    command, button = slash(stand.slack, "/summary istanbul-talks"), press(stand.slack, "summary:0", "istanbul-talks")

    for _ in range(2):
        await stand.wire.types(command)
        await stand.wire.presses(button)

    await stand.slack.answer()
    await stand.slack.answer()
    await asyncio.sleep(0.05)
    assert stand.slack.answers.empty()
    assert len(stand.desk.calls) == 2


async def test_an_answer_whose_looks_are_refused_arrives_in_words(stand: Stand) -> None:
    stand.slack.fail("answer", Fault.UNFIT)

    await stand.wire.types(slash(stand.slack, "/summary istanbul-talks"))

    answer = await stand.slack.answer()
    assert not answer.get("blocks")
    assert answer["text"].startswith("Istanbul talks")


async def test_events_that_nobody_asked_for_are_passed_over() -> None:
    async with connected("socket") as stand:
        event = {"type": "message", "channel": "C0DESK", "user": "U0ANA", "text": "hello", "ts": "1.1"}
        await stand.slack.push("events_api", {"type": "event_callback", "event_id": "Ev1", "event": event})

        assert stand.slack.answers.empty()
        assert stand.desk.calls == []


async def test_an_answer_under_way_goes_out_before_we_close() -> None:
    async with connected("socket") as stand:
        stand.desk.delay_s = 0.3
        await stand.wire.types(slash(stand.slack, "/summary istanbul-talks"))

        await stand.platform.close()

        assert "Istanbul talks" in words(await stand.slack.answer())


async def test_what_slack_escaped_is_read_as_it_was_typed(stand: Stand) -> None:
    await stand.wire.types(slash(stand.slack, "/summary a&lt;b&amp;c"))

    answer = await stand.slack.answer()
    assert stand.desk.calls[0].arguments == {"story": "a<b&c"}
    assert "a&lt;b&amp;c" in answer["text"]


async def test_a_channel_that_we_are_not_in_is_told_how_to_let_us_in(stand: Stand) -> None:
    await stand.wire.types(slash(stand.slack, "/subscribe istanbul-talks", channel_id="C0OTHER"))

    assert "`/invite @dragoman`" in (await stand.slack.answer())["text"]


async def test_without_a_way_back_the_answer_goes_to_the_channel(stand: Stand) -> None:
    await stand.wire.types(slash(stand.slack, "/summary istanbul-talks", response_url=""))
    await stand.wire.types(slash(stand.slack, "/summary nowhere", response_url=""))

    alone = await stand.slack.answer()
    assert (alone["user"], alone["response_type"]) == ("U0ANA", "ephemeral")
    [message] = stand.slack.messages
    assert "Istanbul talks" in message.text


async def test_only_managers_manage_if_any_are_named() -> None:
    async with connected("http", managers=("U0BOSS",)) as stand:
        for user in ("U0ANA", "U0BOSS"):
            await stand.wire.types(slash(stand.slack, "/subscribe istanbul-talks", user_id=user))
            await stand.slack.answer()

        assert [call.manager for call in stand.desk.calls] == [False, True]


async def test_guests_of_a_shared_channel_ask_but_do_not_manage(stand: Stand) -> None:
    guest = press(stand.slack, "subscribe:0", "istanbul-talks", user={"id": "U9", "team_id": "T0ELSE"})

    await stand.wire.presses(guest)

    await stand.slack.answer()
    assert not stand.desk.calls[0].manager
    assert stand.desk.calls[0].channel.workspace == "T0DESK"


@pytest.mark.parametrize(
    ("secret", "age_s", "status"),
    [(None, 0, 200), ("another secret", 0, 401), (None, 6 * 60, 401)],
    ids=["signed", "wrong secret", "six minutes old"],
)
async def test_only_freshly_signed_requests_pass(secret: str | None, age_s: float, status: int) -> None:
    async with connected("http") as stand:
        assert isinstance(stand.wire, SignedHttp)
        body = urlencode(slash(stand.slack, "/summary istanbul-talks"))
        headers = sign(body, age_s=age_s, **({"secret": secret} if secret else {}))

        assert await stand.wire.post(body, headers) == status

        if status == 200:
            await stand.slack.answer()
        assert len(stand.desk.calls) == (status == 200)


async def test_a_slow_answer_is_acknowledged_at_once() -> None:
    async with connected("socket") as stand:
        stand.desk.delay_s = 0.5
        loop = asyncio.get_running_loop()
        began = loop.time()

        await stand.wire.types(slash(stand.slack, "/summary istanbul-talks"))

        assert loop.time() - began < 0.4
        await stand.slack.answer()


async def test_a_renewed_or_dropped_socket_goes_on_answering() -> None:
    async with connected("socket") as stand:
        command = slash(stand.slack, "/summary istanbul-talks")
        await stand.slack.push("slash_commands", command, "envelope-0")
        await stand.slack.refresh()
        await stand.slack.push("slash_commands", command, "envelope-0")
        await stand.slack.drop()
        await stand.wire.types(slash(stand.slack, "/summary istanbul-talks"))

        await stand.slack.answer()
        await stand.slack.answer()
        assert len(stand.desk.calls) == 2


async def test_the_socket_comes_back_after_slack_was_down(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doors, "PING_SECONDS", 0.1)
    async with connected("socket") as stand:
        stand.slack.fail("apps.connections.open", Fault.BROKEN, Fault.RESET)

        await stand.slack.drop()

        await stand.wire.types(slash(stand.slack, "/summary istanbul-talks"))
        assert "Istanbul talks" in words(await stand.slack.answer())
