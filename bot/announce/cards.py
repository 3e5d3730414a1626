"""An alert as a card: headline, line of place, what changed, whose words, foot."""

from dataclasses import replace
from datetime import timedelta

from bot.announce.board import facts
from bot.announce.names import Names
from bot.domain.alert import Alert, Button, Card
from bot.domain.event import Modality
from bot.domain.story import Story
from bot.kinds import CATALOGUE
from bot.locales import ENGLISH, Voice

# From so many hours on, days are told.
_DAYS = 48


def alert_card(alert: Alert, story: Story, names: Names) -> Card:
    """Return what a post looks like to who reads these names; times inside it are UTC and say so.

    Headline and bullets are as they were written: the headline in English,
    each bullet in its source's language.
    """
    say, kind = names.say, CATALOGUE.get(alert.kind)
    return Card(
        title=alert.headline,
        place=f"{story.slug} · {say.named('kind', kind.title) if kind else alert.kind.replace('-', ' ')}",
        family=kind.family if kind else None,
        at=alert.at,
        facts=facts(alert.changes, names, alert.at.year),
        bullets=alert.bullets,
        foot=foot(alert, say),
        buttons=(
            Button(action="summary", label=say("Summary"), value=story.slug),
            Button(action="mute", label=say("Mute story"), value=story.slug),
            Button(action="wrong", label=say("Wrong"), value=alert.of or alert.id),
        ),
    )


def retold(card: Card, alert: Alert, names: Names) -> Card:
    """Return a kept card as who reads these names sees it: what is ours in it is said anew, nothing else changes."""
    kind = CATALOGUE.get(alert.kind)
    buttons = tuple(replace(button, label=names.say(button.label)) for button in card.buttons)
    if kind is None:
        return replace(card, buttons=buttons)
    slug = card.place.partition(" · ")[0]
    return replace(
        card,
        place=names.say.row(slug, names.say.named("kind", kind.title)),
        facts=facts(alert.changes, names, alert.at.year),
        foot=foot(alert, names.say),
        buttons=buttons,
    )


def foot(alert: Alert, say: Voice = ENGLISH) -> str:
    """Return ``3 outlets, 1 origin (Kremlin decree)`` and what makes us less than sure."""
    outlets, origins = len(set(alert.outlets)), len(set(alert.origins))
    counts = (
        say.many("{number} outlet", "{number} outlets", outlets),
        say.many("{number} origin", "{number} origins", origins),
    )
    told = ", ".join(counts) if outlets else ""
    own = set(alert.origins) <= set(alert.outlets)
    named = f" ({say.listed(alert.origins)})" if told and alert.origins and not own else ""
    doubts = []
    if any(change.modality is Modality.ALLEGED for change in alert.changes):
        doubts.append(say("unconfirmed"))
    if origins == 1:
        doubts.append(say("single source"))
    return " · ".join(filter(None, (f"{told}{named}", ", ".join(doubts), lateness(alert, say))))


def lateness(alert: Alert, say: Voice = ENGLISH) -> str:
    """Return how late we are with what was published while its feed could not be read; empty for what came in time."""
    if not alert.late_minutes:
        return ""
    return say("late, published {span} before we could read it", span=_span(alert.late_minutes, say))


def held_back(late: timedelta, say: Voice = ENGLISH) -> str:
    """Return how late a post comes to a channel that was closed to us."""
    return say("{span} late, I could not post here", span=_span(round(late.total_seconds() / 60), say))


def _span(whole_minutes: int, say: Voice) -> str:
    hours, minutes = divmod(whole_minutes, 60)
    if hours >= _DAYS:
        return say("{count:,} d", count=hours // 24)
    return say("{count:,} h", count=hours) if hours else say("{count:,} min", count=minutes)
