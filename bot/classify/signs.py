"""What grammar shows of each option that might fill a slot, names masked: the signs that choices are weighed by."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from bot.classify import venues
from bot.classify.analysis import Passage
from bot.classify.chunks import Hit, Reading, is_place
from bot.classify.dates import When
from bot.classify.grammar import Clause, Words
from bot.classify.mentions import Mention
from bot.classify.modality import party
from bot.classify.speakers import Speaker, speaker
from bot.domain.event import Modality
from bot.kinds import CATALOGUE

#: A place told so many sentences away may be where the thing happens; a day is nearer.
PLACES_AROUND = 3
DAYS_AROUND = 2
#: A thing and the place that it is held at stand at most so far apart.
THING_REACH = 5
#: A mark this near before an act turns it.
MARK_REACH = 3
#: Distances and numbers beyond the last of these are one.
STEPS = (0, 1, 3, 8)
SPANS = (0, 2, 7, 31, 120)
MANY = 4
#: A shouted city has more letters than an acronym.
ACRONYM = 3
_SIGNS = frozenset(",.;:-$\u2013\u2014()")


class Case(NamedTuple):
    """An event whose slots are to be filled, with all that was read around it."""

    passage: Passage
    kind: str
    part: Clause
    #: Who says so.
    said: Speaker | None
    #: The text's readings, and which of them tells the event.
    readings: Sequence[Reading]
    place: int
    words: Words

    @property
    def reading(self) -> Reading:
        """The sentence itself."""
        return self.passage.reading

    def around(self, reach: int) -> Iterator[tuple[str, Reading]]:
        """Yield the sentences within reach, each with where it stands: the text's first is often its headline."""
        for order in range(max(0, self.place - reach), min(len(self.readings), self.place + reach + 1)):
            away = order - self.place
            if away < 0:
                yield ("first" if order == 0 else f"before{min(-away, 2)}"), self.readings[order]
            else:
                yield ("same" if not away else "after"), self.readings[order]


def stages(case: Case, cues: dict[str, float], rule: str | None, firm: Modality) -> Iterator[tuple[str, set[str]]]:
    """Yield the stages of a kind with their signs: the sentence's words, acts and frames, each for that stage.

    Args:
        case: The event.
        cues: How much the lexicon's words speak for each stage.
        rule: The stage that rules tell.
        firm: How firmly the event is told.
    """
    passage, part = case.passage, case.part
    told = {f"rule {rule}", f"firm {firm}", *_acts(passage.reading, part)}
    told |= {f"frame {one.stage} {one.is_sure}" for one in passage.frames if one.kind == case.kind}
    told |= {f"cue {name} {2 * weight:.0f}" for name, weight in cues.items() if weight}
    told |= {f"word {word}" for word in passage.wording} | {f"sees {feature}" for feature in passage.features}
    for stage in CATALOGUE[case.kind].stages:
        yield stage, {f"{case.kind} {stage}|{sign}" for sign in ("", *told)}


def modalities(case: Case, rule: Modality) -> Iterator[tuple[Modality, set[str]]]:
    """Yield how firmly an event may be told, with the signs: marks and where they stand, who says so, the words."""
    reading, part, said = case.reading, case.part, case.said
    told = {f"rule {rule}", f"unnamed {said is not None and said.is_unnamed}", f"question {'?' in reading.norms}"}
    told |= {f"said {said is not None}", f"other {_is_of_another(said, part)}"}
    told |= {sign for name, hits in reading.marks.items() for hit in hits for sign in _mark(reading, part, name, hit)}
    told |= {f"{sign}|{case.kind}" for sign in told}
    told |= set(_acts(reading, part)) | {f"word {word}" for word in case.passage.wording} | {f"kind {case.kind}"}
    if part.act is not None:
        before = reading.norms[max(0, part.act.start - MARK_REACH) : part.act.start]
        told |= {f"near {norm}" for norm in before} | {f"next {norm}" for norm in before[-1:]}
    for one in Modality:
        yield one, {f"{one}|{sign}" for sign in ("", *told)}


