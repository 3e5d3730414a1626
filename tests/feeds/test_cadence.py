from datetime import UTC, datetime, timedelta

import pytest

from bot.feeds.cadence import CROWD, JITTER, Asked, hurried, next_due, rhythm_of

NOW = datetime(2025, 5, 14, 12, 0, tzinfo=UTC)  # a Wednesday
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def wait(**facts: object) -> timedelta:
    return next_due(NOW, **{"feed": "un-news", "polls": 1, **facts}) - NOW  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, 30 * MINUTE),
        ({"rhythm": 5 * MINUTE}, 2 * MINUTE),
        ({"rhythm": 2 * HOUR}, 20 * MINUTE),
        ({"rhythm": 3 * DAY}, HOUR),
        ({"rhythm": 2 * HOUR, "silent": 30 * DAY}, 7.2 * HOUR),
        ({"rhythm": 2 * HOUR, "silent": 900 * DAY}, DAY),
        ({"rhythm": 5 * MINUTE, "asked": Asked(fresh=100 * MINUTE)}, 100 * MINUTE),
        ({"rhythm": 2 * HOUR, "asked": Asked(fresh=MINUTE)}, 20 * MINUTE),
        ({"asked": Asked(fresh=365 * DAY)}, DAY),
        ({"asked": Asked(retry_after=3 * HOUR)}, 3 * HOUR),
        ({"asked": Asked(retry_after=3 * DAY)}, 3 * DAY),
        ({"asked": Asked(retry_after=90 * DAY)}, 7 * DAY),
        ({"failures": 1}, 5 * MINUTE),
        ({"failures": 2}, 15 * MINUTE),
        ({"failures": 5}, 6 * HOUR),
        ({"failures": 99}, DAY),
        ({"failures": 1, "asked": Asked(retry_after=2 * HOUR)}, 2 * HOUR),
        ({"failures": 1, "asked": Asked(fresh=HOUR)}, HOUR),
        ({"rhythm": 2 * DAY, "wanted": 5 * MINUTE}, 5 * MINUTE),
        ({"rhythm": 2 * DAY, "wanted": MINUTE}, 2 * MINUTE),
        ({"rhythm": 5 * MINUTE, "wanted": 5 * MINUTE}, 2 * MINUTE),
        ({"wanted": 5 * MINUTE, "asked": Asked(fresh=20 * MINUTE)}, 20 * MINUTE),
        ({"wanted": 5 * MINUTE, "asked": Asked(retry_after=HOUR)}, HOUR),
        ({"wanted": 2 * HOUR}, 30 * MINUTE),
        ({"wanted": 5 * MINUTE, "silent": 900 * DAY}, 5 * MINUTE),
        ({"wanted": 2 * MINUTE, "failures": 2}, 15 * MINUTE),
    ],
)
def test_the_wait_follows_from_the_facts(facts: dict[str, object], expected: timedelta) -> None:
    assert expected <= wait(**facts) <= expected * (1 + JITTER)


def test_the_same_feed_and_poll_give_the_same_due_time_and_others_another() -> None:
    assert wait() == wait()
    assert len({wait(feed=f"feed-{number}") for number in range(20)}) == 20
    assert len({wait(polls=number) for number in range(20)}) == 20


def test_skipped_hours_and_days_are_left_out() -> None:
    hours = Asked(skip_hours=frozenset({12, 13}))
    days = Asked(skip_days=frozenset({2}))

    assert timedelta() <= NOW + wait(asked=hours) - datetime(2025, 5, 14, 14, 0, tzinfo=UTC) <= CROWD
    assert timedelta() <= NOW + wait(asked=days) - datetime(2025, 5, 15, 0, 0, tzinfo=UTC) <= CROWD


def test_a_feed_that_skips_all_hours_is_polled_all_the_same() -> None:
    assert wait(asked=Asked(skip_hours=frozenset(range(24)))) < HOUR


def test_a_week_with_a_hundred_minutes_of_freshness_has_about_a_hundred_polls() -> None:
    moment, polls = NOW, 0
    while moment < NOW + 7 * DAY:
        polls += 1
        moment = next_due(moment, feed="demo", polls=polls, asked=Asked(fresh=100 * MINUTE), rhythm=20 * HOUR)

    assert 95 <= polls <= 101


def test_rhythm_is_the_mean_gap_of_the_latest_entries() -> None:
    assert rhythm_of([NOW, NOW + HOUR, NOW + 4 * HOUR]) == 2 * HOUR
    assert rhythm_of([NOW, NOW]) is None


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (Asked(), timedelta()),
        (Asked(fresh=20 * MINUTE), 20 * MINUTE),
        (Asked(fresh=365 * DAY), DAY),
        (Asked(fresh=20 * MINUTE, retry_after=HOUR), HOUR),
        (Asked(retry_after=90 * DAY), 7 * DAY),
        (Asked(fresh=MINUTE, skip_hours=frozenset({12})), HOUR),
        (Asked(skip_days=frozenset({2})), 12 * HOUR),
    ],
)
def test_what_a_server_allows_is_told_apart_from_what_we_want(asked: Asked, expected: timedelta) -> None:
    assert asked.allows_from(NOW) == NOW + expected


@pytest.mark.parametrize(
    ("due", "not_before", "expected"),
    [
        (HOUR, None, 5 * MINUTE),
        (HOUR, 20 * MINUTE, 20 * MINUTE),
        (HOUR, 2 * HOUR, HOUR),
        (MINUTE, None, MINUTE),
        (-MINUTE, -HOUR, -MINUTE),
    ],
)
def test_a_story_that_comes_alive_hurries_its_feeds_as_far_as_their_servers_allow(
    due: timedelta, not_before: timedelta | None, expected: timedelta
) -> None:
    allowed = None if not_before is None else NOW + not_before
    assert hurried(NOW + due, NOW, 5 * MINUTE, allowed) == NOW + expected
