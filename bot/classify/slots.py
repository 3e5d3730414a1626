"""What an event carries besides its kind: actors, person, venue, dates, terms, who says so."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from bot.classify.actors import ACTORS, AGENTS, Mention, Sort
from bot.classify.analysis import Passage
from bot.classify.chunks import Hit, Reading
from bot.classify.dates import When, spans
from bot.classify.modality import act_of
from bot.domain.event import Actor, Quantity, Role

#: A word of saying and its speaker stand at most so far apart.
SAYING_REACH = 4
#: No event names more actors than this.
MOST_ACTORS = 5
PERSONAL = frozenset(
    {
        "delegation-named",
        "delegation-changed",
        "attendance-confirmed",
        "attendance-declined",
        "mediation",
        "meeting",
    }
)
#: Kinds whose subject is a party, whoever is named beside it.
IMPERSONAL = frozenset(
    {
        "talks-held",
        "talks-scheduled",
        "agreement-reached",
        "humanitarian-access",
        "prisoner-exchange",
        "un-vote",
        "ceasefire-violated",
        "relations-downgraded",
        "relations-restored",
        "sanctions-imposed",
        "sanctions-lifted",
        "talks-postponed",
    }
)
#: A person named after the act is so much farther than one before it.
AFTER = {"attendance-confirmed": 6, "attendance-declined": 6}
#: Kinds that happen at a place which a text may have told before.
PLACED = frozenset(
    {
        "delegation-named",
        "delegation-changed",
        "attendance-confirmed",
        "attendance-declined",
        "talks-scheduled",
        "talks-held",
        "talks-postponed",
        "mediation",
        "meeting",
        "agreement-reached",
        "talks-proposed",
        "ceasefire-agreed",
        "prisoner-exchange",
        "humanitarian-access",
    }
)
#: Kinds whose parties all do the same.
JOINT = frozenset(
    {
        "talks-held",
        "talks-scheduled",
        "agreement-reached",
        "prisoner-exchange",
        "meeting",
        "relations-restored",
        "talks-postponed",
    }
)
_ORGANS = frozenset({"foreign", "ministry", "government", "army", "military", "presidency", "officials", "embassy"})
_PLACE_WORDS = frozenset({"in", "at", "to", "near", "into", "from", "outside"})


def actors(passage: Passage, kind: str, before: Sequence[Mention]) -> tuple[Actor, ...]:
    """Return the actors of an event, the one who acts first."""
    mentions = [mention for mention in passage.reading.mentions if _acts(passage.reading, mention)]
    if not mentions:
        mentions = list(before)[:1]
    act = act_of(passage, kind)
    agent = _agent(mentions, act)
    ordered = ([agent] if agent else []) + [mention for mention in mentions if mention is not agent]
    found: dict[str, Actor] = {}
    for mention in ordered:
        is_source = not found or kind in JOINT or (act is not None and mention.end <= act.start)
        actor = _actor(passage.reading, mention, kind, is_source=is_source)
        found.setdefault(actor.name, actor)
    return tuple(found.values())[:MOST_ACTORS]


def agent(passage: Passage) -> Sequence[Mention]:
    """Return who acts first in a sentence, for those that follow and name nobody."""
    return [mention for mention in passage.reading.mentions if _acts(passage.reading, mention)]


def person(passage: Passage, kind: str) -> str | None:
    """Return the full name of the person whom an event is about."""
    persons = [mention for mention in passage.reading.mentions if mention.sort is Sort.PERSON]
    if kind in IMPERSONAL:
        return None
    if kind in PERSONAL:
        persons += [m for m in passage.reading.mentions if m.sort is Sort.NAME and " " in m.name]
    if kind.startswith("delegation"):
        # Who tells of a delegation rarely is the one named to it.
        speaker = attribution(passage.reading)
        persons = [mention for mention in persons if mention.name != speaker]
    if not persons:
        return None
    act = act_of(passage, kind)
    if kind not in PERSONAL or act is None:
        return persons[0].name
    return min(persons, key=lambda mention: _distance(mention, act, AFTER.get(kind, 2))).name


def role(reading: Reading) -> str:
    """Return whether a delegation's head or a member is told of."""
    is_head = any(act.name in {"lead", "name"} for act in reading.acts)
    return "head" if is_head or not any(act.name == "add" for act in reading.acts) else "member"


def members(passage: Passage, kind: str) -> tuple[str, ...]:
    """Return the other persons named for a delegation."""
    chief = person(passage, kind)
    acting = {Sort.PERSON, Sort.NAME}
    names = [m.name for m in passage.reading.mentions if m.sort in acting and (m.sort is Sort.PERSON or " " in m.name)]
    return tuple(dict.fromkeys(name for name in names if name != chief))


