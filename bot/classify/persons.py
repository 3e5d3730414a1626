"""The person whom an event is about, the part that the person plays, and who else belongs to a delegation."""

from collections.abc import Sequence

from bot.classify.chunks import Reading
from bot.classify.grammar import Clause, Words, clause, is_head, places_of, preposition
from bot.classify.mentions import Mention, Sort
from bot.classify.speakers import Speaker

#: Kinds that are about one person wherever a name is told.
PERSONAL = frozenset({
    "delegation-named", "delegation-changed", "attendance-confirmed", "attendance-declined", "mediation", "meeting",
})  # fmt: skip
#: Kinds that two parties do together: the names of their signatories are no persons of the event.
SHARED = frozenset({
    "talks-held", "talks-scheduled", "humanitarian-access", "prisoner-exchange", "un-vote", "ceasefire-violated",
    "ceasefire-agreed", "agreement-reached", "sanctions-imposed", "relations-restored", "relations-downgraded",
})  # fmt: skip
#: Kinds where two persons in a row are two events.
EACH = frozenset({"attendance-confirmed", "attendance-declined"})
#: Kinds of delegations, where a pronoun rarely is who is told of.
HEADED = frozenset({"delegation-named", "delegation-changed"})
#: Kinds that are somebody's word: the person is who says it.
VOICED = frozenset({
    "talks-rejected", "ceasefire-rejected", "rejection", "concession", "demand", "talks-postponed",
})  # fmt: skip
#: Acts whose object, not subject, is the person told of.
GIVEN = frozenset({"name", "add", "send", "drop", "receive", "invite", "withdraw"})
#: What tells of the others opens a sentence within so many words.
OPENING = 4
#: Words before the name of a newcomer or a head where no verb tells.
_LEADING = frozenset({"lead"})
_REPLACING = frozenset({"replace"})


def persons(reading: Reading, kind: str, part: Clause, said: Speaker | None, words: Words) -> tuple[Mention, ...]:
    """Return the persons whom an event is about, each of whom is an event of its own in kinds of attendance."""
    if kind in SHARED:
        return ()
    if kind in HEADED:
        return (_named(_chief(reading, kind, part, words)) or _alone(reading, kind, said, words))[:1]
    if part.has_pronoun or (kind in VOICED and _speaks_for(said, part)):
        return _named((said.mention,) if said is not None and said.mention is not None else ())
    found = _doing(reading, kind, part, words) or _alone(reading, kind, said, words)
    if kind in EACH:
        # "If Putin comes" says nothing of what Putin does.
        found = tuple(m for m in found if not reading.has("conditional", max(0, m.start - 2), m.start))
    return found if kind in EACH else found[:1]


def _speaks_for(said: Speaker | None, part: Clause) -> bool:
    """Tell whether a speaker speaks for who does the act, or for nobody else."""
    if said is None or said.mention is None:
        return not part.subjects
    return all(said.mention.party_name in {mention.name, mention.party_name} for mention in part.subjects)


def _doing(reading: Reading, kind: str, part: Clause, words: Words) -> tuple[Mention, ...]:
    """Return the persons who do an act, or to whom it is done where that is what is told."""
    sending = next((act for act in reading.acts if act.name == "send"), None)
    if kind in EACH and sending is not None and part.act in {None, sending}:
        here = clause(reading, sending, words)
        return _named(here.objects if kind == "attendance-confirmed" else here.subjects)[:1]
    if part.act is None:
        return ()
    found = _named(part.objects if part.act.name in GIVEN and not part.is_passive else part.subjects)
    return found if kind in PERSONAL else tuple(mention for mention in found if mention.sort is Sort.PERSON)


def _alone(reading: Reading, kind: str, said: Speaker | None, words: Words) -> tuple[Mention, ...]:
    """Return the only person of a sentence, for kinds that are about somebody."""
    if kind not in PERSONAL:
        return ()
    known = [m for m in reading.mentions if m.sort is Sort.PERSON and (said is None or m is not said.mention)]
    named = known or (list(_named(reading.mentions)) if kind in HEADED | EACH else [])
    named = [
        m for m in named if is_head(reading, m) and preposition(reading, m, words) in {"", *_allowed(kind, m, words)}
    ]
    return tuple(named[:1]) if len({m.name for m in named}) == 1 else ()


