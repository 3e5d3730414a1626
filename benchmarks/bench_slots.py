"""Prints how well each slot is filled where kind and sentence are known: ``python -m benchmarks.bench_slots``.

``bench_classify`` counts the slots of events that were found; here the label's
kind and words are given, so that every label counts and errors of recognition do
not hide those of reading. ``--errors SLOT`` prints what rules get wrong in the part to
learn from; of held-out texts nothing but figures is ever printed.
"""

import argparse
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from benchmarks.corpus import Labelled, division, read
from benchmarks.train_slots import taught
from bot import seeds
from bot.classify import Classifier
from bot.classify.choices import Ruled
from bot.domain.event import Event

SLOTS = ("stage", "modality", "person", "role", "members", "venue", "when", "terms", "attribution", "source", "actors")
#: Slots whose label is read as a set of names.
SETS = frozenset({"members", "source", "actors", "terms"})
#: A date is right if its day is.
DAY = 10


class Pair(NamedTuple):
    """A labelled event and what was read of its sentence."""

    text: Labelled
    true: dict[str, Any]
    told: Event


def main() -> None:
    """Print the figures of both parts, or the errors of one slot."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--errors", choices=SLOTS)
    wanted = parser.parse_args().errors
    learn, held = division(read())
    gazetteer = seeds.gazetteer(seeds.packaged())
    # The weights of kinds say nothing of slots, so those of the package do.
    ruled = Classifier(gazetteer, chooser=Ruled())
    if wanted:
        _errors(list(pairs(ruled, learn)), wanted)
        return
    weighed = Classifier(gazetteer, chooser=taught(learn, gazetteer))
    for name, classifier, texts in (
        ("to learn from, rules alone", ruled, learn),
        ("held out, rules alone", ruled, held),
        ("held out", weighed, held),
    ):
        found = list(pairs(classifier, texts))
        print(f"\n{name}: {len(found)} events with slots")
        for slot in SLOTS:
            _figures(found, slot)


def pairs(classifier: Classifier, texts: Sequence[Labelled]) -> Iterator[Pair]:
    """Yield each labelled event beside what is read when its kind and words are given."""
    for text in texts:
        wanted = [event for event in text.events if "words" in event and event["words"] in text.text]
        places = [(event["kind"], text.text.index(event["words"]), len(event["words"])) for event in wanted]
        if not wanted:
            continue
        told = classifier.filled(text.text, places, published=text.published)
        yield from (
            Pair(text, true, beside(true, events, text.text))
            for true, events in zip(wanted, told, strict=True)
            if events
        )


def beside(true: dict[str, Any], events: Sequence[Event], text: str) -> Event:
    """Return which of a sentence's events of one kind is the labelled one: that of the same person, else the first."""
    same = (event for event in events if is_same_person(event.person, true.get("person"), text))
    return next(same, events[0])


def is_same_person(told: str | None, true: str | None, text: str) -> bool:
    """Tell whether two names are one person's; a surname alone is right where the text tells no more."""
    if told is None or true is None:
        return told is true
    bare, full = _bare(told), _bare(true)
    return bare == full or (full.endswith(f" {bare}") and full not in _bare(text))


def _bare(name: str) -> str:
    """Return a name without accents and hyphens."""
    letters = unicodedata.normalize("NFD", name).casefold().replace("-", " ")
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def is_right(slot: str, true: dict[str, Any], event: Event, text: str) -> bool:
    """Tell whether a slot holds all that the label has, and nothing where it has nothing."""
    if slot == "person":
        return is_same_person(event.person, true.get("person"), text)
    return values(true, slot) == values(event, slot)


def values(event: dict[str, Any] | Event, slot: str) -> frozenset[str]:
    """Return what a slot holds as a set, empty if it is unknown."""
    value = event.get if isinstance(event, dict) else lambda name, _=None: getattr(event, name)
    if slot in {"source", "actors"}:
        rows = value("actors", ()) or ()
        named = [(row["name"], row["role"]) if isinstance(row, dict) else (row.name, str(row.role)) for row in rows]
        return frozenset(name for name, role in named if slot == "actors" or role == "source")
    found = value(slot, None)
    if not found:
        return frozenset()
    if slot == "terms":
        return frozenset(f"{name}={amount}" for name, amount in found.items())
    if slot in SETS:
        return frozenset(found)
    return frozenset({str(found)[:DAY] if slot == "when" else str(found)})


def _figures(found: Sequence[Pair], slot: str) -> None:
    counts: Counter[str] = Counter()
    for pair in found:
        true, told = values(pair.true, slot), values(pair.told, slot)
        counts["right"] += _right(slot, pair)
        counts["told"] += len(told)
        counts["true"] += len(true)
        counts["all"] += is_right(slot, pair.true, pair.told, pair.text.text)
    precision = counts["right"] / max(counts["told"], 1)
    recall = counts["right"] / max(counts["true"], 1)
    print(
        f"  {slot:12} P {precision:.3f} of {counts['told']:4}   R {recall:.3f} of {counts['true']:4}"
        f"   right or rightly empty {counts['all'] / max(len(found), 1):.3f}"
    )


def _right(slot: str, pair: Pair) -> int:
    true, told = values(pair.true, slot), values(pair.told, slot)
    if slot == "person":
        return int(bool(true) and is_right(slot, pair.true, pair.told, pair.text.text))
    if slot != "attribution":
        return len(true & told)
    # "Biden" and "Joe Biden", "the ministry" and "India's defence ministry" are one voice.
    last = {value.split()[-1].casefold() for value in true}
    return sum(value.split()[-1].casefold() in last for value in told)


def _errors(found: Sequence[Pair], slot: str) -> None:
    for pair in found:
        true, told = values(pair.true, slot), values(pair.told, slot)
        if _right(slot, pair) != max(len(true), len(told)):
            stage = f"/{pair.true['stage']}" if "stage" in pair.true else ""
            print(f"{sorted(told)} for {sorted(true)}  {pair.true['kind']}{stage}  [{pair.text.published}]")
            print(f"    {pair.told.evidence.words}\n    > {pair.true['words']}")


if __name__ == "__main__":
    main()
