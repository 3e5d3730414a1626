"""How many articles of 300 words the classifier reads a second on one core, one in eight diplomatic.

Run as ``python -m benchmarks.bench_speed``. The stream is made of our own texts: the diplomatic articles of
``benchmarks/data``, and the corpus' texts of other worlds joined to articles of one world each. The latter are written to
look like diplomacy, so a real day's sport is cheaper than this.
"""

import argparse
import json
import resource
import time
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path

from benchmarks.articles import read as read_articles
from benchmarks.corpus import FOLDER
from benchmarks.corpus import read as read_texts
from bot import seeds
from bot.classify.classifier import Classifier

WORDS = 300
#: One article in so many is diplomatic.
SHARE = 8
#: Corpus files of other worlds.
WORLDS = (
    "none-*.toml",
    "business.toml",
    "culture.toml",
    "domestic.toml",
    "labour.toml",
    "sport.toml",
    "world-noise.toml",
)


def main() -> None:
    """Print the load time, the memory taken and the articles a second."""
    options = argparse.ArgumentParser()
    options.add_argument("--articles", type=int, default=1600)
    options.add_argument("--others", type=Path, help="JSON lines with a text each, in place of our other worlds")
    chosen = options.parse_args()
    stream = list(islice(_stream(chosen.others), chosen.articles))
    before, start = _resident(), time.perf_counter()
    gazetteer = seeds.gazetteer(seeds.packaged())
    classifier = Classifier(gazetteer)
    classifier.events("Talks begin.")
    print(f"loaded in {time.perf_counter() - start:.2f} s")
    spent = {True: 0.0, False: 0.0}
    events = {True: 0, False: 0}
    for is_diplomatic, text in stream:
        start = time.process_time()
        events[is_diplomatic] += bool(classifier.events(text))
        spent[is_diplomatic] += time.process_time() - start
    print(f"{len(stream) / sum(spent.values()):.0f} articles of {WORDS} words a CPU second")
    for is_diplomatic, name in ((True, "diplomatic"), (False, "other")):
        count = sum(one == is_diplomatic for one, _ in stream)
        print(
            f"  {name}: {1000 * spent[is_diplomatic] / count:.2f} ms each, {events[is_diplomatic]} of {count} with events"
        )
    print(f"{_resident() - before:.0f} MB above what was imported")


def _stream(others: Path | None) -> Iterator[tuple[bool, str]]:
    diplomatic = cycle([_cut(f"{one.title}\n\n{one.text}") for one in read_articles()])
    if others:
        texts = [json.loads(line)["text"] for line in others.read_text("utf-8").splitlines()]
        noise = cycle(_joined(texts))
    else:
        files = [file for pattern in WORLDS for file in sorted(FOLDER.glob(pattern))]
        worlds = [[text.text for text in read_texts(file.parent, file.name) if not text.events] for file in files]
        noise = cycle([article for world in worlds for article in _joined(world)])
    while True:
        yield True, next(diplomatic)
        for _ in range(SHARE - 1):
            yield False, next(noise)


def _cut(text: str) -> str:
    """Return a text's first words, its lines kept."""
    count = 0
    for place, sign in enumerate(text):
        count += sign == " "
        if count == WORDS:
            return text[:place]
    return text


def _joined(texts: list[str]) -> list[str]:
    """Return texts joined to articles of about so many words."""
    articles, words = [""], 0
    for text in texts:
        if words >= WORDS:
            articles.append("")
            words = 0
        articles[-1] += f"{text} "
        words += len(text.split())
    return articles


def _resident() -> float:
    """Return the most memory taken so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
