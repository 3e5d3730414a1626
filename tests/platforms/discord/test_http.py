"""Interactions as signed requests: only Discord is answered, and as through the gateway."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from nacl.signing import SigningKey

from bot.domain.command import Call, Reply
from bot.errors import PlatformError
from bot.platforms.discord import Discord, DiscordOptions
from tests.platforms.desk import TABLE, AnswerDesk
from tests.platforms.discord.server import TOKEN, DiscordServer, is_private, settled
from tests.platforms.discord.shapes import DESK, GUILD, MANAGE_CHANNELS, PERSON, VIEW_AND_SEND, interaction
from tests.platforms.discord.stand import adapter


@pytest.fixture
async def http(server: DiscordServer, desk: AnswerDesk) -> AsyncIterator[DiscordServer]:
    """Return a Discord that sends what people do as signed requests."""
    discord = adapter(server, mode="http")
    await discord.start(desk.ask, desk.complete)
    server.endpoint = discord.url
    yield server
    await discord.close()


async def test_discord_finds_us_there_without_a_gateway(http: DiscordServer) -> None:
    assert await http.knock({"type": 1}) == (200, {"type": 1})
    assert http.gateway.identified == []
    assert {command["name"] for command in http.commands} >= {"summary", "feeds"}


@pytest.mark.parametrize(
    ("age", "key", "headers"),
    [
        (0, SigningKey.generate(), {}),
        (301, None, {}),
        (-301, None, {}),
        (0, None, {"X-Signature-Ed25519": "00" * 64}),
        (0, None, {"X-Signature-Ed25519": "not hexadecimal"}),
        (0, None, {"X-Signature-Timestamp": "yesterday"}),
        (0, None, {"X-Signature-Timestamp": "1"}),
    ],
)
async def test_whoever_is_not_discord_is_turned_away(
    http: DiscordServer, desk: AnswerDesk, age: int, key: SigningKey | None, headers: dict[str, str]
) -> None:
    made = interaction(2, {"id": "1", "name": "stories", "type": 1})

    status, _ = await http.knock(made, age=age, key=key, **headers)

    assert status == 401
    assert not desk.calls


async def test_what_is_signed_but_no_interaction_is_refused(http: DiscordServer) -> None:
    assert (await http.knock({"kind": "of nothing"}))[0] == 400


async def test_a_command_is_answered_in_the_answer(http: DiscordServer, desk: AnswerDesk) -> None:
    asked = await http.use("summary", story="istanbul-talks")

    assert asked.type == 4
    assert asked.messages[0]["embeds"][0]["title"].startswith("Istanbul talks")
    assert http.count("POST", "/interactions/.*") == 0
    [call] = desk.calls
    assert (call.command, call.user, call.channel.id) == ("summary", PERSON, f"discord:{GUILD}:{DESK}")


async def test_choices_buttons_and_rights_are_as_through_the_gateway(http: DiscordServer, desk: AnswerDesk) -> None:
    offered = await http.type("summary", "story", "ist")
    assert offered.choices[0] == {"name": "Istanbul talks", "value": "istanbul-talks"}

    pressed = await http.press("summary:istanbul-talks")
    assert is_private(pressed.messages[0])

    await http.use("subscribe", story="istanbul-talks")
    await http.use("subscribe", story="istanbul-talks", permissions=VIEW_AND_SEND | MANAGE_CHANNELS)
    assert [call.manager for call in desk.calls[-2:]] == [False, True]


async def test_a_request_that_is_sent_again_is_answered_once(http: DiscordServer, desk: AnswerDesk) -> None:
    made = interaction(2, {"id": "1", "name": "stories", "type": 1})

    first, again = await http.knock(made), await http.knock(made)

    assert (first[0], again) == (200, (204, ""))
    assert len(desk.calls) == 1


async def test_a_late_answer_follows_the_first_and_never_overtakes_it(server: DiscordServer, desk: AnswerDesk) -> None:
    async def slow(call: Call) -> Reply:
        await asyncio.sleep(0.5)
        return Reply(text="Here it is.")

    discord = adapter(server, mode="http")
    await discord.start(slow, desk.complete)
    server.endpoint = discord.url

    asked = await server.use("boom")
    await settled(asked, messages=2)

    assert asked.type == 5
    assert asked.messages[-1]["content"] == "Here it is."
    await discord.close()


async def test_both_doors_are_open_at_once(server: DiscordServer, desk: AnswerDesk) -> None:
    discord = adapter(server, mode="both")
    await discord.start(desk.ask, desk.complete)
    assert (await server.use("stories")).callbacks == 1
    server.endpoint = discord.url
    assert (await server.use("feeds list")).callbacks == 1
    assert [call.command for call in desk.calls] == ["stories", "feeds list"]
    await discord.close()


@pytest.mark.parametrize("key", ["", "abc", "zz" * 32, "00" * 31])
async def test_a_key_that_is_none_is_told(server: DiscordServer, desk: AnswerDesk, key: str) -> None:
    discord = Discord(DiscordOptions(mode="http", token=TOKEN, api=server.api, public_key=key), TABLE, desk.parse)

    with pytest.raises(PlatformError, match="64 hexadecimal characters"):
        await discord.start(desk.ask, desk.complete)


async def test_an_address_that_is_taken_is_told(http: DiscordServer, server: DiscordServer, desk: AnswerDesk) -> None:
    port = int(http.endpoint.split(":")[2].split("/")[0])
    key = server.signing.verify_key.encode().hex()
    options = DiscordOptions(mode="http", token=TOKEN, api=server.api, public_key=key, port=port)

    with pytest.raises(PlatformError, match=f"cannot listen on 127.0.0.1:{port}"):
        await Discord(options, TABLE, desk.parse).start(desk.ask, desk.complete)
