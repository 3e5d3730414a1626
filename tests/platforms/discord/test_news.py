"""Servers let the bot in and throw it out; channels go, and open."""

import asyncio
import time
from collections.abc import AsyncIterator

import pytest

from bot.domain.audience import Presence
from bot.platforms.discord import Discord
from tests.platforms.desk import AnswerDesk
from tests.platforms.discord.server import DiscordServer, Fault
from tests.platforms.discord.shapes import DESK, GUILD, Json, channel, closed, guild, new_id
from tests.platforms.discord.stand import HERE, adapter


class Ear:
    """Hears where we may post."""

    def __init__(self) -> None:
        self.heard: list[Presence] = []

    async def hear(self, presence: Presence) -> None:
        """Remember it."""
        self.heard.append(presence)


@pytest.fixture
async def ear(server: DiscordServer, desk: AnswerDesk, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Ear]:
    """Return who hears what a connected adapter tells."""
    monkeypatch.setattr("bot.platforms.discord.connection.READY_SECONDS", 0.02)
    ear, discord = Ear(), adapter(server)
    await discord.start(desk.ask, desk.complete, ear.hear)
    await settled(server)
    yield ear
    await discord.close()


async def settled(server: DiscordServer) -> None:
    """Return once the adapter has taken in what the gateway sent."""
    await server.gateway.settle()
    await asyncio.sleep(0.05)


def joined(channels: list[Json], **more: object) -> Json:
    """Return a server that lets us in just now; Discord then says nothing of its being available."""
    made = guild(channels) | {"id": "880000000000000099", **more}
    made["roles"] = [made["roles"][0] | {"id": made["id"]}]
    del made["unavailable"]
    return made


async def test_a_server_that_was_there_before_is_not_greeted_again(server: DiscordServer, ear: Ear) -> None:
    await server.gateway.drop()
    await server.gateway.back()
    await settled(server)

    assert server.channels[DESK] == {}
    assert ear.heard == []


@pytest.mark.parametrize(
    ("features", "greeting"),
    [(["COMMUNITY"], "Dragoman publica una sola alerta"), ([], "Dragoman posts one short, sourced alert")],
)
async def test_a_community_is_greeted_in_the_language_that_it_has_chosen(
    server: DiscordServer, ear: Ear, features: list[str], greeting: str
) -> None:
    """Other servers cannot choose, and have one for Discord all the same."""
    desk = new_id()
    server.channels[desk] = {}
    made = joined([channel(desk, "desk")], features=features, preferred_locale="es-ES")

    await server.gateway.dispatch("GUILD_CREATE", made)
    await settled(server)

    [said] = server.channels[desk].values()
    assert said["embeds"][0]["title"].startswith(greeting)


async def test_a_server_that_invites_is_greeted_in_its_first_open_channel(server: DiscordServer, ear: Ear) -> None:
    hidden, board, desk = new_id(), new_id(), new_id()
    server.channels |= {hidden: {}, board: {}, desk: {}}
    shut = closed(hidden, "board") | {"position": 0}
    shut["permission_overwrites"][0]["id"] = "880000000000000099"
    channels = [channel(desk, "desk") | {"position": 2}, shut, channel(board, "general") | {"position": 1}]

    await server.gateway.dispatch("GUILD_CREATE", joined(channels))
    await settled(server)

    [greeting] = server.channels[board].values()
    [embed] = greeting["embeds"]
    assert embed["title"].startswith("Dragoman posts one short, sourced alert")
    assert "/subscribe istanbul-talks" in str(embed)
    assert "level:key" in embed["footer"]["text"]
    assert (server.channels[hidden], server.channels[desk]) == ({}, {})
    assert ear.heard == [Presence(platform="discord", workspace="880000000000000099")]


async def test_a_server_that_invites_while_we_start_is_greeted_within_two_seconds(
    server: DiscordServer, desk: AnswerDesk
) -> None:
    board, discord = new_id(), adapter(server)
    server.channels[board] = {}
    await discord.start(desk.ask, desk.complete)
    began = time.monotonic()

    await server.gateway.dispatch("GUILD_CREATE", joined([channel(board, "general")]))

    while not server.channels[board] and time.monotonic() - began < 10:  # noqa: ASYNC110 - it lies behind a socket
        await asyncio.sleep(0.02)
    took = time.monotonic() - began
    await discord.close()
    assert took < 2
    assert (len(server.channels[board]), server.channels[DESK]) == (1, {})


async def test_the_servers_own_channel_for_news_comes_first(server: DiscordServer, ear: Ear) -> None:
    first, system = new_id(), new_id()
    server.channels |= {first: {}, system: {}}
    channels = [channel(first, "general"), channel(system, "welcome") | {"position": 9}]

    await server.gateway.dispatch("GUILD_CREATE", joined(channels, system_channel_id=system))
    await settled(server)

    assert len(server.channels[system]) == 1
    assert server.channels[first] == {}


async def test_a_server_without_an_open_channel_hears_nothing(server: DiscordServer, ear: Ear) -> None:
    where = new_id()
    server.channels[where] = {}
    server.faults.append(Fault(method="POST", path=f"/channels/{where}/messages", status=403, body={"code": 50013}))

    await server.gateway.dispatch("GUILD_CREATE", joined([]))
    await server.gateway.dispatch("GUILD_CREATE", joined([channel(where, "general")], id="880000000000000098"))
    await settled(server)

    assert server.channels[where] == {}


async def test_a_kick_pauses_all_channels_of_a_server(server: DiscordServer, ear: Ear) -> None:
    await server.gateway.dispatch("GUILD_DELETE", {"id": GUILD})
    await settled(server)

    [gone] = ear.heard
    assert gone.concerns(HERE)
    assert gone.address is None
    assert gone.why == "the bot was removed from the server: invite it again"


async def test_a_server_that_is_away_for_a_while_loses_nothing(server: DiscordServer, ear: Ear) -> None:
    await server.gateway.dispatch("GUILD_DELETE", {"id": GUILD, "unavailable": True})
    await server.gateway.dispatch("GUILD_CREATE", guild([channel(DESK, "desk")]))
    await settled(server)

    assert ear.heard == []
    assert server.channels[DESK] == {}


async def test_a_deleted_channel_is_paused_at_once(server: DiscordServer, ear: Ear) -> None:
    await server.gateway.dispatch("CHANNEL_DELETE", channel(DESK, "desk"))
    await settled(server)

    assert ear.heard == [Presence(platform="discord", workspace=GUILD, address=DESK, why="the channel is deleted")]


async def test_a_channel_that_lets_us_in_goes_on(server: DiscordServer, ear: Ear) -> None:
    await server.gateway.dispatch("CHANNEL_UPDATE", closed(DESK, "desk"))
    await server.gateway.dispatch("CHANNEL_UPDATE", channel(DESK, "desk"))
    await server.gateway.dispatch("CHANNEL_UPDATE", channel(DESK, "renamed"))
    await settled(server)

    assert ear.heard == [Presence(platform="discord", workspace=GUILD, address=DESK)]


async def test_an_adapter_of_nobody_who_hears_still_connects(server: DiscordServer, discord: Discord) -> None:
    await server.gateway.dispatch("GUILD_DELETE", {"id": GUILD})
    await settled(server)

    assert (await server.use("stories")).callbacks == 1
