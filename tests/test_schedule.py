"""What ticks stops in time, and what is under way is finished or cut off before the store closes."""

import asyncio
import time
from datetime import timedelta

import pytest

from bot import schedule
from bot.schedule import Schedule


async def test_a_job_under_way_is_finished_before_the_stop_returns() -> None:
    done: list[str] = []
    ticks = Schedule()

    async def job() -> None:
        await asyncio.sleep(0.2)
        done.append("job")

    ticks.every(timedelta(minutes=1), "job", job)
    ticks.start()
    await asyncio.sleep(0.05)
    await ticks.stop()
    assert done == ["job"]


async def test_a_job_that_takes_too_long_is_cut_off_and_has_ended_when_the_stop_returns(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(schedule, "GRACE", timedelta(seconds=0.05))
    rolled_back: list[bool] = []
    ticks = Schedule()

    async def job() -> None:
        try:
            await asyncio.sleep(60)
        finally:
            await asyncio.sleep(0.05)
            rolled_back.append(True)

    ticks.every(timedelta(minutes=1), "job", job)
    ticks.start()
    await asyncio.sleep(0.05)
    await ticks.stop()
    assert rolled_back == [True]


async def test_a_job_that_fails_does_not_end_the_others_nor_the_stop() -> None:
    ticks = Schedule()

    async def job() -> None:
        await asyncio.sleep(0.1)
        raise RuntimeError

    ticks.every(timedelta(minutes=1), "job", job)
    ticks.start()
    await asyncio.sleep(0.05)
    await ticks.stop()


async def test_nothing_runs_after_the_stop_though_a_tick_was_due_at_that_moment() -> None:
    stopped = False
    late: list[bool] = []
    ticks = Schedule()

    async def job() -> None:
        await asyncio.sleep(0)
        late.append(stopped)

    ticks.every(timedelta(seconds=0.05), "job", job)
    ticks.start()
    await asyncio.sleep(0.01)
    # The loop is held up, so that the tick and our waking are due in one turn.
    asyncio.get_running_loop().call_soon(time.sleep, 0.1)
    await asyncio.sleep(0.02)
    await ticks.stop()
    stopped = True
    await asyncio.sleep(0.05)
    assert True not in late
