"""Who takes which part in an event: mended by who is who, and by where and when its article was written.

The outlet and the dateline are no actors, nobody leads another party's team,
and a thing that lies ahead has no day that is past.
"""

import re
from dataclasses import replace
from datetime import timedelta

from bot.domain.actor import Gazetteer, Rank
from bot.domain.event import Actor, Event, Modality, Role
from bot.domain.feed import Article
from bot.track.mentions import Names
from bot.track.people import People
from bot.track.sureness import LEAD, TEAMS
from bot.track.times import days
from bot.track.unison import source

#: "RIYADH, May 13 (Meridian) - ", "DOHA, Qatar — ", "Tehran: ": where a report was written.
DATELINE = re.compile(
    r"^(?:[^\W\d_][^()\n]{0,60}\([^()\n]{2,30}\)\s*[-–—]+\s+"
    r"|[^\W\d_]{3,}[^\W\d_ .'’-]*(?:,\s[^\W\d_][\w .]{1,30})?\s+[—–]\s+"
    r"|[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)?:\s+)"
)

# Offices are nobody's name.
OFFICES = frozenset({
    "ministers", "minister", "ministry", "officials", "official", "leaders", "leader", "diplomats", "diplomat", "staff",
    "envoys", "envoy", "presidents", "president", "delegates", "delegation", "sources", "negotiators", "mediators",
    "spokesman", "spokeswoman", "government", "office", "army", "headquarters", "commission", "parliament",
})  # fmt: skip

#: A sentence about somebody's office names whose it is within so many characters.
FIRST = 60
DAY = timedelta(days=1)
PAIR = 2

# Whose day or place is told by the act itself, so that today may be meant.
HAPPENING = frozenset({"talks-held", "meeting"})
# What is only arranged: a day that has passed is a misreading.
AHEAD = frozenset({"talks-proposed", "talks-scheduled", "talks-postponed"})


