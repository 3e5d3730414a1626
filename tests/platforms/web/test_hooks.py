"""Hubs reach the page at addresses of their own; nobody else learns or changes anything there."""

from collections.abc import AsyncIterator, Mapping
from io import BytesIO

import pytest
from aiohttp import ClientSession

from bot.platforms.web import Web
from bot.platforms.web.hooks import BODY_AT_MOST_BYTES
from tests.platforms.desk import AnswerDesk

RIGHT = "right"


class Desk:
    """Knows one token, and keeps what came for it."""

    def __init__(self) -> None:
        self.came: list[tuple[bytes, str, str]] = []

    async def verify(self, token: str, query: Mapping[str, str]) -> str | None:
        return query.get("hub.challenge") if token == RIGHT else None

    async def knows(self, token: str) -> bool:
        return token == RIGHT

    async def deliver(self, token: str, body: bytes, content_type: str, signature: str) -> None:
        self.came.append((body, content_type, signature))


@pytest.fixture
async def desk() -> Desk:
    return Desk()


@pytest.fixture
async def url(desk: Desk) -> AsyncIterator[str]:
    answers = AnswerDesk()
    page = Web(port=0, parse=answers.parse)
    page.receive(desk)
    await page.start(answers.ask, answers.complete)
    yield f"{page.url}websub/"
    await page.close()


FROM_OUTSIDE = {"Host": "news.example.org", "Sec-Fetch-Site": "cross-site"}


async def test_a_hub_gets_its_echo_as_plain_text_under_our_public_name(url: str) -> None:
    async with ClientSession(headers=FROM_OUTSIDE) as hub:
        async with hub.get(f"{url}right", params={"hub.challenge": "<b>echo</b>"}) as answer:
            assert (answer.status, await answer.text()) == (200, "<b>echo</b>")
            assert answer.content_type == "text/plain"
        async with hub.get(f"{url}wrong", params={"hub.challenge": "echo"}) as answer:
            assert answer.status == 404
            assert "echo" not in await answer.text()


async def test_news_is_passed_on_as_it_came(url: str, desk: Desk) -> None:
    headers = {"Content-Type": "application/atom+xml", "X-Hub-Signature": "sha256=1f"}
    async with ClientSession(headers=FROM_OUTSIDE) as hub:
        async with hub.post(f"{url}right", data=b"<feed/>", headers=headers) as answer:
            assert answer.status == 202
        async with hub.post(f"{url}wrong", data=b"<feed/>", headers=headers) as answer:
            assert answer.status == 410

    assert desk.came == [(b"<feed/>", "application/atom+xml", "sha256=1f")]


async def test_a_giant_is_refused(url: str, desk: Desk) -> None:
    async with ClientSession() as hub, hub.post(f"{url}right", data=BytesIO(bytes(BODY_AT_MOST_BYTES + 1))) as answer:
        assert answer.status == 413
    assert desk.came == []


async def test_the_rest_of_the_page_stays_closed_to_strangers(url: str) -> None:
    async with ClientSession(headers=FROM_OUTSIDE) as stranger:
        for path in ("", "side", "events", "websub", "health"):
            async with stranger.get(url.removesuffix("websub/") + path) as answer:
                assert answer.status in {403, 421}, path


async def test_a_page_that_hubs_cannot_reach_has_no_such_address() -> None:
    answers = AnswerDesk()
    page = Web(port=0, parse=answers.parse)
    await page.start(answers.ask, answers.complete)
    async with ClientSession() as hub, hub.get(f"{page.url}websub/right") as answer:
        assert answer.status == 404
    await page.close()
