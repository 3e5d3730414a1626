"""Which watches an article matches, and what their channels are told."""

from collections.abc import Iterable
from functools import lru_cache
from hashlib import sha256

from bot.domain.alert import Alert, Bullet, Card
from bot.domain.audience import Watch, workspace_of
from bot.domain.feed import Article
from bot.watch.query import Query, Text, parse

# The kind of an alert that a watch, not a story, has raised.
KIND = "watch"

# What a reader is shown of the article's body.
LEAD_CHARACTERS = 280


def hits(watches: Iterable[Watch], article: Article) -> tuple[Watch, ...]:
    """Return the watches whose query the article's title and text match, if their channels may see it at all."""
    text: Text | None = None
    found = []
    for watch in watches:
        if article.workspace not in {None, workspace_of(watch.channel)}:
            continue
        text = text or Text(article.text)
        if _query(watch.query).matches(text):
            found.append(watch)
    return tuple(found)


def hit_alert(watch: Watch, article: Article) -> Alert:
    """Return what is said of a hit; the same hit gives the same alert."""
    name = f"{watch.channel}\n{watch.name}\n{article.ref.feed}\n{article.ref.id}"
    return Alert(
        id=f"watch-{sha256(name.encode()).hexdigest()[:16]}",
        at=article.fetched,
        story="",
        kind=KIND,
        headline=article.title,
        entries=(article.ref,),
        outlets=(article.outlet,),
        # What a channel watches for is its workspace's own business.
        workspace=workspace_of(watch.channel),
    )


def hit_card(watch: Watch, article: Article) -> Card:
    """Return the card of a hit: the article's title and its lead."""
    body = article.text.removeprefix(article.title).strip()
    lead = body.split("\n", 1)[0]
    shown = lead if len(lead) <= LEAD_CHARACTERS else f"{lead[:LEAD_CHARACTERS].rsplit(' ', 1)[0]} …"
    return Card(
        title=article.title,
        place=f"watch {watch.name} · {watch.query}",
        at=article.published,
        bullets=(
            Bullet(
                text=shown or article.title,
                url=article.url,
                outlet=article.outlet,
                entry=article.ref,
                at=article.published,
            ),
        ),
    )


@lru_cache(maxsize=10_000)
def _query(written: str) -> Query:
    return parse(written)
