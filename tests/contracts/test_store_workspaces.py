"""What a workspace has of its own is seen by it and by nobody else; what waits goes once."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.domain.alert import Alert, Card
from bot.domain.story import Action, LogEntry
from bot.ports import Held, Store

T = datetime(2025, 5, 14, 19, 41, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def line(id: str, workspace: str | None = None, by: str | None = None) -> LogEntry:  # noqa: A002 (the field's name)
    return LogEntry(id=id, at=T, action=Action.RETRACT, workspace=workspace, by=by)


def alert(id: str, workspace: str | None = None, at: datetime = T, **fields: Any) -> Alert:  # noqa: A002 (the field's name)
    return Alert(id=id, at=at, story="talks", kind="meeting", headline=id, workspace=workspace, **fields)


async def test_a_log_shows_each_workspace_the_commons_and_its_own(store: Store) -> None:
    lines = [line("all"), line("ours", "T1", "ana"), line("theirs", "T2", "ben")]
    async with store.write() as session:
        await session.stories.append("talks", lines)
        assert [entry.id for entry in await session.stories.log("talks")] == ["all"]
        assert [entry.id for entry in await session.stories.log("talks", "T1")] == ["all", "ours"]
        assert await session.stories.whole_log("talks") == lines
        assert await session.stories.corrections() == [("talks", lines[1]), ("talks", lines[2])]


async def test_what_others_wrote_is_noticed_by_its_number(store: Store) -> None:
    async with store.write() as session:
        assert await session.stories.last_written() == 0
        await session.stories.append("talks", [line("one")])
        seen = await session.stories.last_written()
        await session.stories.append("summit", [line("two"), line("one")])
        found = await session.stories.written_since(seen)
        assert [(story, id_) for _, story, id_ in found] == [("summit", "two"), ("summit", "one")]
        assert found[-1][0] == await session.stories.last_written()


async def test_a_workspaces_own_version_of_an_alert_stands_in_place_of_everybodys(store: Store) -> None:
    card = Card(title="as it is there")
    async with store.write() as session:
        await session.alerts.put(alert("one"), Card(title="as all see it"))
        await session.alerts.put(alert("one", "T1", revision=2), card)
        await session.alerts.put(alert("two", "T2", T + MINUTE), None)

        assert await session.alerts.get("one", "T1") == (alert("one", "T1", revision=2), card)
        assert await session.alerts.get("one", "T2") == (alert("one"), Card(title="as all see it"))
        assert await session.alerts.get("two", "T1") is None
        assert await session.alerts.get("two@T2", "T1") is None
        assert await session.alerts.of_story("talks") == [alert("one")]
        assert await session.alerts.of_story("talks", workspace="T1") == [alert("one", "T1", revision=2)]
        assert [each.workspace for each, _ in await session.alerts.last(9, workspace="T2")] == ["T2", None]
        assert [each.workspace for each, _ in await session.alerts.last(9, "talks", "T1")] == ["T1"]
        assert [each.workspace for each, _ in await session.alerts.last(9)] == [None]


async def test_a_post_waits_until_it_is_due_and_goes_once(store: Store) -> None:
    async with store.write() as session:
        assert await session.alerts.next_held() is None
        await session.alerts.hold(Held(alert=alert("late"), due=T + 2 * MINUTE))
        await session.alerts.hold(Held(alert=alert("soon"), due=T + MINUTE))
        await session.alerts.hold(Held(alert=alert("soon", "T1"), due=T + MINUTE))
        await session.alerts.hold(Held(alert=alert("soon", revision=2), due=T + MINUTE))
        assert await session.alerts.next_held() == T + MINUTE
        assert [held.alert.revision for held in await session.alerts.held("talks")] == [2, 1]
        assert [held.alert.workspace for held in await session.alerts.held("talks", "T1")] == ["T1"]
        await session.alerts.drop(alert("soon", "T1"))
        assert await session.alerts.last(9) == []

    async def release() -> list[str]:
        async with store.write() as session:
            return [held.alert.id for held in await session.alerts.release(T + MINUTE)]

    assert sorted(await asyncio.gather(release(), release())) == [[], ["soon"]]
    async with store.write() as session:
        assert [held.alert.id for held in await session.alerts.release(None)] == ["late"]
        assert await session.alerts.next_held() is None
