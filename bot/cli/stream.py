"""``dragoman cluster`` and ``dragoman bullets``: a stream of articles in, one line for one line, so that anybody can measure us."""

from datetime import UTC, datetime
from pathlib import Path

from bot.announce.bullets import digest
from bot.cli.lines import Row, each, moment, tell
from bot.cli.texts import opened
from bot.domain.feed import Article, EntryRef
from bot.track.cluster import Clusters

STREAM = "stream"
# The moment of articles before any that has one.
BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)


def cluster(file: Path | None) -> int:
    """Print each article's cluster and what it copies; a label never changes."""
    desk = _Desk()
    with opened(file) as lines:
        return tell(each(lines, desk.place))


def bullets(file: Path | None) -> int:
    """Print each article's bullets: its own words, at most 60 together."""
    with opened(file) as lines:
        return tell(
            each(lines, lambda row: {"id": row.get("id"), "bullets": list(digest(row.get("title") or "", row["text"]))})
        )


class _Desk:
    """The clusters so far, and the ids as they were given."""

    def __init__(self) -> None:
        self._clusters = Clusters()
        self._ids: dict[EntryRef, object] = {}
        self._last = BEGINNING

    def place(self, row: Row) -> Row:
        """Return where an article belongs; one without a moment came with the one before it."""
        self._last = moment(row, "ts") or self._last
        article = _article(row, self._last)
        self._ids[article.ref] = row.get("id")
        found = self._clusters.add(article)
        copied = self._ids.get(found.duplicate_of) if found.duplicate_of else None
        return {"id": row.get("id"), "cluster": found.cluster, "duplicate_of": copied}


def _article(row: Row, at: datetime) -> Article:
    title = str(row.get("title") or "")
    return Article(
        ref=EntryRef(STREAM, str(row.get("id"))),
        outlet=str(row.get("source") or ""),
        url="",
        title=title,
        text=f"{title}\n\n{row['text']}",
        published=at,
        fetched=at,
    )
