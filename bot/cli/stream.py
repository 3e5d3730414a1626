"""``dragoman cluster``, ``pairs`` and ``bullets``: one line out for one line in, so that anybody can measure us."""

from collections import deque
from datetime import UTC, datetime
from pathlib import Path
from statistics import median_low

from bot.announce.digest import digest
from bot.cli.lines import Row, article_row, each, moment, pair_row, tell
from bot.cli.texts import opened
from bot.domain.feed import Article, EntryRef
from bot.track.cluster import Clusters
from bot.track.likeness import compared, likeness
from bot.track.rarity import Rarity

STREAM = "stream"
# The moment of articles before any that has one.
BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)
# What time it is, the middle one of so many moments tells: one that is years off moves nothing.
MOMENTS = 25


def cluster(file: Path | None) -> int:
    """Print each article's cluster and what it copies; a label never changes."""
    desk = Desk()
    with opened(file) as lines:
        return tell(each(lines, desk.place, article_row))


def pairs(file: Path | None) -> int:
    """Print how alike the two headlines of each line are, from 0 to 1."""
    rarity = Rarity()

    def compare(found: Row) -> Row:
        one, other = compared(found["a"]), compared(found["b"])
        return {"id": found.get("id"), "score": round(likeness(one, other, rarity), 4)}

    with opened(file) as lines:
        return tell(each(lines, compare, pair_row))


def bullets(file: Path | None) -> int:
    """Print each article's bullets: its own words, at most 60 together."""
    with opened(file) as lines:
        return tell(
            each(
                lines,
                lambda found: {"id": found.get("id"), "bullets": list(digest(found.get("title") or "", found["text"]))},
                article_row,
            )
        )


class Desk:
    """The clusters so far, and the ids as they were given."""

    def __init__(self) -> None:
        self._clusters = Clusters()
        self._ids: dict[EntryRef, object] = {}
        self._moments = deque[datetime](maxlen=MOMENTS)

    def place(self, found: Row) -> Row:
        """Return where an article belongs; one without a moment came with the one before it."""
        at = moment(found, "ts") or (self._moments[-1] if self._moments else BEGINNING)
        self._moments.append(at)
        id_ = found.get("id", len(self._ids))
        title = str(found.get("title") or "")
        article = Article(
            ref=EntryRef(str(found.get("source") or STREAM), str(id_)),
            outlet=str(found.get("source") or ""),
            url="",
            title=title,
            text=f"{title}\n\n{found['text']}",
            published=at,
            fetched=median_low(self._moments),
        )
        self._ids[article.ref] = id_
        placed = self._clusters.add(article)
        copied = self._ids.get(placed.duplicate_of) if placed.duplicate_of else None
        return {"id": found.get("id"), "cluster": placed.cluster, "duplicate_of": copied}
