"""How sure a reader must have been of an event, by its kind and its place in the article."""

import re
from datetime import timedelta

from bot.domain.event import Event, Modality, Role
from bot.domain.feed import Article
from bot.kinds import CATALOGUE
from bot.track.candidate import TURNS
from bot.track.times import days

QUESTION = re.compile(r"[^.!?]+\?")
YEAR = re.compile(r"\b(?:19|20)\d\d\b")

# The title and the first sentences tell the news; below stands what led to it.
# So many characters after the title, and how sure the reader must be in each.
LEAD = 600
SURE_IN_TITLE = 0.7
SURE_IN_LEAD = 0.75
SURE_BELOW = 0.85
#: Words among many, and comings of nobody in particular, ask for more.
SURE_OF_WORDS = 0.8
SURE_OF_NOBODY = 0.85
SURE_OF_A_HEAD = 0.76
SURE_OF_TURNS = 0.85
SURE_OF_SOMEBODYS_TURN = 0.8
SURE_OF_NOBODYS_TURN = 0.93
#: What stands beside a year gone by is background, unless the reader is all but certain.
SURE_OF_THE_PAST = 0.93
#: What was done so long before it is told is what led to the news.
BACK = timedelta(days=4)
DONE = (
    "agreement-", "ceasefire-agreed", "ceasefire-violated", "talks-held", "meeting", "prisoner-", "relations-",
    "sanctions-", "un-vote", "delegation-",
)  # fmt: skip
#: Below a title that asks stands what is known, unless the reader is all the surer.
SURE_OF_A_QUESTION = 0.93
LIGHT = 2
HEAVY = 5
PAIR = 2

TEAMS = frozenset({"delegation-named", "delegation-changed"})
COMINGS = TEAMS | {"attendance-confirmed"}


def is_sure(article: Article, event: Event) -> bool:
    """Return whether the reader was as sure as the place of the words asks."""
    kind = CATALOGUE.get(event.kind)
    light = kind is None or kind.weight <= LIGHT
    below = event.evidence.start > len(article.title) + LEAD
    in_title = event.evidence.start < len(article.title)
    if not in_title and event.kind == "prisoner-exchange" and len(_sides(event)) < PAIR and not event.terms:
        return False  # who once exchanged prisoners, and how many, is somebody's past
    needed = SURE_IN_TITLE if in_title else SURE_BELOW if below else SURE_IN_LEAD
    if event.kind in COMINGS and event.person is None and not event.members:
        needed = SURE_OF_NOBODY
    if kind is not None and kind.weight >= HEAVY and not in_title:
        needed = max(needed, SURE_OF_SOMEBODYS_TURN if event.person else SURE_OF_TURNS)
    if event.kind in TURNS and not in_title and event.person is None and event.attribution is None:
        needed = max(needed, SURE_OF_NOBODYS_TURN)
    if event.kind in TEAMS and not in_title:
        needed = max(needed, SURE_OF_A_HEAD if _is_whole(event) else SURE_OF_NOBODY)
    if QUESTION.fullmatch(article.title.strip()):
        needed = max(needed, SURE_OF_A_QUESTION)
    if _looks_back(article.title, article) or _looks_back(event.evidence.words, article):
        needed = SURE_OF_THE_PAST
    return event.confidence >= max(needed, SURE_OF_WORDS if light else 0)


def _is_whole(event: Event) -> bool:
    """Return whether a team is told with its head and whose it is."""
    parties = {actor.name for actor in event.actors if actor.role is Role.SOURCE} - {event.person}
    return event.person is not None and bool(parties)


def is_past(article: Article, event: Event) -> bool:
    """Return whether an act is told as done on a day that has long gone by: background, however sure its reader."""
    span = days(event.when)
    if event.kind == "talks-postponed" and span is not None and span[1] < article.published.date():
        return True  # they were to be held before today: that they were not is known by now
    done = event.modality is Modality.ASSERTED and event.kind.startswith(DONE)
    return done and span is not None and span[1] < article.published.date() - BACK


def _looks_back(words: str, article: Article) -> bool:
    """Return whether words name years, all of them gone by."""
    years = [int(year) for year in YEAR.findall(words)]
    return bool(years) and max(years) < article.published.year


def _sides(event: Event) -> set[str]:
    return {actor.id or actor.name for actor in event.actors if actor.role in {Role.SOURCE, Role.TARGET}}
