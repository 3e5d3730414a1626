"""``dragoman classify``: texts in, events out, one line for one line."""

import json
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TextIO

from bot import seeds
from bot.classify import Classifier
from bot.classify.jsonl import as_dict
from bot.errors import CommandError


def classify(file: Path | None, *, explain: bool) -> int:
    """Print the events of a file or of standard input; return the exit status.

    Raises:
        CommandError: If the file cannot be read.
    """
    classifier = Classifier(seeds.gazetteer(seeds.packaged()))
    with _opened(file) as lines:
        head = _head(lines)
        if not head.lstrip().startswith("{"):
            print(_one(classifier, {"id": None, "text": head + lines.read()}, explain=explain))
            return 0
        broken = 0
        for number, line in enumerate(_all(head, lines), 1):
            if not line.strip():
                continue
            try:
                print(_one(classifier, _row(line), explain=explain))
            except ValueError as wrong:
                broken += 1
                print(json.dumps({"id": None, "line": number, "error": str(wrong)}, ensure_ascii=False))
    return 1 if broken else 0


def _opened(file: Path | None) -> TextIO:
    if file is None or str(file) == "-":
        return open(sys.stdin.fileno(), encoding="utf-8", errors="replace", closefd=False)
    try:
        return file.open(encoding="utf-8", errors="replace")
    except OSError as missing:
        raise CommandError(f"{file} cannot be read ({missing.strerror}).") from missing


def _head(lines: TextIO) -> str:
    """Return the first line that is not blank, blank ones before it included."""
    head = ""
    for line in lines:
        head += line
        if line.strip():
            break
    return head


def _all(head: str, lines: TextIO) -> Iterator[str]:
    yield from head.splitlines(keepends=True)
    yield from lines


def _row(line: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except json.JSONDecodeError as broken:
        raise ValueError(f"not JSON ({broken.msg})") from broken
    if not isinstance(row, dict):
        raise ValueError("not a JSON object")  # noqa: TRY004 - told as one more broken line
    if not isinstance(row.get("text"), str):
        raise ValueError("`text` is missing or is no text")  # noqa: TRY004
    return row


def _one(classifier: Classifier, row: dict[str, Any], *, explain: bool) -> str:
    title, hint = row.get("title"), row.get("lang")
    published = _moment(row.get("published"))
    if explain:
        return classifier.explain(row["text"], title=title, published=published)
    language = classifier.language(row["text"], hint)
    events = classifier.events(row["text"], title=title, published=published, language=hint)
    found = {"id": row.get("id"), "lang": language, "events": [as_dict(event) for event in events]}
    return json.dumps(found, ensure_ascii=False)


def _moment(written: object) -> datetime | None:
    if written is None:
        return None
    try:
        moment = datetime.fromisoformat(str(written))
    except ValueError as wrong:
        raise ValueError("`published` is no ISO 8601 moment") from wrong
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
