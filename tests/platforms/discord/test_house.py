"""The whole house on Discord: its own commands, asked over the wire."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.app import App
from bot.config import Settings
from tests.platforms.discord.server import TOKEN, DiscordServer, is_private
from tests.platforms.discord.shapes import MANAGE_CHANNELS


@pytest.fixture
async def lit(server: DiscordServer, tmp_path: Path) -> AsyncIterator[DiscordServer]:
    """Return a Discord on which the whole bot runs, without feeds."""
    gateway = {"mode": "gateway", "token": TOKEN, "api": server.api, "gateway": server.gateway.url}
    settings = {
        "database": f"sqlite:///{tmp_path / 'house.sqlite3'}",
        "console": False,
        "web": {"enabled": False},
        "feeds": {"starter": False},
        "discord": gateway,
    }
    app, until, ready = App(Settings.model_validate(settings)), asyncio.Event(), asyncio.Event()
    await app.open()
    running = asyncio.create_task(app.run(until, ready.set))
    await ready.wait()
    yield server
    until.set()
    await running
    await app.close()


async def test_a_desk_subscribes_asks_and_watches(lit: DiscordServer) -> None:
    offered = await lit.type("summary", "story", "ist")
    assert offered.choices[0]["value"] == "istanbul-talks"

    may_not = await lit.use("subscribe", story="istanbul-talks")
    assert may_not.seen.count("Only who may manage this channel") == 1
    wrong = await lit.use("subscribe", permissions=MANAGE_CHANNELS, story="istanbul-talks", level="loud")
    assert "use key, normal or everything" in wrong.seen
    done = await lit.use("subscribe", permissions=MANAGE_CHANNELS, story="istanbul-talks", level="key")
    assert "This channel follows Istanbul talks" in done.seen
    listed = await lit.use("subscriptions")
    assert "istanbul-talks · level key" in listed.seen
    assert is_private(listed.messages[0])

    unknown = await lit.use("summary", story="istambul")
    assert "Did you mean `istanbul-talks`?" in unknown.seen
    summary = await lit.use("summary", story="istanbul-talks")
    assert summary.messages[0]["embeds"][0]["title"].startswith("Istanbul talks")

    await lit.use("watch add", permissions=MANAGE_CHANNELS, name="grain", query='"grain corridor" AND Odesa')
    assert "grain" in (await lit.use("watch list")).seen
    helped = await lit.use("help")
    assert "/watch add" in helped.seen
