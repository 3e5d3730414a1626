"""Who says so: the speaker of a sentence as worded, and whether anybody answers for it by name."""

from collections.abc import Iterator
from typing import NamedTuple

from bot.classify.chunks import Hit, Reading
from bot.classify.grammar import Words, is_head
from bot.classify.mentions import ACTORS, AGENTS, Mention, Sort

#: A speaker is told in at most so many words.
LONGEST = 9
#: A headline's speaker stands before its colon in at most so many words.
BEFORE_COLON = 6
#: A relative clause before a word of saying has at most so many words.
ASIDE = 16
#: A word of condition so near before a word of saying makes the saying itself one.
CONDITION_REACH = 4
_ENDS = frozenset({",", ";", ":", "\u2014", "\u2013", "(", ")", "\u201c", "\u201d", '"', ".", "-"})


class Speaker(NamedTuple):
    """Somebody who says something."""

    start: int
    end: int
    text: str
    #: The person or actor named last in it.
    mention: Mention | None
    is_unnamed: bool


def speaker(reading: Reading, words: Words) -> Speaker | None:
    """Return who says what a sentence tells."""
    return next(_speakers(reading, words), None)


def worded(reading: Reading, start: int, end: int) -> str:
    """Return the words between two tokens, spaced as in the text."""
    found = ""
    for place in range(start, end):
        token = reading.tokens[place]
        found += " " if found and token.start > reading.tokens[place - 1].end else ""
        found += token.text
    return found


def _speakers(reading: Reading, words: Words) -> Iterator[Speaker]:
    colon = _colon(reading)
    if colon is not None and (found := _read(reading, 0, colon, words)):
        yield found
    for hit in reading.marks.get("reporting", ()):
        if reading.norms[hit.start] in words["unsaying"]:
            if reading.norms[hit.start] in words["according"]:
                yield from _some(_after(reading, hit, words))
            continue
        if reading.has("conditional", max(0, hit.start - CONDITION_REACH), hit.start):
            continue
        yield from _some(_before(reading, hit, words) or _after(reading, hit, words))


def _some(found: Speaker | None) -> Iterator[Speaker]:
    if found is not None:
        yield found


def _colon(reading: Reading) -> int | None:
    norms = reading.norms
    return next((place for place in range(1, min(BEFORE_COLON, len(norms) - 1)) if norms[place] == ":"), None)


def _before(reading: Reading, hit: Hit, words: Words) -> Speaker | None:
    """Return who stands before a word of saying: to the last comma or verb, over what tells where somebody sits."""
    if reading.norms[hit.start].endswith("ing"):
        return None  # "saying that …": its subject stands before the verb
    before_aside = _before_aside(reading, hit, words)
    if before_aside is not None:
        return Speaker(before_aside.start, hit.start, before_aside.name, before_aside, is_unnamed=False)
    end = hit.start
    while end > 0 and reading.norms[end - 1] in words["adverbs"]:
        end -= 1
    start = end
    inside = _inside(reading)
    while start > 0 and end - start < LONGEST and (start - 1 in inside or not _closes(reading, start - 1, words)):
        start -= 1
    if _tells_of_a_thing(reading, start):
        return None
    named = _explained(reading, start, words)
    if named is not None:
        return Speaker(named.start, end, named.name, named, is_unnamed=False)
    return _read(reading, start, end, words)


def _before_aside(reading: Reading, hit: Hit, words: Words) -> Mention | None:
    """Return the person of whom a relative clause tells before the word of saying: "X, who laid it down, said"."""
    if reading.norms[hit.start - 1 : hit.start] != [","]:
        return None
    for place in range(hit.start - 2, max(0, hit.start - ASIDE), -1):
        if reading.norms[place] == "," and reading.norms[place + 1] in words["relatives"]:
            return next((m for m in reading.mentions if m.end == place and m.sort is Sort.PERSON), None)
    return None


def _tells_of_a_thing(reading: Reading, start: int) -> bool:
    """Tell whether words only say whose a thing is: "the ceasefire that Washington announced"."""
    relative = reading.norms[start - 1 : start] in (["that"], ["which"])
    return relative and any(thing.end == start - 1 for thing in reading.things)


