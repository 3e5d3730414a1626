"""Our readers beside feedparser, on feedparser's own test files: ``python -m benchmarks.bench_parse [SDIST]``.

The files travel in feedparser's source distribution, which pip fetches unless
a copy is named. Prints how many files each side accepts, in how many entries
both agree on title, link, id and date, and where they differ.
"""

import asyncio
import re
import subprocess
import sys
import tarfile
import tempfile
from calendar import timegm
from collections import Counter
from collections.abc import Iterator
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


async def measure(archive: Path) -> int:
    """Read all files both ways and print what came of it; return how many accepted files we refuse."""
    worker, counts = FeedparserWorker(), Counter[str]()
    differences: list[str] = []
    for name, body, content_type in cases(archive):
        counts["files"] += 1
        accepted, their_entries = theirs(body, content_type)
        we_accept, quick, our_entries = await ours(body, content_type, worker)
        counts["theirs"] += accepted
        counts["ours"] += we_accept
        counts["quick"] += quick
        if accepted and not we_accept:
            counts["refused"] += 1
            differences.append(f"{name}: refused")
        if not accepted:
            continue
        counts["entries"] += max(len(their_entries), len(our_entries))
        counts["missing"] += abs(len(their_entries) - len(our_entries))
        if len(their_entries) != len(our_entries):
            differences.append(f"{name}: {len(their_entries)} entries there, {len(our_entries)} here")
        for there, here in zip(their_entries, our_entries, strict=False):
            unequal = [field for field in Fields.__slots__ if getattr(there, field) != getattr(here, field)]
            counts["equal"] += not unequal
            counts.update(unequal)
            differences += [
                f"{name}: {field} {getattr(there, field)!r} there, {getattr(here, field)!r} here" for field in unequal
            ]
    await worker.close()
    _report(counts, differences)
    return counts["refused"]


def _report(counts: Counter[str], differences: list[str]) -> None:
    for difference in differences:
        print(difference)
    print(f"feedparser {version('feedparser')}: {counts['files']} files")
    print(f"accepted       feedparser {counts['theirs']}, we {counts['ours']}, {counts['quick']} of them the fast way")
    print(f"refused by us  {counts['refused']} that feedparser accepts")
    print(f"entries        {counts['entries']}, {counts['missing']} on one side only")
    for field in Fields.__slots__:
        print(f"{field:14} differs in {counts[field]}")
    print(f"agreement      {counts['equal'] / max(counts['entries'], 1):.2%} of entries in all four")


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
