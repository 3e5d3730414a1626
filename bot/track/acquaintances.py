"""Which party a person that no list knows acts for, as earlier news has told it."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from bot.domain.event import Actor, Event, Role

#: Kinds that somebody does in person.
OF_ONE = ("attendance-", "delegation-")


class Acquaintances:
    """Learns persons from events that name them with their party, and vouches for them later.

    "Vestrian chancellor Lena Oravec" tells whose word "Oravec will not come"
    is. A person whose party nobody has told is no party.
    """

    def __init__(self, events: Iterable[Event] = ()) -> None:
        self._party: dict[str, Actor] = {}
        for event in events:
            self.meet(event)

    def copy(self) -> "Acquaintances":
        """Return one that knows the same; what it learns stays with it."""
        other = Acquaintances()
        other._party = dict(self._party)
        return other

    def meet(self, event: Event) -> None:
        """Remember an event's person, if one party alone acts in it."""
        if event.person is None:
            return
        sources = [actor for actor in event.actors if actor.role is Role.SOURCE and not _is_person(actor, event)]
        if len(sources) == 1:
            for name in _names(event.person):
                self._party.setdefault(name, sources[0])

    def introduce(self, event: Event) -> Event:
        """Return an event with parties in place of the persons that act for them."""
        actors: dict[tuple[str, Role], Actor] = {}
        for actor in event.actors:
            party = self._vouched(actor, event)
            if party is not None:
                actors.setdefault((party.id or party.name, party.role), party)
        own = self._party.get(event.person.casefold()) if event.person else None
        if own is not None and event.kind.startswith(OF_ONE) and (own.id or own.name, Role.SOURCE) not in actors:
            # Who comes or stays away acts for his own party, whoever else is named beside him.
            others = (replace(actor, role=Role.TARGET) for actor in actors.values() if actor.name != own.name)
            actors = {(actor.id or actor.name, actor.role): actor for actor in (own, *others)}
        if own is not None and not actors:
            actors[own.id or own.name, Role.SOURCE] = own
        return replace(event, actors=tuple(actors.values()))

    def _vouched(self, actor: Actor, event: Event) -> Actor | None:
        """Return the actor, the party of an unknown person, or nothing for one whose party nobody has told."""
        if actor.id is not None or actor.party is not None:
            return actor
        party = self._party.get(actor.name.casefold())
        if party is not None:
            return replace(party, role=actor.role)
        return None if _is_person(actor, event) else actor


def _is_person(actor: Actor, event: Event) -> bool:
    people = (event.person, event.attribution)
    return actor.id is None and any(
        actor.name.casefold() in set(_names(name)) for name in people if name and " " in name
    )


def _names(person: str) -> Iterator[str]:
    """Yield how a person is called: in full, and by the last word of the name."""
    yield person.casefold()
    yield person.rsplit(maxsplit=1)[-1].casefold()
