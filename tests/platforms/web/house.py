"""A page that is open on a free port, and a way to ask it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from aiohttp import ClientSession

from bot.domain.alert import Card
from bot.domain.audience import PAGE
from bot.domain.delivery import EDIT, POST, Parcel, line
from bot.platforms.web import Web
from tests.platforms.desk import AnswerDesk


@dataclass(kw_only=True)
class House:
    """The page, its desk, and a browser."""

    web: Web
    desk: AnswerDesk
    browser: ClientSession

    @property
    def origin(self) -> str:
        """What a browser on this page names as its origin."""
        return self.web.url.rstrip("/")

    async def post(self, nonce: str, card: Card) -> None:
        """Send a post."""
        await self.web.send(PAGE, Parcel(nonce=nonce, part=POST, card=card))

    async def edit(self, message: str, card: Card) -> None:
        """Send an edit."""
        await self.web.send(PAGE, Parcel(nonce=f"edit of {message}", part=EDIT, card=card, message=message))

    async def line(self, message: str, number: int, text: str) -> None:
        """Send a thread line."""
        nonce = f"line {number} of {message}"
        await self.web.send(PAGE, Parcel(nonce=nonce, part=line(number), text=text, message=message))

    async def get(self, path: str, **headers: str) -> tuple[int, str]:
        """Return status and text of a page."""
        async with self.browser.get(self.origin + path, headers=headers) as answer:
            return answer.status, await answer.text()

    async def type(self, text: str, **headers: str) -> tuple[int, str]:
        """Return status and text that a typed line is answered with, in our own form unless headers differ."""
        sent = {"Origin": self.origin} | {name.replace("_", "-"): value for name, value in headers.items()}
        async with self.browser.post(f"{self.origin}/ask", data={"line": text}, headers=sent) as answer:
            return answer.status, await answer.text()


@asynccontextmanager
async def open_house() -> AsyncIterator[House]:
    """Open a page on a free port and close it at the end."""
    desk = AnswerDesk()
    web = Web(port=0, parse=desk.parse)
    await web.start(desk.ask, desk.complete)
    async with ClientSession() as browser:
        yield House(web=web, desk=desk, browser=browser)
    await web.close()
