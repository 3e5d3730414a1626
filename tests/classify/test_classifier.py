from datetime import UTC, datetime

import pytest

from bot.classify import as_dict
from bot.domain.event import Modality
from tests.builders import article
from tests.classify.reader import CLASSIFIER, kinds

PUBLISHED = datetime(2025, 5, 14, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (
            "Vladimir Medinsky will lead Russia's delegation at the talks in Istanbul, the Kremlin said.",
            "delegation-named",
        ),
        ("Trump will not attend the Istanbul talks.", "attendance-declined"),
        (
            "Russia and Ukraine postponed Thursday's talks by a day, the Turkish foreign ministry said.",
            "talks-postponed",
        ),
        ("The EU and the US called for an unconditional 30-day ceasefire.", "ceasefire-called"),
        ("Russia and Ukraine agreed to exchange prisoners, 1,000 for 1,000.", "prisoner-exchange"),
        ("The Vestrian foreign minister rejected talks with Korland.", "talks-rejected"),
    ],
)
def test_plain_wording_tells_its_kind(text: str, kind: str) -> None:
    assert kind in kinds(CLASSIFIER.events(text, published=PUBLISHED))


@pytest.mark.parametrize(
    "text",
    [
        "Rail union rejects pay offer and walks out of talks with the operator.",
        "Chelsea and Lyon agreed a deal for the striker after talks in London.",
        "The rain stopped and the market opened late.",
    ],
)
def test_other_worlds_talks_are_silent(text: str) -> None:
    assert CLASSIFIER.events(text, published=PUBLISHED) == ()


def test_a_head_a_venue_and_a_day_are_told() -> None:
    [event] = CLASSIFIER.events(
        "Vladimir Medinsky will lead Russia's delegation at Thursday's talks in Istanbul, the Kremlin said.",
        published=PUBLISHED,
    )

    assert (event.person, event.role, event.venue, event.when) == (
        "Vladimir Medinsky",
        "head",
        "Istanbul",
        "2025-05-15",
    )
    assert event.modality is Modality.ASSERTED


def test_every_key_of_the_line_is_there() -> None:
    [event] = CLASSIFIER.events("The EU called for an unconditional 30-day ceasefire.", published=PUBLISHED)

    line = as_dict(event)

    assert line["terms"] == {"days": 30, "unconditional": True}
    assert list(line) == [
        "kind", "stage", "cameo", "plover", "modality", "actors", "person", "role", "members", "venue", "when", "said",
        "terms", "about", "attribution", "words", "start", "end", "confidence",
    ]  # fmt: skip


def test_a_language_we_do_not_read_is_named_and_silent() -> None:
    text = "Переговоры в Стамбуле перенесены на пятницу, сообщил Кремль."

    assert CLASSIFIER.language(text) == "ru"
    assert CLASSIFIER.events(text) == ()


@pytest.mark.parametrize(
    "text", ["", "x" * 2_000_000, "😀 talks İstanbul ß ﬁ 😀 " * 500, "\u200f" * 999, "talks " * 5_000]
)
def test_no_input_is_too_strange(text: str) -> None:
    for event in CLASSIFIER.events(text):
        assert text[event.evidence.start : event.evidence.end] == event.evidence.words


def test_what_title_and_first_words_both_tell_is_surer_than_either() -> None:
    title = "Zelensky will be in Turkey on Thursday"
    body = "President Volodymyr Zelensky said that he would come to Turkey himself on Thursday."
    told = article(title, body)

    apart = {event.confidence for event in CLASSIFIER.events(told.text) if event.kind == "attendance-confirmed"}
    together = {event.confidence for event in CLASSIFIER.read(told) if event.kind == "attendance-confirmed"}

    assert apart
    assert min(together) > max(apart)
