"""Our own corpus of labelled texts, and its fixed division by conflict."""

import hashlib
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent.parent / "tests" / "data" / "kinds"
#: One conflict in so many is held out.
SHARE = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """A text with the events that it means."""

    id: str
    conflict: str
    text: str
    published: datetime | None = None
    events: tuple[dict[str, Any], ...] = field(default=())

    @property
    def kinds(self) -> set[str]:
        """The kinds of its events."""
        return {event["kind"] for event in self.events}

    @property
    def is_held_out(self) -> bool:
        """Tell whether its conflict is kept from training and pattern writing."""
        return self.is_one_in(SHARE)

    def is_one_in(self, share: int) -> bool:
        """Tell whether its conflict is one of every so many, by the first byte of its name's SHA-1."""
        return hashlib.sha1(self.conflict.encode(), usedforsecurity=False).digest()[0] % share == 0


def read(folder: Path = FOLDER, pattern: str = "*.toml") -> list[Labelled]:
    """Return the corpus in order of its files."""
    return [text for file in sorted(folder.glob(pattern)) for text in _texts(tomllib.loads(file.read_text("utf-8")))]


def _texts(table: dict[str, Any]) -> Iterator[Labelled]:
    """Yield the texts of a file: lines, each with its kinds alone, and tables, which tell more."""
    for number, (kinds, text) in enumerate(table.get("lines", ()), 1):
        events = tuple({"kind": kind} for kind in kinds.split(",") if kind != "none")
        yield Labelled(id=f"{table['conflict']}-{number}", conflict=table["conflict"], text=text, events=events)
    for row in table.get("text", ()):
        yield Labelled(
            id=row["id"],
            conflict=row["conflict"],
            text=row["text"],
            published=row.get("published"),
            events=tuple(row.get("event", ())),
        )


def division(texts: Iterable[Labelled], share: int = SHARE) -> tuple[list[Labelled], list[Labelled]]:
    """Return the part to learn from and the part held out, one conflict in ``share``."""
    learn: list[Labelled] = []
    held: list[Labelled] = []
    for text in texts:
        (held if text.is_one_in(share) else learn).append(text)
    return learn, held
