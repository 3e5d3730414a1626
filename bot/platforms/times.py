"""Moments in words, for platforms that do not put them into the reader's zone."""

from dataclasses import replace
from datetime import datetime, timedelta, tzinfo

from bot.domain.alert import Card
from bot.domain.command import Reply
from bot.domain.moments import with_moments
from bot.locales import ENGLISH, Voice

# What was said longer ago than this needs no minute.
MINUTES_MATTER = timedelta(days=2)


def moment(at: datetime, zone: tzinfo | None, say: Voice = ENGLISH) -> str:
    """Return a moment in full, e.g. ``14 May, 22:41 UTC``.

    Args:
        at: An aware moment.
        zone: Whose time is told; ``None`` is the machine's.
        say: Who reads it.
    """
    local = at.astimezone(zone)
    return f"{say.day(local)}, {local:%H:%M} {local.tzname()}"


def near(at: datetime, around: datetime | None, zone: tzinfo | None, say: Voice = ENGLISH) -> str:
    """Return a moment as short as ``around``, which stands beside it, allows.

    ``22:41`` on the same day, ``13 May 22:41`` within two days or where
    nothing stands beside it, ``11 May`` before, ``11 May 2022`` in another year.
    """
    local = at.astimezone(zone)
    beside = around.astimezone(zone) if around else None
    if beside and beside.date() == local.date():
        return f"{local:%H:%M}"
    day = say.day(local)
    if beside and beside.year != local.year:
        return say.day(local, year=True)
    if beside and abs(beside - local) > MINUTES_MATTER:
        return day
    return f"{day} {local:%H:%M}"


def in_words(text: str, zone: tzinfo | None, say: Voice = ENGLISH) -> str:
    """Return a text with the moments in it written out."""
    return with_moments(text, lambda at: moment(at, zone, say))


def reply_in_words(reply: Reply, zone: tzinfo | None, say: Voice = ENGLISH) -> Reply:
    """Return a reply with all moments in it written out, for platforms that have no sign for them."""
    card = card_in_words(reply.card, zone, say) if reply.card else None
    return replace(reply, text=in_words(reply.text, zone, say), card=card)


def card_in_words(card: Card, zone: tzinfo | None, say: Voice = ENGLISH) -> Card:
    """Return a card with all moments in its own sentences written out."""
    return replace(
        card,
        title=in_words(card.title, zone, say),
        facts=tuple(replace(fact, after=in_words(fact.after, zone, say)) for fact in card.facts),
        sections=tuple(
            replace(section, lines=tuple(in_words(line, zone, say) for line in section.lines))
            for section in card.sections
        ),
        foot=in_words(card.foot, zone, say),
    )
