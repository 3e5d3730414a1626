"""Who says so, as a headline calls them."""

import re

from bot.announce.clauses import Clause
from bot.announce.names import Names, bare
from bot.announce.scene import Scene
from bot.announce.values import listed
from bot.domain.event import Modality
from bot.domain.story import Change

#: Longer descriptions of unnamed people are no speaker for a headline.
SPEAKER_LIMIT = 32
_INDEPENDENT = 2

_UNNAMED = re.compile(
    r"\b(officials?|sources?|diplomats?|people|persons?|insiders?|aides?|negotiators?|mediators?|reports?)\b",
    re.IGNORECASE,
)
_MANY = re.compile(
    r"\b(officials|sources|diplomats|people|persons|insiders|aides|negotiators|mediators)\b", re.IGNORECASE
)
# Bare offices: an office is somebody only with its country or its holder.
_OFFICES = re.compile(
    r"\b(ministers?|ministry|presidents?|presidency|office|spokes\w+|delegates?|analysts?|envoys?|advisers?|leaders?"
    r"|governments?|army|commanders?|lawmakers?|statement|decree|media|agency|newspaper|organi[sz]ers?|secretary)\b",
    re.IGNORECASE,
)
_PLURAL = re.compile(r"\b(ministers|delegates|analysts|envoys|advisers|leaders|commanders|lawmakers)$", re.IGNORECASE)
_SEVERAL = re.compile(r"\s*,\s*|\s+and\s+")
_COUNTS = re.compile(r"^(two|three|four|five|six|several|some|many|multiple|\d+)\b", re.IGNORECASE)


def is_own_word(attribution: str, clause: Clause, names: Names) -> bool:
    """Tell whether the speaker is the actor, or speaks for it."""
    person = names.within(attribution)
    said_by = person.name if person else names.full(bare(attribution))
    party = names.party(attribution)
    return said_by in clause.actors or (len(clause.actors) == 1 and party == clause.actors[0])


def falls_away(scene: Scene, change: Change) -> bool:
    """Tell whether a thing is said by so many that no speaker need be named."""
    if change.modality is Modality.ALLEGED:
        return False
    return len(set(change.origins)) >= _INDEPENDENT or _both_parties_say(scene, change)


def _both_parties_say(scene: Scene, change: Change) -> bool:
    parties = {scene.names.full(party) for party in scene.story.parties}
    told = (scene.reports[id_].event.attribution for id_ in change.reports if id_ in scene.reports)
    sides = {scene.names.party(speaker) for words in told if words for speaker in _SEVERAL.split(words)}
    return len(sides & parties) >= _INDEPENDENT


def is_unnamed(attribution: str, names: Names) -> bool:
    """Tell whether nobody stands for a word by name."""
    if not attribution:
        return True
    known = names.within(attribution) or names.actor(bare(attribution))
    if known is not None:
        return False
    return bool(_UNNAMED.search(attribution)) or _is_bare_office(attribution, names)


def _is_bare_office(attribution: str, names: Names) -> bool:
    """Tell whether only an office speaks, without its country or the name of who holds it."""
    if not _OFFICES.search(attribution) or names.party(attribution):
        return False
    return not any(word[:1].isupper() for word in bare(attribution).split()[1:])


def unnamed(attribution: str, change: Change, names: Names) -> str:
    """Return ``Two officials``, ``One Turkish official`` or ``Report``: nobody stands for it by name."""
    words = bare(attribution).split(",")[0]
    if len(set(change.origins)) >= _INDEPENDENT:
        return "Reports"
    if not words or len(words) > SPEAKER_LIMIT or "report" in words.casefold():
        return "Report"
    if not _UNNAMED.search(words):
        return words[:1].upper() + words[1:] if _PLURAL.search(words) else "Report"
    words = re.sub(r"\s+(who|familiar|close|with knowledge|in)\b.*$", "", words)
    if _COUNTS.match(words) or _MANY.search(words):
        return words[:1].upper() + words[1:]
    words = re.sub(r"^(one|same|unnamed|anonymous)\s+", "", words, flags=re.IGNORECASE)
    return f"One {words[:1].lower() + words[1:] if words.istitle() and ' ' not in words else words}"


def spoken(attribution: str, names: Names) -> str:
    """Return a speaker as a headline calls it: a surname, a short name, or the words as they are."""
    speakers = _SEVERAL.split(attribution)
    if len(speakers) > 1 and all(names.within(each) or names.actor(bare(each)) for each in speakers):
        return listed([spoken(each, names) for each in speakers])
    person = names.within(attribution)
    if person:
        return names.short(person.name)
    words = bare(attribution.split(",", maxsplit=1)[0])
    if names.actor(words):
        return names.short(words)
    party = names.actor(names.party(words) or "")
    if party and words in party.adjectives:
        return names.short(party.name)
    # "Secretariat for External Relations of the Federated Cantons" is a headline in itself.
    while len(words) > SPEAKER_LIMIT and " of " in words:
        words = words.rpartition(" of ")[0]
    return words[:1].upper() + words[1:]