def _allowed(kind: str, mention: Mention, words: Words) -> frozenset[str]:
    """Return after which prepositions a person may be who is told of: "led by X", "the appointment of X"."""
    is_named = kind in HEADED and mention.sort is Sort.PERSON
    return words["named_after"] if is_named else words["done_after"]


def role(reading: Reading, part: Clause) -> str:
    """Return whether a delegation's head or a member is told of."""
    acts = {act.name for act in reading.acts}
    if acts & _LEADING or part.act is None or part.act.name != "add":
        return "head"
    return "member"


def members(reading: Reading, chief: str | None, part: Clause, words: Words) -> tuple[str, ...]:
    """Return the other persons of a delegation: those in one row with its head, or who follow "include"."""
    rows: list[Mention] = []
    for act in reading.acts:
        if act.name in {"add", "name", "send"}:
            here = clause(reading, act, words)
            rows += here.subjects if here.is_passive else here.objects
    if part.act is not None and part.act.name in {"add", "name", "send"}:
        rows += [m for m in part.objects if m not in rows]
    if not words["members"].isdisjoint(reading.norms):
        rows += [
            m for m in reading.mentions if is_head(reading, m) and preposition(reading, m, words) in words["beside"]
        ]
        rows += [
            m for m in reading.mentions if any(_is_beside(reading, row, m, words) for row in rows) and m not in rows
        ]
    names = [m.name for m in _named(rows)]
    return tuple(dict.fromkeys(name for name in names if name != chief)) if chief else ()


def company(reading: Reading, words: Words, *, follows: bool) -> tuple[str, ...]:
    """Return those whom a sentence tells as the others of a delegation: "with him go X and Y", "members include X".

    Args:
        reading: The sentence that names the delegation, or the next.
        words: Words of grammar.
        follows: It is the next, which tells of them from its first words on.
    """
    beside = places_of(reading.norms, words["at_side"])
    cues = [place for place in places_of(reading.norms, words["company"]) if not follows or place < OPENING]
    if not cues and (follows or not beside):
        return ()
    start = 0 if beside else cues[0]
    named = [m for m in _named(reading.mentions) if m.start >= start and is_head(reading, m)]
    rows = [m for m in named if preposition(reading, m, words) in {"", *words["alongside"]}]
    said = {spot for hit in reading.marks.get("reporting", ()) for spot in range(hit.start, hit.end)}
    return tuple(m.name for m in rows if m.end not in said)


def _is_beside(reading: Reading, first: Mention, second: Mention, words: Words) -> bool:
    between = list(reading.norms[first.end : second.start])
    if between[-1:] and between[-1] in words["joining"]:
        return between[:-1] in ([], [","])
    return between == [","]


def _chief(reading: Reading, kind: str, part: Clause, words: Words) -> Sequence[Mention]:
    """Return who heads a delegation or newly belongs to it."""
    acts = [act for act in reading.acts if act.name in (_REPLACING if kind == "delegation-changed" else _LEADING)]
    for act in sorted(acts, key=lambda act: act is not part.act):
        here = clause(reading, act, words)
        found = here.doers or (() if here.is_passive else here.subjects)
        if act.name == "replace" and not here.is_passive and not here.doers:
            found = _after_with(reading, here, words) or here.subjects
        if _named(found):
            return found
    if part.act is not None and part.act.name in GIVEN:
        return part.subjects if part.is_passive else part.objects
    return _named(part.doers) or _named(part.subjects) or _named(part.before)


def _after_with(reading: Reading, part: Clause, words: Words) -> tuple[Mention, ...]:
    after = [m for m in reading.mentions if part.act is not None and part.act.end <= m.start < part.end]
    return tuple(m for m in after if is_head(reading, m) and preposition(reading, m, words) in words["with"])


def _named(mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    return tuple(
        mention
        for mention in mentions
        if mention.sort is Sort.PERSON or (mention.sort is Sort.NAME and " " in mention.name)
    )
