"""A text as terms that can be compared: its words without case, ending and little words."""

import re
from functools import lru_cache
from typing import NamedTuple

from bot.track.vocabulary import vocabulary

#: Words that begin with the same letters, so many of them, are forms of one word: Syria, Syrian, Syrians.
PREFIX = 5

# A figure, a word with its digits and apostrophes (M23, al-Qaeda's halves, U.S.).
_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]\w*(?:[.'’]\w+)*")
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")


class Term(NamedTuple):
    """One word as it is compared."""

    #: Its form without case and plural; a country for its people, a figure for its word.
    word: str
    #: What it is counted by: the beginning of its form, a figure whole.
    key: str
    senses: tuple[str, ...]


#: That something is not so, however it is said.
DENIAL = Term("not", "not", ())


class Word(NamedTuple):
    """A word as it is written."""

    #: None for a little word, several where blanks are not written.
    terms: tuple[Term, ...]
    #: Also one that is written out.
    is_figure: bool
    is_capital: bool
    is_small: bool


def words_of(text: str) -> list[Word]:
    """Return a text's words in order."""
    return [_read(word) for word in _WORD.findall(text)]


@lru_cache(maxsize=65536)
def _read(word: str) -> Word:
    found = _terms(word)
    return Word(
        terms=found,
        is_figure=any(term.word[0].isdigit() for term in found),
        is_capital=word[0].isupper(),
        is_small=word[0].islower(),
    )


def _terms(word: str) -> tuple[Term, ...]:
    if word[0].isdigit():
        figure = re.sub(r",(?=\d{3})", "", word).rstrip(".,")
        return (Term(figure, figure, ()),)
    if _UNSPACED.search(word):
        pairs = (word[at : at + 2] for at in range(max(1, len(word) - 1)))
        return tuple(Term(pair, pair, ()) for pair in pairs)
    known = vocabulary()
    bare = word.replace("’", "'").removesuffix("'s").removesuffix("'S").replace(".", "")
    folded = bare.casefold()
    if folded in known.little or len(folded) == 1 or bare == "us":  # the pronoun is no country
        return ()
    if folded.endswith("n't"):
        return (DENIAL,)
    singular = stem(folded)
    form = known.stands_for.get(folded) or known.stands_for.get(singular) or singular
    return (Term(form, form[:PREFIX], known.senses.get(folded, ())),)


def stem(word: str) -> str:
    """Return a case-folded word without its plural."""
    if len(word) > 4 and word.endswith("ies"):  # noqa: PLR2004 - a word of four letters keeps its own
        return f"{word[:-3]}y"
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word  # noqa: PLR2004
