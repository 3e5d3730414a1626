"""Which service runs when: the only room that knows APScheduler."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot import log
from bot.clock import machine_now

_log = log.get("schedule")

Job = Callable[[], Awaitable[object]]

# How long a job under way may take to finish once we are asked to stop.
GRACE = timedelta(seconds=3)
# How long a job that is cut off may take to roll back what it has open.
LAST = timedelta(seconds=1)


class Schedule:
    """Wall-clock ticks; what is due is asked of the Clock by whoever ticks.

    A tick that comes while its job still runs is skipped, and late ticks melt
    into one, so a slow round never piles up.
    """

    def __init__(self) -> None:
        self._scheduler = AsyncIOScheduler(
            timezone="UTC", job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
        )
        self._running: set[asyncio.Task[object]] = set()
        self._stopped = False

    def every(self, span: timedelta, name: str, job: Job) -> None:
        """Run a job again and again, the first time at once."""
        self._scheduler.add_job(
            self._run, "interval", (name, job), seconds=span.total_seconds(), id=name, next_run_time=machine_now()
        )

    def start(self) -> None:
        """Begin to tick."""
        # A skipped tick is how we mean it, so the library's warning of it is noise.
        logging.getLogger("apscheduler").setLevel(logging.ERROR)
        self._scheduler.start()

    async def stop(self) -> None:
        """Tick no more; wait for what is under way, then cut it off."""
        self._stopped = True
        # The library shuts down with the loop's next turn, and may tick once more before it.
        self._scheduler.shutdown(wait=False)
        await asyncio.sleep(0)
        running = set(self._running)
        for wait in (GRACE, LAST):
            if not running:
                return
            done, running = await asyncio.wait(running, timeout=wait.total_seconds())
            for task in done:
                _retrieve(task)
            for task in running:
                task.cancel()

    async def _run(self, name: str, job: Job) -> None:
        if self._stopped:
            return
        task = asyncio.ensure_future(job())
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        try:
            await asyncio.shield(task)
        except asyncio.CancelledError:
            pass  # the scheduler has stopped; `stop` waits for the task itself
        except Exception:  # noqa: BLE001 - one failed round must not end the rounds
            _log.exception("job failed", job=name)


def _retrieve(task: asyncio.Task[object]) -> None:
    """Tell the error of a job that nobody waits for any more."""
    if not task.cancelled() and (failed := task.exception()) is not None:
        _log.warning("job failed while stopping", error=repr(failed))
