"""Where hubs reach us: the only addresses of the page that strangers may ask."""

from aiohttp import web

from bot.ports import Receiver

#: Everything below it belongs to hubs; a token follows.
PREFIX = "/websub/"
BODY_AT_MOST_BYTES = 5_000_000


class Hooks:
    """Answers hubs: a question with its echo, news with thanks."""

    def __init__(self, receiver: Receiver) -> None:
        self._receiver = receiver

    def routes(self) -> list[web.RouteDef]:
        """Return the addresses."""
        return [
            web.get(f"{PREFIX}{{token}}", self.verify, allow_head=False),
            web.post(f"{PREFIX}{{token}}", self.deliver),
        ]

    async def verify(self, request: web.Request) -> web.Response:
        """Tell a hub whether we meant to subscribe."""
        echo = await self._receiver.verify(request.match_info["token"], request.query)
        if echo is None:
            return web.Response(status=404, text="Nobody asked for this.\n")
        return web.Response(text=echo, content_type="text/plain")

    async def deliver(self, request: web.Request) -> web.Response:
        """Take news in; whoever does not sign it learns nothing from the answer."""
        token = request.match_info["token"]
        if not await self._receiver.knows(token):
            return web.Response(status=410, text="Nobody is subscribed here.\n")
        body = await _read(request)
        if body is None:
            return web.Response(status=413, text="More than 5 MB.\n")
        signature = request.headers.get("X-Hub-Signature", "")
        await self._receiver.deliver(token, body, request.headers.get("Content-Type", ""), signature)
        return web.Response(status=202)


async def _read(request: web.Request) -> bytes | None:
    """Return the body, ``None`` for one that is too large."""
    pieces, size = [], 0
    async for piece in request.content.iter_any():
        pieces.append(piece)
        size += len(piece)
        if size > BODY_AT_MOST_BYTES:
            return None
    return b"".join(pieces)
