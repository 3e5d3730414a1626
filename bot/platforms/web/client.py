"""The page as a platform."""

import asyncio
import os
import secrets
from datetime import UTC, timedelta, tzinfo
from errno import errorcode

from aiohttp import web

from bot.domain.audience import PAGE, Channel
from bot.domain.delivery import EDIT, Outcome, Parcel, Sent
from bot.errors import PlatformError
from bot.locales.languages import WRITTEN
from bot.platforms.asking import with_working_buttons
from bot.platforms.web.board import Board
from bot.platforms.web.gate import gate, seal
from bot.platforms.web.hooks import Hooks
from bot.platforms.web.pages import Pages
from bot.ports import Ask, Complete, Heard, Parse, Receiver, unheard

# A form holds one line; nothing else is ever posted.
BODY_AT_MOST_BYTES = 64 * 1024


class Web:
    """Serves the page, and shows on it what is sent."""

    name = "web"
    pace = timedelta(0)

    def __init__(self, host: str = "127.0.0.1", port: int = 8321, *, parse: Parse, zone: tzinfo | None = UTC) -> None:
        """Serve on an address once started.

        Args:
            host: An address of this machine.
            port: 0 takes any free one; `url` tells which.
            parse: Reads a typed line.
            zone: Whose time is told; ``None`` is the machine's.
        """
        self._host, self._port = host, port
        self._parse, self._zone = parse, zone
        self._board = Board()
        self._receiver: Receiver | None = None
        self._runner: web.AppRunner | None = None

    @property
    def url(self) -> str:
        """The page's address, with the real port once it is started."""
        bound = self._runner.addresses if self._runner else []
        port = bound[0][1] if bound else self._port
        return f"http://{f'[{self._host}]' if ':' in self._host else self._host}:{port}/"

    async def start(self, ask: Ask, complete: Complete, heard: Heard = unheard) -> None:
        """Open the page.

        Raises:
            PlatformError: If the address cannot be had.
        """
        pages = Pages(
            board=self._board, channel=PAGE, ask=ask, complete=complete, parse=self._parse, zone=self._zone,
            # Tells a browser that reconnects whether our numbers are those that it knows.
            run=secrets.token_hex(4),
        )  # fmt: skip
        app = web.Application(middlewares=[gate], client_max_size=BODY_AT_MOST_BYTES)
        app.add_routes(pages.routes())
        if self._receiver is not None:
            app.add_routes(Hooks(self._receiver).routes())
        app.on_response_prepare.append(seal)
        runner = web.AppRunner(app, access_log=None, handle_signals=False, shutdown_timeout=1.0)
        await runner.setup()
        try:
            await web.TCPSite(runner, self._host, self._port).start()
        except OSError as taken:
            await runner.cleanup()
            raise PlatformError(
                f"The page cannot open on {self._host}:{self._port} ({_reason(taken)}). "
                "Stop what listens there, perhaps another Dragoman, or set another `port` under [web]."
            ) from taken
        self._runner = runner

    def receive(self, receiver: Receiver) -> None:
        """Let hubs reach somebody once the page is started."""
        self._receiver = receiver

    async def send(self, channel: Channel, parcel: Parcel) -> Outcome:
        """Show a post, an edit or a line; the same nonce is shown once."""
        message = parcel.message or parcel.nonce
        if parcel.card is None:
            self._board.line(message, parcel.nonce, parcel.text)
            return Sent(message=parcel.nonce)
        card = with_working_buttons(parcel.card, self._parse)
        if parcel.part == EDIT:
            self._board.edit(message, card)
        else:
            self._board.post(message, card)
        return Sent(message=message)

    def language(self, channel: Channel) -> str:
        """Return English: many read one page, each in their own language."""
        return WRITTEN

    async def tell(self, channel: Channel, text: str) -> bool:
        """Tell nobody; this place is never closed to us."""
        return False

    async def close(self) -> None:
        """Let open pages go and close the address."""
        self._board.close()
        runner, self._runner = self._runner, None
        if runner is not None:
            # Streams end by themselves once the board is closed.
            await asyncio.sleep(0)
            await runner.cleanup()


def _reason(failed: OSError) -> str:
    """Return the system's own words, which asyncio wraps in its own."""
    number = failed.errno or 0
    return os.strerror(number).lower() if number in errorcode else str(failed.strerror or failed)
