"""The catalogue's frames found in a sentence: which act is done to which thing, in which order."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from bot.classify.chunks import Hit, Reading
from bot.classify.lexicon import Form, Order
from bot.kinds import TABLE

#: Forms that end a clause where verbs do.
_FINAL = frozenset({Form.BASE, Form.PARTICIPLE, Form.THIRD, Form.PAST, Form.PHRASE})
#: A preposition stands at most so far before its noun.
TOPIC_REACH = 3
_PASSIVE = frozenset({Form.PARTICIPLE, Form.PHRASE})
#: Acts that need no one who does them: "the talks collapsed".
_INTRANSITIVE = frozenset(
    {
        "collapse",
        "resume",
        "begin",
        "end",
        "continue",
        "take-effect",
        "lapse",
        "schedule",
        "postpone",
        "pause",
        "hold",
    }
)


class Found(NamedTuple):
    """A frame that fits."""

    kind: str
    stage: str | None
    #: Tied by grammar, not just standing near.
    is_sure: bool
    act: Hit
    thing: Hit | None


Index = Mapping[tuple[str, str | None], Sequence[tuple[str, str | None]]]


def index() -> Index:
    """Return the catalogue's frames by predicate and object class."""
    table: dict[tuple[str, str | None], list[tuple[str, str | None]]] = {}
    for kind in TABLE:
        for frame in kind.means:
            table.setdefault((frame.does, frame.to), []).append((kind.name, frame.stage))
    return table


def match(reading: Reading, table: Index, order: Order) -> Iterator[Found]:
    """Yield the frames that fit a sentence, in order of their acts."""
    for act in reading.acts:
        for kind, stage in table.get((act.name, None), ()):
            yield Found(kind, stage, is_sure=False, act=act, thing=None)
        for thing in reading.things:
            means = table.get((act.name, thing.name))
            if means is None:
                continue
            tie = _tie(reading, act, thing, order)
            if tie is None:
                continue
            for kind, stage in means:
                yield Found(kind, stage, tie, act, thing)


def _tie(reading: Reading, act: Hit, thing: Hit, order: Order) -> bool | None:
    """Tell whether act and thing belong together for sure, perhaps, or (``None``) not."""
    is_after = thing.start >= act.end
    gap = thing.start - act.end if is_after else act.start - thing.end
    if not 0 <= gap <= order.far:
        return None
    between = reading.norms[act.end : thing.start] if is_after else reading.norms[thing.end : act.start]
    if not order.breaks.isdisjoint(between) and not (is_after and act.name in order.reaching):
        return False
    if gap > order.near or _is_topic(reading, thing, order):
        return False
    if act.form is Form.NOUN:
        return gap <= (order.noun if is_after else 0)
    if is_after:
        return _governs(reading, act, thing)
    return _follows(act) or (order.is_verb_final and act.form in _FINAL and _governs(reading, thing, act))


def _is_topic(reading: Reading, thing: Hit, order: Order) -> bool:
    """Tell whether a thing is only talked about: "talks on a truce"."""
    before = reading.norms[max(0, thing.start - TOPIC_REACH) : thing.start]
    return bool(order.topics) and not order.topics.isdisjoint(before)


def _governs(reading: Reading, first: Hit, second: Hit) -> bool:
    return not any(first.end <= other.start < second.start and other.form is not Form.NOUN for other in reading.acts)


def _follows(act: Hit) -> bool:
    return act.form in _PASSIVE or act.name in _INTRANSITIVE
