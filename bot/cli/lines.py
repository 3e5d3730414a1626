"""JSON lines in, one line out for each; a broken one is told in its place."""

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

from bot.jsonl import read_object

Row = dict[str, Any]


def row(line: str) -> Row:
    """Return a line's object, which has a text.

    Raises:
        ValueError: Telling what is wrong with it.
    """
    return _checked(read_object(line))


def article_row(line: str) -> Row:
    """Return a line's object, which has a text or at least a title.

    Raises:
        ValueError: Telling what is wrong with it.
    """
    found = read_object(line)
    if found.get("text") is None and isinstance(found.get("title"), str):
        found["text"] = ""
    return _checked(found)


def pair_row(line: str) -> Row:
    """Return a line's object, which has two headlines, ``a`` and ``b``.

    Raises:
        ValueError: Telling what is wrong with it.
    """
    found = read_object(line)
    for name in ("a", "b"):
        if not isinstance(found.get(name), str):
            raise ValueError(f"`{name}` is missing or is no text")  # noqa: TRY004 - told as one more broken line
    return found


def _checked(found: Row) -> Row:
    if not isinstance(found.get("text"), str):
        raise ValueError("`text` is missing or is no text")  # noqa: TRY004 - told as one more broken line
    for name in ("title", "lang", "source"):
        if not isinstance(found.get(name), str | None):
            raise ValueError(f"`{name}` is no text")  # noqa: TRY004
    return found


def each(lines: Iterable[str], work: Callable[[Row], Row], read: Callable[[str], Row] = row) -> Iterator[Row]:
    """Yield the answer to each line; a broken one answers with ``error`` and its number.

    Args:
        lines: What was handed in.
        work: Answers a line's object.
        read: Reads a line.
    """
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                yield work(read(line))
            except ValueError as wrong:
                yield {"id": None, "line": number, "error": str(wrong)}


def tell(answers: Iterable[Row]) -> int:
    """Print answers as JSON lines; return 1 if one of them is an error, else 0."""
    broken = 0
    for answer in answers:
        broken |= "error" in answer
        print(json.dumps(answer, ensure_ascii=False))
    return int(broken)


def moment(found: Row, key: str) -> datetime | None:
    """Return an ISO 8601 moment of a row; one without a zone is UTC.

    Raises:
        ValueError: If it is none.
    """
    written = found.get(key)
    if written is None:
        return None
    try:
        read = datetime.fromisoformat(str(written))
    except ValueError as wrong:
        raise ValueError(f"`{key}` is no ISO 8601 moment") from wrong
    return read if read.tzinfo else read.replace(tzinfo=UTC)
