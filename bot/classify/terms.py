"""The named quantities of an event: how long, how many, how much."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from bot.classify.chunks import Reading
from bot.domain.event import Quantity

#: A quantity and what it counts stand at most so far apart: "30-day", "1,000 Ukrainian prisoners".
REACH = 3
#: "Each" stands at most so far before its number: "each side will free 300".
EACH_REACH = 4
#: Quantities by what is counted, and the kinds that may carry them.
_LENGTHS = frozenset({"ceasefire-called", "ceasefire-agreed", "ceasefire-rejected", "threat", "sanctions-imposed"})
_COUNTED = {
    "prisoners": ("captives", frozenset({"prisoner-exchange"})),
    "remains": ("bodies", frozenset({"prisoner-exchange"})),
    "troops": ("troops", frozenset({"pledge"})),
    "diplomats": ("envoys", frozenset({"relations-downgraded", "relations-restored"})),
    "observers": ("watchers", frozenset({"humanitarian-access", "pledge"})),
    "lorries": ("lorries", frozenset({"humanitarian-access"})),
    "percent": ("percent", frozenset({"sanctions-imposed", "sanctions-lifted"})),
    "km": ("kilometres", frozenset({"ceasefire-agreed", "ceasefire-called", "demand"})),
}


def terms(reading: Reading, kind: str, words: Mapping[str, Any]) -> dict[str, Quantity]:
    """Return the named quantities of a sentence that belong to a kind."""
    norms = [norm for norm in reading.norms if norm != "-"]
    found: dict[str, Quantity] = {}
    if kind in _LENGTHS:
        for name in ("days", "hours", "weeks", "months"):
            units = frozenset(words[f"period_{name[:-1]}"])
            found.update((name, count) for count in _lengths(norms, units, words))
    if kind.startswith("ceasefire") and not set(words["unconditional"]).isdisjoint(norms):
        found["unconditional"] = True
    for name, (group, kinds) in _COUNTED.items():
        if kind in kinds:
            found.update((name, count) for count in _counted(norms, frozenset(words[group]), words))
    if kind == "prisoner-exchange":
        for count in _each_side(norms, words):
            found.pop("prisoners", None)
            found["each_side"] = count
    if kind == "un-vote":
        found.update(_votes(norms, words))
    return found


def number(norms: Sequence[str], place: int, words: Mapping[str, Any]) -> int | None:
    """Return the number at a place, in digits or words."""
    if place >= len(norms):
        return None
    digits = norms[place].replace(",", "")
    if digits.isascii() and digits.isdigit():
        value = int(digits)
    else:
        value = 0 if norms[place] in words["articles"] else words["numbers"].get(norms[place], 0)
    if place + 1 < len(norms) and norms[place + 1] in words["thousand"]:
        value *= 1_000
    return value or None


def _lengths(norms: Sequence[str], units: frozenset[str], words: Mapping[str, Any]) -> Iterator[int]:
    for place in range(len(norms) - 1):
        count = number(norms, place, words)
        is_time = place + 2 < len(norms) and norms[place + 2] in words["as_time"]
        if count and norms[place + 1] in units and not is_time:
            yield count


def _counted(norms: Sequence[str], things: frozenset[str], words: Mapping[str, Any]) -> Iterator[int]:
    for place in range(len(norms) - 1):
        count = number(norms, place, words)
        if count and not things.isdisjoint(norms[place + 1 : place + 1 + REACH]):
            yield count


def _each_side(norms: Sequence[str], words: Mapping[str, Any]) -> Iterator[int]:
    captives = {*words["captives"], *words["captured"]}
    for place in range(len(norms)):
        count = number(norms, place, words)
        rest = tuple(norms[place + 1 : place + 6])
        before = norms[max(0, place - EACH_REACH) : place]
        if count and (
            _is_for(norms, place, count, words)
            or _is_each(rest, captives, words)
            or (
                not set(words["each"]).isdisjoint(before) and captives.intersection(rest[:REACH])
            )  # "will each free 1,000 prisoners"
        ):
            yield count


def _is_for(norms: Sequence[str], place: int, count: int, words: Mapping[str, Any]) -> bool:
    """Tell whether a number stands against itself: "1,000 for 1,000"."""
    is_between = place + 1 < len(norms) and norms[place + 1] in words["against_itself"]
    return is_between and number(norms, place + 2, words) == count


def _is_each(rest: Sequence[str], captives: set[str], words: Mapping[str, Any]) -> bool:
    """Tell whether each side gives so many: "1,000 prisoners each", "340 from each side"."""
    pairs = set(pairwise(rest))
    if pairs & {tuple(pair.split()) for pair in words["each_pairs"]}:
        return True
    is_first = bool(rest) and rest[0] in words["each"]
    return is_first or bool(set(words["each_after"]).intersection(rest) and captives.intersection(rest))


def _votes(norms: Sequence[str], words: Mapping[str, Any]) -> Iterator[tuple[str, int]]:
    for place in range(len(norms) - 2):
        first, last = number(norms, place, words), number(norms, place + 2, words)
        is_led = place == 0 or norms[place - 1] in words["vote_before"]
        is_tally = norms[place + 1] in words["vote_joint"] and is_led
        if first and last and is_tally:
            yield "for", first
            yield "against", last
            return