class Casting:
    """Knows who is who, and gives each event its own people, place and day."""

    def __init__(self, gazetteer: Gazetteer, names: Names, people: People) -> None:
        self._names = names
        self._people = people
        self._actors = {actor.id: actor.name for actor in gazetteer.actors}
        self._countries = {place.name: place.country for place in gazetteer.places if place.country}
        self._places = {form for place in gazetteer.places for form in (place.name, *place.aliases)}

    def mended(self, article: Article, event: Event) -> Event:
        """Return an event of an article with the parts as they can be meant."""
        event = self._without_dateline(article, event)
        actors = tuple(actor for actor in event.actors if not self._is_none(actor, article))
        event = replace(
            event, actors=self._with_source(actors, event), when=_day(article, event), said=_said(article, event)
        )
        if event.kind == "talks-proposed" and _is_offered_from_outside(event):
            event = replace(event, kind="mediation", stage="offered")
        return (
            self._team(article, self._unless_sender(article, event))
            if event.kind in TEAMS
            else self._with_person(article, event)
        )

    def _unless_sender(self, article: Article, event: Event) -> Event:
        """Return a team without the head of state who only says that it goes, if the lead names another of his."""
        if event.person is None or event.person != event.attribution or not self._people.leads_a_state(event.person):
            return event
        party = self._people.party(event.person)
        lead = article.text[: len(article.title) + LEAD]
        others = [
            name for name in self._people.named(lead) if name != event.person and self._people.party(name) == party
        ]
        held = self._people.holders(event.evidence.words, party, article.published.date())
        others += [name for name in held if name != event.person]
        return replace(event, person=None) if others else event

    def _with_person(self, article: Article, event: Event) -> Event:
        """Return a coming or staying away with its persons, if the words name one of the party, or their offices."""
        if event.modality is Modality.DENIED and event.person == event.attribution and self._is_voice(event):
            event = replace(event, person=None)  # who denies it is not who comes
        about = event.about if event.modality is Modality.DENIED else event.kind
        if not (about or "").startswith(("attendance-", "delegation-")) or event.person or event.members:
            return event
        named = self._people.named(event.evidence.words)
        if len(named) == 1 and self._people.party(named[0]) == source(event):
            return replace(event, person=named[0])
        held = () if named else self._holders(article, event)
        return replace(event, person=held[0], members=held[1:]) if held else event

    def _holders(self, article: Article, event: Event) -> tuple[str, ...]:
        """Return who holds the offices that words name beside their party: "Vestria's foreign minister"."""
        party, words = source(event), event.evidence.words
        beside = any(mention.id == party and mention.start < FIRST for mention in self._names.find(words))
        return self._people.holders(words, party, article.published.date()) if beside else ()

    def _is_voice(self, event: Event) -> bool:
        return self._people.rank(event.person) is Rank.SPOKESPERSON or self._people.is_voice(event.evidence.words)

    def _is_none(self, actor: Actor, article: Article) -> bool:
        """Return whether a name is no party to anything: the outlet itself, a place or a person."""
        if actor.id is not None or actor.party is not None:
            return False
        return (
            _is_outlet(actor.name, article)
            or actor.name.casefold() in OFFICES
            or actor.name in self._places
            or actor.name in self._people
        )

    def _without_dateline(self, article: Article, event: Event) -> Event:
        words = event.evidence.words
        line = DATELINE.match(words)
        if line is None:
            return event
        there = {mention.id for mention in self._names.find(line[0].title())}
        there |= {self._countries[place] for place in there if place in self._countries}
        said = words[line.end() :] + " " + article.title
        named = {mention.id for mention in self._names.find(said)}
        only_there = there - named
        actors = tuple(
            actor
            for actor in event.actors
            if actor.id not in only_there and not (actor.id is None and actor.name in line[0])
        )
        venue = None if event.venue in only_there and event.kind not in HAPPENING else event.venue
        return replace(event, actors=actors or event.actors, venue=venue)

    def _with_source(self, actors: tuple[Actor, ...], event: Event) -> tuple[Actor, ...]:
        """Return the actors with one who acts: the person's own party, if the event names it."""
        if any(actor.role is not Role.TARGET for actor in actors):
            return actors
        party = self._people.party(event.person)
        return tuple(
            replace(actor, role=Role.SOURCE) if party and party in {actor.id, actor.party} else actor
            for actor in actors
        )

    def _team(self, article: Article, event: Event) -> Event:
        """Return a delegation with its own people alone; no head of state is a mere member."""
        party = self._people.party(event.person)
        if event.person is None and not event.members:
            listed = self._listed(event)
            held = self._people.holders(event.evidence.words, source(event), article.published.date())
            heads = [name for name in held if not self._people.leads_a_state(name)]
            if not listed and len(heads) == 1:
                return replace(event, person=heads[0], role="head")  # "a team led by the defence minister"
            return replace(event, members=listed)
        if event.role == "member" and (event.person or "") in self._people and party != source(event):
            return replace(event, person=None, members=self._members(event, source(event)))
        if party is None or party not in self._actors:
            return replace(event, members=self._members(event, source(event)))
        own = Actor(id=party, name=self._actors[party], role=Role.SOURCE)
        others = tuple(
            replace(actor, role=Role.TARGET) if actor.role is Role.SOURCE else actor
            for actor in event.actors
            if actor.id != party
        )
        return replace(event, actors=(own, *others), members=self._members(event, party))

    def _members(self, event: Event, party: str | None) -> tuple[str, ...]:
        return tuple(name for name in event.members if name != event.person and self._may_belong(name, party, event))

    def _listed(self, event: Event) -> tuple[str, ...]:
        """Return the names of a list whose reader found none: several of the party's own, side by side."""
        party = source(event)
        own = [name for name in self._people.named(event.evidence.words) if self._people.party(name) == party]
        names = tuple(name for name in own if self._may_belong(name, party, event))
        return names if len(names) >= PAIR and len(names) == len(own) else ()

    def _may_belong(self, name: str, party: str | None, event: Event) -> bool:
        if name not in self._people:
            return True
        rank = self._people.rank(name)
        return rank not in {Rank.HEAD, Rank.SPOKESPERSON} and self._people.party(name) in {party or None, None}


def _is_outlet(name: str, article: Article) -> bool:
    """Return whether a name is the outlet's own, hardly told: a state's agency bears the name of who acts."""
    if name.casefold() not in article.outlet.casefold():
        return False
    told = article.text.count(name) - article.text.count(article.outlet)
    return told < PAIR or name.casefold() == article.outlet.casefold()


def _is_offered_from_outside(event: Event) -> bool:
    """Return whether a host or mediator alone proposes: that is an offer, whatever day it names."""
    roles = {actor.role for actor in event.actors}
    return Role.SOURCE not in roles and bool(roles & {Role.HOST, Role.MEDIATOR})


def _day(article: Article, event: Event) -> str | None:
    """Return the event's day; a thing that lies ahead has none that is past, nor that of a dateline."""
    span = days(event.when)
    if event.kind in AHEAD and span and span[1] < article.published.date():
        return None
    if event.kind in HAPPENING and event.modality is not Modality.PLANNED:
        return event.when
    if DATELINE.match(event.evidence.words) is None:
        return event.when
    return None if event.when == article.published.date().isoformat() else event.when


def _said(article: Article, event: Event) -> str | None:
    """Return when it was said; what a title tells is no older than a day."""
    span = days(event.said)
    in_title = event.evidence.start < len(article.title)
    return None if in_title and span and article.published.date() - span[1] > DAY else event.said