def places(case: Case, rule: str | None, firm: Modality) -> Iterator[tuple[str | None, set[str]]]:
    """Yield the places that a text names near an event, each with how it stands there, and first of all none."""
    named = [
        (where, reading, mention, is_dateline)
        for where, reading in case.around(PLACES_AROUND)
        for mention, is_dateline in _places(reading)
    ]
    often = Counter(spelled(reading, mention) for _, reading, mention, _ in named)
    has_own = any(where == "same" and not is_dateline for where, _, _, is_dateline in named)
    yield None, _silence(case, len(often), f"{has_own}", is_ruled=rule is not None)
    for where, reading, mention, is_dateline in named:
        name = spelled(reading, mention)
        sort = "seat" if mention.is_seat else str(mention.sort)
        hook = "dateline" if is_dateline else _hook(case, reading, mention, where)
        spot = _spot(case.part, mention.start, mention.end) if where == "same" and not is_dateline else where
        plain = {f"hook {hook}", f"sort {sort}", f"where {where}", f"spot {spot}", f"hook {hook} {spot}"}
        plain |= {f"hook {hook} {sort} {spot}", f"kind {case.kind}", f"often {often[name] > 1}"}
        plain |= {f"kind {case.kind} {hook}", f"kind {case.kind} {where} {hook}", f"kind {case.kind} {sort}"}
        plain |= {f"rule {_agrees(name, rule)}", f"alone {has_own} {where}", f"words {' ' in name} {sort}"}
        plain |= {f"names {min(len(often), MANY)}", f"names {min(len(often), MANY)} {hook}"}
        plain |= {f"firm {firm} {hook}", f"firm {firm} {hook} {case.kind}"}
        if not is_dateline:
            plain |= _neighbours(case, reading, mention, sort)
            if where == "same":
                plain |= _beside_act(case.part, mention, spot, hook)
        yield name, plain


def days(
    case: Case, dates: Sequence[tuple[str, Reading, When]], today: date, rule: str | None, firm: Modality
) -> Iterator[tuple[str | None, set[str]]]:
    """Yield the days that a text names near an event, each with how it stands there, and first of all none.

    Args:
        case: The event.
        dates: Where each stands, its sentence, itself.
        today: The day of publication.
        rule: The day that rules tell.
        firm: How firmly the event is told.
    """
    act = case.part.act
    own = [when for where, _, when in dates if where == "same"]
    is_ahead = any(when.iso[:10] > today.isoformat() for when in own)
    is_past = act is not None and act.form in {"past", "participle"}
    yield (
        None,
        _silence(case, len({when.iso for _, _, when in dates}), f"{bool(own)} {firm}", is_ruled=rule is not None),
    )
    for where, reading, when in dates:
        away = (date.fromisoformat(when.iso[:10]) - today).days
        turn = "today" if not away else "past" if away < 0 else "ahead"
        spot = _spot(case.part, when.start, when.end) if where == "same" else where
        before = reading.norms[when.start - 1] if when.start else "^"
        before = before if before in _SIGNS | {"^"} | case.words["prepositions"] | case.words["beside_day"] else "word"
        follows = _follows(reading, when.end, case.words)
        plain = {f"kind {case.kind}", f"kind {case.kind} {firm}", f"firm {firm}", f"spot {spot}", f"turn {turn}"}
        plain |= {f"turn {turn} {sign}" for sign in (case.kind, firm, f"{case.kind} {firm}", f"done {is_past}", spot)}
        plain |= {f"turn {turn} {spot} {is_past}", f"far {turn} {_step(abs(away), SPANS)}"}
        plain |= {f"said {when.is_said} {case.kind}", f"said {when.is_said} {turn}", f"before {before}"}
        plain |= {f"before {before} {turn}", f"before {before} {case.kind}", f"follows {follows}"}
        plain |= {f"follows {follows} {before}", f"rule {_agrees(when.iso, rule)}"}
        plain |= {f"rule {_agrees(when.iso, rule)} {case.kind}", f"stretch {'/' in when.iso}", f"where {where} {turn}"}
        plain |= {f"days {min(len(own), MANY)} {spot}", f"days {min(len(own), MANY)} {turn} {is_ahead}"}
        plain |= {f"where {where} {case.kind}", f"alone {bool(own)} {where}"}
        if where == "same" and act is not None:
            gap = _step(_gap(act, when.start, when.end), STEPS)
            plain |= {f"gap {gap} {spot}", f"gap {gap} {spot[-6:]} {case.kind}"}
        yield when.iso, plain


def _silence(case: Case, count: int, own: str, *, is_ruled: bool) -> set[str]:
    """Return the signs that an event tells no place or day though its text names some."""
    act = case.part.act.name if case.part.act is not None else "none"
    found = {"none", f"none {case.kind}", f"none {act}", f"none {min(count, MANY)}", f"none {own}"}
    return found | {f"none {is_ruled}", f"none {is_ruled} {case.kind}", f"none {own} {case.kind}"}


def spelled(reading: Reading, mention: Mention) -> str:
    """Return a place's name as it is told, a shouted one of a dateline in plain letters."""
    name = venues.place_name(reading, mention)
    return name.title() if name.isupper() and len(name) > ACRONYM else name


def _acts(reading: Reading, part: Clause) -> Iterator[str]:
    for act in reading.acts:
        yield f"act {act.name}"
        yield f"act {act.name} {act.form}"
    if part.act is not None:
        yield f"tells {part.act.name}"
        yield f"tells {part.act.name} {part.act.form}"
        yield f"form {part.act.form}"


