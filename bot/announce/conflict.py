"""What is said when two accounts of one thing stand against each other."""

from collections.abc import Mapping

from bot.announce.scene import Scene
from bot.announce.slots import parse
from bot.announce.speakers import spoken
from bot.announce.values import as_names, listed, raw, when
from bot.announce.width import LIMIT, shorten, width
from bot.domain.story import Change, Value

MARK = "Conflicting accounts"

#: Values that read better in other words.
_STATUS_WORDS: Mapping[str, str] = {
    "confirmed": "attending",
    "declined": "not attending",
    "under-way": "under way",
    "in-force": "in force",
    "carried-out": "carried out",
    "called": "called for",
}

_SUBJECTS: Mapping[str, str] = {
    "talks/status": "talks",
    "talks/date": "talks on",
    "talks/venue": "talks in",
    "talks/round": "round",
    "talks/host": "talks hosted by",
    "talks/mediator": "talks mediated by",
    "ceasefire/status": "ceasefire",
    "ceasefire/terms": "ceasefire terms",
    "ceasefire/called-by": "ceasefire called for by",
    "prisoners": "prisoner exchange",
    "prisoners/terms": "prisoner exchange",
}


def conflict(scene: Scene, change: Change) -> str:
    """Return the line for a slot of which two values are told."""
    accounts = [(change.after, change.attribution), *((rival.value, rival.attribution) for rival in change.rivals)]
    told = [_account(scene, value, who) for value, who in accounts if value]
    denied = next((who for value, who in accounts if not value and who), None)
    if len(told) == 1 and denied is not None:
        return shorten(f"{MARK}: {_subject(scene, change)} {told[0]}, denied by {spoken(denied, scene.names)}", scene)
    subject = _subject(scene, change)
    line = f"{MARK}: {subject} {' or '.join(told[:2])}"
    if width(line, scene) > LIMIT:
        # Who speaks for a side is told by its name alone where there is no room for more.
        told = [_account(scene, value, scene.names.party(who or "") or who) for value, who in accounts if value]
        line = f"{MARK}: {subject} {' or '.join(told[:2])}"
    if width(line, scene) > LIMIT:
        bare_values = [_valued(scene, value) for value, _ in accounts if value]
        line = f"{MARK}: {subject} {' or '.join(bare_values[:2])}"
    return shorten(line, scene)


def _account(scene: Scene, value: Value, who: str | None) -> str:
    return f"{_valued(scene, value)}{f' ({spoken(who, scene.names)})' if who else ''}"


def _valued(scene: Scene, value: Value) -> str:
    if isinstance(value, Mapping):
        return raw(value) or ""
    shown = [scene.names.short(name) for name in as_names(value)]
    return _STATUS_WORDS.get(shown[0]) or when(shown[0], scene.year) if len(shown) == 1 else listed(shown)


def _subject(scene: Scene, change: Change) -> str:  # noqa: PLR0911 - one line a family
    path = parse(change.slot)
    if path.family in _SUBJECTS:
        return _SUBJECTS[path.family]
    names = [scene.names.short(name) for name in path.names]
    match path.family.partition("/")[0]:
        case "delegation":
            return f"{scene.names.possessive(path.name)} team {'led by' if path.family.endswith('head') else 'with'}"
        case "attendance":
            return names[0]
        case "relations":
            return f"ties of {listed(names)}"
        case "sanctions":
            return f"sanctions on {names[-1]}"
        case "ledger":
            return change.kind.replace("-", " ")
        case _:
            return f"{path.family} {listed(names)}".strip()
