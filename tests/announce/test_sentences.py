"""Where sentences end."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as some

from bot.announce.sentences import sentences


def split(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    "parts",
    [
        ["It includes M. Galuzin, Deputy Foreign Minister.", "The list is short."],
        ["“We will wait,” he said.", "“Until Friday.”", "No date was named."],
        ["The U.S. President spoke with Gen. Kellogg.", "He left."],
        ["Talks end at 5 p.m. The sides part."],
        ["He paused ... and went on.", "Nobody asked."],
        ["“Well… we shall see,” she said."],
        ["Is this the end?", "Nobody knows!", "He left."],
        ["It cost $1.5 billion.", "Mr. Smith paid."],
        ["See Art. 5 of the U.N. Charter."],
        ["He met J. K. Okonkwo in Geneva.", "They spoke for 2.5 hours."],
        ["They moved on Jan. 5 to St. Gallen.", "It rained."],
        ["Переговоры закончились.", "Дата не названа."],
        ["会谈结束。", "没有停火。"],
        ["«Nous partons.»", "Il est sorti."],
    ],
)
def test_a_text_falls_into_its_sentences(parts: list[str]) -> None:
    joined = ("" if "。" in parts[0] else " ").join(parts)
    found = split(joined)

    if parts == ["Talks end at 5 p.m. The sides part."]:
        assert found == ["Talks end at 5 p.m.", "The sides part."]
    else:
        assert found == parts


def test_a_line_break_ends_a_sentence_even_without_a_stop() -> None:
    assert split("A headline\n\nA body. And more") == ["A headline", "A body.", "And more"]


@given(some.text(alphabet="aB. \n…“”!?'’5。U.S", max_size=60))
def test_spans_cover_every_word_once_and_in_order(text: str) -> None:
    spans = sentences(text)

    assert all(start < end for start, end in spans)
    assert all(first[1] <= second[0] for first, second in pairwise(spans))
    covered = "".join(text[start:end] for start, end in spans)
    assert "".join(covered.split()) == "".join(text.split())
