"""An article in a few of its own words: the clauses that tell most in so much room."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.announce.cuts import Clause, clauses
from bot.announce.salience import Model, learned, salience

MOST = 4
#: All bullets of an article together.
WORDS = 60

_FEWEST_WORDS = 4
# What is less likely begins and ends no bullet, though there is room.
_LEAST = 0.03
# What a text is about stands in so many characters; whole books are fed at times.
_LEAD = 12_000
#: A bullet holds so many sentences of one paragraph at most.
_SENTENCES = 3
# A likely clause is worth more than two half as likely, and one of a few words less than a whole one.
_SHARP = 1.5
_WHOLE = 8


@dataclass(frozen=True, slots=True)
class _Run:
    """Clauses that follow each other, as one bullet."""

    first: int
    last: int
    words: int
    worth: float


def digest(title: str, text: str, words: int = WORDS, model: Model | None = None) -> tuple[str, ...]:
    """Return 1 to 4 bullets of an article alone, each a substring of its title or text.

    Args:
        title: The headline.
        text: The body, without the headline; may be empty.
        words: How many words the bullets may have together.
        model: What makes a clause worth telling; the shipped one if ``None``.
    """
    parts = clauses(text[:_LEAD])
    told = [
        text[parts[run.first].start : parts[run.last].end]
        for run in _best(parts, _runs(text, parts, salience(title, text, parts, model or learned()), words), words)
    ]
    return tuple(told) or (_first_words(text.strip() or title.strip(), words),)


def _best(parts: Sequence[Clause], runs: Sequence[Sequence[_Run]], words: int) -> tuple[_Run, ...]:
    """Return the runs that are worth most together within the room, in the order of the text.

    For each clause the best is kept of what can be told before it, by how many
    bullets and words that takes: a knapsack, solved exactly.
    """
    best: list[dict[tuple[int, int], tuple[float, tuple[_Run, ...]]]] = [{} for _ in range(len(parts) + 1)]
    best[0][0, 0] = (0.0, ())
    for place in range(len(parts)):
        for (count, spent), (worth, told) in best[place].items():
            _keep(best[place + 1], (count, spent), worth, told)
            for run in runs[place]:
                if count < MOST and spent + run.words <= words:
                    _keep(best[run.last + 1], (count + 1, spent + run.words), worth + run.worth, (*told, run))
    return max(best[-1].values(), key=lambda found: found[0])[1]


def _keep(
    known: dict[tuple[int, int], tuple[float, tuple[_Run, ...]]],
    state: tuple[int, int],
    worth: float,
    told: tuple[_Run, ...],
) -> None:
    if state not in known or worth > known[state][0]:
        known[state] = (worth, told)


def _runs(text: str, parts: Sequence[Clause], chances: Sequence[float], words: int) -> list[list[_Run]]:
    """Return for each clause the bullets that may begin with it."""
    worths = [
        chance**_SHARP * min(1.0, len(text[part.start : part.end].split()) / _WHOLE)
        for part, chance in zip(parts, chances, strict=True)
    ]
    # Where all fits there is nothing to choose.
    least = _LEAST if sum(len(text[part.start : part.end].split()) for part in parts) > words else 0.0
    found: list[list[_Run]] = [[] for _ in parts]
    head = 0
    for first, part in enumerate(parts):
        if part.paragraph != parts[head].paragraph:
            head = first
        if not part.begins or not _is_whole(text[parts[head].start : part.start]):
            continue
        for last in range(first, len(parts)):
            end = parts[last]
            if end.paragraph != part.paragraph or end.sentence - part.sentence >= _SENTENCES:
                break
            size = len(text[part.start : end.end].split())
            if size > words:
                break
            likely = min(chances[first], chances[last]) >= least
            if likely and end.ends and size >= _FEWEST_WORDS and _is_whole(text[part.start : end.end]):
                found[first].append(_Run(first, last, size, sum(worths[first : last + 1])))
    return found


def _is_whole(said: str) -> bool:
    """Return whether no quotation is torn apart."""
    return said.count("“") == said.count("”") and said.count('"') % 2 == 0


def _first_words(text: str, words: int) -> str:
    found = text.split()
    if len(found) <= words:
        return text
    end = 0
    for word in found[:words]:
        end = text.index(word, end) + len(word)
    return text[:end]
