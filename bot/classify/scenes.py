"""What the reader of scenes sees of a sentence: who, what and whom, by class and in their order."""

from collections.abc import Iterator
from itertools import chain

from bot.classify.chunks import Reading

#: Two parts of a scene stand at most so many words apart.
REACH = 8
#: Marks that turn a scene around.
TURNS = ("negation", "future", "conditional", "hypothetical")


def scene(reading: Reading) -> set[str]:
    """Return the parts of a sentence's scene, alone and in ordered pairs: ``A:state>P:reject``."""
    parts = sorted(set(_parts(reading)))
    found = {name for _, name in parts}
    for order, (place, name) in enumerate(parts):
        for later, other in parts[order + 1 :]:
            if later - place > REACH:
                break
            if later > place:
                found.add(f"{name}>{other}")
    return found


def _parts(reading: Reading) -> Iterator[tuple[int, str]]:
    return chain(
        reading.concepts,
        ((mention.start, f"A:{mention.sort}") for mention in reading.mentions),
        ((act.start, f"P:{act.name}") for act in reading.acts),
        ((thing.start, f"O:{thing.name}") for thing in reading.things),
        ((hit.start, f"M:{mark}") for mark in TURNS for hit in reading.marks.get(mark, ())),
    )
