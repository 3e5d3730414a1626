"""Who a name is: the party and the rank of the persons that the gazetteer knows."""

from datetime import date

from bot.domain.actor import Gazetteer, KnownPerson, Rank
from bot.track.mentions import Names


class People:
    """Knows persons by name, and finds them in words."""

    def __init__(self, gazetteer: Gazetteer, names: Names) -> None:
        self._names = names
        self._by_name = {person.name: person for person in gazetteer.persons}
        self._by_id = {person.id: person for person in gazetteer.persons}
        self._ranks = {
            form.casefold(): title.rank for title in gazetteer.titles for form in (title.name, *title.aliases)
        }

    def __contains__(self, name: str) -> bool:
        return name in self._by_name

    def get(self, name: str | None) -> KnownPerson | None:
        """Return the person of a full name, if it is known."""
        return self._by_name.get(name or "")

    def party(self, name: str | None) -> str | None:
        """Return whom a person acts for, an actor id."""
        person = self.get(name)
        return person.party if person else None

    def rank(self, name: str | None) -> Rank | None:
        """Return the rank of a person's latest office."""
        person = self.get(name)
        latest = max(person.offices, key=lambda office: office.since or date.min, default=None) if person else None
        return self._ranks.get(latest.title.casefold()) if latest else None

    def leads_a_state(self, name: str | None) -> bool:
        """Return whether a person is a head of state or government."""
        return self.rank(name) is Rank.HEAD

    def named(self, words: str) -> tuple[str, ...]:
        """Return the full names of those whom words name, in their order."""
        found = (self._by_id[mention.id].name for mention in self._names.find(words) if mention.what == "person")
        return tuple(dict.fromkeys(found))