def venue(reading: Reading, act: Hit | None) -> str | None:
    """Return the place where the thing told of happens."""
    places = [
        mention
        for mention in reading.mentions
        if (mention.sort is Sort.PLACE or mention.is_seat) and _is_place(reading, mention)
    ]
    if not places:
        return None
    best = places[0] if act is None else min(places, key=lambda mention: _distance(mention, act))
    return " ".join(token.text for token in reading.tokens[best.start : best.end]) if best.is_seat else best.name


def times(found: Sequence[When]) -> tuple[str | None, str | None]:
    """Return when the thing happens and when it was said."""
    happens = [when.iso for when in spans(found)]
    said = [when.iso for when in found if when.is_said]
    return (happens[0] if happens else None), (said[0] if said else None)


def attribution(reading: Reading) -> str | None:
    """Return who says so: a person by name, others as worded."""
    mentions = reading.mentions
    if mentions and reading.norms[mentions[0].end : mentions[0].end + 1] == [":"] and mentions[0].sort in AGENTS:
        return _worded(reading, mentions[0])
    for hit in reading.marks.get("reporting", ()):
        before = [m for m in mentions if m.end <= hit.start and hit.start - m.end <= SAYING_REACH]
        after = [m for m in mentions if m.start >= hit.end and m.start - hit.end <= SAYING_REACH]
        is_after = reading.norms[hit.start] == "according" or not before
        for mention in after if is_after else before[::-1]:
            if mention.sort in AGENTS:
                return _worded(reading, mention)
    return None


def _worded(reading: Reading, mention: Mention) -> str:
    if mention.sort is Sort.PERSON:
        return mention.name
    start = next((m.start for m in reading.mentions if m.end == mention.start and m.is_adjective), mention.start)
    end = mention.end
    while end < len(reading.norms) and reading.tokens[start].is_capital and reading.norms[end] in _ORGANS:
        end += 1
    return (
        " ".join(token.text for token in reading.tokens[start:end]).replace(" 's", "'s").replace(" \u2019s", "\u2019s")
    )


def terms(reading: Reading, kind: str, words: Mapping[str, Any]) -> dict[str, Quantity]:
    """Return the named quantities of a sentence that belong to a kind."""
    found: dict[str, Quantity] = {}
    if kind.startswith("ceasefire"):
        found.update(_periods(reading, words))
        if "unconditional" in reading.norms or "unconditionally" in reading.norms:
            found["unconditional"] = True
    if kind == "prisoner-exchange":
        found.update(_each_side(reading))
    return found


def _periods(reading: Reading, words: Mapping[str, Any]) -> Iterator[tuple[str, Quantity]]:
    norms = [norm for norm in reading.norms if norm != "-"]
    for number, unit in pairwise(norms):
        count = words["numbers"].get(number) if number not in {"a", "an"} else None
        count = int(number) if number.isascii() and number.isdigit() else count
        for name, units in (
            ("days", "period_day"),
            ("hours", "period_hour"),
            ("weeks", "period_week"),
            ("months", "period_month"),
        ):
            if count and unit in words[units]:
                yield name, count


def _each_side(reading: Reading) -> Iterator[tuple[str, Quantity]]:
    norms = [norm.replace(",", "") for norm in reading.norms]
    for first, middle, last in zip(norms, norms[1:], norms[2:], strict=False):
        if middle == "for" and first == last and first.isascii() and first.isdigit():
            yield "each_side", int(first)


def _acts(reading: Reading, mention: Mention) -> bool:
    if mention.sort is Sort.PERSON:
        return True
    if mention.sort is Sort.OFFICE:
        return mention.party_name is not None
    return mention.sort in ACTORS and not (mention.is_seat and _is_place(reading, mention))


def _is_place(reading: Reading, mention: Mention) -> bool:
    return mention.sort is Sort.PLACE or (mention.start > 0 and reading.norms[mention.start - 1] in _PLACE_WORDS)


def _agent(mentions: Sequence[Mention], act: Hit | None) -> Mention | None:
    if not mentions:
        return None
    before = [mention for mention in mentions if act is not None and mention.end <= act.start]
    return before[0] if before else mentions[0]


def _actor(reading: Reading, mention: Mention, kind: str, *, is_source: bool) -> Actor:
    role = Role.SOURCE if is_source else Role.TARGET
    if kind == "mediation" and is_source:
        role = Role.MEDIATOR
    if any(act.name == "host" and -1 <= act.start - mention.end <= 1 for act in reading.acts):
        role = Role.HOST
    if mention.party_name is not None:
        return Actor(id=mention.party, name=mention.party_name, role=role)
    return Actor(id=mention.id, name=mention.name, role=role)


def _distance(mention: Mention, act: Hit, after: int = 2) -> int:
    return act.start - mention.end if mention.end <= act.start else after * (mention.start - act.end + 1)
