"""Which language a text is in: the feed's word first, then script and common words."""

import re
import tomllib
from functools import cache
from importlib import resources
from typing import NamedTuple

#: So many first letters of a text are looked at.
SAMPLE = 2_000
#: A text with fewer words than this tells no language by its common words.
FEW_WORDS = 4
#: So large a share of a text's letters is in its script.
MOST_LETTERS = 0.5
#: The languages that are read: each has its folder of words, the first its weights too.
READ = ("en", "de")
#: What a text in Latin letters is in if nothing tells.
USUAL = READ[0]

_WORD = re.compile(r"[^\W\d_]+")


class _Signs(NamedTuple):
    scripts: tuple[tuple[str, re.Pattern[str]], ...]
    common: tuple[tuple[str, frozenset[str]], ...]


@cache
def _signs() -> _Signs:
    path = resources.files("bot.classify") / "lexicons" / "languages.toml"
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    return _Signs(
        tuple((language, re.compile(row["script"])) for language, row in table.items() if "script" in row),
        tuple((language, frozenset(row["common"])) for language, row in table.items() if "common" in row),
    )


def language_of(text: str, hint: str | None = None) -> str:
    """Return an ISO 639-1 code, or ``und``; short texts in Latin letters count as English."""
    sample = text[:SAMPLE]
    words = _WORD.findall(sample)
    letters = sum(map(len, words))
    if not letters:
        return "und"
    hinted = hint[:2].lower() if hint else None
    signs = _signs()
    for language, script in () if sample.isascii() else signs.scripts:
        if len(script.findall(sample)) > MOST_LETTERS * letters:
            is_other = hinted and all(hinted != latin for latin, _ in signs.common)
            return hinted if hinted and is_other else language
    if hinted:
        return hinted
    folded = [word.casefold() for word in words]
    counts = {language: sum(map(common.__contains__, folded)) for language, common in signs.common}
    best = max(counts, key=lambda language: (counts[language], language == USUAL))
    return best if len(words) >= FEW_WORDS and counts[best] > counts[USUAL] else USUAL
