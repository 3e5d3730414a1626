"""Who a name is: the party and the rank of the persons that the gazetteer knows."""

from datetime import date

from bot.domain.actor import Gazetteer, KnownPerson, Rank
from bot.track.mentions import Names


class People:
    """Knows persons by name, and finds them in words."""

    def __init__(self, gazetteer: Gazetteer, names: Names) -> None:
        self._names = names
        self._by_name = {person.name: person for person in gazetteer.persons}
        self._by_party: dict[str, list[KnownPerson]] = {}
        for person in gazetteer.persons:
            self._by_party.setdefault(person.party or "", []).append(person)
        self._spellings = {
            form.casefold(): frozenset(spelt.casefold() for spelt in (title.name, *title.aliases))
            for title in gazetteer.titles
            for form in (title.name, *title.aliases)
        }
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

    def is_voice(self, words: str) -> bool:
        """Return whether words name somebody who speaks for others by office: what he denies is not about himself."""
        low = words.casefold()
        return any(form in low for form, rank in self._ranks.items() if rank is Rank.SPOKESPERSON)

    def holders(self, words: str, party: str | None, day: date) -> tuple[str, ...]:
        """Return who holds the offices of a party that words name without a name, in the order of the words.

        Args:
            words: As told.
            party: Whose offices, an actor id.
            day: When it was told.
        """
        found: dict[int, tuple[int, str]] = {}
        low = words.casefold()
        for person in self._by_party.get(party or "", ()):
            for office in person.offices:
                if (office.since or date.min) <= day <= (office.until or date.max):
                    place = max((_found(low, form) for form in self._forms(office.title)), default=-1)
                    known = found.get(place, (0, ""))
                    if place >= 0 and _is_whole(low, place) and len(office.title) > known[0]:
                        found[place] = (len(office.title), person.name)
        return tuple(dict.fromkeys(name for _, (_, name) in sorted(found.items())))

    def _forms(self, title: str) -> frozenset[str]:
        """Return the spellings of an office; its body's initials before it fall away."""
        first, _, rest = title.partition(" ")
        bare = rest.casefold() if rest and first.isupper() else title.casefold()
        return self._spellings.get(title.casefold(), frozenset({bare}))

    def leads_a_state(self, name: str | None) -> bool:
        """Return whether a person is a head of state or government."""
        return self.rank(name) is Rank.HEAD

    def named(self, words: str) -> tuple[str, ...]:
        """Return the full names of those whom words name, in their order."""
        found = (self._by_id[mention.id].name for mention in self._names.find(words) if mention.what == "person")
        return tuple(dict.fromkeys(found))


def _found(text: str, office: str) -> int:
    """Return where words tell of an office, -1 if they do not; one of a single word must be somebody's: "leader of"."""
    return text.find(office if " " in office else f"{office} of ")


def _is_whole(text: str, place: int) -> bool:
    """Tell whether an office stands for its holder: as a whole word, and no "deputy" or "former" before it."""
    before = text[:place].split()[-1:]
    return (place == 0 or not text[place - 1].isalnum()) and before not in (["deputy"], ["former"], ["vice"])
