"""Whether two values say the same, and which of them says it better."""

from collections.abc import Mapping

from bot.domain.story import Value
from bot.track.times import days


def says_same(known: Value, new: Value, slot: str) -> bool:
    """Return whether the new value tells nothing that the known one does not."""
    if known == new:
        return True
    if isinstance(known, Mapping) and isinstance(new, Mapping):
        return all(known.get(key) == value for key, value in new.items())
    if not isinstance(known, str) or not isinstance(new, str):
        return False
    if slot == "talks/date":
        return _covers(new, known)
    if slot.endswith(("/head", "/venue")):
        one, other = _words(known), _words(new)
        return bool(other) and (other <= one or one < other)
    return False


def better(known: Value, new: Value) -> Value:
    """Return the fuller of two values that say the same, such as a full name."""
    if isinstance(known, str) and isinstance(new, str) and _words(known) < _words(new):
        return new
    return known


def agree(known: Value, new: Value) -> bool:
    """Return whether two sets of terms can both be true."""
    if not isinstance(known, Mapping) or not isinstance(new, Mapping):
        return False
    return all(known.get(key, value) == value for key, value in new.items())


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
