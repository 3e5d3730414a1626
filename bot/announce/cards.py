"""An alert as a card: headline, line of place, what changed, whose words, foot."""

from bot.announce.board import facts
from bot.announce.names import Names
from bot.announce.values import listed
from bot.domain.alert import Alert, Button, Card
from bot.domain.event import Modality
from bot.domain.story import Story
from bot.kinds import CATALOGUE


def alert_card(alert: Alert, story: Story, names: Names) -> Card:
    """Return what a post looks like; times inside it are UTC and say so."""
    kind = CATALOGUE.get(alert.kind)
    return Card(
        title=alert.headline,
        place=f"{story.slug} · {kind.title if kind else alert.kind.replace('-', ' ')}",
        family=kind.family if kind else None,
        at=alert.at,
        facts=facts(alert.changes, names, alert.at.year),
        bullets=alert.bullets,
        foot=foot(alert),
        buttons=(
            Button(action="summary", label="Summary", value=story.slug),
            Button(action="mute", label="Mute story", value=story.slug),
            Button(action="wrong", label="Wrong", value=alert.of or alert.id),
        ),
    )


def foot(alert: Alert) -> str:
    """Return ``3 outlets, 1 origin (Kremlin decree)`` and what makes us less than sure."""
    outlets, origins = len(set(alert.outlets)), len(set(alert.origins))
    told = f"{_count(outlets, 'outlet')}, {_count(origins, 'origin')}" if outlets else ""
    own = set(alert.origins) <= set(alert.outlets)
    named = f" ({listed(alert.origins)})" if told and alert.origins and not own else ""
    doubts = []
    if any(change.modality is Modality.ALLEGED for change in alert.changes):
        doubts.append("unconfirmed")
    if origins == 1:
        doubts.append("single source")
    return " · ".join(filter(None, (f"{told}{named}", ", ".join(doubts), lateness(alert))))


def lateness(alert: Alert) -> str:
    """Return how late we are with what was published while its feed could not be read; empty for what came in time."""
    hours, minutes = divmod(alert.late_minutes, 60)
    age = f"{hours // 24} d" if hours >= 48 else f"{hours} h" if hours else f"{minutes} min"  # noqa: PLR2004
    return f"late, published {age} before we could read it" if alert.late_minutes else ""


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
