"""Lists of feeds as files: OPML, JSON, and the tables of ``config.toml``; read and written."""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Protocol
from xml.sax.saxutils import quoteattr

from bot.domain.feed import KINDS, Feed
from bot.errors import FeedListError, UnreadableFeedError
from bot.feeds.article import clean
from bot.feeds.parse.document import language_code
from bot.feeds.parse.encoding import as_utf8

#: What stands in a list beside a feed's address, as everybody may edit it.
FIELDS = ("id", "outlet", "language", "country", "kind", "full_text")
# OPML knows neither short name nor language, but lets everybody sort into categories.
OUR_CATEGORY = "dragoman"
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")


class Reads(Protocol):
    """What we ask of the process that reads what strangers wrote."""

    async def ask(self, question: dict[str, str], body: bytes) -> dict[str, Any]:
        """Return what it answers."""
        ...


async def read_list(data: bytes, name: str, reader: Reads) -> tuple[Feed, ...]:
    """Return the feeds of a list, in its order; an id is empty where the list gives none.

    Args:
        data: OPML, RDF with FOAF, JSON, TOML, or an address a line.
        name: The file's or its address, for the error.
        reader: Reads what may be built to take for ever: a small file can ask
            listparser for hours, and tomllib for minutes.

    Raises:
        FeedListError: If it is none of these, or names no feed.
    """
    text = (as_utf8(data, "") or b"").decode("utf-8-sig").lstrip()
    if not text:
        raise FeedListError(name, "is empty, or in no encoding that we know")
    rows = _rows_at_once(text, name)
    if rows is None:
        rows = await _rows_of_process(text, name, reader)
    named = [row for row in rows if isinstance(row.get("url"), str) and row["url"].strip()]
    if not named:
        raise FeedListError(name, "names no feed")
    return tuple(map(_feed, named))


def _rows_at_once(text: str, name: str) -> list[dict[str, Any]] | None:
    """Return what JSON or plain addresses name, ``None`` for another form."""
    if text.startswith(("{", "[")):
        try:
            return _objects(json.loads(text))
        except (ValueError, RecursionError) as broken:
            if text.startswith("{"):
                raise FeedListError(name, f"is not JSON that can be read ({broken})") from broken
    lines = [line.strip() for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    return (
        [{"url": line} for line in lines] if all(line.startswith(("http://", "https://")) for line in lines) else None
    )


async def _rows_of_process(text: str, name: str, reader: Reads) -> list[dict[str, Any]]:
    form = "opml" if text.startswith("<") else "toml"
    # The mark at the start tells the parser what the declaration may get wrong.
    body = b"\xef\xbb\xbf" + _DECLARATION.sub("", text).encode() if form == "opml" else text.encode()
    try:
        found = await reader.ask({"task": form, "url": name}, body)
    except UnreadableFeedError as hostile:
        raise FeedListError(name, hostile.what) from hostile
    if "error" in found:
        kinds = "no OPML" if form == "opml" else "neither OPML, nor JSON, nor TOML"
        raise FeedListError(name, f"is {kinds} that can be read ({found['error']})")
    if form == "toml":
        return _objects(found["document"])
    return [{"url": row["url"], "outlet": row["title"], **_ours(row["categories"])} for row in found["feeds"]]


def _ours(categories: Iterable[list[str]]) -> dict[str, str]:
    """Return what our own categories say of a feed, e.g. ``/dragoman/kind/ministry``."""
    found = {}
    for category in categories:
        match category:
            case [first, name, value] if first == OUR_CATEGORY:
                found[name] = value
            case _:
                pass
    return found


def _objects(found: Any) -> list[dict[str, Any]]:
    """Return what stands in a JSON or TOML document: addresses, or tables with one each."""
    if isinstance(found, Mapping):
        found = found.get("feed") or found.get("feeds") or []
        found = found.get("add", []) if isinstance(found, Mapping) else found
    rows = found if isinstance(found, list) else []
    return [row if isinstance(row, dict) else {"url": row} for row in rows]


def _feed(row: Mapping[str, Any]) -> Feed:
    word = {name: clean(value).strip() for name in ("url", *FIELDS) if isinstance(value := row.get(name), str)}
    kind = word.get("kind", "")
    return Feed(
        id=word.get("id", ""),
        url=word.get("url", ""),
        outlet=" ".join(word.get("outlet", "").split()),
        language=language_code(word.get("language")),
        country=word.get("country") or None,
        kind=kind if kind in KINDS else "outlet",
        full_text=True if row.get("full_text") in {True, "true"} else None,
    )


# ---------------------------------------------------------------- writing


def as_opml(feeds: Iterable[Feed]) -> str:
    """Return feeds as OPML 2.0; what it has no place for stands in categories of ours."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<opml version="2.0">', "<head><title>Dragoman</title></head>"]
    lines.append("<body>")
    for feed in feeds:
        told = {name: value for name, value in _fields(feed).items() if name != "outlet"}
        ours = ",".join(f"/{OUR_CATEGORY}/{name}/{'true' if value is True else value}" for name, value in told.items())
        lines.append(
            f'  <outline type="rss" text={_quoted(feed.outlet)} xmlUrl={_quoted(feed.url)} category={_quoted(ours)}/>'
        )
    return "\n".join([*lines, "</body>", "</opml>", ""])


def as_json(feeds: Iterable[Feed]) -> str:
    """Return feeds as a JSON array of objects."""
    return json.dumps([{"url": feed.url, **_fields(feed)} for feed in feeds], ensure_ascii=False, indent=2) + "\n"


def as_toml(feeds: Iterable[Feed]) -> str:
    """Return feeds as the ``[[feeds.add]]`` tables of ``config.toml``."""
    tables = []
    for feed in feeds:
        rows = {"url": feed.url, **_fields(feed)}
        # A JSON string is a TOML one but for the delete character, which `clean` takes out.
        lines = [f"{name} = {json.dumps(_clean(value), ensure_ascii=False)}" for name, value in rows.items()]
        tables.append("\n".join(["[[feeds.add]]", *lines, ""]))
    return "\n".join(tables)


#: One row a format: its name at the command line, and how it is written.
WRITERS: Mapping[str, Callable[[Iterable[Feed]], str]] = {"opml": as_opml, "json": as_json, "toml": as_toml}


def _fields(feed: Feed) -> dict[str, str | bool]:
    return {name: value for name in FIELDS if (value := getattr(feed, name))}


def _clean(value: str | bool) -> str | bool:  # noqa: FBT001  a field's value
    return clean(value) if isinstance(value, str) else value


def _quoted(text: str) -> str:
    return quoteattr(clean(text))