def _explained(reading: Reading, start: int, words: Words) -> Mention | None:
    """Return the person before a comma whom the words after it only explain: "X, an adviser in the office, told"."""
    if start < 1 or reading.norms[start - 1 : start] != [","] or start >= len(reading.norms):
        return None
    explains = reading.norms[start] in words["articles"] or any(
        mention.start == start and mention.sort is Sort.OFFICE for mention in reading.mentions
    )
    beside = next((mention for mention in reading.mentions if mention.end == start - 1), None)
    is_name = beside is not None and (beside.sort is Sort.PERSON or (beside.sort is Sort.NAME and " " in beside.name))
    return beside if explains and is_name else None


def _after(reading: Reading, hit: Hit, words: Words) -> Speaker | None:
    start = hit.end
    end = start
    inside = _inside(reading)
    while end < len(reading.norms) and end - start < LONGEST and (end in inside or not _closes(reading, end, words)):
        end += 1
    follows = reading.norms[end : end + 1]
    is_inverted = reading.norms[hit.start] in words["according"] or not follows or follows[0] in _ENDS
    return _read(reading, start, end, words) if is_inverted or follows[0] in words["after_speaker"] else None


def _inside(reading: Reading) -> set[int]:
    return {spot for m in reading.mentions for spot in range(m.start, m.end)}


def _closes(reading: Reading, place: int, words: Words) -> bool:
    norm = reading.norms[place]
    if norm in words["sitting"] and place and reading.norms[place - 1] in words["speakers"] | words["unnamed"]:
        return False
    if norm in _ENDS or norm in words["openers"] or norm in words["ends_speaker"] or norm[0].isdigit():
        return True
    if norm in {"'s", "\u2019s"}:
        return False
    return any(act.start <= place < act.end and act.form != "noun" for act in reading.acts) or any(
        mark.start <= place < mark.end
        for name in ("reporting", "direct", "be", "have")
        for mark in reading.marks.get(name, ())
    )


def _owns(reading: Reading, mention: Mention, end: int) -> bool:
    return reading.norms[mention.end : mention.end + 1] in (["'s"], ["\u2019s"]) and mention.end < end


def _read(reading: Reading, start: int, end: int, words: Words) -> Speaker | None:
    """Return the speaker that stands between two tokens, if it is one; a live blog's time before it is none of it."""
    while start < end and (reading.norms[start][0].isdigit() or reading.norms[start] == ":"):
        start += 1
    if start >= end or end - start > LONGEST or reading.norms[start] in words["pronouns"]:
        return None
    inside = [m for m in reading.mentions if m.sort in AGENTS | {Sort.NAME} and start <= m.start and m.end <= end]
    sits = next((place for place in range(start + 1, end) if reading.norms[place] in words["sitting"]), None)
    if sits is not None and reading.norms[sits - 1] in words["unnamed"]:
        # Where a source sits is not whom it speaks for, unless it sits in somebody's own organ.
        inside = [m for m in inside if m.end <= sits or m.is_adjective or _owns(reading, m, end)]
    persons = [m for m in inside if m.sort is Sort.PERSON and is_head(reading, m)]
    last = reading.norms[end - 1]
    names = [m for m in inside if m.end == end]
    head = range(start, end if sits is None else sits)
    if persons:
        # "Erdogan to Putin: …": the first speaks.
        one = persons[0] if not words["infinitive"].isdisjoint(reading.norms[start:end]) else persons[-1]
        return Speaker(start, end, one.name, one, is_unnamed=False)
    speaks = {reading.norms[place] for place in head} & words["speakers"]
    if not speaks and not any(
        (m.sort in ACTORS and not m.is_adjective) or (m.sort is Sort.NAME and " " in m.name) for m in names
    ):
        return None
    if last in words["prepositions"]:
        return None
    heard = names or inside
    unnamed = any(reading.norms[place] in words["unnamed"] for place in head) and not any(
        m.sort is Sort.NAME and m.name.casefold() not in words["unnamed"] for m in inside
    )
    return Speaker(start, end, worded(reading, start, end), heard[-1] if heard else None, is_unnamed=unnamed)
