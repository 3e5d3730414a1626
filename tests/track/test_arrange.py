"""The laws of arranging: what people merge, move and split is found again, whole, when it is undone."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as some

from bot.domain.story import Action, LogEntry, Story, StoryState
from bot.track.arrange import Arrangement, arrange
from bot.track.fold import fold
from bot.track.log import UNDONE, correction
from tests.builders import after, event, logged

STORIES = ("border", "fish", "dam")
KINDS = ("talks-scheduled", "talks-postponed", "demand", "ceasefire-called")
Logs = Mapping[str, Sequence[LogEntry]]

LOGS: Logs = {
    story: [
        logged(
            event(kind, "Vestria", "Korland", words=f"{story} {kind}", when=f"2025-05-{15 + number}"),
            f"{story}-wire",
            hours=number * 20,
        )
        for number, kind in enumerate(KINDS)
    ]
    for story in STORIES
}


@some.composite
def corrections(draw: some.DrawFn) -> list[tuple[str, LogEntry]]:
    """Return what people did, each in the log that it concerns, with some of it undone."""
    done: list[tuple[str, LogEntry]] = []
    for number in range(draw(some.integers(1, 6))):
        story, into = draw(some.permutations(STORIES))[:2]
        line = LogEntry(
            id="",
            at=after(100) + timedelta(minutes=number),
            action=draw(some.sampled_from((Action.MERGE, Action.MOVE, Action.RENAME, Action.RETRACT))),
            by="ana",
            workspace=draw(some.sampled_from((None, "desk", "other"))),
        )
        some_lines = draw(some.lists(some.sampled_from([entry.id for entry in LOGS[story]]), min_size=1, unique=True))
        match line.action:
            case Action.MERGE:
                line = replace(line, into=into)
            case Action.MOVE:
                line = replace(line, into=draw(some.sampled_from((into, None))), targets=tuple(some_lines))
            case Action.RENAME:
                line = replace(line, slug=f"{story}-{number}")
            case _:
                aimed = draw(some.sampled_from([*some_lines, *(entry.id for place, entry in done if place == story)]))
                line = replace(line, targets=(aimed,), reason="wrong")
        done.append((story, correction(line)))
    return done


def written(done: Sequence[tuple[str, LogEntry]], workspace: str | None) -> Logs:
    """Return the logs as a workspace reads them."""
    seen = [(story, entry) for story, entry in done if entry.workspace in {None, workspace}]
    return {story: [*LOGS[story], *(entry for place, entry in seen if place == story)] for story in STORIES}


def states(done: Sequence[tuple[str, LogEntry]], workspace: str | None) -> dict[str, StoryState]:
    """Return where every story stands that is told by itself."""
    arrangement, logs = arrange(done, workspace), written(done, workspace)
    return {
        story: fold(arrangement.told(story, {other: logs[other] for other in arrangement.logs(story)}))
        for story in STORIES
        if arrangement.root(story) == story
    }


def tellings(arrangement: Arrangement, logs: Logs) -> list[str]:
    return sorted(
        entry.id
        for story in STORIES
        if arrangement.root(story) == story
        for entry in arrangement.told(story, {other: logs[other] for other in arrangement.logs(story)})
        if entry.report is not None
    )


@given(corrections(), some.sampled_from((None, "desk")))
@settings(max_examples=150, deadline=None)
def test_undoing_the_last_correction_gives_back_every_state(
    done: list[tuple[str, LogEntry]], workspace: str | None
) -> None:
    *before, (story, last) = done
    undo = LogEntry(
        id="",
        at=after(200),
        action=Action.RETRACT,
        targets=(last.id,),
        reason=UNDONE,
        by="ana",
        workspace=last.workspace,
    )
    undone = [*done, (story, correction(undo))]
    assert states(undone, workspace) == states(before, workspace)
    assert [arrange(undone, workspace).named(Story(id=one, slug=one, title=one)) for one in STORIES] == [
        arrange(before, workspace).named(Story(id=one, slug=one, title=one)) for one in STORIES
    ]


@given(corrections())
@settings(max_examples=150, deadline=None)
def test_every_report_is_told_at_most_once_and_none_is_lost_but_by_a_move_to_no_story(
    done: list[tuple[str, LogEntry]],
) -> None:
    arrangement = arrange(done, "desk")
    told = tellings(arrangement, written(done, "desk"))
    nowhere = {id_ for id_, into in arrangement.moved.items() if into is None}
    everything = {entry.id for log in LOGS.values() for entry in log}
    assert len(told) == len(set(told))
    assert set(told) == everything - nowhere


@given(corrections())
@settings(max_examples=100, deadline=None)
def test_what_another_workspace_does_changes_nothing_here(done: list[tuple[str, LogEntry]]) -> None:
    ours = [(story, entry) for story, entry in done if entry.workspace != "other"]
    assert states(done, "desk") == states(ours, "desk")


def test_two_stories_that_were_merged_into_each_other_are_told_in_the_one_that_was_named_first() -> None:
    first = correction(LogEntry(id="", at=after(1), action=Action.MERGE, into="fish", by="ana"))
    second = correction(LogEntry(id="", at=after(2), action=Action.MERGE, into="border", by="ben"))
    arrangement = arrange([("border", first), ("fish", second)], None)
    assert {arrangement.root(story) for story in ("border", "fish")} == {"fish"}
