"""Stories that nobody has defined: when one is opened, what it is called, what joins it."""

import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import replace

from bot.domain.event import Actor, Event, Modality, Role
from bot.domain.feed import Article
from bot.domain.story import Story
from bot.kinds import CATALOGUE

#: Kinds below this weight open no story: a word among many is no negotiation.
WEIGHT = 4
#: Nor does what the reader of the text was not sure of.
SURE = 0.7

#: Kinds that tell of a negotiation, and so may open one.
OPENING = ("talks-", "ceasefire-", "agreement-", "delegation-", "prisoner-", "relations-", "sanctions-", "mediation")

# A proposal or an offer is negotiation whatever it weighs.
NEGOTIATING = ("talks-", "mediation")

# Groups that act as one where all their members do.
GROUPS = {"e3": frozenset({"gbr", "fra", "deu"})}

#: What a story is about, by the kind that opens it.
TOPICS = {
    "ceasefire": "ceasefire",
    "agreement": "deal",
    "prisoner": "prisoner-exchange",
    "humanitarian": "aid-access",
    "sanctions": "sanctions",
    "relations": "relations",
    "un": "un-vote",
    "threat": "dispute",
    "demand": "dispute",
    "concession": "talks",
}

#: Words in a title that say what talks are about.
MATTERS = (
    "border",
    "nuclear",
    "trade",
    "water",
    "dam",
    "gas",
    "oil",
    "grain",
    "fisheries",
    "fishing",
    "maritime",
    "transit",
    "railway",
    "canal",
    "refugee",
    "climate",
    "peace",
    "prisoner",
)

# What turns a country's name into its adjective.
_ENDINGS = (
    "landish",
    "ians",
    "eans",
    "ans",
    "ian",
    "ean",
    "ish",
    "ese",
    "ean",
    "an",
    "ic",
    "ia",
    "ya",
    "i",
    "n",
    "a",
    "e",
    "y",
)
_STEM = 4


def key(name: str) -> str:
    """Return what a name shares with its adjective: ``Vestria`` and ``Vestrian`` are one."""
    word = plain(name)
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _STEM:
            return word.removesuffix(ending).removesuffix("i") + ("land" if ending == "landish" else "")
    return word


def sides(event: Event) -> tuple[Actor, ...]:
    """Return the actors that act on one another, each once, no host or mediator."""
    found: dict[str, Actor] = {}
    for actor in event.actors:
        if actor.role in {Role.SOURCE, Role.TARGET} and not _is_somebody(actor, event):
            found.setdefault(label(actor), actor)
    return tuple(found.values())


def _is_somebody(actor: Actor, event: Event) -> bool:
    """Return whether a name is no party but one of a team, or where its talks are."""
    if actor.id is not None or actor.party is not None:
        return False
    people = {*event.members, event.person} if event.kind.startswith("delegation-") else set()
    return actor.name in people or actor.name == event.venue


def acting(event: Event, outlet: str = "") -> set[str]:
    """Return what the sides of an event are known by, groups included.

    Args:
        event: The event.
        outlet: Who tells it; its own name in a dateline is no actor.
    """
    own = outlet.casefold()
    found = {label(actor) for actor in sides(event) if actor.id is not None or actor.name.casefold() not in own}
    return found | {group for group, members in GROUPS.items() if members <= found}


def label(actor: Actor) -> str:
    """Return what an actor is known by: its id, or the key of its name."""
    if actor.id is None and actor.party is not None:
        return actor.party if actor.party.islower() else key(actor.party)
    return actor.id or key(actor.name)


def labels(story: Story) -> frozenset[str]:
    """Return what a story's parties are known by; a name counts like its adjective."""
    return frozenset(party if party.islower() else key(party) for party in story.parties)


def opens(event: Event, outlet: str = "") -> bool:
    """Return whether an event may open a story: two sides, a firm word, a kind of weight."""
    kind = CATALOGUE.get(event.kind)
    if kind is None or event.confidence < SURE or not kind.name.startswith(OPENING):
        return False
    if kind.weight < WEIGHT and not kind.name.startswith(NEGOTIATING):
        return False
    if event.modality not in {Modality.ASSERTED, Modality.PLANNED}:
        return False
    found = acting(event, outlet)
    return len(found) > 1 or (len(found) == 1 and bool(event.venue) and kind.weight >= WEIGHT)


def open_story(article: Article, event: Event, names: dict[str, str], taken: Collection[str]) -> Story:
    """Return a new story with a readable slug.

    Args:
        article: Where it was first read.
        event: The event that opens it.
        names: Full names of known actors by id.
        taken: Slugs that are in use.
    """
    parties = sides(event)[:2]
    who = [names.get(actor.id or "", actor.name) for actor in parties]
    matter = next((word for word in MATTERS if re.search(rf"\b{word}\b", article.title, re.IGNORECASE)), "")
    topic = next((topic for start, topic in TOPICS.items() if event.kind.startswith(start)), "talks")
    about = f"{matter}-{topic}" if matter and matter not in topic else topic
    where = [event.venue] if event.venue and len(who) < 2 else []  # noqa: PLR2004 - a pair needs no place
    slug = _free("-".join(_slug(part) for part in (*who, *where, about) if _slug(part)), taken)
    return Story(
        # A private feed's story never takes the name of one that everybody sees.
        id=slug if article.workspace is None else f"{slug}@{article.workspace}",
        slug=slug,
        title=f"{'–'.join((*who, *where))} {about.replace('-', ' ')}",
        parties=tuple(actor.id or actor.name for actor in parties),
        mediators=tuple(actor.id or actor.name for actor in event.actors if actor.role is Role.MEDIATOR),
        hosts=tuple(actor.id or actor.name for actor in event.actors if actor.role is Role.HOST),
        places=(event.venue,) if event.venue else (),
        since=article.published.date(),
        workspace=article.workspace,
    )


def by_its_party(event: Event, story: Story, text: str) -> Event:
    """Return a team or a coming of nobody's as that of the only party of a discovered story that its article names."""
    if event.actors or story.defined or not event.kind.startswith(("attendance-", "delegation-")):
        return event
    named = [party for party in story.parties if key(party) in text.casefold()]
    if len(named) != 1 or named[0].islower():
        return event
    return replace(event, actors=(Actor(id=None, name=named[0], role=Role.SOURCE),))


def _free(slug: str, taken: Collection[str]) -> str:
    number = 2
    free = slug or "story"
    while free in taken:
        free = f"{slug}-{number}"
        number += 1
    return free


def _slug(text: str) -> str:
    words: Sequence[str] = re.findall(r"[a-z0-9]+", plain(text.removeprefix("the ").removeprefix("The ")))
    return "-".join(words[:4])


def plain(text: str) -> str:
    """Return a text in small letters without accents."""
    spread = unicodedata.normalize("NFKD", text.casefold().replace("ı", "i").replace("ø", "o").replace("ł", "l"))
    return "".join(letter for letter in spread if not unicodedata.combining(letter))
