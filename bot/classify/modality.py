"""How firmly an event is told: denied, alleged, conditional, planned or asserted."""

from bot.classify.analysis import Passage
from bot.classify.chunks import Hit, Reading
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
#: Kinds that a condition of their own speaker makes conditional.
TIED = frozenset(
    {
        "talks-proposed",
        "attendance-confirmed",
        "attendance-declined",
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


#: Kinds whose denial says that the thing is not so.
DENIABLE = frozenset({
    "delegation-named", "delegation-changed", "attendance-confirmed", "attendance-declined", "talks-scheduled",
    "talks-held", "talks-postponed", "meeting", "ceasefire-agreed", "ceasefire-violated", "agreement-reached",
    "prisoner-exchange", "concession",
})  # fmt: skip


def modality(passage: Passage, kind: str) -> Modality:
    """Return how firmly a sentence tells an event of a kind."""
    reading = passage.reading
    if kind == "accusation" and reading.has("denial"):
        return Modality.DENIED
    if reading.has("alleged"):
        return Modality.ALLEGED
    if kind in TIED and reading.has("conditional"):
        return Modality.CONDITIONAL
    if kind in SPOKEN:
        return Modality.ASSERTED
    act = act_of(passage, kind)
    return Modality.PLANNED if _is_ahead(reading, act) else Modality.ASSERTED


def is_denied(passage: Passage, kind: str) -> bool:
    """Tell whether a sentence denies that an event of a kind took place."""
    act = act_of(passage, kind)
    return kind in DENIABLE and passage.reading.has("denies", 0, act.start if act else None)


def act_of(passage: Passage, kind: str) -> Hit | None:
    """Return the act that speaks most surely for a kind."""
    fitting = [found for found in passage.frames if found.kind == kind]
    fitting.sort(key=lambda found: (not found.is_sure, found.thing is None, found.act.start))
    return fitting[0].act if fitting else None


def _is_ahead(reading: Reading, act: Hit | None) -> bool:
    marks = reading.marks.get("future", ())
    if act is None:
        return any(hit.name == "future" and reading.norms[hit.start] in {"will", "shall", "tomorrow"} for hit in marks)
    window = range(act.start - 4, act.end + 1)
    return any(hit.start in window and (hit.start <= act.start) for hit in marks if _is_future(reading, hit, act))


def _is_future(reading: Reading, hit: Hit, act: Hit) -> bool:
    if reading.norms[hit.start] == "to":
        return act.form == "base" and hit.end == act.start
    return True
