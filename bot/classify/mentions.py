"""What a text names: states, bodies, movements, persons, offices and places between two tokens."""

from enum import StrEnum
from typing import NamedTuple


class Sort(StrEnum):
    """What a mention names."""

    STATE = "state"
    BODY = "body"
    MOVEMENT = "movement"
    PERSON = "person"
    PLACE = "place"
    #: An office or a party without a name: ``the rebels``, ``foreign minister``.
    OFFICE = "office"
    GENERIC = "generic"
    #: Capitalised words that nothing tells more about.
    NAME = "name"


class Mention(NamedTuple):
    """Somebody or some place named between two tokens."""

    start: int
    end: int
    sort: Sort
    #: An id of the gazetteer, or ``None``.
    id: str | None
    #: The full name known, or the text's words.
    name: str
    #: The party that a person or office acts for: an id and a name.
    party: str | None = None
    party_name: str | None = None
    is_adjective: bool = False
    #: A capital or seat: both a state and a place.
    is_seat: bool = False


ACTORS = frozenset({Sort.STATE, Sort.BODY, Sort.MOVEMENT})
AGENTS = ACTORS | {Sort.PERSON, Sort.OFFICE, Sort.GENERIC}
