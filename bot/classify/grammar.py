"""Who does what in a sentence: the clause around an act, its subjects, objects and doer."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

from bot.classify.analysis import Passage
from bot.classify.chunks import Hit, Reading
from bot.classify.lexicon import Form, table
from bot.classify.mentions import AGENTS, Mention, Sort
from bot.kinds import CATALOGUE

Words = Mapping[str, frozenset[str]]

_STOPS = frozenset({";", ":", "\u2014", "\u2013", "(", ")", "\u201c", "\u201d", "?", "!"})
#: A form of "be" stands at most so far before its participle, and "by" after it.
BE_REACH = 3
BY_REACH = 5
#: A name beside a verb stands at most so many tokens from it.
OBJECT_REACH = 8
#: An owner stands at most so far before its noun.
OWNER_REACH = 3
#: An apposition has at most so many tokens.
APPOSITION = 14


class Clause(NamedTuple):
    """The part of a sentence that tells one act, with who stands where in it."""

    act: Hit | None
    start: int
    end: int
    #: Before the act: grammar's subjects, of a passive those to whom it is done.
    subjects: tuple[Mention, ...] = ()
    objects: tuple[Mention, ...] = ()
    #: After "by".
    doers: tuple[Mention, ...] = ()
    is_passive: bool = False
    #: "he", "it" or "they" does it: whoever spoke or was told of last.
    has_pronoun: bool = False
    #: Everybody free before the act.
    before: tuple[Mention, ...] = ()


def load_words(language: str) -> Words:
    """Return a language's words of grammar."""
    return {name: frozenset(words) for name, words in table(language, "grammar").items()}


def places_of(norms: Sequence[str], phrases: frozenset[str]) -> list[int]:
    """Return where words or phrases of the words of grammar begin."""
    by_first = _by_first(phrases)
    return [
        place
        for place, norm in enumerate(norms)
        for phrase in by_first.get(norm, ())
        if len(phrase) == 1 or tuple(norms[place : place + len(phrase)]) == phrase
    ]


@cache
def _by_first(phrases: frozenset[str]) -> dict[str, list[tuple[str, ...]]]:
    """Return phrases by their first word: a language has few such sets, and each sentence is asked for many."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for phrase in phrases:
        parts = tuple(phrase.split())
        found.setdefault(parts[0], []).append(parts)
    return found


def act_of(passage: Passage, kind: str) -> Hit | None:
    """Return the act that speaks most surely for a kind."""
    fitting = [found for found in passage.frames if found.kind == kind]
    fitting.sort(key=lambda found: (not found.is_sure, found.thing is None, found.act.start))
    return fitting[0].act if fitting else None


def anchor(passage: Passage, kind: str) -> Hit | None:
    """Return the act that tells an event of a kind: a frame's, else one that such a frame could have."""
    act = act_of(passage, kind)
    if act is not None:
        return act
    does = {frame.does for frame in CATALOGUE[kind].means}
    return next((hit for hit in passage.reading.acts if hit.name in does), None)


def clause(reading: Reading, act: Hit | None, words: Words) -> Clause:
    """Return the clause of an act; without an act the whole sentence, where nobody stands anywhere."""
    size = len(reading.norms)
    if act is None:
        return Clause(None, 0, size)
    asides = _asides(reading, act, words)
    start = _start(reading, act, words, asides)
    end = _end(reading, act, words)
    is_passive = act.form is Form.PARTICIPLE and (_has_be(reading, act) or _by(reading, act, words) is not None)
    before = [
        mention
        for mention in reading.mentions
        if start <= mention.start
        and mention.end <= act.start
        and not any(mention.start in aside for aside in asides)
        and is_free(reading, mention, words)
    ]
    after = [mention for mention in reading.mentions if act.end <= mention.start < end]
    by = _by(reading, act, words)
    doers = () if by is None else _row(reading, [mention for mention in after if mention.start > by], words)
    near = [m for m in after if m.start - act.end <= OBJECT_REACH and is_head(reading, m)]
    objects = () if is_passive else _row(reading, near, words)
    subjects = _owner(reading, act) or _last_row(reading, before, words)
    if reading.norms[act.start - 1 : act.start] == [","] and before and act.form is not Form.NOUN:
        subjects = _row(reading, before, words)  # "X hands Y a draft, invites both": X does
    first = subjects[-1].end if subjects else start
    has_pronoun = not words["personal"].isdisjoint(reading.norms[first : act.start])
    return Clause(
        act, start, end, () if has_pronoun else subjects, objects, doers, is_passive, has_pronoun, tuple(before)
    )


def is_head(reading: Reading, mention: Mention) -> bool:
    """Tell whether a name stands for itself, not before a noun that it describes ("Putin aide")."""
    if mention.is_adjective or reading.norms[mention.end : mention.end + 1] in (["'s"], ["\u2019s"]):
        return False
    following = next((other for other in reading.mentions if other.start == mention.end), None)
    return following is None or following.sort not in AGENTS | {Sort.NAME}


