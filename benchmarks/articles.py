"""Our own articles with the facts that a desk must know of each."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import starmap
from pathlib import Path

from bot.demo import recording
from bot.feeds.article import make_article
from bot.services.replay import read_entry
from bot.track.words import body

WEEK = "of the demo week"
DATA = Path(__file__).parent / "data"
_FACT = re.compile(r"\{(?:(\d):)?([^{}]+)\}")


@dataclass(frozen=True, slots=True)
class Marked:
    """An article, and for each of its facts the words that tell it, any of which will do."""

    id: str
    #: Which of our sets it is of.
    group: str
    title: str
    text: str
    facts: tuple[tuple[str, ...], ...]


def read() -> list[Marked]:
    """Return the articles written for this, those of the demo week, then longer ones of many outlets and plainer ones.

    Raises:
        ValueError: If words of a fact are not in their article.
    """
    found = [
        *_written("short", "articles.txt"),
        *_of_the_week(),
        *_written("longer, of many outlets", "articles_long.txt"),
        *_written("longer, of agencies", "articles_plain.txt"),
    ]
    for article in found:
        for words in (wording for fact in article.facts for wording in fact):
            if words not in article.title and words not in article.text:
                raise ValueError(f"article {article.id} does not say: {words}")
    return found


def _written(group: str, file: str) -> Iterator[Marked]:
    for block in _blocks(file):
        number, title, text = block.split("\n", 2)
        facts: defaultdict[str, list[str]] = defaultdict(list)
        for place, (shared, words) in enumerate(_FACT.findall(f"{title}\n{text}")):
            facts[shared or f"at {place}"].append(words)
        yield Marked(number, group, _bare(title), _bare(text).strip(), tuple(map(tuple, facts.values())))


def _of_the_week() -> Iterator[Marked]:
    entries = starmap(read_entry, enumerate(recording(), 1))
    week = {
        f"{article.ref.feed}/{article.ref.id}": article
        for article in (make_article(entry, 0) for entry in reversed(list(entries)))
    }
    for block in _blocks("week_facts.txt"):
        name, *lines = block.splitlines()
        facts = tuple(tuple(line.split(" | ")) for line in lines if line.strip())
        yield Marked(name, WEEK, week[name].title, body(week[name].title, week[name].text), facts)


def _blocks(name: str) -> list[str]:
    """Return what follows each line that begins with ``=``, that line's word first."""
    text = (DATA / name).read_text(encoding="utf-8")
    return [block.strip() for block in re.split(r"^= ", text, flags=re.MULTILINE)[1:]]


def _bare(text: str) -> str:
    return _FACT.sub(r"\2", text)
