"""The judge of a language that has words but no weights: few rules, over frames tied by grammar alone.

A kind is told where a frame of the catalogue is tied for sure, an actor between states is named, and nothing in
the setting speaks of another world, of memory, of a question or of what only might be.
"""

from collections.abc import Iterable, Iterator, Mapping

import numpy as np

from bot.classify.analysis import Passage
from bot.classify.chunks import Hit, Reading
from bot.classify.frames import Found
from bot.classify.judge import FOREIGN, KINDS, Matrix
from bot.classify.lexicon import Form
from bot.classify.mentions import ACTORS, Sort

#: The chance of a kind that a sure frame tells, and of one whose act speaks for itself; measured on texts learned from.
SURE = 0.85
ALONE = 0.75
#: From this chance on a kind is told.
TOLD = 0.6
#: Acts that tell their kind without a thing.
SPEAKING = frozenset({"mediate", "shuttle", "skip", "walk-out", "visit", "phone", "receive", "meet", "negotiate"})
#: Acts that tell their kind where a place is named, too, among words of diplomacy.
GOING = frozenset({"attend", "arrive"})
#: Kinds of which one act may mean two: the first is told, the second where the first is not.
OF_ONE_ACT = (
    ("delegation-named", "attendance-confirmed"),
    ("talks-proposed", "mediation"),
    ("attendance-declined", "talks-postponed"),
    ("talks-postponed", "mediation"),
    ("talks-rejected", "mediation"),
)
#: Kinds of which one sentence tells the first.
BEFORE = (
    ("delegation-changed", "delegation-named"),
    ("attendance-declined", "attendance-confirmed"),
    ("talks-proposed", "talks-scheduled"),
    ("talks-postponed", "talks-held"),
    ("talks-postponed", "talks-scheduled"),
    ("talks-rejected", "talks-held"),
    ("talks-rejected", "talks-proposed"),
    ("talks-proposed", "talks-held"),
    ("talks-scheduled", "talks-held"),
    ("talks-held", "meeting"),
    ("talks-scheduled", "meeting"),
    ("talks-proposed", "meeting"),
    ("ceasefire-violated", "ceasefire-agreed"),
    ("ceasefire-rejected", "ceasefire-agreed"),
    ("ceasefire-rejected", "ceasefire-called"),
)
#: What is told where the act is negated; a kind that stands in no row is then not told.
NEGATED = {
    "attendance-confirmed": "attendance-declined",
    "delegation-named": "attendance-declined",
    "ceasefire-agreed": "ceasefire-rejected",
    "talks-held": "talks-rejected",
    "meeting": "talks-rejected",
    "attendance-declined": "attendance-declined",
    "talks-rejected": "talks-rejected",
    "mediation": "mediation",
    "ceasefire-rejected": "ceasefire-rejected",
}
#: Words among many, told where nothing else is.
WEAK = frozenset({"demand", "threat", "rejection", "accusation", "pledge", "concession"})
#: Marks of a sentence that tells nothing new.
SILENT = ("opinion", "memory", "hypothetical", "death")
#: Forms of the present: with a day they tell what is to come.
PRESENT = frozenset({Form.BASE, Form.THIRD})
#: A negation stands at most so far from its act.
NEGATION_REACH = 6
#: A meeting has so many parties.
PAIR = 2
#: What parts clauses.
BREAKS = frozenset({",", ";", ":", "–", "—"})


def chances(passage: Passage) -> Matrix:
    """Return for each kind the chance that the rules give it."""
    found = np.zeros(len(KINDS), dtype=np.float32)
    if not _is_news(passage):
        return found
    by_act: dict[int, dict[str, float]] = {}
    for act, kind, chance in _framed(passage):
        row = by_act.setdefault(act.start, {})
        row[kind] = max(row.get(kind, 0.0), chance)
    told: dict[str, float] = {}
    for row in by_act.values():
        for kind, chance in _settled(row, OF_ONE_ACT).items():
            told[kind] = max(told.get(kind, 0.0), chance)
    told = _settled(told, BEFORE)
    if not WEAK.issuperset(told):
        told = {kind: chance for kind, chance in told.items() if kind not in WEAK}
    for kind, chance in told.items():
        found[KINDS.index(kind)] = chance
    return found


