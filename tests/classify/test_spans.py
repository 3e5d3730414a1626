import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.classify.tokens import sentences, tokens
from tests.classify.reader import CLASSIFIER

ODD = st.sampled_from(
    ["İstanbul", "Straße", "ﬁ", "e\u0301", "😀", "\u200f", "\u200b", "<p>", "‘", "…", "\n\n", "U.S.", "Mr."]
)
PLAIN = st.sampled_from([
    "Russia and Ukraine agreed a ceasefire.", "Turkey will host the talks on Thursday,", "Trump will not attend.",
    "The Vestrian foreign minister rejected talks with Korland.",
])  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(ODD, PLAIN, st.text(max_size=12)), max_size=12))
def test_evidence_is_the_text_between_its_places(parts: list[str]) -> None:
    text = " ".join(parts)

    for event in CLASSIFIER.events(text):
        assert text[event.evidence.start : event.evidence.end] == event.evidence.words


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_tokens_and_sentences_keep_their_places(text: str) -> None:
    for token in tokens(text):
        assert text[token.start : token.end] == token.text
    for span in sentences(text):
        assert text[span.start : span.end].strip() == text[span.start : span.end] != ""


def test_an_abbreviation_ends_no_sentence() -> None:
    text = "Mr. Lavrov met the U.S. envoy. They talked."

    spans = list(sentences(text, frozenset({"mr"})))

    assert [text[span.start : span.end] for span in spans] == ["Mr. Lavrov met the U.S. envoy.", "They talked."]


def test_an_explanation_names_what_was_seen_and_weighed() -> None:
    told = CLASSIFIER.explain("The EU called for an unconditional ceasefire.")

    assert "frame: call of ceasefire means ceasefire-called" in told
    assert "told" in told


@pytest.mark.parametrize("text", ["", "<<<<<", "\x00", "a" * 100, "Will talks be held? Who knows?"])
def test_a_text_without_diplomacy_is_explained_too(text: str) -> None:
    assert CLASSIFIER.explain(text)
