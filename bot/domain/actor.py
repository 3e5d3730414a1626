"""Who and where: the actors, persons, offices and places that texts name."""

import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class ActorType(StrEnum):
    """What sort of party an actor is."""

    STATE = "state"
    BODY = "body"
    MOVEMENT = "movement"


class Rank(StrEnum):
    """How high an office stands, highest first."""

    HEAD = "head"
    MINISTER = "minister"
    DEPUTY = "deputy"
    ENVOY = "envoy"
    SPOKESPERSON = "spokesperson"
    MILITARY = "military"
    MOVEMENT = "movement"
    OFFICIAL = "official"


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownActor:
    """A state, body or movement that acts between states."""

    id: str
    #: The common English name, e.g. ``Turkey``; what every output calls it.
    name: str
    type: ActorType
    aliases: tuple[str, ...] = ()
    #: Adjectives and demonyms, e.g. ``Turkish``.
    adjectives: tuple[str, ...] = ()
    #: Capitals, seats of power and ministries that stand for it.
    metonyms: tuple[str, ...] = ()
    #: Surface forms that also mean something else and need a second sign.
    ambiguous: tuple[str, ...] = ()
    #: The state a movement is at home in, an actor id.
    home: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """An office that a person holds or held; an open end is ``None``."""

    title: str
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownPerson:
    """Somebody who speaks or acts for an actor."""

    id: str
    #: The full name in its usual English spelling.
    name: str
    surname: str
    aliases: tuple[str, ...] = ()
    #: The actor that the person acts for, an actor id.
    party: str | None = None
    offices: tuple[Office, ...] = ()
    #: The surname alone is a common word or name and proves nothing.
    common: bool = False

    @property
    def surnames(self) -> tuple[str, ...]:
        """The surname, and how aliases spell it otherwise; none if it proves nothing."""
        last = [alias.split()[-1] for alias in self.aliases if " " in alias]
        respelt = [name for name in last if _consonants(name) == _consonants(self.surname)]
        return () if self.common else tuple(dict.fromkeys((self.surname, *respelt)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Title:
    """An office in general, e.g. ``foreign minister``, and its rank."""

    name: str
    rank: Rank
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A city, venue, region or border point where diplomacy happens."""

    name: str
    kind: str
    aliases: tuple[str, ...] = ()
    #: The state it lies in, an actor id.
    country: str | None = None
    #: The city that a venue stands in, a place name.
    city: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Gazetteer:
    """Everything the seeds know of actors, persons, offices and places."""

    actors: tuple[KnownActor, ...] = ()
    persons: tuple[KnownPerson, ...] = ()
    titles: tuple[Title, ...] = ()
    places: tuple[Place, ...] = ()


def _consonants(name: str) -> str:
    """Return what spellings of one name share: Yermak and Ermak, Zelensky and Zelenskyy."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in plain if letter.isalpha() and letter not in "aeiouy")
