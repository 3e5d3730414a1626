"""Who acts on whom: the parties of an event with their parts."""

from collections.abc import Sequence
from typing import NamedTuple

from bot.classify.chunks import Reading
from bot.classify.grammar import Clause, Words, are_joined, clause, preposition
from bot.classify.lexicon import Form
from bot.classify.mentions import ACTORS, Mention, Sort
from bot.classify.modality import SPOKEN
from bot.classify.speakers import Speaker
from bot.domain.event import Actor, Role

#: No event names more actors than this.
MOST_ACTORS = 5
#: Kinds whose parties all do the same.
JOINT = frozenset({
    "talks-held", "talks-scheduled", "agreement-reached", "prisoner-exchange", "meeting", "relations-restored",
    "talks-postponed", "ceasefire-agreed",
})  # fmt: skip
#: Kinds that one says or does oneself: "he" and nobody mean who speaks.
ALONE = frozenset({"attendance-confirmed", "attendance-declined", "mediation", "meeting"})
#: Acts of hosts.
_HOSTING = frozenset({"host"})
#: A host or mediator stands at most so far after the word that makes it one.
HELP_REACH = 3
#: An owner and the delegation stand at most so far apart.
OWNER_REACH = 3
#: Acts of a party on its own team.
_NAMING = frozenset({"name", "send", "replace", "drop", "add", "withdraw"})
_TALKS = frozenset({"talks", "gathering", "meeting"})
_FINITE = frozenset({Form.THIRD, Form.PAST, Form.PARTICIPLE})


class Scene(NamedTuple):
    """What is known of an event before its parties are."""

    reading: Reading
    kind: str
    part: Clause
    #: Who says so.
    said: Speaker | None
    #: Who acted in earlier sentences.
    before: Sequence[Mention]
    #: The person whom the event is about.
    own: Mention | None


def actors(scene: Scene, words: Words) -> tuple[Actor, ...]:
    """Return the actors of an event, the one who acts first."""
    reading, kind, part, said, before, own = scene
    everybody = _everybody(scene, words)
    mentions = [mention for mention in everybody if said is None or not said.start <= mention.start < said.end]
    mentions.sort(key=lambda mention: not part.start <= mention.start < part.end)
    voice = [mention for mention in everybody if mention not in mentions][:1]
    if (part.has_pronoun or not part.subjects) and kind in SPOKEN | ALONE:
        mentions = [*voice, *mentions]
        chief = voice or _chief(reading, mentions, part, words)
    else:
        chief = _chief(reading, mentions, part, words)
        mentions = [*mentions, *voice]
    mentions = mentions or list(before)[:1]
    if any(mention.sort is not Sort.PERSON or mention.party_name for mention in mentions):
        # Somebody whose party nobody knows stands for none where others are named.
        mentions = [mention for mention in mentions if mention.sort is not Sort.PERSON or mention.party_name]
    if kind == "ceasefire-violated" and (accused := _accused(reading, everybody, words)):
        # Who is accused broke it; who accuses says so.
        chief, mentions = [accused], [mention for mention in everybody if mention is not accused]
    found: dict[str, Actor] = {}
    own_party = own.party_name if own is not None else None
    if own is not None and own.party_name is not None and kind.startswith(("delegation", "attendance")):
        found[own.party_name] = Actor(id=own.party, name=own.party_name, role=Role.SOURCE)
    elif (kind.startswith("delegation") and (whose := _owner(reading, words)) is not None) or (
        kind.startswith("delegation") and (whose := _namer(reading, words)) is not None
    ):
        found[whose.name] = _actor(whose, Role.SOURCE)
    for mention in [*chief, *(mention for mention in mentions if mention not in chief)]:
        is_source = (
            mention in chief
            or (not found and not (kind in JOINT and mention in voice))
            or (kind in JOINT and mention not in voice and not _is_aside(reading, mention, words))
        )
        if kind.startswith("sanctions") and preposition(reading, mention, words) in words["upon"]:
            is_source = False
        # Who comes or is named acts for his own party alone.
        is_source = is_source and not (_is_of_one(kind, own) and mention.party_name != own_party)
        actor = _actor(mention, _role(reading, mention, kind, words, is_source=is_source))
        if actor.role is Role.HOST or actor.name not in found:
            found[actor.name] = actor
    return tuple(found.values())[:MOST_ACTORS]


def _everybody(scene: Scene, words: Words) -> list[Mention]:
    """Return all who may act in a sentence that tells an event of a kind."""
    reading, kind = scene.reading, scene.kind
    found = [m for m in reading.mentions if acts(reading, m, words) or _is_state(reading, m, scene.part)]
    if kind.startswith(("delegation", "attendance")):
        # "The Oman talks" to which somebody comes are in Oman.
        return [mention for mention in found if not _names_the_talks(reading, mention)]
    if kind.startswith(("sanctions", "relations", "pledge")):
        # Who is told of it is not on whom it falls: "tells Riyadh forum".
        hearers = {hit.end for hit in reading.marks.get("reporting", ()) if hit.end - hit.start == 1}
        return [mention for mention in found if mention.start not in hearers]
    return found


def _names_the_talks(reading: Reading, mention: Mention) -> bool:
    talks = mention.sort is Sort.STATE and not mention.is_adjective
    return talks and any(thing.start == mention.end and thing.name in _TALKS for thing in reading.things)


def _is_of_one(kind: str, own: Mention | None) -> bool:
    return own is not None and own.party_name is not None and kind.startswith(("delegation", "attendance"))


