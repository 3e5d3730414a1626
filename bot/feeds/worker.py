"""The process that runs feedparser and its like under limits of memory and time, and may be killed at any moment.

Run as a program. It reads questions from standard input and writes answers to
standard output: two lengths, a JSON head and the body in; a length and JSON
out. It imports nothing of ours, so that starting it costs little more than
feedparser itself.
"""

import calendar
import json
import resource
import struct
import sys
from collections.abc import Callable
from io import BytesIO
from typing import Any, BinaryIO

MOST_MEMORY_BYTES = 512_000_000
#: For one feed; the asker's own clock usually comes first.
MOST_CPU_SECONDS = 15


def main() -> None:
    """Answer until standard input ends."""
    questions, answers = sys.stdin.buffer, sys.stdout.buffer
    while sizes := questions.read(8):
        head_size, body_size = struct.unpack(">II", sizes)
        head = json.loads(questions.read(head_size))
        body = questions.read(body_size)
        _allow_cpu(MOST_CPU_SECONDS)
        _write(answers, TASKS[head["task"]](head, body))


def read_page(head: dict[str, str], body: bytes) -> dict[str, Any]:
    """Return the article that stands on a web page as plain text, a paragraph a line; ``None`` if there is none."""
    import trafilatura  # noqa: PLC0415  0.7 s, for feeds that only tease

    text = trafilatura.extract(body, url=head["url"], fast=True, include_comments=False, include_tables=False)
    return {"text": text or None}


def read_opml(head: dict[str, str], body: bytes) -> dict[str, Any]:
    """Return the feeds that an OPML file or another list in XML names."""
    import listparser  # noqa: PLC0415  only whoever has a list needs it

    try:
        return {"feeds": [dict(row) for row in listparser.parse(body)["feeds"]]}
    except Exception as broken:  # noqa: BLE001  a file with loose ends makes it stumble in many ways
        return {"error": repr(broken)}


def read_toml(head: dict[str, str], body: bytes) -> dict[str, Any]:
    """Return what stands in a TOML file."""
    import tomllib  # noqa: PLC0415  only whoever has such a list needs it

    try:
        return {"document": tomllib.loads(body.decode())}
    except (tomllib.TOMLDecodeError, RecursionError) as broken:
        return {"error": str(broken)}


def read_feed(head: dict[str, str], body: bytes) -> dict[str, Any]:
    """Return what feedparser makes of a feed."""
    import feedparser  # noqa: PLC0415  after the limits are set, and only in this process

    parsed = feedparser.parse(
        BytesIO(body),
        response_headers={"content-type": head["content_type"], "content-location": head["url"]},
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    feed = parsed.feed
    return {
        "version": parsed.get("version") or "",
        "title": feed.get("title", ""),
        "canonical": next((link.get("href", "") for link in feed.get("links", ()) if link.get("rel") == "self"), ""),
        "language": feed.get("language", ""),
        "ttl": feed.get("ttl", ""),
        "items": [_item(entry) for entry in parsed.entries],
    }


TASKS: dict[str, Callable[[dict[str, str], bytes], dict[str, Any]]] = {
    "feed": read_feed,
    "opml": read_opml,
    "page": read_page,
    "toml": read_toml,
}


def _item(entry: Any) -> dict[str, Any]:
    contents = [part.get("value", "") for part in entry.get("content", ())]
    when = entry.get("published_parsed") or entry.get("updated_parsed") or entry.get("created_parsed")
    return {
        "id": entry.get("id", ""),
        "link": entry.get("link", ""),
        "title": entry.get("title", ""),
        "summary": entry.get("summary") or None,
        "content": max(contents, key=len, default="") or None,
        "published": calendar.timegm(when) if when else None,
    }


def _write(answers: BinaryIO, answer: dict[str, Any]) -> None:
    data = json.dumps(answer, default=str).encode()
    answers.write(struct.pack(">I", len(data)) + data)
    answers.flush()


def _allow_cpu(seconds: int) -> None:
    """Let the process live only so much longer, even if nobody is left to kill it."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + seconds, hard))


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY_BYTES, MOST_MEMORY_BYTES))
    main()
