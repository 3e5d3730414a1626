"""An article in a few of its own words."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from benchmarks.articles import read
from benchmarks.bullets import covered, lead_three
from bot.announce.cuts import clauses
from bot.announce.digest import MOST, WORDS, digest

STORY = (
    "GENEVA, Feb 20 (Meridian) - Vestria and Korland will open talks on their border in Geneva on 4 March, the Swiss"
    " foreign ministry said on Friday, ending fourteen months of silence.\n\nA farmer near the river said that he had"
    " seen it all before. His cows grazed beside the road, and a dog slept. Korland's team will be led by Havel Drost,"
    " while Vestria has yet to name its head of delegation.\n\nThe two countries fought a war in 2019."
)


def test_a_digest_tells_the_news_and_leaves_the_cows() -> None:
    told = " | ".join(digest("Vestria and Korland to open talks", STORY, words=35))

    assert told.startswith("Vestria and Korland will open talks on their border in Geneva on 4 March")
    assert "Havel Drost" in told
    assert "cows" not in told


def test_a_text_is_cut_where_clauses_begin_and_end() -> None:
    text = "On Friday, Vestria denied firing and suggested that mines went off, hours after the truce began."

    parts = [(text[part.start : part.end], part.begins, part.ends) for part in clauses(text)]

    assert parts == [
        ("On Friday", True, False),
        ("Vestria denied firing", True, True),
        ("and suggested that mines went off", False, True),
        ("hours after the truce began.", False, True),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Olm said: “We wait, while they talk, and we go.”",
        '"No paper, after all, was signed," she said.',
        "The ministers of Vestria, who met in May, left.",
    ],
)
def test_no_cut_falls_into_a_quotation_or_leaves_a_name_alone(text: str) -> None:
    for part in clauses(text):
        words = text[part.start : part.end]
        assert words.count("“") == words.count("”")
        assert words.count('"') % 2 == 0
        assert words != "The ministers of Vestria"


def test_a_title_stands_in_for_a_text_that_is_missing() -> None:
    assert digest("Vestria names envoy", "") == ("Vestria names envoy",)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "<p>Vestria and Korland signed a truce on Friday.</p><p>It lasts for thirty days.</p>",
            ("Vestria and Korland signed a truce on Friday.", "It lasts for thirty days."),
        ),
        (
            "“We will never sign this. Our people would not forgive us. We leave tonight,” Olm said.",
            ("“We will never sign this. Our people would not forgive us. We leave tonight,” Olm said.",),
        ),
        (
            "GENF, 4. März (Meridian) - Vestrien verlässt die Gespräche am Freitag.",
            ("Vestrien verlässt die Gespräche am Freitag.",),
        ),
        (
            "Agreed:\n- A truce of 30 days\n- Talks in Geneva on 4 March\n\n15:01\nThe paper was signed at noon.",
            ("A truce of 30 days", "Talks in Geneva on 4 March", "The paper was signed at noon."),
        ),
    ],
)
def test_a_text_that_fits_is_told_clean_and_whole(text: str, told: tuple[str, ...]) -> None:
    assert digest("", text) == told


def test_what_a_desk_must_know_is_told_more_often_than_by_the_first_sentences() -> None:
    articles = read()
    facts = sum(len(article.facts) for article in articles)
    ours = sum(len(covered(article, digest(article.title, article.text))) for article in articles)
    lead = sum(len(covered(article, lead_three(article.text, WORDS))) for article in articles)

    assert ours / facts >= 0.81
    assert ours - lead >= facts / 4


PIECES = some.lists(
    some.sampled_from(
        [
            "The",
            "talks",
            "ended",
            "off.",
            "Olm",
            "said",
            "“we",
            "wait”",
            "and",
            "40",
            "left;",
            "U.S.",
            "(Kyiv)",
            "…",
            "after",
        ]
    )
    | some.sampled_from(
        ['"so', 'no"', "while\n", "\n\n", "Ж", "中。", "-", ",", ", who", "In", "May,", "a\u00a0b", "\u2028"]
    ),
    max_size=120,
).map(" ".join)


@settings(max_examples=300, deadline=None)
@given(title=PIECES, text=PIECES, room=some.integers(3, WORDS))
def test_every_bullet_is_word_for_word_in_its_source_and_all_fit(title: str, text: str, room: int) -> None:
    told = digest(title, text, room)

    assert 1 <= len(told) <= MOST
    assert all(bullet in title or bullet in text for bullet in told)
    assert sum(len(bullet.split()) for bullet in told) <= room
