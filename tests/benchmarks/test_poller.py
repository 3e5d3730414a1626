"""What `make bench-poller` measures, in short: it runs, and what does not depend on the machine holds."""

import shutil
from datetime import timedelta

import pytest

from benchmarks.poller import feeds, latency, polls, schedule, siege
from bot.feeds.fetch import Limits

SIZE, COUNT = 6, 10
SECOND = timedelta(seconds=1)


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl makes the certificates of the TLS server")
async def test_our_entries_are_those_of_feedparser_by_id_link_title_and_date() -> None:
    found = await polls.compare(["poll", "feedparser"], size=SIZE, count=COUNT)

    ours = found["poll"]
    assert sum(map(feeds.changes, range(COUNT))) == 4
    assert [len(ours.entries[str(number)]) for number in range(COUNT)] == [
        SIZE + feeds.FRESH * feeds.changes(number) for number in range(COUNT)
    ]
    assert polls.differences(ours, found["feedparser"], size=SIZE, count=COUNT) == []


async def test_due_feeds_begin_within_two_seconds() -> None:
    p99, _, _ = await schedule.report(feeds=300)

    assert p99 <= 2


async def test_good_feeds_are_read_among_hostile_ones_and_nothing_stays_open() -> None:
    limits = Limits(total=SECOND, connect=SECOND, silence=SECOND)

    p99, _, left_open = await siege.report(good=24, bad=9, lasts=2 * SECOND, limits=limits)

    assert p99 < 10
    assert left_open == 0


async def test_what_changed_feeds_bring_is_accepted_by_the_platform() -> None:
    told = await latency.report(a_second=4, lasts=2 * SECOND)

    assert told.changed == told.accepted == 8
    assert told.p95 < 10
