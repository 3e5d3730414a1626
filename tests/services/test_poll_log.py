"""What an operator reads of feeds that fail."""

import pytest

from bot.domain.feed import Feed, FeedState, Health
from bot.services.poll import _tell
from tests.house import START


def feeds(count: int, health: Health, why: str | None) -> list[tuple[Feed, FeedState, FeedState]]:
    state = FeedState(due=START, health=health, error=why)
    before = FeedState(due=START)
    return [(Feed(id=f"feed-{number}", url="https://a.example/", outlet="A"), before, state) for number in range(count)]


def test_one_feed_that_fails_is_told_with_its_reason(capsys: pytest.CaptureFixture[str]) -> None:
    _tell(feeds(1, Health.FAILING, "a.example refused the connection"))
    [line] = capsys.readouterr().out.splitlines()
    assert "feed is failing" in line
    assert "refused the connection" in line


def test_a_network_that_is_away_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    _tell([*feeds(50, Health.FAILING, "a.example refused the connection"), *feeds(2, Health.OK, None)])
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 3
    assert sum("feeds are failing" in line and "50" in line for line in lines) == 1
