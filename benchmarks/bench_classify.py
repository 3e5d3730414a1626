"""Prints how well the classifier reads our held-out texts, beside a keyword list and a plain LinearSVC.

Run as ``python -m benchmarks.bench_classify``.
"""

import time
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.multiclass import OneVsRestClassifier
from sklearn.preprocessing import MultiLabelBinarizer
from sklearn.svm import LinearSVC

from benchmarks.bench_slots import beside, is_right, values
from benchmarks.corpus import Labelled, division, read
from benchmarks.train_classifier import train
from benchmarks.train_slots import taught
from bot import seeds
from bot.classify import Classifier
from bot.domain.event import Event
from bot.kinds import TABLE

#: The bare list that a simple bot would use.
KEYWORDS = {
    "delegation-named": ("to lead", "chief negotiator"),
    "delegation-changed": ("replaces", "replaced"),
    "attendance-confirmed": ("will attend", "arrived"),
    "attendance-declined": ("will not attend", "skip", "walked out"),
    "talks-proposed": ("ready for talks", "proposed"),
    "talks-scheduled": ("will meet", "will resume"),
    "talks-held": ("talks", "negotiations"),
    "talks-postponed": ("postponed", "collapsed", "called off"),
    "talks-rejected": ("rules out talks", "refused to negotiate"),
    "mediation": ("mediat", "envoy"),
    "meeting": ("met with", "visit"),
    "ceasefire-called": ("called for a ceasefire",),
    "ceasefire-agreed": ("ceasefire", "truce"),
    "ceasefire-rejected": ("rejects ceasefire", "rejected the truce"),
    "ceasefire-violated": ("violat", "breach"),
    "agreement-reached": ("signed", "agreement", "deal"),
    "agreement-broken": ("withdraws from", "pulled out of"),
    "demand": ("demand",),
    "threat": ("threat", "warned"),
    "rejection": ("reject",),
    "concession": ("concession",),
    "accusation": ("accus", "condemn"),
    "pledge": ("pledge", "promise"),
    "sanctions-imposed": ("sanctions on", "imposed sanctions"),
    "sanctions-lifted": ("lifted sanctions", "eased sanctions"),
    "relations-downgraded": ("expel", "recalled"),
    "relations-restored": ("embassy", "recognis"),
    "prisoner-exchange": ("prisoner", "hostage"),
    "humanitarian-access": ("corridor", "aid convoy"),
    "un-vote": ("security council", "resolution"),
}
KINDS = tuple(kind.name for kind in TABLE)
BINS = (0.6, 0.7, 0.8, 0.9, 1.01)
SLOTS = ("stage", "modality", "person", "role", "venue", "when")

Said = Sequence[set[str]]


def main() -> None:
    """Print every table."""
    learn, held = division(read())
    gazetteer = seeds.gazetteer(seeds.packaged())
    # The package's weights know the whole corpus; what is measured here has not seen the held-out part.
    classifier = Classifier(gazetteer, train(learn, gazetteer), taught(learn, gazetteer))
    told, seconds = _timed(lambda text: classifier.events(text.text, published=text.published), held)
    ours = [{event.kind for event in events} for events in told]
    listed, listed_seconds = _timed(_keywords, held)
    vectors, vectors_seconds = _vectors(learn, held)
    print(f"{len(learn)} texts to learn from, {len(held)} held out\n")
    _by_kind(held, ours)
    for name, said, spent in (
        ("ours", ours, seconds),
        ("keywords", listed, listed_seconds),
        ("TF-IDF + LinearSVC", vectors, vectors_seconds),
    ):
        _whole(name, held, said, spent)
    _slots(held, told)
    _calibration(held, told)


def _timed(read_one: Callable[[Labelled], Any], texts: Sequence[Labelled]) -> tuple[list[Any], float]:
    start = time.perf_counter()
    said = [read_one(text) for text in texts]
    return said, time.perf_counter() - start


def _keywords(text: Labelled) -> set[str]:
    lowered = text.text.lower()
    return {kind for kind, phrases in KEYWORDS.items() if any(phrase in lowered for phrase in phrases)}


