"""Whether two values say the same, and which of them says it better."""

from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType

from bot.domain.event import Quantity
from bot.domain.story import Value
from bot.track.times import days

#: Two names of one count.
COUNTS = {"prisoners": "each_side", "each_side": "prisoners"}
#: What begins at midnight is told of either day.
MIDNIGHT = timedelta(days=1)
NO_CITIES: Mapping[str, str] = MappingProxyType({})


def says_same(known: Value, new: Value, slot: str, cities: Mapping[str, str] = NO_CITIES) -> bool:
    """Return whether the new value can stand for the known one.

    Args:
        known: The value that stands.
        new: The value that comes.
        slot: The slot's key.
        cities: The city of each venue, so that a palace is no other place than its city.
    """
    if isinstance(known, Mapping) and isinstance(new, Mapping):
        return all(_is_one(known.get(key, _other(known, key)), value) for key, value in new.items())
    if known == new or not isinstance(known, str) or not isinstance(new, str):
        return known == new
    if slot == "talks/date":
        return _covers(new, known)
    if slot.endswith("/venue") and (cities.get(known) == new or cities.get(new) == known):
        return True
    if slot.endswith(("/head", "/venue")):
        one, other = _words(known), _words(new)
        return bool(other) and (other <= one or one < other)
    return False


def better(known: Value, new: Value, cities: Mapping[str, str] = NO_CITIES) -> Value:
    """Return the fuller of two values that say the same: a full name, a hall rather than its city."""
    if isinstance(known, str) and isinstance(new, str) and (_words(known) < _words(new) or cities.get(new) == known):
        return new
    return known


def agree(known: Value, new: Value) -> bool:
    """Return whether two sets of terms can both be true."""
    if not isinstance(known, Mapping) or not isinstance(new, Mapping):
        return False
    return all(_is_one(known.get(key, _other(known, key) or value), value) for key, value in new.items())


def _other(known: Mapping[str, Quantity], key: str) -> Quantity | None:
    """Return what says the same under another name: so many each are the prisoners of one side."""
    return known.get(COUNTS.get(key, ""))


def _is_one(known: Quantity | None, new: Quantity) -> bool:
    """Return whether two terms are one; midnight belongs to both its days."""
    if known == new:
        return True
    one, other = (days(term) if isinstance(term, str) else None for term in (known, new))
    return one is not None and other is not None and abs(one[0] - other[0]) <= MIDNIGHT


def _covers(wide: str, narrow: str) -> bool:
    """Return whether a day or span holds all days of another, and no hour that it lacks."""
    outer, inner = days(wide), days(narrow)
    if outer is None or inner is None:
        return False
    if outer == inner:
        return "T" not in wide or "T" in narrow
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.casefold().replace(",", " ").replace("-", " ").split())
