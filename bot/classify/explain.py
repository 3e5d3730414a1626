"""Why a sentence tells an event or none: tags, frames, features, and the judge's reckoning."""

from collections.abc import Iterator, Sequence

import numpy as np

from bot.classify.analysis import Passage
from bot.classify.judge import KINDS
from bot.classify.linear import Matrix
from bot.classify.tongues import Verdicts

#: So many kinds and features are shown for each sentence.
SHOWN = 3
FEATURES = 8


def explain(text: str, judged: Sequence[tuple[Passage, Matrix]], verdicts: Verdicts) -> str:
    """Return lines for people: each sentence with what was seen in it and how it was weighed."""
    if not judged:
        return "no sentence holds a word of diplomacy"
    lines: list[str] = []
    for passage, chances in judged:
        span = passage.reading.span
        lines += ["", f"[{span.start}:{span.end}] {text[span.start : span.end]}"]
        lines += [f"  {line}" for line in _tags(passage)]
        lines += [f"  {line}" for line in _kinds(passage, chances, verdicts)]
    return "\n".join(lines[1:])


def _tags(passage: Passage) -> Iterator[str]:
    reading = passage.reading
    for mention in reading.mentions:
        acting = f" for {mention.party_name}" if mention.party_name else ""
        yield f"{mention.sort}: {mention.name}{acting}"
    for name, hits in (("act", reading.acts), ("thing", reading.things)):
        told = [f"{hit.name} ({' '.join(reading.norms[hit.start : hit.end])}, {hit.form})" for hit in hits]
        if told:
            yield f"{name}: {', '.join(told)}"
    if reading.marks:
        yield f"marks: {', '.join(sorted(reading.marks))}"
    for found in passage.frames:
        if found.is_sure:
            thing = f" of {found.thing.name}" if found.thing else ""
            yield f"frame: {found.act.name}{thing} means {found.kind}"


def _kinds(passage: Passage, chances: Matrix, verdicts: Verdicts) -> Iterator[str]:
    linear = verdicts.linear
    for row in np.argsort(-chances)[:SHOWN]:
        bar = float(verdicts.threshold[row])
        verdict = "told" if chances[row] >= bar else f"not told, below {bar:.2f}"
        yield f"{KINDS[row]}: {chances[row]:.2f}, {verdict}"
        if linear is None:
            continue
        weights = sorted(
            ((linear.weight(name, row), name) for name in passage.features if name in linear.vocabulary),
            key=lambda pair: -abs(pair[0]),
        )
        yield "    " + ", ".join(f"{name} {weight:+.1f}" for weight, name in weights[:FEATURES])