def _is_state(reading: Reading, mention: Mention, part: Clause) -> bool:
    """Tell whether an unknown single name does the act: a state nobody knows; or a city, for its state."""
    is_name = mention.sort is Sort.NAME and " " not in mention.name
    says = any(hit.start == mention.end for hit in reading.marks.get("reporting", ()))
    if is_name and not says and any(act.start == mention.end and act.form in _FINITE for act in reading.acts):
        return True  # "Vestria denies that …"
    acts_at_once = part.act is not None and not part.is_passive and mention.end == part.act.start
    is_city = mention.sort is Sort.PLACE and mention.party_name is not None and acts_at_once
    return (is_name or is_city) and mention in part.subjects


def _owner(reading: Reading, words: Words) -> Mention | None:
    """Return whose delegation it is: "Vestria's team", "the Vestrian negotiators", "the delegation of Vestria"."""
    for thing in reading.things:
        if thing.name != "delegation":
            continue
        for mention in reading.mentions:
            if mention.sort not in ACTORS or _names_the_talks(reading, mention):
                continue
            is_before = mention.end <= thing.start <= mention.end + OWNER_REACH
            between = reading.norms[mention.end : thing.start]
            if is_before and (mention.is_adjective or between[:1] in (["'s"], ["\u2019s"])):
                return mention
            if reading.norms[thing.end : mention.start] in [[word] for word in words["belonging"]]:
                return mention
    return None


def _accused(reading: Reading, everybody: Sequence[Mention], words: Words) -> Mention | None:
    """Return whom somebody accuses: the first named after the verb, where its subject is another."""
    act = next((act for act in reading.acts if act.name == "accuse" and act.form is not Form.NOUN), None)
    if act is None:
        return None
    here = clause(reading, act, words)
    if here.is_passive or not here.subjects:
        return None
    return next((mention for mention in everybody if act.end <= mention.start < here.end), None)


def accuser(reading: Reading, words: Words) -> Mention | None:
    """Return who accuses somebody, by the verb's own subject."""
    for act in reading.acts:
        if act.name == "accuse" and act.form is not Form.NOUN:
            here = clause(reading, act, words)
            return here.subjects[-1] if here.subjects and not here.is_passive else None
    return None


def _namer(reading: Reading, words: Words) -> Mention | None:
    """Return the party that names, sends or replaces somebody: "Vestria on Tuesday named X to lead"."""
    for act in reading.acts:
        if act.name not in _NAMING or act.form is Form.NOUN:
            continue
        for mention in clause(reading, act, words).subjects:
            if mention.sort in ACTORS or (mention.sort is Sort.NAME and " " not in mention.name):
                return mention
    return None


def acting(reading: Reading, words: Words) -> Sequence[Mention]:
    """Return who acts in a sentence, for those that follow and name nobody."""
    return [mention for mention in reading.mentions if acts(reading, mention, words)]


def acts(reading: Reading, mention: Mention, words: Words) -> bool:
    """Tell whether a mention is of somebody who acts for a party, not of a place."""
    if mention.sort is Sort.PERSON:
        return True
    if mention.sort is Sort.OFFICE:
        return mention.party_name is not None
    if mention.sort not in ACTORS:
        return False
    if mention.is_adjective and not (words["press"] | words["settlements"]).isdisjoint(
        reading.norms[mention.end : mention.end + 1]
    ):
        return False  # "a Swiss newspaper", "the Omani city of Salalah"
    at = reading.norms[mention.start - 1] if mention.start else ""
    if at == "," and any(
        other.end == mention.start - 1 and _is_located(reading, other, words) for other in reading.mentions
    ):
        return False  # "in Salalah, Oman"
    is_place = at in words["locative"] or (mention.is_seat and at in words["seat_after"])
    return not is_place or (not mention.is_seat and at in words["seat_after"])


def _is_located(reading: Reading, mention: Mention, words: Words) -> bool:
    before = reading.norms[mention.start - 1] if mention.start else ""
    return mention.sort in {Sort.PLACE, Sort.NAME} and before in words["locative"] | words["toward"]


def _chief(reading: Reading, mentions: Sequence[Mention], part: Clause, words: Words) -> list[Mention]:
    """Return those who do the act: doers of a passive, else its subjects, else the row that stands before it."""
    if part.act is None:
        return list(mentions[:1])
    if part.doers:
        return [mention for mention in mentions if mention in part.doers]
    if not part.is_passive:
        first = [mention for mention in mentions if mention in part.subjects]
        if first:
            return first
    before = [mention for mention in mentions if part.start <= mention.start and mention.end <= part.act.start]
    row = before[:1]
    for mention in before[1:]:
        if not are_joined(reading, row[-1], mention, words):
            break
        row.append(mention)
    return row


def _is_aside(reading: Reading, mention: Mention, words: Words) -> bool:
    return preposition(reading, mention, words) in words["aside"]


def _role(reading: Reading, mention: Mention, kind: str, words: Words, *, is_source: bool) -> Role:
    around = reading.norms[max(0, mention.start - HELP_REACH) : mention.start]
    if any(act.name in _HOSTING and -1 <= act.start - mention.end <= 1 for act in reading.acts):
        return Role.HOST
    if kind == "talks-proposed" and any(
        act.name in _HOSTING and act.form is Form.BASE and mention in clause(reading, act, words).subjects
        for act in reading.acts
    ):
        return Role.HOST  # "stands ready to host talks"
    if not words["by"].isdisjoint(around) and not words["hosted"].isdisjoint(around):
        return Role.HOST
    if not words["helped"].isdisjoint((*around, *reading.norms[mention.end : mention.end + 2])):
        return Role.MEDIATOR
    if kind == "mediation" and is_source:
        return Role.MEDIATOR
    return Role.SOURCE if is_source else Role.TARGET


def _actor(mention: Mention, role: Role) -> Actor:
    if mention.party_name is not None:
        return Actor(id=mention.party, name=mention.party_name, role=role)
    return Actor(id=mention.id, name=mention.name, role=role)
