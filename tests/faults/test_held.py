"""A post that waits for more of its kind survives the death of the process that let it wait."""

import subprocess
import sys
from datetime import timedelta
from pathlib import Path

from bot.services.seeding import Wanted, seed
from bot.store import open_store
from tests.house import START, House, stories

ROOT = Path(__file__).parent.parent.parent

#: A child that takes one demand in, and is killed at once.
CHILD = """
import asyncio, os, signal, sys
from tests.faults.test_held import DEMAND, opened

async def main():
    house = await opened(sys.argv[1])
    await house.ask("/subscribe istanbul-talks level:everything")
    assert await house.publish(*DEMAND) == ()
    os.kill(os.getpid(), signal.SIGKILL)

asyncio.run(main())
"""
DEMAND = (
    "Ukraine demands that Russia withdraw its troops from Kharkiv",
    "Ukraine demanded that Russia withdraw its troops from the Kharkiv region, Foreign Minister Andrii Sybiha said.",
)


async def opened(file: str) -> House:
    """Return a house over a database file."""
    store = open_store(f"sqlite:///{file}")
    await store.open()
    await seed(store, Wanted(stories=stories()), START)
    return House(store)


async def test_what_waited_when_the_process_was_killed_goes_once_when_it_is_due(tmp_path: Path) -> None:
    file = str(tmp_path / "held.sqlite3")
    killed = subprocess.run([sys.executable, "-c", CHILD, file], cwd=ROOT, check=False, timeout=60)  # noqa: S603, ASYNC221 - our own
    assert killed.returncode == -9

    house = await opened(file)
    try:
        house.clock.set(START + timedelta(minutes=40))
        assert [alert.kind for alert in await house.gathered()] == ["demand"]
        assert await house.gathered() == ()
        await house.deliver.empty()
        assert len(house.recorder.headlines) == 1
    finally:
        await house.store.close()
