"""What people ask on Discord, over the wire with the stock library."""

import asyncio
from typing import Any

import pytest

from bot.domain.command import Call, Reply
from bot.platforms.discord import Discord
from tests.platforms.desk import AnswerDesk
from tests.platforms.discord.server import DiscordServer, Fault, is_private, settled
from tests.platforms.discord.shapes import DESK, GUILD, MANAGE_CHANNELS, PERSON, VIEW_AND_SEND, interaction
from tests.platforms.discord.stand import adapter

pytestmark = pytest.mark.usefixtures("discord")


async def test_only_the_guilds_intent_is_asked_for(server: DiscordServer) -> None:
    [identified] = server.gateway.identified

    assert identified["intents"] == 1


async def test_the_command_table_becomes_commands_and_groups(server: DiscordServer) -> None:
    commands = {command["name"]: command for command in server.commands}

    assert set(commands) == {"summary", "stories", "feeds", "subscribe", "timeline", "doubt", "boom"}
    [part] = commands["feeds"]["options"]
    assert (part["type"], part["name"]) == (1, "list")
    assert commands["subscribe"]["default_member_permissions"] == str(MANAGE_CHANNELS)
    assert commands["summary"]["default_member_permissions"] is None


async def test_a_slash_command_is_answered_with_its_card(server: DiscordServer, desk: AnswerDesk) -> None:
    asked = await server.use("summary", story="istanbul-talks")

    [shown] = asked.messages
    assert shown["embeds"][0]["title"].startswith("Istanbul talks: Russia and Ukraine met on 16 May")
    assert not is_private(shown)
    [call] = desk.calls
    assert (call.command, call.user, call.channel.id) == ("summary", PERSON, f"discord:{GUILD}:{DESK}")
    assert call.channel.name == "desk"


async def test_a_part_of_a_group_is_answered_to_the_person_alone(server: DiscordServer) -> None:
    asked = await server.use("feeds list")

    assert "Straits Daily" in asked.seen
    assert is_private(asked.messages[0])


