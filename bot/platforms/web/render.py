"""Cards and pages as HTML; pure, and Jinja2 is loaded when the first one is made."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from functools import cache, partial
from typing import TYPE_CHECKING, Any

from bot.domain.alert import Card
from bot.domain.command import Reply
from bot.locales import ENGLISH, Voice
from bot.locales.voice import END, ISOLATE
from bot.platforms.asking import typed
from bot.platforms.clean import address, clean, domain
from bot.platforms.marks import mark_of
from bot.platforms.times import moment, near

if TYPE_CHECKING:
    from jinja2 import Environment

#: What the address of a story's page may end in.
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A line of a list: its short name, its full one, and what there is to say."""

    id: str
    name: str
    rest: str


def render(page: str, zone: tzinfo | None = UTC, say: Voice = ENGLISH, **values: object) -> str:
    """Return a template filled in.

    Args:
        page: A template's name without its ending, e.g. ``desk``.
        zone: Whose time is told; ``None`` is the machine's.
        say: Who reads it.
        values: What the template names.
    """
    return (
        _environment()
        .get_template(f"{page}.html")
        .render(moment=partial(moment, zone=zone, say=say), near=partial(near, zone=zone, say=say), say=say, **values)
    )


def rows(reply: Reply) -> Sequence[Row]:
    """Return the lines of a reply's card as rows, empty where it holds only text."""
    sections = reply.card.sections if reply.card else ()
    return [_row(line) for section in sections for line in section.lines]


def slug_of(card: Card) -> str | None:
    """Return the story that a card's line of place begins with."""
    slug = card.place.partition(" · ")[0]
    return slug if SLUG.fullmatch(slug) else None


def _row(line: str) -> Row:
    # Each stands in an element of its own there, which keeps its direction.
    first, *more = (part.removeprefix(ISOLATE).removesuffix(END) for part in clean(line).split(" · "))
    if not more:
        return Row(id="", name=first, rest="")
    return Row(id=first, name=more[0], rest=" · ".join(more[1:]))


@cache
def _environment() -> "Environment":
    from jinja2 import Environment, PackageLoader, StrictUndefined  # noqa: PLC0415 - half of a page's start-up

    loader = PackageLoader("bot.platforms.web")
    environment = Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters |= {
        "clean": clean,
        "address": address,
        "domain": domain,
        "mark": mark_of,
        "typed": typed,
        "iso": _iso,
        "words": _words,
        "slug": _slug,
    }
    return environment


def _iso(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%MZ}"


def _words(text: str) -> list[tuple[str, Any]]:
    """Return a sentence as (``text`` or ``code``, words): what stands in backticks is typed."""
    return [("code" if place % 2 else "text", part) for place, part in enumerate(clean(text).split("`")) if part]


def _slug(text: str) -> str | None:
    return text if SLUG.fullmatch(text) else None
