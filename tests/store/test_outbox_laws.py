"""The outbox against a plain model, over any order of putting, claiming, sending and dying."""

import asyncio
from collections.abc import Coroutine
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, multiple, rule

from bot.domain.delivery import EDIT, POST, Delivery, Status, line
from bot.store import open_store

T = TypeVar("T")
LEASE = timedelta(seconds=60)
ORDER = [POST, *map(line, range(1, 4)), EDIT]


class OutboxLaws(RuleBasedStateMachine):
    """Senders claim, settle, freeze and wake while alerts go on coming."""

    claims = Bundle("claims")

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.store = open_store("sqlite://")
        self.now = datetime(2025, 5, 14, tzinfo=UTC)
        self.put_so_far: set[tuple[str, str, str]] = set()
        self.settled: dict[tuple[str, str, str], Status] = {}
        self.fences: dict[tuple[str, str, str], int] = {}
        self.run(self.store.open())

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Return what the coroutine returns."""
        return self.runner.run(work)

    def teardown(self) -> None:
        """Let go of the loop."""
        self.run(self.store.close())
        self.runner.close()

    @rule(channel=st.sampled_from("xy"), alert=st.sampled_from("ab"), part=st.sampled_from(ORDER))
    def put(self, channel: str, alert: str, part: str) -> None:
        """An alert, a line or an edit comes up."""

        async def work() -> None:
            async with self.store.write() as session:
                await session.outbox.put([Delivery(channel=channel, alert=alert, part=part)])

        self.run(work())
        self.put_so_far.add((channel, alert, part))
        if part == EDIT:
            self.settled.pop((channel, alert, part), None)

    @rule(target=claims, limit=st.integers(1, 3))
    def claim(self, limit: int) -> Any:
        """A sender takes what may go."""

        async def work() -> list[Delivery]:
            async with self.store.write() as session:
                return list(await session.outbox.claim(self.now, LEASE, limit))

        claimed = self.run(work())
        assert len(claimed) <= limit
        assert len({delivery.channel for delivery in claimed}) == len(claimed), "two at once in a channel"
        for delivery in claimed:
            key = (delivery.channel, delivery.alert, delivery.part)
            assert key not in self.settled, "sent before"
            assert delivery.fence > self.fences.get(key, 0), "an old fence"
            self.fences[key] = delivery.fence
            before = ORDER[: ORDER.index(delivery.part)]
            for earlier in ((*key[:2], part) for part in before if (*key[:2], part) in self.put_so_far):
                assert earlier in self.settled, "out of order"
            if delivery.part != POST:
                assert self.settled.get((*key[:2], POST)) is Status.SENT, "ahead of its post"
        return multiple(*((delivery, self.now) for delivery in claimed))

    @rule(claim=consumes(claims), status=st.sampled_from([Status.SENT, Status.GIVEN_UP, Status.WAITING]))
    def settle(self, claim: tuple[Delivery, datetime], status: Status) -> None:
        """A sender, perhaps one that froze long ago, tells what became of it."""
        delivery, _ = claim
        key = (delivery.channel, delivery.alert, delivery.part)
        message = "m" if status is Status.SENT else None

        async def work() -> bool:
            async with self.store.write() as session:
                return await session.outbox.settle(replace(delivery, status=status, message=message))

        accepted = self.run(work())
        assert accepted == (self.fences[key] == delivery.fence), "the fence decides"
        if accepted and status is not Status.WAITING and self.stands(key) is not Status.WAITING:
            self.settled[key] = status

    @rule(seconds=st.sampled_from([1, 30, 61]))
    def wait(self, seconds: int) -> None:
        """Time passes and leases run out."""
        self.now += timedelta(seconds=seconds)

    @invariant()
    def nothing_is_lost(self) -> None:
        """Whatever was put stands there, and what was settled stays so."""
        found = {(each.channel, each.alert, each.part): each.status for each in self.rows()}
        assert set(found) == self.put_so_far
        for key, status in self.settled.items():
            assert found[key] is status

    def stands(self, key: tuple[str, str, str]) -> Status:
        """Return where a row stands in the store."""
        return next(each.status for each in self.rows() if (each.channel, each.alert, each.part) == key)

    def rows(self) -> list[Delivery]:
        """Return every row."""

        async def work() -> list[Delivery]:
            async with self.store.read() as session:
                return [each for alert in "ab" for each in await session.outbox.of_alert(alert)]

        return self.run(work())


TestOutboxLaws = OutboxLaws.TestCase
TestOutboxLaws.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)
