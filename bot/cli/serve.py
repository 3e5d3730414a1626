"""``dragoman run``: the house with everything lit, until somebody says stop."""

import asyncio
import signal
import sys
from contextlib import suppress
from pathlib import Path

from bot import log
from bot.app import App
from bot.config import DEFAULT_FILE, Settings, load

CONNECT = """No chat platform is connected; alerts appear here and on the page.
Slack:   dragoman slack manifest   prints what to paste at api.slack.com/apps; then set [slack] in config.toml.
Discord: dragoman discord invite   prints the link that invites the bot; then set [discord] in config.toml."""


async def serve(config: Path | None) -> None:
    """Run until SIGINT or SIGTERM; what is under way is finished first."""
    settings = load(config)
    log.configure(settings.log.level, as_json=settings.log.as_json)
    until = until_told()
    app = App(settings)
    try:
        await app.open()
        await app.run(until, on_ready=lambda: _say(settings, config))
    finally:
        await app.close()


def until_told() -> asyncio.Event:
    """Return an event that Ctrl-C and SIGTERM set."""
    told = asyncio.Event()
    loop = asyncio.get_running_loop()
    for sign in (signal.SIGINT, signal.SIGTERM):
        with suppress(NotImplementedError):  # Windows' loop has no signals; Ctrl-C interrupts it anyway
            loop.add_signal_handler(sign, told.set)
    return told


def _say(settings: Settings, config: Path | None) -> None:
    """Tell where the page is and, if nothing is connected, how to connect it."""
    if settings.slack.mode == "off" and settings.discord.mode == "off":
        print(CONNECT, file=sys.stderr)
    if config is None and not DEFAULT_FILE.exists():
        print(
            "No config.toml here: the starter feeds are read. Copy config.example.toml to change that.", file=sys.stderr
        )
    if settings.slack.mode == "http":
        print(f"Slack asks at http://{settings.slack.host}:{settings.slack.port}/slack/events", file=sys.stderr)
    if settings.slack.url:
        print(f"Slack workspaces install the app at {settings.slack.url.rstrip('/')}/slack/install", file=sys.stderr)
    if settings.web.enabled:
        print(f"The page: http://{settings.web.host}:{settings.web.port}/", file=sys.stderr)
