"""What of an article's events may be written to a log: nothing weaker than its place asks.

A reader of sentences errs one sentence at a time. Here the article is looked
at as a whole: what one sentence denies no other asserts, what is offered or
demanded is not told as done too, and of two statuses the better told counts.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.domain.actor import Gazetteer
from bot.domain.event import Event, Modality
from bot.domain.feed import Article
from bot.track.casting import Casting
from bot.track.completing import DONE, completed
from bot.track.mentions import Names
from bot.track.people import People
from bot.track.sureness import COMINGS, TEAMS, is_past, is_sure
from bot.track.times import days
from bot.track.unison import one_head, one_status, source

#: A refusal, and what one may deny that sounds like it.
REFUSALS = {
    "ceasefire-rejected": frozenset({"ceasefire-agreed"}),
    "talks-rejected": frozenset({"talks-scheduled", "talks-held"}),
}
# What somebody may demand; the demand is then all that is told.
DEEDS = frozenset({"prisoner-exchange", "humanitarian-access", "sanctions-lifted", "relations-restored"})


class Sieve:
    """Lets through what an article tells firmly."""

    def __init__(self, gazetteer: Gazetteer, names: Names) -> None:
        self.people = People(gazetteer, names)
        self._casting = Casting(gazetteer, names, self.people)

    def sift(self, article: Article, events: Sequence[Event]) -> tuple[Event, ...]:
        """Return the events that count, in their order."""
        read = [(event, self._casting.mended(article, event)) for event in events if not is_past(article, event)]
        fresh = [cast for event, cast in read if event.person or not self._is_anothers_absence(article, cast, events)]
        whole = completed(article, fresh, self.people.__contains__)
        mended = [_not_yet_done(article, event) for event in whole if is_sure(article, event)]
        denied = {event.person for event in mended if event.modality is Modality.DENIED and event.person}
        offers = [event for event in mended if event.kind == "mediation"]
        kept = [
            event
            for event in mended
            if not _is_gainsaid(event, denied)
            and not _is_only_denied(event, mended)
            and not _is_offered(event, offers)
            and not _is_asked_for(event, mended)
            and not _is_the_newcomer(event, mended)
        ]
        return tuple(one_head(one_status(article, kept), self.people.leads_a_state))

    def _is_anothers_absence(self, article: Article, event: Event, events: Iterable[Event]) -> bool:
        """Return whether a title keeps somebody else away: whom he was to see, below, has nobody to see."""
        party = self.people.party(event.person)
        return event.kind == "attendance-declined" and any(
            other.kind == event.kind
            and other.evidence.start < len(article.title) <= event.evidence.start
            and self.people.party(other.person) not in {None, party}
            for other in events
        )


def _not_yet_done(article: Article, event: Event) -> Event:
    """Return a deed whose day lies after its report as what it is: agreed, and not done."""
    span = days(event.when)
    if event.stage != DONE or span is None or span[0] <= article.published.date():
        return event
    return replace(event, stage="agreed", modality=Modality.PLANNED)


def _is_offered(event: Event, offers: Iterable[Event]) -> bool:
    """Return whether a go-between's offer was read, in the same article, as a proposal of its own too."""
    return event.kind == "talks-proposed" and any(
        _names(event) <= _names(offer) and bool(_names(event)) for offer in offers
    )


def _is_asked_for(event: Event, events: Iterable[Event]) -> bool:
    """Return whether the same words that tell a deed demand it: what must be done is not done."""
    return event.kind in DEEDS and any(
        other.evidence.start == event.evidence.start and other.kind == "demand" for other in events
    )


def _is_the_newcomer(event: Event, events: Iterable[Event]) -> bool:
    """Return whether the same words send somebody and keep him away: the one who stays away is the other one."""
    return event.kind == "attendance-declined" and any(
        other.evidence.start == event.evidence.start
        and other.kind in TEAMS
        and other.stage != "withdrawn"
        and other.person == event.person
        for other in events
        if event.person
    )


def _names(event: Event) -> set[str]:
    return {actor.id or actor.name for actor in event.actors}


def _is_only_denied(event: Event, others: Sequence[Event]) -> bool:
    """Return whether a refusal is the same side's word that nothing was agreed: it denies, and refuses nothing."""
    refused = REFUSALS.get(event.kind)
    return refused is not None and any(
        other.modality is Modality.DENIED and other.about in refused and source(other) == source(event)
        for other in others
    )


def _is_gainsaid(event: Event, denied: Iterable[str]) -> bool:
    """Return whether the same article denies it."""
    return event.modality is not Modality.DENIED and event.kind in COMINGS and event.person in set(denied)
