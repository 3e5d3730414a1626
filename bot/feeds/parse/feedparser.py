"""feedparser, the reader of last resort, kept in a process that can be killed."""

from datetime import UTC, datetime, timedelta
from typing import Any

from bot.errors import UnreadableFeedError
from bot.feeds.parse.document import Document, Item, language_code
from bot.feeds.process import ReaderProcess


class FeedparserWorker(ReaderProcess):
    """Reads feeds with feedparser, in a process of its own."""

    async def read(self, body: bytes, url: str, content_type: str) -> Document:
        """Return what feedparser makes of a body.

        Raises:
            UnreadableFeedError: If that is nothing, or the worker ran into its limits.
            BusyError: If others wait already for longer than we care to.
        """
        answer = await self.ask({"task": "feed", "url": url, "content_type": content_type}, body)
        if not answer["items"] and not answer["version"]:
            raise UnreadableFeedError(
                url, f"is in no feed format that we know; it starts with {body[:20].decode('utf-8', 'replace')!r}"
            )
        return _document(answer)


def _document(answer: dict[str, Any]) -> Document:
    ttl = answer["ttl"] or ""
    return Document(
        title=answer["title"],
        canonical=answer["canonical"],
        language=language_code(answer["language"]),
        ttl=timedelta(minutes=int(ttl[:6])) if ttl.isdecimal() else None,
        items=tuple(
            Item(
                id=row["id"],
                link=row["link"],
                title=row["title"],
                summary=row["summary"],
                content=row["content"],
                published=_moment(row["published"]),
            )
            for row in answer["items"]
        ),
    )


def _moment(seconds: int | None) -> datetime | None:
    try:
        return None if seconds is None else datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError):
        return None