def is_free(reading: Reading, mention: Mention, words: Words) -> bool:
    """Tell whether a mention stands for itself and after no preposition."""
    return is_head(reading, mention) and not preposition(reading, mention, words)


def preposition(reading: Reading, mention: Mention, words: Words) -> str:
    """Return the preposition that a mention depends on, over its articles and titles, or an empty word."""
    place = mention.start - 1
    titles = {
        spot
        for other in reading.mentions
        if other.sort is Sort.OFFICE or other.is_adjective
        for spot in range(other.start, other.end)
    }
    while place >= 0 and (place in titles or reading.norms[place] in words["articles"]):
        place -= 1
    return reading.norms[place] if place >= 0 and reading.norms[place] in words["prepositions"] else ""


def _asides(reading: Reading, act: Hit, words: Words) -> list[range]:
    """Return the appositions and relative clauses between commas that lie before an act."""
    norms = reading.norms
    commas = [place for place in range(act.start) if norms[place] in {",", "\u2014", "\u2013"}]
    found: list[range] = []
    for first, opening in enumerate(commas):
        if any(opening in aside for aside in found) or opening + 1 >= len(norms):
            continue
        closing = next((place for place in commas[first + 1 :] if place - opening <= APPOSITION), None)
        if closing is not None and _explains(reading, opening, words):
            found.append(range(opening, closing + 1))
    return found


def _explains(reading: Reading, comma: int, words: Words) -> bool:
    """Tell whether what follows a comma tells more of the name before it."""
    if not any(mention.end == comma for mention in reading.mentions):
        return False
    following = reading.norms[comma + 1]
    if following in words["relatives"] or following in words["articles"] or following in words["former"]:
        return True
    beside = next((mention for mention in reading.mentions if mention.start == comma + 1), None)
    if beside is None:
        return not reading.tokens[comma + 1].is_capital and following not in words["and"]
    return beside.sort is Sort.OFFICE or not is_head(reading, beside)


def _start(reading: Reading, act: Hit, words: Words, asides: Sequence[range]) -> int:
    said = {spot for hit in reading.marks.get("reporting", ()) for spot in range(hit.start, hit.end)}
    for place in range(act.start - 1, -1, -1):
        if any(place in aside for aside in asides):
            continue
        norm = reading.norms[place]
        if norm in _STOPS or norm in words["openers"] or place in said:
            return place + 1
    return 0


def _end(reading: Reading, act: Hit, words: Words) -> int:
    for place in range(act.end, len(reading.norms)):
        norm = reading.norms[place]
        if norm in _STOPS or (norm in words["openers"] and norm not in words["like"]):
            return place
    return len(reading.norms)


def _has_be(reading: Reading, act: Hit) -> bool:
    return reading.has("be", max(0, act.start - BE_REACH), act.start)


def _by(reading: Reading, act: Hit, words: Words) -> int | None:
    if act.form not in {Form.PARTICIPLE, Form.NOUN, Form.PHRASE}:
        return None
    reach = range(act.end, min(act.end + BY_REACH, len(reading.norms)))
    return next((place for place in reach if reading.norms[place] in words["by"]), None)


def _owner(reading: Reading, act: Hit) -> tuple[Mention, ...]:
    """Return whose act a noun is: "Putin's offer", "the Russian proposal"."""
    # "Putin's offer is a first step"; but "Vestria welcomes the UN's call" is what Vestria does.
    alone = sum(m.end <= act.start and m.sort in AGENTS - {Sort.OFFICE} for m in reading.mentions) == 1
    is_owned = alone and reading.norms[act.start - 1 : act.start] in (["'s"], ["\u2019s"])
    if act.form is not Form.NOUN and not is_owned:
        return ()
    for mention in reversed(reading.mentions):
        gap = reading.norms[mention.end : act.start]
        if mention.end <= act.start and len(gap) <= OWNER_REACH and mention.sort in AGENTS:
            if gap[:1] in (["'s"], ["\u2019s"]) or (mention.is_adjective and not gap):
                return (mention,)
            return ()
    return ()


def _last_row(reading: Reading, mentions: Sequence[Mention], words: Words) -> tuple[Mention, ...]:
    """Return the last mention and those that stand in one row with it: "Putin, Trump and Xi"."""
    row: list[Mention] = []
    for mention in reversed(mentions):
        if row and not are_joined(reading, mention, row[0], words):
            break
        row.insert(0, mention)
    return tuple(row)


def _row(reading: Reading, mentions: Sequence[Mention], words: Words) -> tuple[Mention, ...]:
    row: list[Mention] = []
    for mention in mentions:
        if not is_head(reading, mention) or (row and not are_joined(reading, row[-1], mention, words)):
            if row:
                break
            continue
        row.append(mention)
    return tuple(row)


def are_joined(reading: Reading, first: Mention, second: Mention, words: Words) -> bool:
    """Tell whether nothing stands between two mentions but what joins them in one row."""
    between = {
        reading.norms[place]
        for place in range(first.end, second.start)
        if not any(other.start <= place < other.end for other in reading.mentions)
    }
    return between <= {",", *words["and"], *words["articles"]} and bool(between)
