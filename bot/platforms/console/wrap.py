"""Wrapping by the columns that signs take on a terminal."""

import unicodedata


def width_of(text: str) -> int:
    """Return how many columns a text takes."""
    return sum(_columns(sign) for sign in text)


def pad(text: str, width: int) -> str:
    """Return the text filled with spaces up to a width."""
    return text + " " * (width - width_of(text))


def wrap(text: str, width: int, *, unbroken: int = 0) -> list[str]:
    """Return the text in lines of at most ``width`` columns, at least one line.

    Args:
        text: Words with single spaces between them.
        width: At least 1; a word that is longer is cut.
        unbroken: A bracket at the text's end of at most so many columns is
            kept on one line.
    """
    lines: list[str] = []
    line = ""
    for word in _words(text, unbroken):
        rest = word
        if line and width_of(line) + 1 + width_of(rest) <= width:
            line = f"{line} {rest}"
            continue
        if line:
            lines.append(line)
        while width_of(rest) > width:
            head = _fitting(rest, width)
            lines.append(head)
            rest = rest[len(head) :]
        line = rest
    return [*lines, line] if line or not lines else lines


def _words(text: str, unbroken: int) -> list[str]:
    start = text.rfind(" (")
    tail = text[start + 1 :]
    if start > 0 and tail.endswith(")") and width_of(tail) <= unbroken:
        return [*text[:start].split(), tail]
    return text.split()


def _fitting(word: str, width: int) -> str:
    """Return as much of a word as a line takes, at least one sign."""
    taken = 0
    for place, sign in enumerate(word):
        taken += _columns(sign)
        if taken > width and place > 0:
            return word[:place]
    return word


def _columns(sign: str) -> int:
    if unicodedata.combining(sign) or unicodedata.category(sign) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(sign) in {"W", "F"} else 1
