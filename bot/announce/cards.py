"""An alert as a card: headline, line of place, what changed, whose words, foot."""

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
    hours, minutes = divmod(alert.late_minutes, 60)
    if not alert.late_minutes:
        return ""
    age = say("{count:,} h", count=hours) if hours else say("{count:,} min", count=minutes)
    if hours >= _DAYS:
        age = say("{count:,} d", count=hours // 24)
    return say("late, published {span} before we could read it", span=age)
