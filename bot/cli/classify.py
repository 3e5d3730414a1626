"""``dragoman classify``: texts in, events out, one line for one line."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from typing import Any, TextIO

from bot import seeds
from bot.classify import Classifier
from bot.classify.jsonl import as_dict
from bot.cli.texts import opened
from bot.jsonl import read_object


def classify(file: Path | None, *, explain: bool) -> int:
    """Print the events of a file or of standard input; return the exit status.

    Raises:
        CommandError: If the file cannot be read.
    """
    classifier = Classifier(seeds.gazetteer(seeds.packaged()))
    with opened(file) as lines:
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


def _head(lines: TextIO) -> str:
    """Return the first line that is not blank, blank ones before it included."""
    head = ""
    for line in lines:
        head += line
        if line.strip():
            break
    return head


def _all(head: str, lines: TextIO) -> Iterator[str]:
    yield from StringIO(head)
    yield from lines


def _row(line: str) -> dict[str, Any]:
    row = read_object(line)
    if not isinstance(row.get("text"), str):
        raise ValueError("`text` is missing or is no text")  # noqa: TRY004
    for name in ("title", "lang"):
        if not isinstance(row.get(name), str | None):
            raise ValueError(f"`{name}` is no text")  # noqa: TRY004
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
