"""What cannot be told in a whole sentence is not told: a desk prefers no alert to a hollow one."""

from collections.abc import Mapping, Sequence

from bot.announce.clauses import in_title
from bot.announce.facts import actors_of, common
from bot.announce.scene import Scene
from bot.announce.slots import is_ledger, parse
from bot.announce.values import as_names
from bot.domain.event import Modality, Role
from bot.domain.story import Cause, Change

# What a wording must have: one fact of each group.
NOBODY = ((),)
WHO = (("who",),)
WHOM = (("who",), ("others",))
ACCUSED = (("others",), ("who", "attribution"))
#: By kind; a kind without a row cannot be told as a line of the ledger.
NEEDS: Mapping[str, Sequence[Sequence[str]]] = {
    **dict.fromkeys(("accusation", "demand", "threat", "rejection", "concession", "pledge", "meeting"), WHOM),
    **dict.fromkeys(("sanctions-imposed", "sanctions-lifted", "relations-downgraded", "relations-restored"), WHOM),
    **dict.fromkeys(("talks-proposed", "talks-rejected", "mediation", "agreement-broken", "agreement-reached"), WHO),
    **dict.fromkeys(("ceasefire-called", "ceasefire-agreed", "ceasefire-rejected"), WHO),
    **dict.fromkeys(("attendance-confirmed", "attendance-declined"), WHO),
    "ceasefire-violated": ACCUSED,
    "un-vote": (("who",), ("terms", "others")),
    "talks-scheduled": (),
    "talks-postponed": (("venue",),),
}
SITTING = frozenset({"under-way", "recess"})
#: Words that a condition may tie; of any other act it leaves nothing done.
OFFERS = frozenset({
    "talks-proposed", "mediation", "attendance-confirmed", "ceasefire-called", "demand", "threat", "concession", "pledge",
})  # fmt: skip


def telling(changes: Sequence[Change], scene: Scene) -> list[Change]:
    """Return the changes of which a headline can say all that it must."""
    told = [change for change in changes if not is_hollow(change, scene)]
    return [change for change in told if not _goes_along(change, told)]


def _goes_along(change: Change, told: Sequence[Change]) -> bool:
    """Tell whether a first place or day of talks only comes with other news: it is told when they are set."""
    slots = {other.slot for other in told}
    aside = change.slot in {"talks/venue", "talks/date"} and change.before is None and change.cause is Cause.CHANGE
    return aside and "talks/status" not in slots and any(not slot.startswith("talks/") for slot in slots)


def is_hollow(change: Change, scene: Scene) -> bool:
    """Tell whether a change lacks what a sentence about it must say."""
    if change.cause is not Cause.CHANGE:
        return False
    if not is_ledger(change.slot):
        return _is_bare_slot(change, scene)
    event = scene.event(change)
    if event is None or (event.modality is Modality.CONDITIONAL and event.kind not in OFFERS):
        return True
    if event.modality is Modality.DENIED:
        # A title that denies is news even where nobody can say of what kind the denied thing is.
        return not event.about and not (in_title(change, scene) and any(actors_of(event, role) for role in Role))
    known, _ = common(scene, change, event)
    return not all(any(known.get(fact) for fact in either) for either in NEEDS.get(change.kind, NOBODY))


def _is_bare_slot(change: Change, scene: Scene) -> bool:
    """Tell whether a slot needs what nobody named, or goes without saying."""
    if change.after is None:
        return False
    if change.slot in {"talks/venue", "talks/date"} and change.before is None:
        # Where and when those sit who sit already was news when they sat down.
        return scene.standing.get("talks/status") in SITTING
    path, event = parse(change.slot), scene.event(change)
    lone = [scene.names.full(name) for name in actors_of(event, Role.SOURCE)] if event else []
    told = {scene.names.full(name) for name in as_names(change.after)}
    between = {scene.names.full(name) for name in (*scene.story.mediators, *scene.story.hosts)}
    needless = {
        # The team, or the session, is the news; who sits in it comes.
        "attendance": change.kind.startswith(("delegation-", "talks-")) and change.after != "declined",
        # Where the table stands is told by its venue, and who goes between is known.
        "talks/host": change.kind != "mediation",
        "talks/mediator": told <= between,
        # A deal of one party alone, with nobody and on nothing.
        "agreement": change.after in ("agreed", "signed") and [scene.names.full(path.name)] == lone,
        "prisoners": "+" not in path.name and not (event and event.terms),
        "ceasefire/status": change.after == "called"
        and event is not None
        and not common(scene, change, event)[0].get("who"),
    }
    return needless.get(path.family, False)
