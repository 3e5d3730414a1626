import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.feed import Entry, EntryRef
from bot.feeds.article import make_article, to_text

NOW = datetime(2025, 5, 14, 12, 0, tzinfo=UTC)
ENTRY = Entry(
    ref=EntryRef("courier", "1"), outlet="Courier", url="https://c.example/1", title="Talks begin", fetched=NOW
)


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("Plain words & signs, 1 < 2", "Plain words & signs, 1 < 2"),
        ("One.\n\nTwo, which goes\non here.\nThree.", "One.\n\nTwo, which goes on here.\nThree."),
        ("<p>One</p><p>Two</p>", "One\n\nTwo"),
        ("<p>One\n still <b>one</b></p>\n<p>Two<br>lines</p>", "One still one\n\nTwo\nlines"),
        ("A<script>alert(1)</script>B<style>p{}</style><!-- c -->C", "ABC"),
        ("<ul><li>One<li>Two</ul>", "One\n\nTwo"),
        ("<table><tr><td>Kyiv</td><td>1,000</td></tr></table>", "Kyiv 1,000"),
        ("&quot;Yes&quot;&nbsp;&mdash; he said&#8230;", '"Yes" — he said…'),
        ("Peace &amp; quiet", "Peace & quiet"),
        ("a\u202eb\u200bc\ufeffd\x07e\u2066f", "abcdef"),
        ("Cafe\u0301", "Café"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("Z" + "\u0301" * 50, "Ź" + "\u0301" * 4),
        ("<p>un<b>closed", "unclosed"),
        ("<![CDATA[<p>One</p>]]>", "One"),
        ("", ""),
        ("<img src=x>", ""),
    ],
)
def test_markup_becomes_text(markup: str, text: str) -> None:
    assert to_text(markup) == text


@pytest.mark.parametrize(
    "hostile", ["<" * 400_000, "<a " * 130_000, "<b>" * 130_000, "&" * 400_000, "&#" * 200_000, "\n " * 200_000]
)
def test_hostile_markup_takes_no_longer_than_its_length_allows(hostile: str) -> None:
    start = time.process_time()

    to_text(hostile)

    assert time.process_time() - start < 2


def test_an_article_is_its_title_a_blank_line_and_its_body() -> None:
    article = make_article(replace(ENTRY, title=" <b>Talks</b>\n begin ", summary="<p>In Geneva.</p>"), 2)

    assert (article.title, article.text, article.revision) == ("Talks begin", "Talks begin\n\nIn Geneva.", 2)


@pytest.mark.parametrize(
    ("summary", "content", "body"),
    [
        ("In Geneva.", "In Geneva. They will last.", "In Geneva. They will last."),
        ("In Geneva. They […]", "<p>In Geneva.</p><p>They will last.</p>", "In Geneva.\n\nThey will last."),
        ("In Geneva. They will last.", "In Geneva.", "In Geneva. They will last."),
        ("The first round.", "In Geneva.", "The first round.\n\nIn Geneva."),
        ("Talks begin", None, ""),
        ("<h1>Talks begin</h1><p>In Geneva.</p>", None, "In Geneva."),
        ("In Geneva.\n\nThe post Talks begin appeared first on Courier.", None, "In Geneva."),
    ],
)
def test_the_body_says_each_thing_once(summary: str, content: str | None, body: str) -> None:
    article = make_article(replace(ENTRY, summary=summary, content=content), 0)

    assert article.text == (f"Talks begin\n\n{body}" if body else "Talks begin")


def test_an_entry_without_a_title_is_called_by_its_first_words() -> None:
    article = make_article(replace(ENTRY, title="", summary="A short note.\n\nAnd more."), 0)

    assert (article.title, article.text) == ("A short note.", "A short note.\n\nAnd more.")


@pytest.mark.parametrize(
    ("published", "expected"),
    [
        (None, NOW),
        (NOW - timedelta(hours=1), NOW - timedelta(hours=1)),
        (NOW + timedelta(days=1), NOW),
        (datetime(1970, 1, 1, tzinfo=UTC), NOW),
    ],
)
def test_the_date_is_never_later_than_the_fetch_nor_absurd(published: datetime | None, expected: datetime) -> None:
    assert make_article(replace(ENTRY, published=published), 0).published == expected
