"""What one side is told to do, brought home to what the pair does together.

"Korland frees 300" and "Vestria and Korland exchange 300 each" are one
exchange: a slot that names one party belongs to the story's one pair that it
is part of, if there is exactly one.
"""

from collections.abc import Collection

#: Families of slots whose last part names parties, ``A`` or ``A+B``.
PAIRED = ("prisoners/", "agreement/")


def is_paired(slot: str) -> bool:
    """Return whether a slot's key names the parties that it is about."""
    return slot.startswith(PAIRED)


def homes(slots: Collection[str]) -> dict[str, str]:
    """Return for each slot of one party the slot of its pair."""
    found: dict[str, str] = {}
    for slot in slots:
        family, _, who = slot.partition("/")
        if "+" in who:
            continue
        pairs = [other for other in slots if other.startswith(f"{family}/") and who in _parties(other)]
        if len(pairs) == 1:
            found[slot] = pairs[0]
    return found


def _parties(slot: str) -> frozenset[str]:
    parties = slot.partition("/")[2].split("+")
    return frozenset(parties) if len(parties) > 1 else frozenset()