def _mark(reading: Reading, part: Clause, name: str, hit: Hit) -> Iterator[str]:
    yield f"mark {name}"
    yield f"mark {name} {part.start <= hit.start < part.end}"
    if part.act is not None and 0 <= part.act.start - hit.end <= MARK_REACH:
        yield f"mark {name} near"
        yield f"mark {reading.norms[hit.start]} {part.act.form}"


def _is_of_another(said: Speaker | None, part: Clause) -> bool:
    """Tell whether a party speaks of what others do."""
    doers = {mention.party_name or mention.name for mention in part.subjects}
    speaks_for = party(said.mention) if said is not None else None
    return bool(doers) and speaks_for is not None and speaks_for not in doers


def _places(reading: Reading) -> Iterator[tuple[Mention, bool]]:
    if reading.dateline is not None:
        yield reading.dateline, True
    for mention in reading.mentions:
        if is_place(mention):
            yield mention, False


def _hook(case: Case, reading: Reading, mention: Mention, where: str) -> str:
    """Return by what a place hangs in its sentence."""
    said = case.said if where == "same" else speaker(reading, case.words)
    if venues.is_speakers(mention, said):
        return "speaker"
    if venues.is_described(reading, mention):
        return "described"
    if venues.is_reached(reading, mention, case.words):
        return "reached"
    return "located" if venues.is_located(reading, mention, case.words) else "other"


def _neighbours(case: Case, reading: Reading, mention: Mention, sort: str) -> set[str]:
    """Return what stands before and after a place."""
    before, follows = _before(reading, mention, case.words), _follows(reading, mention.end, case.words)
    things = [one for one in reading.things if one.end <= mention.start <= one.end + THING_REACH]
    thing = max(things, key=lambda one: one.end).name if things else "none"
    found = {f"before {before}", f"follows {follows}", f"thing {thing}"}
    found |= {f"before {before} {follows}", f"before {before} {case.kind}", f"thing {thing} {before}"}
    return found | {f"before {before} {sort}", f"follows {follows} {sort}"}


def _beside_act(part: Clause, mention: Mention, spot: str, hook: str) -> set[str]:
    found = {f"does {mention in part.subjects or mention in part.objects}"}
    if part.act is not None:
        gap = _step(_gap(part.act, mention.start, mention.end), STEPS)
        found |= {f"gap {gap} {spot}", f"act {part.act.name} {hook}"}
    return found


def _before(reading: Reading, mention: Mention, words: Words) -> str:
    place = mention.start - 1
    if place < 0:
        return "^"
    norm = reading.norms[place]
    if norm in words["prepositions"] | words["toward"] | _SIGNS:
        return norm
    other = next((one for one in reading.mentions if one.end == mention.start), None)
    told = {
        "article": norm in words["articles"],
        "act": any(hit.end == mention.start for hit in reading.acts),
        "thing": any(hit.end == mention.start for hit in reading.things),
        f"name {other.sort} {other.is_adjective}" if other else "name": other is not None,
        "and": norm in words["and"],
        "saying": reading.has("reporting", place, place + 1),
    }
    return next((name for name, is_so in told.items() if is_so), "word")


def _follows(reading: Reading, end: int, words: Words) -> str:
    if end >= len(reading.norms):
        return "$"
    norm = reading.norms[end]
    thing, act = (next((hit for hit in hits if hit.start == end), None) for hits in (reading.things, reading.acts))
    other = next((one for one in reading.mentions if one.start == end), None)
    told = {
        f"thing {thing.name}" if thing else "thing": thing is not None,
        "owns": norm in {"'s", "\u2019s"},
        norm: norm in _SIGNS,
        f"act {act.form}" if act else "act": act is not None,
        "saying": reading.has("reporting", end, end + 1),
        f"name {other.sort}" if other else "name": other is not None,
        **{name: norm in words[name] for name in ("and", "relatives", "prepositions")},
    }
    return next((name for name, is_so in told.items() if is_so), "word")


def _spot(part: Clause, start: int, end: int) -> str:
    if part.act is None:
        return "nowhere"
    inside = "in" if part.start <= start < part.end else "out"
    return f"{inside} {'before' if end <= part.act.start else 'after'}"


def _gap(act: Hit, start: int, end: int) -> int:
    return act.start - end if end <= act.start else start - act.end


def _step(count: int, steps: Sequence[int]) -> int:
    return next((order for order, step in enumerate(steps) if count <= step), len(steps))


def _agrees(value: str, rule: str | None) -> str:
    return "none" if rule is None else "is" if value == rule else "other"
