"""Interactions as signed HTTP requests: Discord knocks, and the answer is the answer."""

import asyncio
import contextvars
import json
import time
from collections.abc import Callable, Coroutine, Mapping
from typing import Any

import aiohttp
import discord
from aiohttp import web
from discord.http import MultipartParameters
from discord.webhook.async_ import AsyncWebhookAdapter, async_context
from nacl.exceptions import BadSignatureError
from nacl.signing import VerifyKey

from bot import log
from bot.errors import PlatformError

_log = log.get("discord")

#: Where Discord asks us, behind the operator's own host name.
PATH = "/discord/interactions"

#: Discord's numbers: it asks whether we are there, and we are.
PING, PONG = 1, 1

# A request that is older was recorded by somebody and is sent again.
OLDEST_SECONDS = 300
# Discord hangs up after 3 s.
PATIENCE_SECONDS = 2.8
BODY_AT_MOST_BYTES = 1024 * 1024

Take = Callable[[Mapping[str, Any]], Coroutine[Any, Any, None]]
Begin = Callable[[Coroutine[Any, Any, None], contextvars.Context], "asyncio.Task[None]"]


class Door:
    """A listener that only Discord can use: every request is signed with its key."""

    def __init__(self, public_key: str, host: str, port: int) -> None:
        """Keep what is needed to listen.

        Args:
            public_key: Of the application, hexadecimal, from its page at Discord.
            host: Where to listen.
            port: 0 takes any free one; `url` tells which.

        Raises:
            PlatformError: If that is no key.
        """
        try:
            self._key = VerifyKey(bytes.fromhex(public_key))
        except ValueError as wrong:
            raise PlatformError(
                "`discord.public_key` is no key of 64 hexadecimal characters. "
                "The application's page at Discord shows it under General Information."
            ) from wrong
        self._host, self._port = host, port
        self._runner: web.AppRunner | None = None
        self._take: Take | None = None
        self._begin: Begin | None = None

    @property
    def url(self) -> str:
        """Where Discord would find us on this machine, once open."""
        bound = self._runner.addresses[0] if self._runner else (self._host, self._port)
        return f"http://{bound[0]}:{bound[1]}{PATH}"

    async def open(self, take: Take, begin: Begin) -> None:
        """Listen.

        Args:
            take: Answers an interaction as Discord wrote it.
            begin: Runs that as a task that outlives the request, for answers that come later.

        Raises:
            PlatformError: If the address is taken or not ours.
        """
        self._take, self._begin = take, begin
        app = web.Application(client_max_size=BODY_AT_MOST_BYTES)
        app.router.add_post(PATH, self._answer)
        runner = web.AppRunner(app, access_log=None, handle_signals=False, shutdown_timeout=PATIENCE_SECONDS)
        await runner.setup()
        try:
            await web.TCPSite(runner, self._host, self._port).start()
        except OSError as taken:
            await runner.cleanup()
            raise PlatformError(
                f"Discord: cannot listen on {self._host}:{self._port} ({taken.strerror}). "
                "Set `discord.host` and `discord.port` anew."
            ) from taken
        self._runner = runner

    async def close(self) -> None:
        """Listen no more; answers under way may go out."""
        runner, self._runner = self._runner, None
        if runner is not None:
            await runner.cleanup()

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        body = await request.read()
        if not self._is_signed(request, body):
            return web.Response(status=401, text="invalid request signature\n")
        try:
            interaction = json.loads(body)
            kind = interaction["type"]
        except (ValueError, KeyError, TypeError):
            return web.Response(status=400, text="no interaction\n")
        if kind == PING:
            return _json({"type": PONG})
        return await self._answer_interaction(request, interaction)

    async def _answer_interaction(self, request: web.Request, interaction: Mapping[str, Any]) -> web.StreamResponse:
        assert self._take is not None  # noqa: S101 - there is no request before `open`
        assert self._begin is not None  # noqa: S101
        way = _WayBack()
        context = contextvars.copy_context()
        context.run(async_context.set, way)
        answering = self._begin(self._take(interaction), context)
        first = asyncio.ensure_future(asyncio.shield(way.body))
        await asyncio.wait({first, answering}, timeout=PATIENCE_SECONDS, return_when=asyncio.FIRST_COMPLETED)
        if not way.body.done():
            first.cancel()
            way.is_closed = True
            # Answered before (a replay), or nobody could answer in time.
            return web.Response(status=204 if answering.done() else 503)
        response = _json(way.body.result())
        try:
            await response.prepare(request)
            await response.write_eof()
        finally:
            way.is_out.set()
        return response

    def _is_signed(self, request: web.Request, body: bytes) -> bool:
        """Tell whether Discord has sent this, and lately."""
        stamp = request.headers.get("X-Signature-Timestamp", "")
        try:
            age = abs(time.time() - int(stamp))
            self._key.verify(stamp.encode() + body, bytes.fromhex(request.headers.get("X-Signature-Ed25519", "")))
        except (ValueError, BadSignatureError):
            return False
        return age <= OLDEST_SECONDS


class _WayBack(AsyncWebhookAdapter):
    """The library's way to answer an interaction, through the request that brought it."""

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.body: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        #: Set once the answer is written: what follows it must not overtake it.
        self.is_out = asyncio.Event()
        #: The request is over, and nothing was answered in time.
        self.is_closed = False

    async def create_interaction_response(  # type: ignore[override]  # noqa: PLR0913 - the library's own form
        self,
        interaction_id: int,
        token: str,
        *,
        session: aiohttp.ClientSession,
        proxy: str | None = None,
        proxy_auth: aiohttp.BasicAuth | None = None,
        params: MultipartParameters,
    ) -> dict[str, Any]:
        if self.is_closed or self.body.done():
            raise discord.ClientException("the request is over")
        self.body.set_result(params.payload)
        await self.is_out.wait()
        return {"interaction": {"id": str(interaction_id), "type": 0}}


def _json(content: Any) -> web.Response:
    return web.Response(body=json.dumps(content).encode(), content_type="application/json")
