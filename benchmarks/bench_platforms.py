"""Slack and Discord under load: ``python -m benchmarks.bench_platforms [deliver|fan-out|complete|memory|ack …]``.

The whole bot runs in this process, Slack, Discord and 500 publishers in
another. Figures are ratios and shares where the machine allows it; each line
says what the aim is. ``fan-out`` takes the number of alerts that go to every
channel, e.g. ``fan-out 1000`` (a thousand seconds, since that is what a
message a second in each channel allows).
"""

import asyncio
import gc
import json
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

from benchmarks.platform_fakes import (
    DISCORD_CHANNELS,
    ENTRIES,
    FEEDS,
    GUILDS,
    PACE_SECONDS,
    SLACK_CHANNELS,
    addresses,
)
from bot.app import App
from bot.config import Settings
from bot.domain.alert import Alert, Bullet, Button, Card, Fact
from bot.domain.audience import Channel
from bot.domain.delivery import POST, Delivery
from bot.domain.feed import EntryRef, Feed, FeedState
from bot.domain.story import Story
from tests.platforms.discord.server import TOKEN
from tests.platforms.slack.server import BOT_TOKEN, TEAM

ALERTS = 1_000
STORIES = 5_000
FAN_OUT = 20
AT = datetime(2025, 5, 14, 22, 41, tzinfo=UTC)


class Others:
    """The process that plays everybody else."""

    def __init__(self, writer: asyncio.StreamWriter, reader: asyncio.StreamReader, where: dict[str, Any]) -> None:
        self.where = where
        self._writer, self._reader = writer, reader

    async def do(self, what: str, **asked: Any) -> Any:
        """Ask it for something and return what it answers."""
        self._writer.write(json.dumps({"do": what, **asked}).encode() + b"\n")
        await self._writer.drain()
        return json.loads(await self._reader.readline())


