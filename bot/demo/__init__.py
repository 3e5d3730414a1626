"""Plays the bundled demo week to the real bot, from a loopback HTTP server."""

import asyncio
import json
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from socket import SO_REUSEADDR, SOL_SOCKET, socket
from tempfile import TemporaryDirectory

from bot import log, seeds
from bot.app import App
from bot.clock import FastClock
from bot.config import FeedSetting, FeedsSettings, Settings, WebSettings
from bot.demo.shelf import Shelf
from bot.demo.tale import closing, day_line, days, opening, rule
from bot.demo.week import Outlet, read_week
from bot.domain.audience import CONSOLE
from bot.domain.command import Call
from bot.platforms.console.render import render
from bot.platforms.times import reply_in_words

STORY = "istanbul-talks"

# The feeds are served empty for a while, so that all that comes is news.
BEFORE = timedelta(hours=3)

# What a publisher of this pace would ask for; it makes about 100 polls of the week.
MAX_AGE = timedelta(seconds=6000)

TICK = timedelta(seconds=0.1)


def recording() -> Iterator[str]:
    """Yield the week as lines for ``dragoman replay``, in order of time."""
    versions = [(version, outlet) for outlet in read_week(seeds.packaged() / "demo") for version in outlet.versions]
    for version, outlet in sorted(versions, key=lambda pair: (pair[0].at, pair[1].id, pair[0].id)):
        row = {
            "feed": outlet.id,
            "outlet": outlet.name,
            "id": version.id,
            "url": version.url,
            "title": version.title,
            "summary": version.summary,
            "content": version.content,
            "published": version.published.isoformat(),
            "fetched": version.at.isoformat(),
        }
        yield json.dumps(row, ensure_ascii=False)


async def play(*, seconds: float, stay: bool, port: int, until: asyncio.Event) -> None:
    """Play the week, end with a summary, and stay up with the page if asked to.

    Args:
        seconds: How long the week takes.
        stay: Go on answering after the week until ``until`` is set.
        port: The page's port; 0 takes any that is free.
        until: Set to stop at once.
    """
    log.configure("warning")
    outlets = read_week(seeds.packaged() / "demo")
    first = min(version.at for outlet in outlets for version in outlet.versions) - BEFORE
    last = max(version.at for outlet in outlets for version in outlet.versions) + MAX_AGE
    clock = FastClock(first, (last - first).total_seconds() / seconds)
    port = _free(port)
    page = f"http://127.0.0.1:{port}/"
    async with Shelf(outlets, clock.now, MAX_AGE) as shelf:
        with TemporaryDirectory(prefix="dragoman-demo-") as folder:
            app = App(_settings(Path(folder), outlets, shelf, port), clock, TICK)
            try:
                await app.open()
                print(opening(outlets, seconds, page), flush=True)
                running = asyncio.create_task(app.run(until))
                playing = asyncio.create_task(_week(app, clock, outlets, last, until))
                await asyncio.wait((running, playing), return_when=asyncio.FIRST_COMPLETED)
                if not running.done() and not stay:
                    until.set()
                elif not until.is_set() and not running.done():
                    print(f"\n{closing(page)}\n", flush=True)
                await running
                await playing
            finally:
                await app.close()


def _free(port: int) -> int:
    """Return the port, or another one if somebody listens there already."""
    for wanted in (port, 0):
        with socket() as trial, suppress(OSError):
            trial.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)
            trial.bind(("127.0.0.1", wanted))
            return int(trial.getsockname()[1])
    return port


def _settings(folder: Path, outlets: tuple[Outlet, ...], shelf: Shelf, port: int) -> Settings:
    """Return the embedded defaults, whatever this machine's own settings are."""
    return Settings.model_construct(
        database=f"sqlite:///{folder / 'demo.sqlite3'}",
        feeds=FeedsSettings(
            starter=False,
            add=tuple(
                FeedSetting(id=outlet.id, url=shelf.url(outlet), outlet=outlet.name, language=outlet.language)
                for outlet in outlets
            ),
            internal=("127.0.0.1/32",),
        ),
        web=WebSettings(port=port),
    )


async def _week(app: App, clock: FastClock, outlets: tuple[Outlet, ...], last: datetime, until: asyncio.Event) -> None:
    """Tell the days as they pass, and at the end where the story stands."""
    first_day, last_day = days(outlets)
    day = first_day - timedelta(days=1)
    while not until.is_set() and not await _is_over(app, clock, last):
        today = clock.now().date()
        if day < today <= last_day:
            day = today
            print(f"\n{day_line(day, clock.now(), outlets, await _posts(app))}\n", flush=True)
        await asyncio.sleep(TICK.total_seconds())
    if not until.is_set():
        call = Call(command="summary", arguments={"story": STORY}, channel=CONSOLE)
        reply = reply_in_words(await app.ask(call), UTC)
        print(f"\n{rule(f'/summary {STORY}')}\n")
        print(render(reply.card) if reply.card else reply.text, flush=True)


async def _posts(app: App) -> int:
    async with app.store.read() as session:
        return len(await session.alerts.last(1_000))


async def _is_over(app: App, clock: FastClock, last: datetime) -> bool:
    """Say whether all was published, polled and sent."""
    if clock.now() < last:
        return False
    async with app.store.read() as session:
        polled = [state.last_success for _, state in await session.feeds.all()]
        return (
            all(moment is not None and moment >= last - MAX_AGE for moment in polled)
            and not await session.outbox.waiting()
        )
