import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import QueryError
from bot.watch.query import Text, parse

ISTANBUL = (
    "Russia and Ukraine hold direct talks in İstanbul; the endgame of a US–China relationship dates back to 2022."
)


@pytest.mark.parametrize(
    "query",
    [
        "istanbul",
        "Istanbul AND talks",
        "Istanbul talks",
        '"direct talks"',
        "ankara OR istanbul",
        "ukraine NOT ankara",
        "(ankara OR istanbul) AND (russia OR china)",
        "relation*",
        "china",
    ],
)
def test_a_query_matches_the_text_that_holds_its_words(query: str) -> None:
    assert parse(query).matches(Text(ISTANBUL))


@pytest.mark.parametrize("query", ["game", "dating", '"talks direct"', "istan", "ukraine NOT russia", "ankara talks"])
def test_a_query_does_not_match_parts_of_words_nor_words_apart(query: str) -> None:
    assert not parse(query).matches(Text(ISTANBUL))


def test_a_phrase_ignores_case_accents_and_hyphens() -> None:
    assert parse('"erdogan 30 day"').matches(Text("Erdoğan 30-day truce"))


def test_scripts_without_spaces_match_inside_a_sentence() -> None:
    assert parse("停火").matches(Text("各方呼吁立即停火三十天"))


@pytest.mark.parametrize(
    ("query", "column"),
    [("a AND", 6), ("(a", 3), ('"a', 1), ("", 1), ("NOT a", 1), ("a OR NOT b", 1), ("a ) b", 3), ("AND", 1)],
)
def test_a_broken_query_is_refused_with_the_place(query: str, column: int) -> None:
    with pytest.raises(QueryError) as caught:
        parse(query)
    assert caught.value.column == column


@given(st.text(max_size=60))
def test_any_text_parses_or_is_refused_in_words(written: str) -> None:
    try:
        query = parse(written)
    except QueryError:
        return
    assert parse(str(query)).matches(Text(ISTANBUL)) == query.matches(Text(ISTANBUL))
