"""One way to poll the outlets, in a process of its own, so that its CPU time is its own.

``python -m benchmarks.poller.contender NAME PASS FOLDER PORT SIZE COUNT``
does one pass over all feeds and prints what it cost as JSON. What a contender
must remember from its first pass to its second stands in its folder.
"""

import asyncio
import calendar
import json
import os
import resource
import socket
import sys
import time
import warnings
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from html import unescape
from pathlib import Path
from typing import Any

from aiohttp import ClientSession, DummyCookieJar, TCPConnector
from aiohttp.abc import AbstractResolver, ResolveResult

from benchmarks.poller.feeds import START
from benchmarks.poller.tls import ZONE, host_of

#: How many feeds a contender may ask at the same time.
AT_ONCE = 200
THREADS = 20


@dataclass(frozen=True, slots=True)
class Job:
    """What to do, and where."""

    folder: Path
    port: int
    size: int
    count: int
    #: 1 for the first pass over the feeds, 2 for the one that is measured.
    number: int

    def url(self, feed: int) -> str:
        """Return a feed's address."""
        return f"https://{host_of(feed)}:{self.port}/{self.size}/{feed}"

    @property
    def urls(self) -> list[str]:
        """Every feed's address."""
        return [self.url(feed) for feed in range(self.count)]

    def recall(self) -> dict[str, Any]:
        """Return what the first pass wrote down."""
        file = self.folder / "memory.json"
        return dict(json.loads(file.read_text())) if file.exists() else {}

    def note(self, memory: dict[str, Any]) -> None:
        """Write down what the second pass needs."""
        (self.folder / "memory.json").write_text(json.dumps(memory))


#: Feed → id → (link, title, seconds since 1970).
Entries = dict[str, dict[str, tuple[str, str, int]]]


class Here(AbstractResolver):
    """Finds every outlet on this machine."""

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """Return this machine's address."""
        return [ResolveResult(hostname=host, host="127.0.0.1", port=port, family=socket.AF_INET, proto=0, flags=0)]

    async def close(self) -> None:
        """Nothing is open."""


def find_here() -> None:
    """Let libraries that ask the system find every outlet on this machine."""
    ask = socket.getaddrinfo

    def answer(host: Any, *arguments: Any, **options: Any) -> Any:
        return ask("127.0.0.1" if str(host).endswith(ZONE) else host, *arguments, **options)

    socket.getaddrinfo = answer


# ---------------------------------------------------------------- peers


def bare(job: Job) -> Entries:
    """Read the bytes with aiohttp and do nothing with them."""

    async def run() -> None:
        tags, gate = job.recall(), asyncio.Semaphore(AT_ONCE)
        connector = TCPConnector(resolver=Here(), use_dns_cache=False, limit=0)
        async with ClientSession(connector=connector, cookie_jar=DummyCookieJar()) as session:

            async def visit(url: str) -> None:
                headers = {"If-None-Match": tags[url][0]} if url in tags else {}
                async with gate, session.get(url, headers=headers, allow_redirects=False) as response:
                    await response.read()
                    tags[url] = (response.headers.get("ETag", ""), response.headers.get("Last-Modified", ""))

            begin()
            await asyncio.gather(*map(visit, job.urls))
            end()
        job.note(tags)

    asyncio.run(run())
    return {}


def threads_of_feedparser(job: Job) -> Entries:
    """Poll as feedparser's documentation shows it, in threads."""
    import feedparser  # noqa: PLC0415

    if job.number == 1:
        # What it needs of a first pass is the validators.
        return bare(job)
    find_here()
    memory, found = job.recall(), Entries()
    begin()

    def visit(url: str) -> None:
        etag, modified = memory.get(url, (None, None))
        parsed = feedparser.parse(url, etag=etag, modified=modified)
        memory[url] = (parsed.get("etag", etag), parsed.get("modified", modified))
        found[url] = {
            entry.id: (entry.link, plain(entry.title), _seconds(entry.get("published_parsed")))
            for entry in parsed.entries
        }

    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(visit, job.urls))
    end()
    job.note(memory)
    return {url: entries for url, entries in found.items() if entries}


def reader(job: Job) -> Entries:
    """Poll with PyPI's reader, its entries in its own SQLite file."""
    import requests.adapters  # noqa: PLC0415
    from reader import make_reader  # noqa: PLC0415

    find_here()
    # It takes no word from the environment whom to trust.
    vars(requests.adapters)["DEFAULT_CA_BUNDLE_PATH"] = os.environ["REQUESTS_CA_BUNDLE"]
    with make_reader(str(job.folder / "reader.sqlite3")) as house:
        if job.number == 1:
            for url in job.urls:
                house.add_feed(url)
        begin()
        # Its own schedule would leave feeds alone that were read within the hour.
        house.update_feeds(scheduled=False, workers=THREADS)
        end()
        found = Entries()
        for entry in house.get_entries():
            when = entry.published or entry.updated
            found.setdefault(entry.feed_url, {})[entry.id] = (
                entry.link or "",
                plain(entry.title or ""),
                int(when.timestamp()) if when else 0,
            )
    return found


# ---------------------------------------------------------------- ours


def fetch(job: Job) -> Entries:
    """Poll with all but reading: guard, validators, hash, and what is kept of these."""
    return asyncio.run(_ours(job, "fetch"))


def poll(job: Job) -> Entries:
    """Poll to committed entries, as the peers do."""
    return asyncio.run(_ours(job, "poll"))


def poll_and_read(job: Job) -> Entries:
    """Poll, and recognise the events of new entries in the second pass."""
    return asyncio.run(_ours(job, "read"))


async def _ours(job: Job, how: str) -> Entries:
    from benchmarks.poller.house import open_house  # noqa: PLC0415 - peers need none of us

    now = START + timedelta(hours=25 * job.number)
    async with open_house(job.folder / "ours.sqlite3", now, how, Here(), first=job.number == 1) as house:
        if job.number == 1:
            await house.follow(job.urls)
        await house.warm_up()
        begin()
        await house.poll_all()
        end()
        return await house.entries()


# ---------------------------------------------------------------- measuring

CONTENDERS: dict[str, Callable[[Job], Entries]] = {
    "bare": bare,
    "feedparser": threads_of_feedparser,
    "reader": reader,
    "fetch": fetch,
    "poll": poll,
    "read": poll_and_read,
}
_clock: dict[str, float] = {}


def begin() -> None:
    """Start to measure: what was done until now was preparation."""
    _clock["cpu"], _clock["wall"] = _cpu(), time.monotonic()


def end() -> None:
    """Stop measuring: what is done from now on is looking."""
    _clock["spent"], _clock["took"] = _cpu() - _clock["cpu"], time.monotonic() - _clock["wall"]


def plain(title: str) -> str:
    """Return a title as every contender can be compared by it."""
    return " ".join(unescape(title).split())


def _seconds(when: Any) -> int:
    return calendar.timegm(when) if when else 0


def _cpu() -> float:
    return sum(
        usage.ru_utime + usage.ru_stime
        for usage in (resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN))
    )


def main() -> None:
    """Do one pass."""
    warnings.simplefilter("ignore")
    name, number, folder, port, size, count = sys.argv[1:]
    job = Job(folder=Path(folder), port=int(port), size=int(size), count=int(count), number=int(number))
    found = CONTENDERS[name](job)
    (job.folder / f"entries-{number}.json").write_text(json.dumps(found))
    print(json.dumps({"cpu": _clock["spent"], "wall": _clock["took"]}))


if __name__ == "__main__":
    main()
