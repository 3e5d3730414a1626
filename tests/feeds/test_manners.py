import asyncio
import itertools
from datetime import timedelta

import pytest

from bot.feeds.guard import Guard
from bot.feeds.manners import BusyError, Manners


async def test_one_registrable_domain_has_one_visitor_at_a_time_and_a_gap() -> None:
    manners = Manners(Guard(), timedelta(seconds=0.05))
    loop, inside, starts = asyncio.get_running_loop(), 0, []

    async def visit(host: str) -> None:
        nonlocal inside
        async with manners.turn(f"https://{host}/feed"):
            inside += 1
            starts.append(loop.time())
            assert inside == 1
            await asyncio.sleep(0)
            inside -= 1

    await asyncio.gather(*(visit(f"{name}.example.co.uk") for name in "abc"))

    assert all(later - earlier >= 0.05 for earlier, later in itertools.pairwise(starts))


async def test_different_domains_do_not_wait_for_each_other() -> None:
    manners = Manners(Guard(), timedelta(seconds=9))

    async with asyncio.timeout(1), manners.turn("https://a.co.uk/"), manners.turn("https://b.co.uk/"):
        pass


async def test_a_domain_that_rests_turns_all_its_hosts_away() -> None:
    manners = Manners(Guard())
    manners.rest("https://one.example.org/feed", timedelta(minutes=5))

    with pytest.raises(BusyError) as busy:
        async with manners.turn("https://two.example.org/other"):
            pass
    assert timedelta(minutes=4) < busy.value.wait <= timedelta(minutes=5)


async def test_an_allowed_internal_address_is_never_made_to_wait() -> None:
    manners = Manners(Guard(["127.0.0.0/8"]), timedelta(minutes=1))
    manners.rest("http://127.0.0.1:9/", timedelta(minutes=5))

    async with asyncio.timeout(1):
        for _ in range(3):
            async with manners.turn("http://127.0.0.1:9/feed"):
                pass
