"""Where the thing told of happens: the place of the talks, not of whoever speaks of them."""

from bot.classify.chunks import Hit, Reading
from bot.classify.grammar import Clause, Words
from bot.classify.mentions import Mention, Sort
from bot.classify.speakers import Speaker

#: Kinds that happen at a place which a text may have told before.
PLACED = frozenset({
    "delegation-named", "delegation-changed", "attendance-confirmed", "attendance-declined", "talks-scheduled",
    "talks-held", "talks-postponed", "mediation", "meeting", "agreement-reached", "talks-proposed",
})  # fmt: skip
#: Kinds that have a place only where their own clause names one.
LOCAL = frozenset({"humanitarian-access", "un-vote", "relations-downgraded", "relations-restored"})
#: Kinds for which a place somebody travels to is the venue.
TRAVELLED = frozenset({
    "attendance-confirmed", "attendance-declined", "meeting", "delegation-named", "delegation-changed",
})  # fmt: skip
#: Things whose own description names their place: "the Istanbul talks".
_THINGS = frozenset({"talks", "meeting", "gathering", "delegation"})
#: A thing and its place stand at most so far apart.
THING_REACH = 5
#: A verb of going and its place stand at most so far apart.
GOING_REACH = 6


def venue(reading: Reading, kind: str, part: Clause, said: Speaker | None, words: Words) -> str | None:
    """Return the place of an event, as the clause of its act or else its sentence tells."""
    if kind not in PLACED | LOCAL:
        return None
    found = [
        mention
        for mention in reading.mentions
        if _can_be(mention)
        and not is_speakers(mention, said)
        and (is_located(reading, mention, words) or is_described(reading, mention)
             or (kind in TRAVELLED and is_reached(reading, mention, words)))
    ]  # fmt: skip
    if is_call(reading, kind, words):
        return None
    located = [mention for mention in found if not is_described(reading, mention)]
    # "Gaza talks begin in Doha": where they are held, not what they are called by.
    found = [m for m in located if part.start <= m.start < part.end] or found
    near = [mention for mention in found if part.start <= mention.start < part.end]
    if kind in TRAVELLED:
        near = [mention for mention in near if is_reached(reading, mention, words)] or near
    found = [mention for mention in found if _belongs(reading, mention, part)]
    if not (near or (found and kind in PLACED)):
        return None
    best = min(near or found, key=lambda mention: _distance(mention, part.act))
    return place_name(reading, best)


def may_follow(kind: str) -> bool:
    """Tell whether a sentence without a place may take that of the talks told before it."""
    return kind in PLACED


def is_call(reading: Reading, kind: str, words: Words) -> bool:
    """Tell whether those who meet only telephone: a call has no place."""
    return kind == "meeting" and not words["distant"].isdisjoint(reading.norms)


def place_name(reading: Reading, mention: Mention) -> str:
    """Return a place's English name, a capital's own and not its state's."""
    if mention.is_seat:
        return " ".join(token.text for token in reading.tokens[mention.start : mention.end])
    return mention.name


def _belongs(reading: Reading, mention: Mention, part: Clause) -> bool:
    """Tell whether a place outside the act's clause is still that of the thing told of.

    It is the thing's own place ("the talks in Istanbul"), or what the act announces, and no
    word of saying stands between.
    """
    if any(part.end <= hit.start < mention.start for hit in reading.marks.get("reporting", ())):
        return False
    things = [thing for thing in reading.things if thing.name in _THINGS]
    return (
        is_described(reading, mention)
        or any(thing.end <= mention.start <= thing.end + THING_REACH for thing in things)
        or (part.act is not None and mention.start >= part.end and bool(things))
    )


def told_place(reading: Reading, said: Speaker | None, words: Words) -> str | None:
    """Return the place of talks that a sentence tells, for sentences that follow."""
    if not any(thing.name in _THINGS for thing in reading.things):
        return None
    places = [
        mention
        for mention in reading.mentions
        if mention.sort is Sort.PLACE or mention.is_seat
        if not is_speakers(mention, said)
        and (is_described(reading, mention)
             or (is_located(reading, mention, words) and any(thing.end <= mention.start for thing in reading.things)))
    ]  # fmt: skip
    held = [mention for mention in places if not is_described(reading, mention)] or places
    return place_name(reading, held[0]) if held else None


def _can_be(mention: Mention) -> bool:
    return mention.sort is Sort.PLACE or mention.is_seat or (mention.sort is Sort.NAME)


def is_speakers(mention: Mention, said: Speaker | None) -> bool:
    """Tell whether a place belongs to whoever speaks."""
    return said is not None and said.start <= mention.start < said.end


def is_located(reading: Reading, mention: Mention, words: Words) -> bool:
    """Tell whether something is told to be in a place."""
    before = mention.start - 1
    if before > 0 and reading.norms[before] in words["named_so"] and reading.norms[before - 1] in words["settlements"]:
        return True
    if before < 0 or reading.norms[before] not in words["locative"]:
        return False
    # "the foreign ministry in Ankara said": the place of an office, not of an act.
    holder = next((other for other in reading.mentions if other.end == before and other.sort is Sort.OFFICE), None)
    is_office = before > 0 and reading.norms[before - 1] in words["speakers"] - {
        "delegation",
        "negotiators",
        "mediators",
    }
    return holder is None and not is_office and not _is_owner(reading, mention)


def is_described(reading: Reading, mention: Mention) -> bool:
    """Tell whether talks are named by a place: "the Istanbul talks"."""
    after = mention.end + 1 if reading.norms[mention.end : mention.end + 1] == ["'s"] else mention.end
    beside = {*reading.norms[mention.end : mention.end + 1], *reading.norms[max(0, mention.start - 1) : mention.start]}
    if mention.sort is Sort.NAME or (mention.is_seat and after != mention.end) or beside & {"-", "\u2013"}:
        return False
    return any(
        thing.start <= after < thing.end or thing.start == after for thing in reading.things if thing.name in _THINGS
    )


def is_reached(reading: Reading, mention: Mention, words: Words) -> bool:
    """Tell whether somebody goes to a place."""
    before = mention.start - 1
    if before < 0 or reading.norms[before] not in words["toward"] or mention.sort is Sort.NAME:
        return False
    return bool(words["going"].intersection(reading.norms[max(0, before - GOING_REACH) : before]))


def _is_owner(reading: Reading, mention: Mention) -> bool:
    return mention.sort is Sort.NAME and reading.norms[mention.end : mention.end + 1] == ["'s"]


def _distance(mention: Mention, act: Hit | None) -> int:
    if act is None:
        return mention.start
    return act.start - mention.end + 1 if mention.end <= act.start else mention.start - act.end
