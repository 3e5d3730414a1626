"""How firmly an event is told: denied, alleged, conditional, planned or asserted."""

from itertools import pairwise

from bot.classify.analysis import Passage
from bot.classify.chunks import Hit, Reading
from bot.classify.grammar import Words, act_of, places_of
from bot.classify.mentions import Mention, Sort
from bot.classify.speakers import Speaker
from bot.domain.event import Modality

#: Kinds whose announcement is itself the event, whatever lies ahead.
SPOKEN = frozenset(
    {
        "delegation-named",
        "delegation-changed",
        "attendance-declined",
        "talks-proposed",
        "talks-postponed",
        "talks-rejected",
        "ceasefire-called",
        "ceasefire-rejected",
        "ceasefire-violated",
        "agreement-broken",
        "demand",
        "threat",
        "rejection",
        "concession",
        "accusation",
        "pledge",
        "un-vote",
    }
)
#: Kinds that are decisions: once announced they stand, whenever they bite.
DECIDED = SPOKEN | {"relations-downgraded", "sanctions-imposed", "humanitarian-access", "mediation"}
#: What others may wait for.
AWAITED = "agreement-reached"
#: Kinds that a condition of their own speaker makes conditional.
TIED = frozenset(
    {
        "talks-proposed",
        "attendance-confirmed",
        "talks-rejected",
        "ceasefire-agreed",
        "mediation",
        "pledge",
        "concession",
        "prisoner-exchange",
        "meeting",
        "talks-scheduled",
        "sanctions-lifted",
        "relations-restored",
    }
)


#: Kinds whose future any word of it tells, even where no act is found.
LOOSE = frozenset({"meeting", "prisoner-exchange"})
#: Kinds that announce what lies ahead.
AHEAD = frozenset({"talks-scheduled"})
#: Kinds that are alleged where another party than the person's own tells them.
ABSENT = frozenset({"attendance-confirmed", "attendance-declined"})
#: Kinds whose denial says that the thing is not so.
DENIABLE = frozenset({
    "delegation-named", "delegation-changed", "attendance-confirmed", "attendance-declined", "talks-scheduled",
    "talks-held", "talks-postponed", "meeting", "ceasefire-agreed", "ceasefire-violated", "agreement-reached",
    "prisoner-exchange", "concession",
})  # fmt: skip


#: Kinds that end something, their acts, and how far a "not" stands before one.
BREAKS = frozenset({"ceasefire-rejected", "agreement-broken", "talks-postponed"})
_BREAKING = frozenset({"quit", "end", "cancel", "collapse", "drop", "suspend", "postpone", "violate", "lapse"})
NOT_REACH = 2
#: Acts of coming that, once done, leave nothing ahead.
_ARRIVED = frozenset({"arrive"})
#: Acts of sitting down together: "sat down to negotiate" is no plan.
_MET = frozenset({"begin", "meet"})
#: Acts that an hour makes a plan: "the session begins at 10:00".
_OPENING = frozenset({"begin", "resume", "take-effect"})
#: An hour stands at most so far after the verb.
HOUR_REACH = 3


def modality(
    passage: Passage, kind: str, words: Words, said: Speaker | None = None, own: Mention | None = None
) -> Modality:
    """Return how firmly a sentence tells an event of a kind.

    Args:
        passage: The sentence.
        kind: What it tells.
        words: Words of grammar.
        said: Who says so.
        own: The person whom it is about.
    """
    reading = passage.reading
    if kind == "accusation" and (reading.has("denial") or _is_untrue(reading, None, words)):
        return Modality.DENIED
    if reading.has("alleged") or (said is not None and said.is_unnamed) or _is_of_another(kind, said, own):
        return Modality.ALLEGED
    if kind in TIED and _is_tied(reading, words):
        return Modality.CONDITIONAL
    if kind == "attendance-confirmed" and _is_weighed(reading, words):
        return Modality.CONDITIONAL
    if (kind in TIED and _is_possible(passage, kind, words)) or (kind == AWAITED and _hangs_on(passage, kind)):
        return Modality.CONDITIONAL
    return Modality.PLANNED if _lies_ahead(passage, kind, words) else Modality.ASSERTED


def _lies_ahead(passage: Passage, kind: str, words: Words) -> bool:
    act = act_of(passage, kind)
    if kind in AHEAD | DECIDED:
        return kind in AHEAD
    if kind == "attendance-confirmed":
        return not _is_done(act) and not any(one.name in _ARRIVED and _is_done(one) for one in passage.reading.acts)
    if kind == "talks-held" and _have_met(passage.reading, act):
        return False
    is_ahead = (act is not None or kind in LOOSE) and _is_ahead(passage.reading, act, words)
    return is_ahead or _is_to_be(passage.reading, kind, words)


def _have_met(reading: Reading, act: Hit | None) -> bool:
    return act is not None and any(one.name in _MET and _is_done(one) and one.start < act.start for one in reading.acts)


def _is_to_be(reading: Reading, kind: str, words: Words) -> bool:
    """Tell whether a session has its hour, a truce is laid down, or captives "will be returned", whatever the act."""
    if kind == "talks-held":
        return _has_hour(reading, words)
    if kind == "ceasefire-agreed":
        return bool(places_of(reading.norms, words["laid_down"]))
    return kind == "prisoner-exchange" and _is_ahead(reading, None, words)


