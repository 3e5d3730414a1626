"""Marks, shortening, cleaning and times: the same on every platform."""

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import bot.kinds
from bot.kinds import TABLE
from bot.platforms.clean import address, clean, domain
from bot.platforms.fit import fit, size
from bot.platforms.marks import MARKS, OTHER, mark_of
from bot.platforms.shorten import shorten
from bot.platforms.times import moment, near

NO_FAMILIES = {"__init__", "kind", "claims"}


def test_every_family_of_kinds_has_a_mark_of_its_own() -> None:
    [folder] = bot.kinds.__path__

    families = {path.stem for path in Path(folder).glob("*.py")} - NO_FAMILIES

    assert {kind.family for kind in TABLE} == families
    assert set(MARKS) == families
    assert len({mark.sign for mark in MARKS.values()}) == len(MARKS)


def test_a_family_without_a_mark_still_has_one_and_no_family_has_none() -> None:
    assert mark_of("astronomy") == OTHER
    assert mark_of(None) is None


@pytest.mark.parametrize(
    ("text", "limit", "short"),
    [
        ("It fits.", 8, "It fits."),
        ("The talks are over. The teams left for the airport at once.", 40, "The talks are over. …"),
        ("Mr. Medinsky leads the team that Moscow sends", 20, "Mr. Medinsky leads…"),
        ("He said “no deal.” Then he left the room for good.", 30, "He said “no deal.” …"),
        ("Talks cost 3.5 million dollars and led nowhere at all", 30, "Talks cost 3.5 million…"),
        ("Donaudampfschifffahrtsgesellschaft", 10, "Donaudamp…"),
        ("会谈结束了。双方离开了伊斯坦布尔。没有停火。", 12, "会谈结束了。 …"),
        ("anything", 1, "…"),
        ("anything", 0, ""),
    ],
)
def test_a_text_is_cut_at_a_sentence_else_between_words(text: str, limit: int, short: str) -> None:
    assert shorten(text, limit) == short


@given(st.text(), st.integers(min_value=0, max_value=60))
def test_a_shortened_text_fits_and_begins_as_the_whole_does(text: str, limit: int) -> None:
    short = shorten(text, limit)

    assert len(short) <= limit
    assert short == text or text.startswith(short.removesuffix("…").removesuffix(" "))


@pytest.mark.parametrize(
    ("dirty", "seen"),
    [
        ("gnp\u202eexe.\u202c", "gnpexe."),
        ("a\u200bb\ufeffc", "abc"),
        ("one\r\n two\tthree", "one two three"),
        ("e\u0301", "é"),
        ("\x1b[31mred\x07", "[31mred"),
        ("نمی\u200cخواهم", "نمی\u200cخواهم"),
        ("pay\u200dpal", "paypal"),
        ("\U000e0041tag", "tag"),
    ],
)
def test_what_could_mislead_a_reader_is_left_out(dirty: str, seen: str) -> None:
    assert clean(dirty) == seen


@pytest.mark.parametrize(
    ("dirty", "seen"),
    [
        ("قال \u2068Reuters\u2069", "قال \u2068Reuters\u2069"),
        ("\u2068ends nowhere", "ends nowhere"),
        ("ends\u2069 and \u2068begins", "ends and begins"),
        ("\u2068held \u202eback\u2069", "\u2068held back\u2069"),
    ],
)
def test_words_that_run_the_other_way_are_held_together_where_they_end(dirty: str, seen: str) -> None:
    assert clean(dirty) == seen


@pytest.mark.parametrize("limit", range(1, 40))
def test_a_cut_sentence_of_arabic_ends_what_it_holds_together_and_fits(limit: int) -> None:
    text = "تتابع هذه القناة \u2068Istanbul talks\u2069 (\u2068istanbul-talks\u2069)"
    cut = fit(text, limit, lambda short: short)
    assert size(cut) <= limit
    assert cut.count("\u2068") == cut.count("\u2069")


def test_a_letter_keeps_few_marks() -> None:
    assert len(clean("Z" + "\u0335" * 100)) == 5


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        " JaVaScRiPt:alert(1)",
        "data:text/html,<script>",
        "https://good.example@evil.example/",
        "https://",
        "//host/path",
        "https://a.example/\u202egnp",
        'https://a.example/"onclick="x',
        "https://[::1",
        "file:///etc/passwd",
        "",
    ],
)
def test_an_address_that_is_no_web_page_is_no_link(url: str) -> None:
    assert address(url) is None
    assert domain(url) == ""


def test_a_link_tells_the_domain_that_it_leads_to() -> None:
    assert domain("https://www.Wire.example:8443/a?b#c") == "wire.example"
    assert domain("https://еvil.example/") == "xn--vil-qdd.example"


def test_times_are_as_short_as_what_stands_beside_them_allows() -> None:
    at = datetime(2025, 5, 14, 22, 38, tzinfo=UTC)

    assert moment(at, timezone(timedelta(hours=3), "TRT")) == "15 May, 01:38 TRT"
    assert near(at, at, UTC) == "22:38"
    assert near(at, at + timedelta(days=1), UTC) == "14 May 22:38"
    assert near(at, at + timedelta(days=3), UTC) == "14 May"
    assert near(at, at + timedelta(days=400), UTC) == "14 May 2025"
    assert near(at, None, UTC) == "14 May 22:38"
