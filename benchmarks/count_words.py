"""Counts the words of our own corpus: ``python -m benchmarks.count_words``.

Writes ``bot/track/lexicons/en.counts.txt``, by which the first articles of a
stream are weighed before the stream itself has shown which words are common,
and ``en.small.txt``, by which a name is told from a word at a headline's
beginning or in one with capitals all over.
"""

from collections import Counter
from pathlib import Path

import bot.track
from benchmarks.corpus import read
from bot.track.terms import words_of

FOLDER = Path(bot.track.__file__).parent / "lexicons"
#: A word in fewer of a thousand texts is not common.
LEAST = 3
#: A word must have been written small in so many texts.
SURE = 2
_WIDTH = 118


def main() -> None:
    """Count and write."""
    texts = [words_of(text.text) for text in read()]
    counts: Counter[str] = Counter()
    small: Counter[str] = Counter()
    for words in texts:
        counts.update({key for word in words for term in word.terms for key in (term.key, *term.senses)})
        small.update({term.key for word in words if word.is_small and not word.is_figure for term in word.terms})
        small.subtract({term.key for word in words[1:] if word.is_capital for term in word.terms})
    common = sorted((count, key) for key, count in counts.items() if count * 1000 >= LEAST * len(texts))
    lines = [
        "# In how many texts of tests/data/kinds a word stands; python -m benchmarks.count_words",
        f"texts {len(texts)}",
    ]
    _write("en.counts.txt", [*lines, *(f"{key} {count}" for count, key in reversed(common))])
    written = sorted(key for key, count in small.items() if count >= SURE)
    _write("en.small.txt", ["# Beginnings of words that tests/data/kinds write small.", *_filled(written)])
    print(f"{len(common)} common words, {len(written)} written small, of {len(texts)} texts")


def _filled(words: list[str]) -> list[str]:
    lines = [""]
    for word in words:
        if len(lines[-1]) + len(word) >= _WIDTH:
            lines.append("")
        lines[-1] += f" {word}" if lines[-1] else word
    return lines


def _write(name: str, lines: list[str]) -> None:
    (FOLDER / name).write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
