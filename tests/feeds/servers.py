"""A small web server for the tests of feeds: answers what each path was told to answer."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager

from aiohttp import web
from aiohttp.test_utils import TestServer

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Site:
    """Pages by path, and the requests that came."""

    def __init__(self) -> None:
        self.pages: dict[str, Handler] = {}
        self.requests: list[web.Request] = []
        self.stop = asyncio.Event()
        self._server: TestServer | None = None

    def page(
        self, path: str, body: bytes | str = b"", status: int = 200, headers: Mapping[str, str] | None = None
    ) -> str:
        """Let a path answer the same always; a request with its ETag gets a 304."""
        data = body.encode() if isinstance(body, str) else body

        async def handle(request: web.Request) -> web.StreamResponse:
            etag = (headers or {}).get("ETag")
            if etag and request.headers.get("If-None-Match") == etag:
                return web.Response(status=304, headers=headers)
            return web.Response(body=data, status=status, headers=headers)

        return self.handle(path, handle)

    def handle(self, path: str, handler: Handler) -> str:
        """Let a handler answer for a path."""
        self.pages[path] = handler
        return self.url(path)

    def url(self, path: str) -> str:
        """Return the address of a path."""
        assert self._server is not None
        return str(self._server.make_url(path))

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        self.requests.append(request)
        handler = self.pages.get(request.path)
        return await handler(request) if handler else web.Response(status=404)

    @asynccontextmanager
    async def open(self) -> AsyncIterator["Site"]:
        """Serve on a free port of this machine."""
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", self._answer)
        self._server = TestServer(app)
        await self._server.start_server()
        try:
            yield self
        finally:
            self.stop.set()
            await self._server.close()


def rss(*titles: str, head: str = "") -> str:
    """Return an RSS feed with an item for each title."""
    items = "".join(
        f"<item><guid>{title}</guid><link>https://example.org/{number}</link><title>{title}</title>"
        f"<description>About {title}.</description></item>"
        for number, title in enumerate(titles)
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>A feed</title>{head}{items}</channel></rss>'
