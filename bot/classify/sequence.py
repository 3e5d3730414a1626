"""What the network sees of a sentence: its tokens in order, each with its word, its endings and all classes that it has."""

from collections.abc import Iterable, Sequence

from bot.classify.chunks import Reading
from bot.classify.features import STEM
from bot.classify.mentions import Mention, Sort

#: A sentence is heard up to so many tokens.
LONGEST = 90
ENDING = 3
#: Features of the whole sentence that its first, empty token carries: frames, domains and what makes it old or unsure.
_WHOLE = ("F:", "D:", "T:", "V:")
#: A name stands as one token without its words; offices and parties in general keep theirs.
_WORDED = frozenset({Sort.OFFICE, Sort.GENERIC})


def sequence(reading: Reading, features: Iterable[str], order: int) -> list[list[str]]:
    """Return the signs of each token, the whole sentence's first.

    Args:
        reading: The sentence.
        features: What the reader of classes hears of it.
        order: Its place in the text, 0 for the lead.
    """
    whole = sorted(name for name in features if name.startswith(_WHOLE))
    signs: list[set[str]] = [set() for _ in reading.tokens]
    within: dict[int, Mention] = {}
    for mention in reading.mentions:
        for place in range(mention.start, mention.end):
            within[place] = mention
            signs[place].add(f"A:{mention.sort}{'a' if mention.is_adjective else ''}{'s' if mention.is_seat else ''}")
    for place, token in enumerate(reading.tokens):
        if place not in within or within[place].sort in _WORDED:
            signs[place].update(_of_word(token.norm))
            if token.is_capital:
                signs[place].add("cap")
    _add_classes(reading, signs)
    named = {place for place, mention in within.items() if mention.sort not in _WORDED and place > mention.start}
    tokens = [sorted(found) for place, found in enumerate(signs) if place not in named]
    return [[*whole, "lead" if order == 0 else "later"], *tokens][:LONGEST]


def _of_word(norm: str) -> tuple[str, ...]:
    if norm[0].isdigit():
        return (f"n:{len(norm)}",)
    return f"w:{norm}", f"s:{norm[:STEM]}", f"e:{norm[-ENDING:]}"


def _add_classes(reading: Reading, signs: Sequence[set[str]]) -> None:
    for act in reading.acts:
        for place in range(act.start, act.end):
            signs[place].update((f"P:{act.name}", f"f:{act.form}"))
    for thing in reading.things:
        for place in range(thing.start, thing.end):
            signs[place].add(f"O:{thing.name}")
    for place, name in reading.concepts:
        signs[place].add(f"c:{name}")
    for mark, hits in reading.marks.items():
        for hit in hits:
            for place in range(hit.start, hit.end):
                signs[place].add(f"M:{mark}")
