"""Our own stream of headlines, each with the story that it belongs to."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

FILE = Path(__file__).parent / "data" / "headlines.txt"
BEGINNING = datetime(2026, 3, 2, tzinfo=UTC)


def read(file: Path = FILE) -> list[dict[str, Any]]:
    """Return the headlines in order of time, as lines for ``dragoman cluster`` with their true cluster."""
    rows = sorted(_rows(file.read_text(encoding="utf-8")), key=lambda row: row["ts"])
    return [{"id": number, **row} for number, row in enumerate(rows)]


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
