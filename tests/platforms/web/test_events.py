"""Open pages see what changes, and miss nothing while they were away."""

import asyncio
import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import ClientResponse

from tests.platforms.cards import ALERT, CEASEFIRE, CORRECTION, HOSTILE
from tests.platforms.web.house import House, open_house

Event = tuple[str, dict[str, Any]]


@asynccontextmanager
async def listening(house: House, query: str = "", **headers: str) -> AsyncIterator[ClientResponse]:
    """Return an open stream."""
    async with house.browser.get(f"{house.origin}/events{query}", headers=headers) as stream:
        assert stream.content_type == "text/event-stream"
        yield stream


async def next_event(stream: ClientResponse) -> Event:
    """Return the next event's id and data."""
    fields: dict[str, str] = {}
    async with asyncio.timeout(3):
        while (line := (await stream.content.readline()).decode().rstrip("\n")) or not fields:
            name, _, value = line.partition(": ")
            fields[name] = value
    return fields["id"], json.loads(fields["data"])


async def test_an_open_page_sees_a_post_its_line_and_its_edit() -> None:
    async with open_house() as house, listening(house) as stream:
        await house.post("n1", ALERT)
        _, post = await next_event(stream)
        await house.line("n1", 1, "Also Straits Daily, 22:52.")
        _, line = await next_event(stream)
        await house.edit("n1", CORRECTION)
        _, edit = await next_event(stream)

    assert {post["id"], line["id"], edit["id"]} == {"m-n1"}
    assert post["headline"] == ALERT.title
    assert "Also Straits Daily, 22:52." in line["html"]
    assert "Andriy Yermak</del>" in edit["html"]
    assert "Also Straits Daily, 22:52." in edit["html"]


async def test_a_page_that_comes_back_sees_only_what_it_missed() -> None:
    async with open_house() as house:
        await house.post("n1", ALERT)
        async with listening(house) as stream:
            seen, _ = await next_event(stream)
        await house.post("n2", CEASEFIRE)

        async with listening(house, **{"Last-Event-ID": seen}) as stream:
            _, missed = await next_event(stream)

    assert missed["id"] == "m-n2"


async def test_nothing_falls_between_the_page_and_its_stream() -> None:
    async with open_house() as house:
        await house.post("n1", ALERT)
        _, page = await house.get("/")
        await house.post("n2", CEASEFIRE)
        [after] = re.findall(r'data-after="([^"]+)"', page)

        async with listening(house, f"?after={after}") as stream:
            _, first = await next_event(stream)

    assert first["id"] == "m-n2"


async def test_a_page_of_an_earlier_run_is_brought_up_to_date() -> None:
    async with open_house() as house:
        await house.post("n1", ALERT)
        async with listening(house, **{"Last-Event-ID": "00000000.999"}) as stream:
            _, first = await next_event(stream)

    assert first["id"] == "m-n1"


async def test_a_line_that_is_sent_twice_stands_once() -> None:
    async with open_house() as house:
        await house.post("n1", ALERT)
        await house.line("n1", 1, "Also Straits Daily, 22:52.")
        await house.line("n1", 1, "Also Straits Daily, 22:52.")

        _, page = await house.get("/")

    assert page.count("Also Straits Daily, 22:52.") == 1


async def test_what_a_feed_holds_cannot_break_out_of_an_event() -> None:
    async with open_house() as house, listening(house) as stream:
        await house.post("n1", HOSTILE)
        _, event = await next_event(stream)

    assert "<script>" not in event["html"]
    assert "javascript:" not in event["html"]


async def test_closing_lets_open_pages_go_at_once() -> None:
    async with open_house() as house, listening(house) as stream:
        async with asyncio.timeout(1.5):
            await house.web.close()

        assert await stream.content.read() == b""
