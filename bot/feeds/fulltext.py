"""The article behind an entry whose feed only teases, read from its page with trafilatura."""

from dataclasses import replace

from bot.domain.feed import Entry
from bot.errors import UnreachableFeedError, UnreadableFeedError
from bot.feeds.extras import missing
from bot.feeds.fetch import Fetcher
from bot.feeds.process import ReaderProcess
from bot.feeds.robots import Robots
from bot.feeds.words import status_in_words

ACCEPT = "text/html, application/xhtml+xml;q=0.9, */*;q=0.1"
PAGES = ("text/html", "application/xhtml+xml")
OK = 200


class FullText:
    """Visits an entry's page, if its site lets robots do so, and reads the article there."""

    def __init__(self, fetcher: Fetcher, robots: Robots, reader: ReaderProcess) -> None:
        self._fetcher = fetcher
        self._robots = robots
        self._reader = reader

    async def fill(self, entry: Entry) -> Entry:
        """Return the entry with the text of its page.

        Raises:
            FeedError: If the page cannot be had or may not be, or holds no
                article.
            BusyError: If its site has to rest.
        """
        lacking = missing()
        if lacking:
            raise UnreadableFeedError(entry.url, f"cannot be read in full without {lacking}")
        answer = await self._fetcher.get(entry.url, accept=ACCEPT, gate=self._robots.check)
        if answer.status != OK:
            raise UnreachableFeedError(entry.url, status_in_words(answer.status))
        kind = answer.headers.get("Content-Type", PAGES[0]).partition(";")[0].strip().lower()
        if kind not in PAGES:
            raise UnreadableFeedError(entry.url, f"is no web page but {kind}")
        found = await self._reader.ask({"task": "page", "url": answer.url}, answer.body)
        text = found["text"]
        if not text:
            raise UnreadableFeedError(entry.url, "holds no article that could be told from the rest of its page")
        return replace(entry, full=text)
