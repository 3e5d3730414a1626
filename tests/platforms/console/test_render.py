"""What cards look like on a terminal: golden texts that people can read."""

from datetime import timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.alert import Card, Fact
from bot.platforms.console.render import Looks, render, render_line, render_update
from bot.platforms.console.wrap import width_of, wrap
from tests.platforms.cards import ALERT, ARABIC, CEASEFIRE, CORRECTION, HOSTILE, SUMMARY

GOLDEN = Path(__file__).parents[2] / "data" / "console"
ISTANBUL = timezone(timedelta(hours=3), "TRT")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("alert", render(ALERT)),
        ("alert-on-a-phone", render(ALERT, Looks(width=44))),
        ("alert-in-istanbul", render(ALERT, Looks(width=80, zone=ISTANBUL))),
        ("correction", render(CORRECTION)),
        ("correction-of-a-printed-post", render_update(CORRECTION, None)),
        ("summary", render(SUMMARY)),
        ("ceasefire", render(CEASEFIRE, Looks(width=72))),
        ("arabic", render(ARABIC)),
        ("hostile", render(HOSTILE)),
        ("line", render_line("Also Straits Daily, 22:52 (quotes the same decree).", ALERT.title)),
    ],
)
def test_a_card_looks_as_its_golden_text(name: str, text: str) -> None:
    assert text + "\n" == (GOLDEN / f"{name}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("card", [ALERT, CORRECTION, SUMMARY, HOSTILE])
@pytest.mark.parametrize("width", [20, 40, 60, 80, 100, 250])
def test_no_line_but_an_address_is_wider_than_the_terminal(card: Card, width: int) -> None:
    for line in render(card, Looks(width=width)).splitlines():
        assert width_of(line) <= width or line.lstrip().startswith("https://")


def test_nothing_that_steers_a_terminal_gets_through() -> None:
    text = render(HOSTILE)

    assert all(sign.isprintable() or sign == "\n" for sign in text)


def test_the_headline_is_bold_only_where_the_terminal_shows_it() -> None:
    assert render(ALERT, Looks(styled=True)).startswith("\x1b[1mKremlin")
    assert "\x1b" not in render(ALERT)


def test_a_fact_that_nobody_corrected_is_not_called_wrong() -> None:
    text = render(Card(title="t", facts=(Fact(label="Talks", before="scheduled", after="ended"),)))

    assert text == "t\n\nTalks   scheduled  →  ended"


@given(st.text(), st.integers(min_value=2, max_value=80))
def test_wrapping_loses_no_sign_and_keeps_the_width(text: str, width: int) -> None:
    lines = wrap(text, width)

    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(width_of(line) <= width for line in lines)
