"""``dragoman classify``: texts in, events out, one line for one line."""

from io import StringIO
from itertools import chain
from pathlib import Path
from typing import TextIO

from bot import seeds
from bot.classify import Classifier
from bot.classify.jsonl import as_dict
from bot.cli.lines import Row, each, moment, tell
from bot.cli.texts import opened


def classify(file: Path | None, *, explain: bool) -> int:
    """Print the events of a file or of standard input; return the exit status.

    Raises:
        CommandError: If the file cannot be read.
    """
    classifier = Classifier(seeds.gazetteer(seeds.packaged()))
    with opened(file) as lines:
        head = _head(lines)
        if not head.lstrip().startswith("{"):
            text = head + lines.read()
            if explain:
                print(classifier.explain(text))
                return 0
            return tell([_events(classifier, {"id": None, "text": text})])
        rows = chain(StringIO(head), lines)
        if explain:
            for told in each(rows, lambda row: {"told": _explained(classifier, row)}):
                print(told.get("told") or told["error"])
            return 0
        return tell(each(rows, lambda row: _events(classifier, row)))


def _head(lines: TextIO) -> str:
    """Return the first line that is not blank, blank ones before it included."""
    head = ""
    for line in lines:
        head += line
        if line.strip():
            break
    return head


def _events(classifier: Classifier, row: Row) -> Row:
    text, title, hint = row["text"], row.get("title"), row.get("lang")
    events = classifier.events(text, title=title, published=moment(row, "published"), language=hint)
    return {
        "id": row.get("id"),
        "lang": classifier.language(text, hint),
        "events": [as_dict(event) for event in events],
    }


def _explained(classifier: Classifier, row: Row) -> str:
    return classifier.explain(row["text"], title=row.get("title"), published=moment(row, "published"))
