"""Which stage of its kind a sentence tells, and which kind a denial concerns."""

from bot.classify.analysis import Passage
from bot.kinds import CATALOGUE

#: The stage that is most common where the words do not tell.
USUAL = {
    "delegation-changed": "replaced",
    "talks-scheduled": "dated",
    "talks-held": "continuing",
    "talks-postponed": "delayed",
    "mediation": "hosting",
    "ceasefire-agreed": "accepted",
    "ceasefire-rejected": "refused",
    "agreement-reached": "signed",
    "prisoner-exchange": "carried-out",
    "humanitarian-access": "open",
}
#: Kinds that a denial or refusal may concern, surest words first.
_DENIABLE = ("ceasefire-violated", "talks-scheduled", "talks-held", "attendance-confirmed", "agreement-reached")


def stage(passage: Passage, kind: str) -> str | None:
    """Return the stage that the surest frame tells, else the usual one."""
    if not CATALOGUE[kind].stages:
        return None
    told = [found for found in passage.frames if found.kind == kind and found.stage]
    told.sort(key=lambda found: (not found.is_sure, found.thing is None, found.act.start))
    return told[0].stage if told else USUAL.get(kind)


def about(passage: Passage, kind: str) -> str | None:
    """Return the kind that a denial concerns."""
    if kind != "accusation" or not passage.reading.has("denial"):
        return None
    kinds = {found.kind for found in passage.frames}
    return next((other for other in _DENIABLE if other in kinds), None)
