from datetime import UTC, date, datetime

import pytest

from bot.errors import BotError, CommandError, Either, QueryError
from bot.locales import ENGLISH, language_of, voice_in

GERMAN = voice_in("de")


@pytest.mark.parametrize(
    ("locales", "language"),
    [
        (("es-419",), "es"),
        (("de",), "de"),
        (("de-AT",), "de"),
        (("de_CH",), "de"),
        (("pl", "de"), "de"),
        (("en-GB", "de"), "en"),
        (("pl",), "en"),
        (("",), "en"),
        ((), "en"),
    ],
)
def test_a_reader_is_answered_in_the_first_language_that_is_ours(locales: tuple[str, ...], language: str) -> None:
    assert language_of(*locales) == language


def test_an_error_speaks_english_by_itself_and_other_languages_through_a_voice() -> None:
    wrong = CommandError("No story `{wanted}`. Did you mean {near}?", wanted="x", near=Either(("a", "b", "c")))
    assert str(wrong) == "No story `x`. Did you mean `a`, `b` or `c`?"
    assert ENGLISH.told(wrong) == str(wrong)
    assert GERMAN.told(wrong) == "Es gibt kein Dossier `x`. Meinten Sie `a`, `b` oder `c`?"


def test_an_error_inside_of_another_is_told_in_the_same_language() -> None:
    wrong = QueryError("AND", 1, "`{word}` is not expected here", word="AND")
    assert str(wrong) == "`AND` is not expected here (at character 1 of `AND`)"
    assert GERMAN.told(wrong) == "`AND` steht hier unerwartet (an Zeichen 1 von `AND`)"


def test_words_with_braces_stand_as_they_are() -> None:
    assert ENGLISH.told(BotError("odd {words}")) == str(BotError("odd {words}")) == "odd {words}"
    assert ENGLISH("{url} {what}.", url="https://a/{b}", what="{c}") == "https://a/{b} {c}."


def test_in_arabic_what_runs_the_other_way_stands_apart_and_what_is_typed_as_a_whole() -> None:
    """Names and commands keep their order, and what is copied from between backticks holds no sign of ours."""
    say = voice_in("ar")
    follows = say("This channel follows {title} ({story}), level {level}", title="Gulf", story="gulf", level="x")
    assert "\u2068Gulf\u2069 (\u2068gulf\u2069)" in follows
    unknown = say("No feed `{feed}`. `/feeds list` shows their names.", feed="wire")
    assert "\u2068`wire`\u2069" in unknown
    assert "\u2068`/feeds list`\u2069" in unknown
    assert "\u2068/corrections undo <correction>\u2069" in say("/corrections undo <correction> takes one back")
    assert "\u2068/subscribe … level:key\u2069" in say("Quieter: /subscribe … level:key")
    assert say.row("a", "", "b") == "\u2068a\u2069 · \u2068b\u2069"
    assert say.apart("a\u202eb\u2069c") == "\u2068abc\u2069"
    assert voice_in("fr").row("a", "b") == ENGLISH.row("a", "b") == "a · b"


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("fr", ["1 article", "2 articles", "5 articles", "21 articles"]),
        ("ru", ["1 статья", "2 статьи", "5 статей", "21 статья"]),
        ("uk", ["1 стаття", "2 статті", "5 статей", "21 стаття"]),
        ("ar", ["مقالة واحدة", "مقالتان", "5 مقالات", "21 مقالة"]),
        ("tr", ["1 haber", "2 haber", "5 haber", "21 haber"]),
    ],
)
def test_counted_things_take_the_form_that_their_number_wants(language: str, told: list[str]) -> None:
    say = voice_in(language)
    assert [say.many("{number:,} article", "{number:,} articles", number) for number in (1, 2, 5, 21)] == told


def test_states_are_called_as_unicode_calls_them_and_only_states() -> None:
    assert [voice_in(language).country("rus") for language in ("fr", "ar")] == ["Russie", "روسيا"]
    assert voice_in("fr").country("unsc") is None
    assert ENGLISH.country("rus") is None


def test_numbers_days_and_lists_are_written_as_their_language_does() -> None:
    day = date(2025, 5, 14)
    assert (ENGLISH.number(12_345), GERMAN.number(12_345)) == ("12,345", "12.345")
    assert (ENGLISH.day(day), GERMAN.day(day)) == ("14 May", "14. Mai")
    assert (ENGLISH.day(day, year=True), GERMAN.day(day, year=True)) == ("14 May 2025", "14. Mai 2025")
    assert GERMAN.moment(datetime(2025, 5, 14, 22, 41, tzinfo=UTC)) == "14. Mai, 22:41 UTC"
    assert ENGLISH.listed(["A", "B", "C", "D"]) == "A, B and 2 others"
    assert GERMAN.listed(["A", "B", "C", "D"]) == "A, B und 2 weitere"
    assert (ENGLISH.listed(["A"]), ENGLISH.listed([])) == ("A", "")