@asynccontextmanager
async def others() -> AsyncIterator[Others]:
    """Let everybody else play while the block runs."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "benchmarks.platform_fakes",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        limit=2**28,
    )
    writer, reader = process.stdin, process.stdout
    if writer is None or reader is None:
        raise RuntimeError("both are pipes")
    try:
        yield Others(writer, reader, json.loads(await reader.readline()))
    finally:
        process.terminate()
        await process.wait()


@asynccontextmanager
async def bot(others: Others, folder: Path, feeds: Sequence[str] = ()) -> AsyncIterator[App]:
    """Let the whole bot run on both platforms while the block runs."""
    settings = Settings.model_validate(
        {
            "database": f"sqlite:///{folder / 'bot.sqlite3'}",
            "console": False,
            "web": {"enabled": False},
            "feeds": {"starter": False, "internal": ["127.0.0.0/8"], "add": [{"url": url} for url in feeds]},
            "log": {"level": "error"},
            "slack": {
                "mode": "http",
                "bot_token": BOT_TOKEN,
                "signing_secret": others.where["secret"],
                "port": 0,
                "api": others.where["slack"],
            },
            "discord": {
                "mode": "gateway",
                "token": TOKEN,
                "api": others.where["discord"],
                "gateway": others.where["gateway"],
            },
        }
    )
    app, until, ready = App(settings), asyncio.Event(), asyncio.Event()
    await app.open()
    running = asyncio.create_task(app.run(until, ready.set))
    await asyncio.wait({running, asyncio.create_task(ready.wait())}, return_when=asyncio.FIRST_COMPLETED)
    if running.done():
        running.result()
    try:
        yield app
    finally:
        until.set()
        await running
        await app.close()


def channels() -> list[Channel]:
    """Return 200 channels, half of them on each platform."""
    slack = [
        Channel(id=f"slack:{TEAM}:{number}", platform="slack", workspace=TEAM, address=number)
        for number in SLACK_CHANNELS
    ]
    guild = "880000000000000010"
    discord = [
        Channel(id=f"discord:{guild}:{number}", platform="discord", workspace=guild, address=number)
        for number in DISCORD_CHANNELS
    ]
    return [*slack, *discord]


def alert(number: int) -> tuple[Alert, Card]:
    """Return an alert of ordinary size, told apart by its title."""
    bullets = tuple(
        Bullet(
            text=f"“The delegation will be led by the deputy minister,” the decree of the day says, for the {place}th time.",
            url=f"https://wire-{place}.example/2025/05/14/{number}",
            outlet=f"Wire {place}",
            entry=EntryRef(f"wire-{place}", str(number)),
            at=AT,
        )
        for place in range(3)
    )
    title = f"Kremlin: Medinsky leads Russia's team, word {number:06}"
    card = Card(
        title=title,
        place="istanbul-talks · delegation named",
        family="delegations",
        at=AT,
        facts=(
            Fact(label="Russia's delegation", before="not named", after="Vladimir Medinsky (head), Galuzin, Fomin"),
        ),
        bullets=bullets,
        foot="3 outlets, 1 origin (Kremlin decree)",
        buttons=(Button(action="summary", label="Summary", value="istanbul-talks"),),
    )
    return Alert(id=f"bench-{number}", at=AT, story="istanbul-talks", kind="delegation-named", headline=title), card


async def put(app: App, rows: Iterable[tuple[int, Sequence[Channel]]]) -> None:
    """Put alerts into the outbox, each for its channels, and say so."""
    async with app.store.write() as session:
        for number, where in rows:
            said, card = alert(number)
            await session.alerts.put(said, card)
            await session.outbox.put(Delivery(channel=channel.id, alert=said.id, part=POST) for channel in where)
    await app.engine.wake("deliver")


async def deliver(others: Others, folder: Path, rows: list[tuple[int, list[Channel]]]) -> None:
    """Send and tell what arrived, and how long it took beside what the limits allow."""
    wanted = Counter(channel.address for _, where in rows for channel in where)
    allowed = (max(wanted.values()) - 1) * PACE_SECONDS
    async with bot(others, folder) as app:
        async with app.store.write() as session:
            for channel in channels():
                await session.channels.put(channel)
        await others.do("forget")
        spent = time.process_time()
        await put(app, rows)
        deadline = time.monotonic() + allowed * 3 + 30
        while time.monotonic() < deadline:
            async with app.store.read() as session:
                if not await session.outbox.waiting():
                    break
            await asyncio.sleep(0.5)
        spent = time.process_time() - spent
        told = await others.do("taken")
    taken = told["channels"]
    titles = {where: [title for _, title in messages] for where, messages in taken.items()}
    moments = [at for messages in taken.values() for at, _ in messages]
    arrived = sum(map(len, titles.values()))
    distinct = sum(len(set(found)) for found in titles.values())
    in_order = all(found == sorted(found) for found in titles.values())
    took = max(moments) - min(moments)
    print(
        f"  {arrived:,} messages of {wanted.total():,}: lost {wanted.total() - distinct}, doubled {arrived - distinct}, "
        f"{'in' if in_order else 'NOT in'} order in each channel, {told['refused']} refused for now"
    )
    firsts = [messages[0][0] for messages in taken.values()]
    print(
        f"  {arrived / spent:,.0f} messages a CPU second; after {max(firsts) - min(firsts):.2f} s every channel had its first"
    )
    gaps = sorted(later[0] - one[0] for found in taken.values() for one, later in pairwise(found))
    print(
        f"  between two messages of a channel: median {statistics.median(gaps):.3f} s, "
        f"p95 {gaps[len(gaps) * 95 // 100]:.3f} s, longest {gaps[-1]:.3f} s"
    )
    print(f"  {took:.2f} s where the limits allow {allowed:.2f} s: {took / allowed:.3f} times (aim: at most 1.1)")


async def each_its_own(others: Others, folder: Path) -> None:
    """Send 1,000 alerts, each to one of 200 channels."""
    print(f"deliver: {ALERTS:,} alerts, each to one of 200 channels")
    there = channels()
    await deliver(others, folder, [(number, [there[number % len(there)]]) for number in range(ALERTS)])


async def all_to_all(others: Others, folder: Path, alerts: int) -> None:
    """Send alerts to every channel."""
    print(f"fan-out: {alerts:,} alerts, each to all of 200 channels")
    await deliver(others, folder, [(number, channels()) for number in range(alerts)])


async def complete(others: Others, folder: Path) -> None:
    """Let people type while 5,000 stories are followed."""
    print(f"complete: choices for what somebody types, {STORIES:,} stories")
    async with bot(others, folder) as app:
        async with app.store.write() as session:
            for number in range(STORIES):
                slug = f"talks-{number:04}-of-vestria-and-korland"
                await session.stories.put(Story(id=slug, slug=slug, title=f"Talks {number} of Vestria and Korland"))
        await asyncio.sleep(6)  # the next reading of what can be chosen
        told = await others.do(
            "complete", times=600, typed=["", "t", "ta", "korl", "4999", "no such story", "istanbul"]
        )
    print(f"  {_spread(told['seconds'])} (aim: p99 under 50 ms)")


async def memory(others: Others, folder: Path) -> None:
    """Connect to both platforms and look at what the process holds."""
    print(f"memory: Slack and Discord connected, {GUILDS:,} servers")
    async with bot(others, folder):
        await asyncio.sleep(8)
        gc.collect()
        now, most = _held("VmRSS"), _held("VmHWM")
    print(f"  {now:.0f} MB held, {most:.0f} MB at most (aim: under 220 MB)")


async def ack(others: Others, folder: Path) -> None:
    """Let people ask while 50 alerts a second go out and 500 feeds are read."""
    print(f"ack: first answers while 50 alerts/s go out and {FEEDS} feeds with {ENTRIES} new entries each are polled")
    async with bot(others, folder) as app:
        slack: Any = app.platforms["slack"]
        await others.do("connected", slack=slack.url)
        there = channels()
        async with app.store.write() as session:
            for channel in there:
                await session.channels.put(channel)
        for turn, words in enumerate(("first read of every feed", "new entries in every feed")):
            await _poll(app, addresses(others.where["feeds"]))
            sending = asyncio.create_task(_send(app, there, turn * 10_000, 30))
            told = await others.do("people", rate=5, seconds=30)
            await sending
            asked = (await others.do("visits"))["asked"]
            both = [*told["discord"], *told["slack"]]
            print(f"  {words} ({asked} visits): {_spread(both)}; p99 Discord {_p99(told['discord']):.0f} ms, ", end="")
            print(f"Slack {_p99(told['slack']):.0f} ms (aim: p99 under 500 ms)")
            await others.do("renew")


async def _poll(app: App, urls: Sequence[str]) -> None:
    """Let every feed be due now."""
    async with app.store.write() as session:
        known = {feed.url: (feed, state) for feed, state in await session.feeds.all()}
        for number, url in enumerate(urls):
            feed = Feed(id=f"wire-{number}", url=url, outlet=f"Wire {number}")
            _, state = known.get(url, (feed, FeedState(due=app.clock.now())))
            await session.feeds.put(feed, replace(state, due=app.clock.now()))


async def _send(app: App, there: Sequence[Channel], first: int, seconds: int) -> None:
    """Put 50 alerts a second into the outbox, each for a channel on each platform."""
    half = len(there) // 2
    for tenth in range(seconds * 10):
        began = time.monotonic()
        rows = [
            (
                first + tenth * 5 + number,
                [there[(tenth * 5 + number) % half], there[half + (tenth * 5 + number) % half]],
            )
            for number in range(5)
        ]
        await put(app, rows)
        await asyncio.sleep(max(0.0, 0.1 - (time.monotonic() - began)))


def _p99(seconds: Sequence[float]) -> float:
    """Return the 99th percentile in milliseconds."""
    return statistics.quantiles(seconds, n=100)[98] * 1_000


def _spread(seconds: Sequence[float]) -> str:
    ordered = sorted(seconds)
    return (
        f"{len(ordered):,} times, median {statistics.median(ordered) * 1_000:.1f} ms, "
        f"p99 {_p99(ordered):.1f} ms, longest {ordered[-1] * 1_000:.0f} ms"
    )


def _held(what: str) -> float:
    """Return what this process holds, in MB."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    line = next(line for line in status.splitlines() if line.startswith(f"{what}:"))
    return int(line.split()[1]) / 1_024


async def run(what: str, number: int) -> None:
    """Measure one thing, everybody else and the database being new."""
    with tempfile.TemporaryDirectory() as name:
        async with others() as played:
            match what:
                case "deliver":
                    await each_its_own(played, Path(name))
                case "fan-out":
                    await all_to_all(played, Path(name), number)
                case "complete":
                    await complete(played, Path(name))
                case "memory":
                    await memory(played, Path(name))
                case "ack":
                    await ack(played, Path(name))
                case _:
                    print(f"`{what}` is not measured here; deliver, fan-out, complete, memory and ack are.")


def main() -> None:
    """Measure what was asked for, else everything; each in a process of its own where memory matters."""
    asked = sys.argv[1:]
    number = int(asked[1]) if len(asked) > 1 and asked[1].isdigit() else FAN_OUT
    for what in asked[:1] or ("memory", "deliver", "fan-out", "complete", "ack"):
        asyncio.run(run(what, number))


if __name__ == "__main__":
    main()
