"""What the linear reader sees of a sentence: words with names masked, classes, frames and setting."""

from collections.abc import Iterator, Mapping, Sequence

from bot.classify import novelty
from bot.classify.chunks import Reading
from bot.classify.frames import Found
from bot.classify.mentions import ACTORS, Sort

#: Words keep so many letters: postpone, postponed, postponement.
STEM = 7
#: Further sentences of the same text count as setting up to so many marks.
MOST = 3
#: The concept whose words are masked as numbers are.
NUMBER = "number"
#: Marks that tell of grammar alone.
_UNHEARD = frozenset({"be", "have", "clause", "future", "pluperfect", "denies", "done"})
_MASKS = {
    Sort.STATE: "<state>",
    Sort.BODY: "<body>",
    Sort.MOVEMENT: "<movement>",
    Sort.PERSON: "<person>",
    Sort.PLACE: "<place>",
    Sort.NAME: "<name>",
}


def features(reading: Reading, frames: Sequence[Found], setting: Mapping[str, int], masked: Sequence[str]) -> set[str]:
    """Return the features of a sentence.

    Args:
        reading: The sentence.
        frames: What its grammar means.
        setting: The domains of its text, counted.
        masked: Its words as `mask` returns them.
    """
    found = set(_words(masked))
    found.update(_classes(reading))
    found.update(_concepts(reading))
    for frame in frames:
        found.add(f"F:{frame.kind}:{int(frame.is_sure)}")
        if frame.is_sure:
            found.add(f"S:{frame.kind}:{frame.act.name}")
    found.update(_setting(reading, setting))
    return found


def wording(reading: Reading, masked: Sequence[str]) -> set[str]:
    """Return the features of the second linear reader: words alone, with their beginnings and ends."""
    found = {*_words(masked), *_concepts(reading)}
    for token in reading.tokens:
        if token.text[0].islower() and token.text.isalpha():
            found.update((f"p:{token.norm[:4]}", f"p:{token.norm[:5]}", f"s:{token.norm[-4:]}"))
    return found


def _words(masked: Sequence[str]) -> Iterator[str]:
    for first, second in zip(("<s>", *masked), (*masked, "</s>"), strict=True):
        yield f"{first}_{second}"
    yield from (f"w:{word}" for word in masked)


def mask(reading: Reading, within: frozenset[str]) -> list[str]:
    """Return the words of a sentence as stems, names and numbers masked.

    Args:
        reading: The sentence.
        within: Words after which a seat of power is a place.
    """
    masks: dict[int, str] = {}
    for mention in reading.mentions:
        if mention.sort in _MASKS:
            masks[mention.start] = (
                "<place>" if mention.is_seat and _after_in(reading, mention.start, within) else _MASKS[mention.sort]
            )
            masks.update(dict.fromkeys(range(mention.start + 1, mention.end), ""))
    counts = {place for place, name in reading.concepts if name == NUMBER}
    words = []
    for place, token in enumerate(reading.tokens):
        word = masks.get(place)
        if word is None:
            word = "<n>" if token.norm[0].isdigit() or place in counts else token.norm[:STEM]
        if word:
            words.append(word)
    return words


def _after_in(reading: Reading, place: int, within: frozenset[str]) -> bool:
    return place > 0 and reading.norms[place - 1] in within


def _classes(reading: Reading) -> Iterator[str]:
    acts = {f"{act.name}{'n' if act.form == 'noun' else ''}" for act in reading.acts}
    things = {thing.name for thing in reading.things}
    yield from (f"P:{act}" for act in acts)
    yield from (f"O:{thing}" for thing in things)
    yield from (f"P:{act}+O:{thing}" for act in acts for thing in things)
    yield from (f"M:{mark}" for mark in reading.marks if mark not in _UNHEARD)


def _concepts(reading: Reading) -> Iterator[str]:
    return (f"c:{name}" for _, name in reading.concepts)


def _setting(reading: Reading, setting: Mapping[str, int]) -> Iterator[str]:
    for domain, count in reading.domains.items():
        yield from (f"D:{domain}:{step}" for step in range(1, min(count, MOST) + 1))
    for domain, count in setting.items():
        yield from (f"T:{domain}:{step}" for step in range(1, min(count, 2 * MOST) + 1))
    states = {mention.name for mention in reading.mentions if mention.sort in ACTORS}
    yield from (f"A:{step}" for step in range(min(len(states), MOST) + 1))
    yield from {f"N:{mention.sort}" for mention in reading.mentions}
    yield from (f"V:{sign}" for sign in novelty.signs(reading))
