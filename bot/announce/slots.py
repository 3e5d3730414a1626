"""What a slot's key says: its family, and whom or what it is about."""

from dataclasses import dataclass

#: Families whose key ends in the fact and holds a name before it.
_INNER = frozenset({"delegation"})
#: Families whose key has a second fixed part.
_TWO = frozenset({"talks", "ceasefire"})


@dataclass(frozen=True, slots=True)
class Path:
    """A slot's key, taken apart."""

    #: E.g. ``delegation/head``, ``attendance``, ``talks/date``, ``ledger``.
    family: str
    #: The names in the key: a party, a person, a pair, a topic.
    names: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The first name, or nothing."""
        return self.names[0] if self.names else ""


def parse(slot: str) -> Path:
    """Return the parts of a slot's key; unknown families keep their first word."""
    first, _, rest = slot.partition("/")
    if first in _INNER and "/" in rest:
        name, _, fact = rest.rpartition("/")
        return Path(f"{first}/{fact}", (name,))
    if first in _TWO or slot == "prisoners/terms":
        return Path(slot)
    if first in {"relations", "sanctions"}:
        return Path(first, tuple(part for part in rest.split("/") if part))
    return Path(first, (rest,) if rest else ())


def is_ledger(slot: str) -> bool:
    """Tell whether a slot is a line of the ledger and not a fact of the state."""
    return slot.startswith("ledger/")