def _is_of_another(kind: str, said: Speaker | None, own: Mention | None) -> bool:
    """Tell whether a party speaks of what another does: its claim, not that party's word."""
    if said is None or said.mention is None:
        return False
    if kind == "ceasefire-violated":
        return True
    speaks_for, acts_for = party(said.mention), party(own)
    return kind in ABSENT and None not in {speaks_for, acts_for} and speaks_for != acts_for


def party(mention: Mention | None) -> str | None:
    """Return for whom somebody speaks or acts."""
    return None if mention is None else mention.party_name or (mention.name if mention.sort is Sort.STATE else None)


def _is_tied(reading: Reading, words: Words) -> bool:
    # "until", "once" and "should" open a condition only where they open a clause about somebody.
    return any(
        reading.norms[hit.start] not in words["weak_conditions"]
        or hit.start == 0
        or (reading.norms[hit.start] in words["after_comma"] and reading.norms[hit.start - 1] == ",")
        or (reading.norms[hit.start] in words["before_name"] and any(m.start == hit.end for m in reading.mentions))
        for hit in reading.marks.get("conditional", ())
    )


def _is_weighed(reading: Reading, words: Words) -> bool:
    """Tell whether a coming is only thought of; the month of May is no "may"."""
    return any(
        reading.norms[place] not in words["months"] or not reading.tokens[place].is_capital
        for place in places_of(reading.norms, words["hedges"])
    )


def _is_possible(passage: Passage, kind: str, words: Words) -> bool:
    """Tell whether the act itself is only possible: "Vestria might free its captives"."""
    act = act_of(passage, kind)
    return act is not None and act.start > 0 and passage.reading.norms[act.start - 1] in words["possible"]


def _hangs_on(passage: Passage, kind: str) -> bool:
    """Tell whether an act is itself what something else waits for: "can open only when a treaty has been signed"."""
    act, norms = act_of(passage, kind), passage.reading.norms
    return act is not None and any(
        hit.start < act.start and "," not in norms[hit.end : act.start]
        for hit in passage.reading.marks.get("awaited", ())
    )


def is_dropped(passage: Passage, kind: str, words: Words) -> bool:
    """Tell whether a coming is told of as a plan that was given up."""
    return kind == "attendance-confirmed" and bool(places_of(passage.reading.norms, words["dropped"]))


def is_set(passage: Passage, kind: str, words: Words) -> bool:
    """Tell whether a session is only set for its hour: whoever says so, it is yet to be held."""
    return kind == "talks-held" and _has_hour(passage.reading, words)


def _has_hour(reading: Reading, words: Words) -> bool:
    """Tell whether a session is told in the present with its hour: it is yet to open."""
    for act in reading.acts:
        after = reading.norms[act.start : act.end + HOUR_REACH]
        is_infinitive = act.form == "base" and not words["infinitive"].isdisjoint(
            reading.norms[act.start - 1 : act.start]
        )
        if act.name in _OPENING and (act.form == "third" or is_infinitive):
            hours = [
                norm
                for before, norm in pairwise(after)
                if before in words["at_hour"] and ":" in norm and norm[0].isdigit()
            ]
            if hours:
                return True
    return False


def _is_done(act: Hit | None) -> bool:
    return act is not None and act.form in {"past", "participle"}


def is_undone(passage: Passage, kind: str) -> bool:
    """Tell whether the act that would break something off is told not to be done: "we are not leaving the truce"."""
    act = act_of(passage, kind)
    if kind not in BREAKS or act is None or act.name not in _BREAKING:
        return False
    return passage.reading.has("negation", max(0, act.start - NOT_REACH), act.start)


def is_unsaid(reading: Reading, words: Words) -> bool:
    """Tell whether a sentence only tells what was said before it ("had said that"), or what nobody said."""
    sayings = reading.marks.get("reporting", ())
    earlier = [said for said in sayings for had in reading.marks.get("pluperfect", ()) if had.end == said.start]
    if earlier and len(earlier) == len(sayings):
        return True
    return not words["nobody"].isdisjoint(reading.norms[:1]) and any(said.start == 1 for said in sayings)


def is_denied(passage: Passage, kind: str, words: Words) -> bool:
    """Tell whether a sentence denies that an event of a kind took place."""
    act = act_of(passage, kind)
    if kind not in DENIABLE:
        return False
    before = act.start if act else None
    return passage.reading.has("denies", 0, before) or _is_untrue(passage.reading, before, words)


def _is_untrue(reading: Reading, before: int | None, words: Words) -> bool:
    """Tell whether it is called untrue: before it is told ("it is not true that"), or as a report ("reports that …")."""
    untrue = places_of(reading.norms, words["untrue"])
    heard = places_of(reading.norms, words["hearsay"])
    first = before if before is not None else len(reading.norms)
    return any(place < first for place in untrue) or any(
        report < first and report < place for report in heard[:1] for place in untrue
    )


def _is_ahead(reading: Reading, act: Hit | None, words: Words) -> bool:
    marks = reading.marks.get("future", ())
    if act is None:
        return any(hit.name == "future" and reading.norms[hit.start] in words["surely_ahead"] for hit in marks)
    window = range(act.start - 4, act.end + 1)
    return any(
        hit.start in window and (hit.start <= act.start) for hit in marks if _is_future(reading, hit, act, words)
    )


def _is_future(reading: Reading, hit: Hit, act: Hit, words: Words) -> bool:
    if reading.norms[hit.start] in words["infinitive"]:
        return hit.end == act.start and any(one.start == act.start and one.form == "base" for one in reading.acts)
    return True
