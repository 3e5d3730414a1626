"""Which language a text is in: the feed's word first, then script and common words."""

import re
from collections.abc import Mapping

#: The feed's word is believed unless the first letters speak another script.
SAMPLE = 2_000
#: A text with fewer words than this tells no language by its common words.
FEW_WORDS = 4
#: So large a share of a text's letters is in its script.
MOST_LETTERS = 0.5

_SCRIPTS = (
    ("ru", re.compile(r"[\u0400-\u04ff]")),
    ("ar", re.compile(r"[\u0600-\u06ff]")),
    ("he", re.compile(r"[\u0590-\u05ff]")),
    ("ja", re.compile(r"[\u3040-\u30ff]")),
    ("zh", re.compile(r"[\u4e00-\u9fff]")),
    ("ko", re.compile(r"[\uac00-\ud7af]")),
    ("hi", re.compile(r"[\u0900-\u097f]")),
    ("el", re.compile(r"[\u0370-\u03ff]")),
    ("th", re.compile(r"[\u0e00-\u0e7f]")),
)
_COMMON: Mapping[str, frozenset[str]] = {
    "en": frozenset(
        [
            "the",
            "of",
            "and",
            "to",
            "in",
            "for",
            "on",
            "with",
            "at",
            "by",
            "from",
            "is",
            "are",
            "was",
            "will",
            "has",
            "that",
            "as",
            "it",
            "his",
            "its",
            "after",
            "over",
        ]
    ),
    "de": frozenset(
        [
            "der",
            "die",
            "das",
            "und",
            "ist",
            "nicht",
            "mit",
            "von",
            "den",
            "dem",
            "im",
            "zu",
            "auf",
            "für",
            "ein",
            "eine",
            "wird",
            "sich",
            "des",
            "auch",
            "nach",
            "bei",
        ]
    ),
    "fr": frozenset(
        [
            "le",
            "la",
            "les",
            "des",
            "et",
            "est",
            "une",
            "dans",
            "pour",
            "que",
            "qui",
            "sur",
            "pas",
            "au",
            "avec",
            "du",
            "par",
            "se",
            "ce",
            "aux",
        ]
    ),
    "es": frozenset(
        [
            "el",
            "la",
            "los",
            "las",
            "de",
            "y",
            "en",
            "que",
            "por",
            "con",
            "para",
            "una",
            "del",
            "se",
            "su",
            "al",
            "es",
            "un",
        ]
    ),
    "it": frozenset(
        [
            "il",
            "la",
            "di",
            "che",
            "e",
            "per",
            "con",
            "del",
            "della",
            "non",
            "una",
            "sono",
            "nel",
            "alla",
            "dei",
            "gli",
            "le",
        ]
    ),
    "pt": frozenset(
        ["o", "a", "os", "as", "de", "e", "em", "que", "para", "com", "uma", "do", "da", "não", "se", "por", "no", "na"]
    ),
    "tr": frozenset(["ve", "bir", "bu", "için", "ile", "olarak", "da", "de", "ki", "gibi", "daha", "çok", "olan"]),
    "nl": frozenset(
        ["de", "het", "een", "en", "van", "in", "is", "op", "te", "dat", "met", "voor", "zijn", "niet", "aan"]
    ),
    "pl": frozenset(["i", "w", "na", "z", "do", "że", "nie", "się", "jest", "o", "po", "przez", "od"]),
}
_WORD = re.compile(r"[^\W\d_]+")


def language_of(text: str, hint: str | None = None) -> str:
    """Return an ISO 639-1 code, or ``und``; short texts in Latin letters count as English."""
    sample = text[:SAMPLE]
    letters = len(_WORD.findall(sample)) and sum(map(len, _WORD.findall(sample)))
    if not letters:
        return "und"
    for language, script in _SCRIPTS:
        if len(script.findall(sample)) > MOST_LETTERS * letters:
            return hint[:2].lower() if hint and hint[:2].lower() not in _COMMON else language
    if hint:
        return hint[:2].lower()
    words = [word.casefold() for word in _WORD.findall(sample)]
    counts = {language: sum(word in common for word in words) for language, common in _COMMON.items()}
    best = max(counts, key=lambda language: (counts[language], language == "en"))
    return best if len(words) >= FEW_WORDS and counts[best] > counts["en"] else "en"
