"""Prints how well a language without weights is read, on the held-out half of its texts, beside a keyword list.

Run as ``python -m benchmarks.bench_language de``; ``--learn`` prints the other half and what is wrong there.
"""

import argparse
from collections.abc import Sequence

from benchmarks.corpus import FOLDER, Labelled, division, read
from bot import seeds
from bot.classify import Classifier
from bot.domain.event import Event

#: One conflict in so many is held out: small corpora need many texts to measure on.
SHARE = 2
#: The bare list that a simple bot would use, by language.
KEYWORDS = {
    "de": {
        "delegation-named": ("leitet die delegation", "führt die delegation", "chefunterhändler"),
        "delegation-changed": ("ersetzt", "löst"),
        "attendance-confirmed": ("nimmt teil", "eingetroffen", "reist nach"),
        "attendance-declined": ("nicht teil", "fern", "boykott"),
        "talks-proposed": ("schlägt gespräche", "bietet gespräche", "bereit zu gesprächen"),
        "talks-scheduled": ("fortsetzen", "nächste runde"),
        "talks-held": ("gespräche", "verhandlungen"),
        "talks-postponed": ("verschoben", "abgesagt", "gescheitert"),
        "talks-rejected": ("lehnt gespräche ab", "nicht verhandeln"),
        "mediation": ("vermittl", "sondergesandt"),
        "meeting": ("traf", "besuch", "empfängt"),
        "ceasefire-called": ("fordert waffenruhe", "ruft zu"),
        "ceasefire-agreed": ("waffenruhe", "feuerpause", "waffenstillstand"),
        "ceasefire-rejected": ("lehnt waffenruhe",),
        "ceasefire-violated": ("gebrochen", "verletzt"),
    }
}
SLOTS = ("stage", "modality", "person", "venue", "when")


def main() -> None:
    """Print both readers' figures, and our slots."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("language", choices=sorted(KEYWORDS))
    parser.add_argument("--learn", action="store_true")
    asked = parser.parse_args()
    learn, held = division(read(FOLDER.parent / f"kinds-{asked.language}"), SHARE)
    texts = learn if asked.learn else held
    classifier = Classifier(seeds.gazetteer(seeds.packaged()))
    told = [classifier.events(text.text, published=text.published) for text in texts]
    silent = sum(not text.kinds for text in texts)
    unread = sum(classifier.language(text.text) != asked.language for text in texts)
    print(f"{len(learn)} texts to learn from, {len(held)} held out; of {len(texts)}, {silent} have no event")
    print(f"taken for another language: {unread}")
    ours = [{event.kind for event in events} for events in told]
    for kind in sorted({kind for text in texts for kind in text.kinds}):
        print(f"  {kind:22} {figures([text.kinds & {kind} for text in texts], [row & {kind} for row in ours])}")
    show("ours", texts, ours)
    show("keywords", texts, [keywords(text.text, asked.language) for text in texts])
    slots(texts, told)
    if asked.learn:
        for text, kinds in zip(texts, ours, strict=True):
            if kinds != text.kinds:
                print(f"{text.id}: {sorted(text.kinds)}, told {sorted(kinds)}: {text.text}")


def keywords(text: str, language: str) -> set[str]:
    """Return the kinds whose keywords a text holds."""
    folded = text.casefold()
    return {kind for kind, phrases in KEYWORDS[language].items() if any(phrase in folded for phrase in phrases)}


def figures(true: Sequence[set[str]], said: Sequence[set[str]]) -> str:
    """Return precision, recall and F1 over all kinds of all texts."""
    right = sum(len(one & other) for one, other in zip(true, said, strict=True))
    precision, recall = right / max(sum(map(len, said)), 1), right / max(sum(map(len, true)), 1)
    harmonic = 2 * precision * recall / max(precision + recall, 1e-9)
    return f"P {precision:.3f}  R {recall:.3f}  F1 {harmonic:.3f}  of {sum(map(len, true))}"


def show(name: str, texts: Sequence[Labelled], said: Sequence[set[str]]) -> None:
    """Print one reader's figures."""
    silent = [kinds for text, kinds in zip(texts, said, strict=True) if not text.kinds]
    fired = f"fired on {sum(map(bool, silent))} of {len(silent)} without event"
    print(f"{name}: kinds {figures([text.kinds for text in texts], said)}; {fired}")


def slots(texts: Sequence[Labelled], told: Sequence[Sequence[Event]]) -> None:
    """Print how often the slots of events found are right where the label has them."""
    for slot in SLOTS:
        right = asked = 0
        for text, events in zip(texts, told, strict=True):
            for true in text.events:
                event = next((event for event in events if event.kind == true["kind"]), None)
                if event is not None and slot in true:
                    asked += 1
                    right += str(getattr(event, slot) or "") == str(true[slot])
        print(f"  {slot:9} {right / max(asked, 1):.3f} of {asked}")


if __name__ == "__main__":
    main()
