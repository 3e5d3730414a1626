"""How Slack reaches us: a listener for signed requests, or a socket that we open."""

import asyncio
from typing import Protocol

from aiohttp import web
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.app.async_server import AsyncSlackAppServer

from bot.errors import PlatformError
from bot.platforms.slack.manifest import PATH

# A socket that is not open by then is not going to be.
CONNECT_SECONDS = 30

# How often the socket is asked whether it lives; Slack drops silent ones.
PING_SECONDS = 10


class Door(Protocol):
    """A way in."""

    async def open(self) -> None: ...  # noqa: D102 - told by its name
    async def close(self) -> None: ...  # noqa: D102 - told by its name


class HttpDoor:
    """Bolt's own listener; it checks every request's signature and age."""

    def __init__(self, app: AsyncApp, host: str, port: int) -> None:
        self._server = AsyncSlackAppServer(port=port, path=PATH, app=app, host=host)
        self._runner = web.AppRunner(self._server.web_app, access_log=None)
        self.url = ""

    async def open(self) -> None:
        """Listen.

        Raises:
            PlatformError: If the address is taken or not ours.
        """
        host, port = self._server.host, self._server.port
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, host, port).start()
        except OSError as taken:
            await self._runner.cleanup()
            raise PlatformError(
                f"Slack: cannot listen on {host}:{port} ({taken.strerror}). Set `slack.host` and `slack.port` anew."
            ) from taken
        bound = self._runner.addresses[0]
        self.url = f"http://{bound[0]}:{bound[1]}{PATH}"

    async def close(self) -> None:
        """Stop listening."""
        await self._runner.cleanup()


class SocketDoor:
    """Socket Mode: Slack sends envelopes down a socket that we keep open."""

    def __init__(self, app: AsyncApp, app_token: str) -> None:
        self._handler = AsyncSocketModeHandler(app, app_token, ping_interval=PING_SECONDS)
        self._token = app_token

    async def open(self) -> None:
        """Connect; from then on the library reconnects by itself.

        Raises:
            SlackApiError: If the app token is refused.
            PlatformError: If the socket does not open in time.
        """
        client = self._handler.client
        # Asked here once, since the library would ask a wrong token for ever.
        answer = await client.web_client.apps_connections_open(app_token=self._token)
        client.wss_uri = answer["url"]
        try:
            await asyncio.wait_for(self._handler.connect_async(), CONNECT_SECONDS)  # type: ignore[no-untyped-call]
        except TimeoutError as silent:
            raise PlatformError("Slack: the socket does not open. Is the network up?") from silent

    async def close(self) -> None:
        """Close the socket and wait until the library's tasks have ended."""
        client = self._handler.client
        tasks = [client.message_processor, client.message_receiver, client.current_session_monitor]
        await self._handler.close_async()  # type: ignore[no-untyped-call]
        await asyncio.gather(*(task for task in tasks if task), return_exceptions=True)
