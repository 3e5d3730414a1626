"""The laws of a story's log, whatever it holds."""

from collections.abc import Sequence
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as some

from bot.domain.event import Event, Modality
from bot.domain.story import Cause, LogEntry
from bot.kinds import TABLE
from bot.track.diff import diff
from bot.track.fold import Book, fold
from bot.track.log import retraction
from tests.builders import after, event, logged

PARTIES = ("Vestria", "Korland")


@some.composite
def events(draw: some.DrawFn) -> Event:
    kind = draw(some.sampled_from(TABLE))
    return event(
        kind.name,
        draw(some.sampled_from(("", *PARTIES, "Turkey", "Vestria+Korland"))),
        draw(some.sampled_from(("", *PARTIES))),
        words="so it is said",
        stage=draw(some.sampled_from((None, *kind.stages))),
        modality=draw(some.sampled_from(Modality)),
        person=draw(some.sampled_from((None, "Ana Belic", "Petr Olm"))),
        when=draw(some.sampled_from((None, "2025-05-15", "2025-05-16T10:00+03:00", "2025-05-15/2025-05-18", "soon"))),
        said=draw(some.sampled_from((None, "2025-05-11", "2025-05-12T09:00+00:00"))),
        venue=draw(some.sampled_from((None, "Geneva", "Vienna"))),
        terms=draw(some.sampled_from(({}, {"days": 30}, {"days": 60, "unconditional": True}, {"round": 2}))),
        about=draw(some.sampled_from((None, "talks-scheduled", "delegation-named", "no-kind"))),
        attribution=draw(some.sampled_from((None, *PARTIES))),
    )


@some.composite
def lines(draw: some.DrawFn) -> LogEntry:
    feed = draw(some.sampled_from(("wire", "daily", "echo")))
    return logged(draw(events()), feed, hours=draw(some.integers(0, 120)))


logs = some.lists(lines(), max_size=12)


@given(log=logs, shuffled=some.randoms(use_true_random=False))
def test_any_order_of_arrival_gives_the_same_state(log: list[LogEntry], shuffled: object) -> None:
    other = list(log)
    shuffled.shuffle(other)  # type: ignore[attr-defined] # hypothesis gives a random.Random

    assert fold(other) == fold(log)
    assert list(fold(other).slots) == list(fold(log).slots)


@given(log=logs)
def test_twice_equals_once(log: list[LogEntry]) -> None:
    assert fold([*log, *log]) == fold(log)
    assert diff(fold(log), fold([*log, *log])) == ()


@given(log=logs, added=logs)
def test_retracting_what_was_added_gives_back_the_state_before(log: list[LogEntry], added: list[LogEntry]) -> None:
    known = {entry.id for entry in log}
    takes = [retraction(entry.id, after(200), "wrong") for entry in added if entry.id not in known]

    assert fold([*log, *added, *takes]) == fold(log)


@given(log=logs, added=logs)
def test_undoing_a_retraction_gives_back_what_it_took(log: list[LogEntry], added: list[LogEntry]) -> None:
    takes = [retraction(entry.id, after(200), "wrong", by="ann") for entry in added]
    undone = [retraction(take.id, after(201), "wrong", by="ann") for take in takes]

    assert fold([*log, *added, *takes, *undone]) == fold([*log, *added])


@given(log=logs, added=logs)
@settings(max_examples=60)
def test_the_open_book_tells_what_the_fold_tells(log: list[LogEntry], added: list[LogEntry]) -> None:
    book = Book(log)
    assert book.state() == fold(log)
    for entry in added:
        book.add([entry])
        book.state()
    takes = [retraction(entry.id, after(200), "edited") for entry in log]
    book.add(takes)

    assert book.state() == fold([*log, *added, *takes])


@given(log=logs, added=logs)
def test_every_change_stands_on_a_report_and_says_something(log: list[LogEntry], added: list[LogEntry]) -> None:
    before, now = fold(log), fold([*log, *added])
    for change in diff(before, now):
        assert change.reports
        assert change.cause in {Cause.SOURCE, Cause.CONFLICT} or change.before != change.after or change.slot


def swapped(text: str) -> str:
    one, other = PARTIES
    names = {one: other, other: one}
    return "/".join("+".join(sorted(names.get(name, name) for name in part.split("+"))) for part in text.split("/"))


def swap(what: Event) -> Event:
    names = dict(zip(PARTIES, reversed(PARTIES), strict=True))
    actors = tuple(replace(actor, name=names.get(actor.name, actor.name)) for actor in what.actors)
    return replace(what, actors=actors, attribution=names.get(what.attribution or "", what.attribution))


@given(told=some.lists(some.tuples(events(), some.integers(0, 30)), max_size=8))
def test_the_parties_swapped_give_the_swapped_state(told: Sequence[tuple[Event, int]]) -> None:
    # Each an hour of its own: between equals of one moment the content decides, and that is swapped.
    log = [logged(what, hours=place * 4) for place, (what, _) in enumerate(told)]
    mirror = [logged(swap(what), hours=place * 4) for place, (what, _) in enumerate(told)]

    state, other = fold(log), fold(mirror)

    assert {swapped(key) for key in state.slots} == set(other.slots)
    for key, slot in state.slots.items():
        twin = other.slots[swapped(key)]
        assert (twin.since, twin.modality, twin.kind, len(twin.reports)) == (
            slot.since,
            slot.modality,
            slot.kind,
            len(slot.reports),
        )
