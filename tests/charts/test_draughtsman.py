"""Pictures are drawn by another process, off the loop."""

import asyncio
import os
import signal
import struct
import zlib
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.charts import Draughtsman
from bot.charts.draw import FAMILIES
from bot.domain.picture import Mark, Timeline
from bot.platforms.marks import MARKS

AT = datetime(2025, 5, 14, 22, 41, tzinfo=UTC)
MARK = Mark(
    at=AT, text="Kremlin: Medinsky leads Russia's team", kind="delegation named", family="delegations", key=True
)
TIMELINE = Timeline(title="Istanbul talks", subtitle="1 change, 14 May 2025", marks=(MARK,))


@pytest.fixture
async def draughtsman() -> AsyncIterator[Draughtsman]:
    """Return who draws; nobody waits long in a test."""
    draughtsman = Draughtsman()
    yield draughtsman
    await draughtsman.close()


def size_of(png: bytes) -> tuple[int, int]:
    """Return a PNG's width and height; it is one."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", png[16:24])
    return width, height


def paper_of(png: bytes) -> tuple[int, ...]:
    """Return the colour of a PNG's first dot."""
    data, place = b"", 8
    while place < len(png):
        length, kind = struct.unpack(">I4s", png[place : place + 8])
        data += png[place + 8 : place + 8 + length] if kind == b"IDAT" else b""
        place += length + 12
    return tuple(zlib.decompress(data)[1:4])


async def test_a_timeline_is_drawn_for_light_and_for_dark(draughtsman: Draughtsman) -> None:
    picture = await draughtsman.draw(TIMELINE, "istanbul", "Words.")

    assert picture is not None
    assert (picture.name, picture.alt) == ("istanbul", "Words.")
    assert size_of(picture.light) == size_of(picture.dark) == (1200, size_of(picture.light)[1])
    assert paper_of(picture.light) == (255, 255, 255)
    assert max(paper_of(picture.dark)) < 64


async def test_a_longer_story_makes_a_longer_picture_and_odd_words_break_nothing(draughtsman: Draughtsman) -> None:
    odd = [replace(MARK, text=text, family="of nothing") for text in ("", "$x^2", "\\frac{", "قال مسؤول", "a" * 500)]

    short = await draughtsman.draw(TIMELINE, "x", "")
    long = await draughtsman.draw(replace(TIMELINE, marks=tuple(odd)), "x", "")

    assert short
    assert long
    assert size_of(long.light)[1] > size_of(short.light)[1]


async def test_the_loop_goes_on_while_something_is_drawn(draughtsman: Draughtsman) -> None:
    drawing = asyncio.create_task(draughtsman.draw(TIMELINE, "x", ""))
    longest, last = 0.0, asyncio.get_running_loop().time()
    while not drawing.done():
        await asyncio.sleep(0.005)
        now = asyncio.get_running_loop().time()
        longest, last = max(longest, now - last), now

    assert longest < 0.5
    assert drawing.result()


async def test_what_was_drawn_lately_is_not_drawn_again(draughtsman: Draughtsman) -> None:
    first = await draughtsman.draw(TIMELINE, "x", "")
    process = draughtsman.process
    assert process is not None
    os.kill(process, signal.SIGKILL)

    assert await draughtsman.draw(TIMELINE, "x", "") == first


async def test_a_process_that_died_costs_one_picture_and_no_more(draughtsman: Draughtsman) -> None:
    await draughtsman.draw(TIMELINE, "x", "")
    process = draughtsman.process
    assert process is not None
    os.kill(process, signal.SIGSTOP)
    hasty = Draughtsman(patience_seconds=0.2)
    hasty._process, draughtsman._process = draughtsman._process, None  # noqa: SLF001 - a frozen process is had no other way

    later = replace(TIMELINE, marks=(replace(MARK, at=AT + timedelta(days=1)),))

    assert await hasty.draw(later, "x", "") is None
    assert await draughtsman.draw(later, "x", "") is not None


async def test_who_draws_goes_home_when_nobody_asks() -> None:
    draughtsman = Draughtsman(idle_seconds=0.05)
    await draughtsman.draw(TIMELINE, "x", "")
    await asyncio.sleep(0.1)

    assert draughtsman.process is None
    assert await draughtsman.draw(replace(TIMELINE, title="Later"), "x", "") is not None
    await draughtsman.close()


def test_every_family_has_a_look_of_its_own() -> None:
    assert set(FAMILIES) == set(MARKS)
    assert len(set(FAMILIES.values())) == len(FAMILIES)
