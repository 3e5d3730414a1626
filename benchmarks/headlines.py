"""Our own streams of headlines, each with the story that it belongs to."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from benchmarks.corpus import read as read_corpus

FILE = Path(__file__).parent / "data" / "headlines.txt"
#: General news: sport, markets, weather, courts, science.
GENERAL = FILE.with_name("general.txt")
#: Lines of our corpus of more words are cut to a headline's.
WORDS = 14
DAYS = 9
#: What the label of such a line begins with.
ALONE = "alone "
BEGINNING = datetime(2026, 3, 2, tzinfo=UTC)


def read(file: Path = FILE) -> list[dict[str, Any]]:
    """Return the headlines in order of time, as lines for ``dragoman cluster`` with their true cluster."""
    rows = sorted(_rows(file.read_text(encoding="utf-8")), key=lambda row: row["ts"])
    return [{"id": number, **row} for number, row in enumerate(rows)]


def crowded(count: int) -> list[dict[str, Any]]:
    """Return both streams among so many lines of our corpus, each with a label of its own."""
    chance = random.Random(6)  # noqa: S311 - no secret hangs on it
    lines = [text.text for text in read_corpus()]
    rows = [{**row, "cluster": f"{file.stem} {row['cluster']}"} for file in (FILE, GENERAL) for row in read(file)]
    for number, line in enumerate(chance.sample(lines, count)):
        at = BEGINNING + timedelta(days=DAYS * chance.random())
        title = " ".join(line.split()[:WORDS])
        rows.append({"ts": at.isoformat(), "source": "", "title": title, "text": "", "cluster": ALONE + str(number)})
    return [{**row, "id": number} for number, row in enumerate(sorted(rows, key=lambda row: row["ts"]))]


def _rows(text: str) -> Iterator[dict[str, Any]]:
    story, start, opened = "", 0.0, 0
    for line in text.splitlines():
        if not line or line.startswith("#"):
            continue
        if line.startswith("="):
            opened += 1
            *name, hour = line[1:].split()
            story, start = name[0] if name else f"alone-{opened}", float(hour)
            continue
        hours, outlet, title = (part.strip() for part in line.split("|", 2))
        at = BEGINNING + timedelta(hours=start + float(hours))
        yield {"ts": at.isoformat(), "source": outlet, "title": title, "text": "", "cluster": story}
