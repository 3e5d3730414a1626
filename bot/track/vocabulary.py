"""Words by which headlines are compared: little ones, one place by several names, figures, words of one sense."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

LANGUAGE = "en"
_VOWELS = "aeiouwy"


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What is known of words beforehand; all of them case-folded."""

    little: frozenset[str]
    #: For another name, or a figure written out, what stands for it.
    stands_for: Mapping[str, str]
    #: For a form of a word the senses that it has.
    senses: Mapping[str, tuple[str, ...]]
    #: In so many texts of our own ...
    texts: int
    #: ... so many have the word of this key.
    counts: Mapping[str, int]
    #: Keys of words that are written small.
    small: frozenset[str]


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    """Return the vocabulary, read once."""
    folder = resources.files("bot.track") / "lexicons"
    data = tomllib.loads((folder / f"{LANGUAGE}.toml").read_text(encoding="utf-8"))
    texts, counts = _counts((folder / f"{LANGUAGE}.counts.txt").read_text(encoding="utf-8"))
    return Vocabulary(
        little=frozenset(data["little"].split()),
        stands_for={**_names([*data["names"], data["denials"]]), **dict(pair.split() for pair in data["numbers"])},
        senses=_senses(data["senses"], data["irregular"]),
        texts=texts,
        counts=counts,
        small=frozenset(_lines((folder / f"{LANGUAGE}.small.txt").read_text(encoding="utf-8"))),
    )


def _counts(text: str) -> tuple[int, dict[str, int]]:
    found = _lines(text)
    _, texts, *rows = found
    return int(texts), {word: int(count) for word, count in zip(rows[::2], rows[1::2], strict=True)}


def _lines(text: str) -> list[str]:
    """Return all words of a file but its comments."""
    return [word for line in text.splitlines() if not line.startswith("#") for word in line.split()]


def _names(lines: list[str]) -> dict[str, str]:
    return {name: line.split()[0] for line in lines for name in line.split()}


def _senses(lines: list[str], irregular: list[str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    for line in lines:
        words = line.split()
        for form in {form for word in words for form in _forms(word)}:
            found.setdefault(form, {})[f"={words[0]}"] = None
    for line in irregular:
        word, *others = line.split()
        for form in others:
            found.setdefault(form, {}).update(found.get(word, {}))
    return {form: tuple(senses) for form, senses in found.items()}


def _forms(word: str) -> Iterator[str]:
    """Yield a word's regular forms, and some that nobody writes: they cost nothing."""
    yield word
    yield from (word + ending for ending in ("s", "es", "d", "ed", "ing"))
    if word.endswith("e"):
        yield f"{word[:-1]}ing"
    if word.endswith("y"):
        yield from (f"{word[:-1]}ies", f"{word[:-1]}ied")
    if word[-1] not in _VOWELS:
        yield from (f"{word}{word[-1]}ed", f"{word}{word[-1]}ing")