@pytest.mark.parametrize(
    ("name", "options", "answer"),
    [
        ("summary", {"story": "istambul"}, "No story `istambul`. Did you mean `istanbul-talks`?"),
        ("boom", {}, "That did not work, and the reason is in the operator's log."),
    ],
)
async def test_whatever_is_wrong_is_told_in_a_sentence_to_the_person_alone(
    server: DiscordServer, name: str, options: dict[str, Any], answer: str, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = await server.use(name, **options)

    assert asked.messages[0]["content"].startswith(answer)
    assert is_private(asked.messages[0])
    assert "Traceback" not in asked.seen


async def test_stories_are_offered_while_somebody_types(server: DiscordServer) -> None:
    asked = await server.type("summary", "story", "ist")

    assert asked.type == 8
    assert {"name": "Istanbul talks", "value": "istanbul-talks"} in asked.choices


async def test_managers_are_told_by_their_permission_in_the_channel(server: DiscordServer, desk: AnswerDesk) -> None:
    await server.use("subscribe", story="istanbul-talks")
    await server.use("subscribe", story="istanbul-talks", permissions=VIEW_AND_SEND | MANAGE_CHANNELS)
    await server.use("subscribe", story="istanbul-talks", permissions=1 << 3)

    assert [call.manager for call in desk.calls] == [False, True, True]


async def test_a_button_answers_to_who_pressed_it(server: DiscordServer, desk: AnswerDesk) -> None:
    asked = await server.press("summary:istanbul-talks")

    assert asked.messages[0]["embeds"][0]["title"].startswith("Istanbul talks")
    assert is_private(asked.messages[0])
    assert desk.calls[0].arguments == {"story": "istanbul-talks"}


async def test_a_button_asks_for_a_reason_and_hands_it_on(server: DiscordServer, desk: AnswerDesk) -> None:
    asked = await server.press("doubt:0123abcd")

    assert asked.form is not None
    assert [label["component"]["custom_id"] for label in asked.form["components"]] == ["reason"]
    assert not desk.calls
    noted = await server.fill(asked, reason="He leads nobody: see the decree.")

    assert "Noted of 0123abcd: He leads nobody: see the decree." in noted.messages[0]["content"]
    assert is_private(noted.messages[0])


async def test_a_reason_may_be_left_out(server: DiscordServer) -> None:
    noted = await server.fill(await server.press("doubt:0123abcd"))

    assert "no reason" in noted.seen


async def test_who_types_says_all_that_they_wish(server: DiscordServer) -> None:
    asked = await server.use("doubt", alert="0123abcd")

    assert "no reason" in asked.seen


async def test_a_button_of_former_days_says_so(server: DiscordServer, desk: AnswerDesk) -> None:
    asked = await server.press("dance:istanbul-talks")

    assert "older version" in asked.seen
    assert not desk.calls


async def test_direct_messages_are_pointed_to_a_server(server: DiscordServer, desk: AnswerDesk) -> None:
    made = interaction(2, {"id": "1", "name": "stories", "type": 1})
    for name in ("guild_id", "guild", "guild_locale"):
        del made[name]
    made["user"] = made.pop("member")["user"]
    made["channel"] = {"id": DESK, "type": 1, "recipients": [made["user"]]}
    made["context"] = 1

    asked = await server.send(made)

    assert "a server's channels" in asked.seen
    assert not desk.calls


async def test_a_replayed_interaction_is_answered_once(server: DiscordServer, desk: AnswerDesk) -> None:
    await server.use("summary", story="istanbul-talks")

    await server.gateway.drop()
    await server.gateway.back()
    asked = await server.use("stories")

    assert len(server.gateway.resumed) == 1
    assert [call.command for call in desk.calls] == ["summary", "stories"]
    assert all(one.callbacks == 1 for one in server.asked.values())
    assert asked.callbacks == 1


async def test_what_is_asked_during_a_reconnect_is_answered_after_it(server: DiscordServer, desk: AnswerDesk) -> None:
    await server.gateway.drop()
    asked = await server.use("stories", wait=False)

    await settled(asked)

    assert asked.callbacks == 1
    assert [call.command for call in desk.calls] == ["stories"]


async def test_a_lost_connection_is_told_in_a_line_and_comes_back(
    server: DiscordServer, desk: AnswerDesk, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("discord.backoff.ExponentialBackoff.delay", lambda backoff: 0.01)

    await server.gateway.cut()
    await server.gateway.back()
    await server.use("stories")

    told = [record for record in caplog.records if "reconnect" in record.getMessage()]
    assert told  # once for each attempt, and a slow machine makes several
    assert all(record.exc_info is None for record in told)
    assert len(server.gateway.resumed) == 1
    assert len(desk.calls) == 1


async def test_an_answer_that_discord_takes_no_more_harms_nobody(server: DiscordServer, desk: AnswerDesk) -> None:
    gone = {"code": 10062, "message": "Unknown interaction"}
    server.faults.append(Fault(method="POST", path="/interactions/.*/callback", status=404, body=gone))

    await server.use("stories", wait=False)
    asked = await server.use("feeds list")

    assert [call.command for call in desk.calls] == ["stories", "feeds list"]
    assert asked.callbacks == 1


async def slow(call: Call) -> Reply:
    """Answer later than anybody likes to look at nothing."""
    await asyncio.sleep(0.6)
    return Reply(text="Here it is.", private=call.command == "stories")


@pytest.mark.parametrize(("name", "seen_by"), [("stories", ["one"]), ("boom", ["one", "all"])])
async def test_a_late_answer_follows_up_and_reaches_whom_it_concerns(
    server: DiscordServer, discord: Discord, desk: AnswerDesk, name: str, seen_by: list[str]
) -> None:
    await discord.close()
    late = adapter(server)
    await late.start(slow, desk.complete)

    asked = await server.use(name)
    await settled(asked, messages=len(seen_by))

    assert asked.type == 5
    assert asked.messages[-1]["content"] == "Here it is."
    assert ["one" if is_private(shown) else "all" for shown in asked.messages] == seen_by
    await late.close()
