from datetime import UTC, date, datetime
from socket import socket

from bot import seeds
from bot.demo import recording
from bot.demo.tale import closing, day_line, days, opening
from bot.demo.week import read_week
from tests.cli.test_odd_input import dragoman

OUTLETS = read_week(seeds.packaged() / "demo")
PAGE = "http://127.0.0.1:8321/"


def test_the_opening_tells_what_is_played_and_where_it_is_seen() -> None:
    text = opening(OUTLETS, 60, PAGE)
    assert text.startswith("The week of 11–17 May 2025 in 60 seconds: ")
    assert f"{len(OUTLETS)} invented outlets" in text
    assert PAGE in text
    assert PAGE in closing(PAGE)


def test_a_day_opens_with_how_far_the_week_has_come() -> None:
    line = day_line(date(2025, 5, 11), datetime(2025, 5, 11, tzinfo=UTC), OUTLETS, 1)
    assert line.startswith("──── Sunday, 11 May 2025 ───")
    assert "0 of 1" in line
    assert line.endswith(" entries, 1 alert ────")
    assert days(OUTLETS) == (date(2025, 5, 11), date(2025, 5, 17))


def test_the_summaries_of_json_feed_and_the_links_are_clean() -> None:
    assert not [line for line in recording() if ".example/tag:" in line]


def test_a_port_in_use_does_not_stop_the_demo() -> None:
    with socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        status, lines, complaints = dragoman("demo", "--exit", "--seconds", "5", "--port", str(port))
    assert (status, complaints) == (0, "")
    assert f":{port}/" not in lines[1]
    assert any("/summary istanbul-talks" in line for line in lines)
    assert not [line for line in lines if "<b>" in line]
