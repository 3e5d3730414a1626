"""Our readers beside feedparser, on feedparser's own test files: ``python -m benchmarks.bench_parse [SDIST]``.

The files travel in feedparser's source distribution, which pip fetches unless
a copy is named. Prints how many files each side accepts, in how many entries
both agree on title, link, id and date, and where they differ; then the same
for copies that were cut, garbled or doubled at places drawn with a fixed seed.
"""

import asyncio
import random
import re
import subprocess
import sys
import tarfile
import tempfile
from calendar import timegm
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from io import BytesIO
from pathlib import Path
from typing import Any

import feedparser

from bot.errors import UnreadableFeedError
from bot.feeds import parse
from bot.feeds.article import to_text
from bot.feeds.parse.document import Document
from bot.feeds.parse.feedparser import FeedparserWorker

URL = "http://127.0.0.1:8097/feed.xml"
# Not feeds by intent: bodies of broken transport, and answers of a web server.
LEFT_OUT = ("compression/", "http/")
#: Files of which damaged copies are made, and what garbles them.
DAMAGED = 700
NOISE = b"<>&\"'/ \x00a\xff"
SEED = 7
_HEADER = re.compile(rb"^Header:\s+([^:]+):(.+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Fields:
    """What one reader says of one entry; the moment in Unix seconds."""

    title: str
    link: str
    id: str
    date: int | None


def cases(archive: Path) -> Iterator[tuple[str, bytes, str]]:
    """Yield each test file with its name and the content type that it is to be served with."""
    with tarfile.open(archive) as files:
        for member in sorted(files.getmembers(), key=lambda member: member.name):
            _, _, name = member.name.partition("/tests/")
            if not member.isfile() or not name.endswith(".xml") or name.startswith(LEFT_OUT):
                continue
            body = files.extractfile(member)
            if body is not None:
                data = body.read()
                headers = {key.strip().lower(): value.strip() for key, value in _HEADER.findall(data)}
                yield name, data, headers.get(b"content-type", b"").decode("latin-1")


def theirs(body: bytes, content_type: str) -> tuple[bool, list[Fields]]:
    """Return whether feedparser takes a body for a feed, and its entries."""
    headers = {"content-location": URL} | ({"content-type": content_type} if content_type else {})
    parsed = feedparser.parse(BytesIO(body), response_headers=headers, sanitize_html=False, resolve_relative_uris=False)
    return bool(parsed.get("version") or parsed.entries), [_their_fields(entry) for entry in parsed.entries]


def _their_fields(entry: Any) -> Fields:
    when = entry.get("published_parsed") or entry.get("updated_parsed") or entry.get("created_parsed")
    title = entry.get("title", "")
    is_plain = entry.get("title_detail", {}).get("type") == "text/plain"
    return Fields(
        " ".join(title.split()) if is_plain and "<" in title else to_text(title),
        entry.get("link", ""),
        entry.get("id", ""),
        timegm(when) if when else None,
    )


async def ours(body: bytes, content_type: str, worker: FeedparserWorker) -> tuple[bool, bool, list[Fields]]:
    """Return whether we take a body for a feed, whether the fast way did, and the entries."""
    try:
        document = await parse.read(body, URL, content_type, worker)
    except UnreadableFeedError:
        return False, False, []
    quick = parse.fast_or_none(body, URL, content_type) is not None
    return True, quick, _our_fields(document)


def _our_fields(document: Document) -> list[Fields]:
    return [
        Fields(to_text(item.title), item.link, item.id, int(item.published.timestamp()) if item.published else None)
        for item in document.items
    ]


class Comparison:
    """Counts what both sides make of some files."""

    def __init__(self) -> None:
        self.counts = Counter[str]()
        self.differences: list[str] = []

    async def add(self, name: str, body: bytes, content_type: str, worker: FeedparserWorker) -> None:
        """Read a file both ways."""
        self.counts["files"] += 1
        try:
            accepted, their_entries = theirs(body, content_type)
        except Exception:  # noqa: BLE001  a garbled file makes feedparser itself stumble
            self.counts["stumbled"] += 1
            return
        we_accept, quick, our_entries = await ours(body, content_type, worker)
        self.counts.update({"theirs": accepted, "ours": we_accept, "quick": quick})
        if not accepted:
            return
        if not we_accept:
            self._differs(name, "refused", "refused")
            return
        self.counts["entries"] += max(len(their_entries), len(our_entries))
        if len(our_entries) != len(their_entries):
            fewer = len(our_entries) < len(their_entries)
            self._differs(
                name, "fewer" if fewer else "more", f"{len(their_entries)} entries there, {len(our_entries)} here"
            )
        for there, here in zip(their_entries, our_entries, strict=False):
            unequal = [field for field in Fields.__slots__ if getattr(there, field) != getattr(here, field)]
            self.counts["equal"] += not unequal
            for field in unequal:
                self._differs(name, field, f"{field} {getattr(there, field)!r} there, {getattr(here, field)!r} here")

    def _differs(self, name: str, what: str, told: str) -> None:
        self.counts[what] += 1
        self.differences.append(f"{name}: {told}")

    def report(self, title: str) -> None:
        """Print the counts."""
        counts = self.counts
        print(f"{title}: {counts['files']} files")
        print(f"accepted       feedparser {counts['theirs']}, we {counts['ours']}, {counts['quick']} the fast way")
        print(f"refused by us  {counts['refused']} that feedparser accepts; {counts['stumbled']} made it raise")
        print(f"entries        {counts['entries']}; fewer here in {counts['fewer']} files, more in {counts['more']}")
        print("differences    " + ", ".join(f"{field} {counts[field]}" for field in Fields.__slots__))
        print(f"agreement      {counts['equal'] / max(counts['entries'], 1):.2%} of entries in all four")


def damaged(files: Sequence[tuple[str, bytes, str]]) -> Iterator[tuple[str, bytes, str]]:
    """Yield four damaged copies of some of the files that hold entries."""
    draw = random.Random(SEED)  # noqa: S311  no secret hangs on it
    whole = [file for file in files if b"<item" in file[1] or b"<entry" in file[1]]
    for name, body, content_type in draw.sample(whole, DAMAGED):
        here = draw.randrange(len(body))
        there = draw.randrange(here, min(len(body), here + 200))
        garbled = bytearray(body)
        for _ in range(3):
            garbled[draw.randrange(len(body))] = draw.choice(NOISE)
        copies = {
            "cut": body[: draw.randrange(len(body) // 3, len(body))],
            "a hole": body[:here] + body[there:],
            "garbled": bytes(garbled),
            "doubled": body[:there] + body[here:],
        }
        yield from ((f"{name} ({how})", copy, content_type) for how, copy in copies.items())


async def measure(archive: Path) -> int:
    """Read all files both ways and print what came of it; return how many accepted files we refuse."""
    worker, files = FeedparserWorker(), list(cases(archive))
    sound, broken = Comparison(), Comparison()
    for file in files:
        await sound.add(*file, worker)
    for file in damaged(files):
        await broken.add(*file, worker)
    await worker.close()
    for difference in sound.differences:
        print(difference)
    sound.report(f"feedparser {version('feedparser')}")
    broken.report("damaged copies of them")
    return sound.counts["refused"]


def fetch(folder: Path) -> Path:
    """Return the source distribution of the installed feedparser, fetched by pip."""
    wanted = f"feedparser=={version('feedparser')}"
    order = ["download", "--quiet", "--no-deps", "--no-build-isolation", "--no-binary", ":all:"]
    subprocess.run([sys.executable, "-m", "pip", *order, "--dest", str(folder), wanted], check=True)  # noqa: S603 (our own words)
    return next(folder.glob("*.tar.gz"))


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        given = Path(sys.argv[1]) if len(sys.argv) > 1 else fetch(Path(folder))
        sys.exit(1 if asyncio.run(measure(given)) else 0)
