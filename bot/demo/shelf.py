"""A loopback HTTP server that serves the week's feeds as they stand at a moment."""

import json
import re
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from email.utils import format_datetime
from hashlib import sha256
from typing import Self
from xml.etree import ElementTree as ET

from aiohttp import web

from bot.demo.week import Outlet, Version

# What a feed of this size usually holds.
LATEST = 20

ATOM = "http://www.w3.org/2005/Atom"
CONTENT = "http://purl.org/rss/1.0/modules/content/"

TAG = re.compile(r"<[^>]+>")

TYPES = {"rss": "application/rss+xml", "atom": "application/atom+xml", "json": "application/feed+json"}


class Shelf:
    """Serves every outlet under its id, with ETag, Last-Modified and 304."""

    def __init__(self, outlets: Sequence[Outlet], now: Callable[[], datetime], max_age: timedelta) -> None:
        self._outlets = {outlet.id: outlet for outlet in outlets}
        self._now = now
        self._max_age = int(max_age.total_seconds())
        self._runner: web.AppRunner | None = None
        self._port = 0

    async def __aenter__(self) -> Self:
        """Listen on a free port of 127.0.0.1."""
        app = web.Application()
        app.router.add_get("/{outlet}", self._serve)
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self._port = self._runner.addresses[0][1]
        return self

    async def __aexit__(self, *error: object) -> None:
        """Stop listening."""
        if self._runner is not None:
            await self._runner.cleanup()

    def url(self, outlet: Outlet) -> str:
        """Return the address of an outlet's feed."""
        return f"http://127.0.0.1:{self._port}/{outlet.id}"

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        outlet = self._outlets.get(request.match_info["outlet"])
        if outlet is None:
            raise web.HTTPNotFound
        entries = outlet.entries(self._now())[:LATEST]
        body = RENDER[outlet.format](outlet, entries)
        tag = f'"{sha256(body).hexdigest()[:16]}"'
        headers = {"ETag": tag, "Cache-Control": f"max-age={self._max_age}"}
        if entries:
            headers["Last-Modified"] = format_datetime(max(entry.at for entry in entries), usegmt=True)
        if request.headers.get("If-None-Match") == tag:
            return web.Response(status=304, headers=headers)
        return web.Response(body=body, content_type=TYPES[outlet.format], charset="utf-8", headers=headers)


def rss(outlet: Outlet, entries: Sequence[Version]) -> bytes:
    """Return the entries as RSS 2.0."""
    ET.register_namespace("content", CONTENT)
    root = ET.Element("rss", version="2.0")
    channel = ET.SubElement(root, "channel")
    _texts(
        channel, {"title": outlet.name, "link": outlet.home, "description": outlet.name, "language": outlet.language}
    )
    for entry in entries:
        item = ET.SubElement(channel, "item")
        _texts(item, {"title": entry.title, "link": entry.url, "description": entry.summary})
        ET.SubElement(item, "guid", isPermaLink="false").text = entry.id
        _texts(item, {"pubDate": format_datetime(entry.published), f"{{{CONTENT}}}encoded": entry.content})
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True))


def atom(outlet: Outlet, entries: Sequence[Version]) -> bytes:
    """Return the entries as Atom 1.0."""
    ET.register_namespace("", ATOM)
    root = ET.Element(f"{{{ATOM}}}feed", {"xml:lang": outlet.language})
    newest = max((entry.at for entry in entries), default=None)
    updated = newest.isoformat() if newest else "2025-01-01T00:00:00+00:00"
    _texts(root, {f"{{{ATOM}}}title": outlet.name, f"{{{ATOM}}}id": outlet.home, f"{{{ATOM}}}updated": updated})
    for entry in entries:
        item = ET.SubElement(root, f"{{{ATOM}}}entry")
        _texts(item, {f"{{{ATOM}}}title": entry.title, f"{{{ATOM}}}id": entry.id})
        ET.SubElement(item, f"{{{ATOM}}}link", rel="alternate", href=entry.url)
        _texts(item, {f"{{{ATOM}}}published": entry.published.isoformat(), f"{{{ATOM}}}updated": entry.at.isoformat()})
        for name, text in (("summary", entry.summary), ("content", entry.content)):
            if text is not None:
                ET.SubElement(item, f"{{{ATOM}}}{name}", type="html").text = text
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True))


def json_feed(outlet: Outlet, entries: Sequence[Version]) -> bytes:
    """Return the entries as JSON Feed 1.1."""
    items = [
        {
            "id": entry.id,
            "url": entry.url,
            "title": entry.title,
            # The format wants a summary without markup; the body may be HTML.
            "summary": TAG.sub("", entry.summary or ""),
            "content_html": entry.content or entry.summary or "",
            "date_published": entry.published.isoformat(),
            "date_modified": entry.at.isoformat(),
        }
        for entry in entries
    ]
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": outlet.name,
        "home_page_url": outlet.home,
        "language": outlet.language,
        "items": items,
    }
    return json.dumps(feed, ensure_ascii=False).encode()


RENDER: dict[str, Callable[[Outlet, Sequence[Version]], bytes]] = {"rss": rss, "atom": atom, "json": json_feed}


def _texts(parent: ET.Element, texts: dict[str, str | None]) -> None:
    for name, text in texts.items():
        if text is not None:
            ET.SubElement(parent, name).text = text