def _vectors(learn: Sequence[Labelled], held: Sequence[Labelled]) -> tuple[Said, float]:
    names = MultiLabelBinarizer(classes=list(KINDS))
    words = TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True)
    model = OneVsRestClassifier(LinearSVC())
    model.fit(words.fit_transform([text.text for text in learn]), names.fit_transform([text.kinds for text in learn]))
    start = time.perf_counter()
    told = names.inverse_transform(model.predict(words.transform([text.text for text in held])))
    return [set(kinds) for kinds in told], time.perf_counter() - start


def _figures(right: int, said: int, true: int) -> str:
    precision, recall = right / max(said, 1), right / max(true, 1)
    return f"P {precision:.3f}  R {recall:.3f}  F1 {2 * precision * recall / max(precision + recall, 1e-9):.3f}"


def _by_kind(held: Sequence[Labelled], ours: Said) -> None:
    for kind in KINDS:
        true = sum(kind in text.kinds for text in held)
        said = sum(kind in kinds for kinds in ours)
        right = sum(kind in kinds and kind in text.kinds for text, kinds in zip(held, ours, strict=True))
        print(f"{kind:22} {_figures(right, said, true)}  of {true}")


def _whole(name: str, held: Sequence[Labelled], said: Said, seconds: float) -> None:
    right = sum(len(kinds & text.kinds) for text, kinds in zip(held, said, strict=True))
    kinds_line = _figures(right, sum(map(len, said)), sum(len(text.kinds) for text in held))
    found = sum(bool(kinds) and bool(text.kinds) for text, kinds in zip(held, said, strict=True))
    detection = _figures(found, sum(map(bool, said)), sum(bool(text.kinds) for text in held))
    silent = [kinds for text, kinds in zip(held, said, strict=True) if not text.kinds]
    fired = sum(map(bool, silent)) / max(len(silent), 1)
    print(
        f"\n{name}: kinds {kinds_line}\n  detection {detection}\n  fired on {fired:.3f} of {len(silent)} without event"
    )
    print(f"  {len(held) / seconds:.0f} texts a second")


def _slots(held: Sequence[Labelled], told: Sequence[tuple[Event, ...]]) -> None:
    right: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    every: Counter[str] = Counter()
    count = 0
    for text, events in zip(held, told, strict=True):
        for true in text.events:
            found = _told_of(true, events, text.text)
            if not found or "words" not in true:
                continue
            event = beside(true, found, text.text)
            count += 1
            for slot in (*SLOTS, "source"):
                is_one = slot == "source" and bool(values(true, slot) & values(event, slot))
                is_fit = is_one or is_right(slot, true, event, text.text)
                every[slot] += is_fit
                asked[slot] += bool(values(true, slot))
                right[slot] += is_fit and bool(values(true, slot))
    print(f"\nslots of {count} events found: right where the label has them; right or rightly empty")
    for slot in (*SLOTS, "source"):
        print(f"  {slot:9} {right[slot] / max(asked[slot], 1):.3f} of {asked[slot]:4}   {every[slot] / count:.3f}")


def _told_of(true: dict[str, Any], events: Sequence[Event], text: str) -> list[Event]:
    """Return the events of a label's kind, those told on its own words if there are such."""
    same = [event for event in events if event.kind == true["kind"]]
    start = text.find(true["words"]) if "words" in true else -1
    end = start + len(true.get("words", ""))
    return [event for event in same if event.evidence.start < end and start < event.evidence.end] or same


def _calibration(held: Sequence[Labelled], told: Sequence[tuple[Event, ...]]) -> None:
    print("\nconfidence against the share that is right:")
    judged = [
        (event.confidence, event.kind in text.kinds)
        for text, events in zip(held, told, strict=True)
        for event in events
    ]
    for low, high in pairwise(BINS):
        hits = [is_right for confidence, is_right in judged if low <= confidence < high]
        print(f"  {low:.1f} to {min(high, 1):.1f}: {sum(hits) / max(len(hits), 1):.3f} of {len(hits)}")


if __name__ == "__main__":
    main()