def _settled(told: Mapping[str, float], pairs: Iterable[tuple[str, str]]) -> dict[str, float]:
    """Return the kinds without those that another tells better."""
    behind = {second for first, second in pairs if first in told}
    return {kind: chance for kind, chance in told.items() if kind not in behind}


def thresholds() -> Matrix:
    """Return from which chance on each kind is told."""
    return np.full(len(KINDS), TOLD, dtype=np.float32)


def _is_news(passage: Passage) -> bool:
    reading = passage.reading
    if "?" in reading.norms or any(reading.marks.get(mark) for mark in SILENT) or "V:year" in passage.features:
        return False
    foreign = _foreign(reading.domains) + _foreign(passage.setting)
    home = _home(passage)
    if foreign and foreign >= home:
        return False
    return bool(reading.mentions) or home > 0


def _foreign(domains: Mapping[str, int]) -> int:
    return sum(domains.get(domain, 0) for domain in FOREIGN)


def _framed(passage: Passage) -> Iterator[tuple[Hit, str, float]]:
    """Yield what the frames mean, each with its act and chance."""
    reading = passage.reading
    for found in passage.frames:
        chance = SURE if found.is_sure else ALONE if _speaks(found, passage) else 0.0
        if not chance or (found.kind == "meeting" and not _are_several(reading)):
            continue
        if any(_is_beside(reading, hit, found.act) for hit in reading.marks.get("pluperfect", ())):
            continue
        if found.kind == "delegation-named" and found.act.name == "send" and not _names_anybody(reading):
            continue
        if not _is_negated(reading, found.act):
            yield found.act, _timed(reading, found), chance
        elif found.kind in NEGATED:
            yield found.act, NEGATED[found.kind], chance


def _names_anybody(reading: Reading) -> bool:
    """Tell whether a person stands in a sentence: a delegation without one is sent, not named."""
    return any(mention.sort in {Sort.PERSON, Sort.NAME} for mention in reading.mentions)


def _timed(reading: Reading, found: Found) -> str:
    """Return the kind of a frame, talks of the present that have their day being scheduled ones."""
    is_now = found.act.form in PRESENT and not reading.has("done")
    is_set = found.kind == "talks-held" and is_now and reading.has("direct")
    return "talks-scheduled" if is_set else found.kind


def _speaks(found: Found, passage: Passage) -> bool:
    """Tell whether an act tells its kind without a thing."""
    if found.thing is not None or found.act.form is Form.NOUN:
        return False
    if found.act.name in GOING:
        is_placed = any(mention.sort is Sort.PLACE or mention.is_seat for mention in passage.reading.mentions)
        return is_placed and _home(passage) > 0
    return found.act.name in SPEAKING


def _home(passage: Passage) -> int:
    return passage.reading.domains.get("diplomacy", 0) + passage.setting.get("diplomacy", 0)


def _are_several(reading: Reading) -> bool:
    parties = {m.party_name or m.name for m in reading.mentions if m.sort in ACTORS or m.party_name is not None}
    begun = {m.start for m in reading.mentions}
    # "Kanzler Scholz" is one, "die Vermittler" are others.
    others = any(
        m.sort in {Sort.OFFICE, Sort.GENERIC} and m.party_name is None and m.end not in begun for m in reading.mentions
    )
    return len(parties) + others >= PAIR


def _is_negated(reading: Reading, act: Hit) -> bool:
    """Tell whether a negation stands beside an act, in its clause."""
    return any(
        _is_beside(reading, hit, act) and abs(hit.start - act.start) <= NEGATION_REACH
        for hit in reading.marks.get("negation", ())
    )


def _is_beside(reading: Reading, one: Hit, other: Hit) -> bool:
    """Tell whether two stand in one clause."""
    first, last = sorted((one, other), key=lambda hit: hit.start)
    return BREAKS.isdisjoint(reading.norms[first.end : last.start])
