import asyncio
import itertools
from datetime import timedelta

import pytest
from yarl import URL

from bot.feeds.guard import Guard
from bot.feeds.manners import BusyError, Manners, registrable


async def test_one_registrable_domain_has_one_visitor_at_a_time_and_a_gap() -> None:
    manners = Manners(Guard(), timedelta(seconds=0.05))
    loop, inside, starts = asyncio.get_running_loop(), 0, []

    async def visit(host: str) -> None:
        nonlocal inside
        async with manners.turn(URL(f"https://{host}/feed")):
            inside += 1
            starts.append(loop.time())
            assert inside == 1
            await asyncio.sleep(0)
            inside -= 1

    await asyncio.gather(*(visit(f"{name}.example.co.uk") for name in "abc"))

    assert all(later - earlier >= 0.05 for earlier, later in itertools.pairwise(starts))


async def test_different_domains_do_not_wait_for_each_other() -> None:
    manners = Manners(Guard(), timedelta(seconds=9))

    async with asyncio.timeout(1), manners.turn(URL("https://a.co.uk/")), manners.turn(URL("https://b.co.uk/")):
        pass


async def test_a_domain_that_rests_turns_all_its_hosts_away() -> None:
    manners = Manners(Guard())
    manners.rest(URL("https://one.example.org/feed"), timedelta(minutes=5))

    with pytest.raises(BusyError) as busy:
        async with manners.turn(URL("https://two.example.org/other")):
            pass
    assert timedelta(minutes=4) < busy.value.wait <= timedelta(minutes=5)


async def test_an_allowed_internal_address_is_never_made_to_wait() -> None:
    manners = Manners(Guard(["127.0.0.0/8"]), timedelta(minutes=1))
    manners.rest(URL("http://127.0.0.1:9/"), timedelta(minutes=5))

    async with asyncio.timeout(1):
        for _ in range(3):
            async with manners.turn(URL("http://127.0.0.1:9/feed")):
                pass


async def test_those_who_are_sent_away_from_a_domain_are_promised_places_of_their_own() -> None:
    manners = Manners(Guard(), timedelta(seconds=1))
    url = URL("https://one.example.org/feed")
    manners.rest(url, timedelta(minutes=5))
    waits = []
    for _ in range(5):
        with pytest.raises(BusyError) as busy:
            async with manners.turn(url):
                pass
        waits.append(busy.value.wait.total_seconds())

    assert [round(wait - waits[0]) for wait in waits] == [0, 1, 2, 3, 4]


async def test_who_waits_behind_a_visitor_that_is_told_to_rest_goes_away_as_well() -> None:
    manners = Manners(Guard(), timedelta(seconds=0.02))
    url, asked = URL("https://one.example.org/feed"), 0

    async def visit() -> None:
        nonlocal asked
        async with manners.turn(url):
            asked += 1
            await asyncio.sleep(0.01)
        manners.rest(url, timedelta(minutes=5))

    results = await asyncio.gather(*(visit() for _ in range(4)), return_exceptions=True)

    assert asked == 1
    assert [type(result) for result in results[1:]] == [BusyError] * 3


@pytest.mark.parametrize(
    ("host", "domain"),
    [
        ("feeds.bbc.co.uk", "bbc.co.uk"),
        ("staff.tumblr.com", "tumblr.com"),
        ("old.reddit.com.", "reddit.com"),
        ("a.b.c.gov.ua", "c.gov.ua"),
        ("WWW.Example.ORG", "example.org"),
        ("8.8.8.8", "8.8.8.8"),
        ("2a00:1450::1", "2a00:1450::1"),
        ("localhost", "localhost"),
    ],
)
def test_who_has_registered_a_host(host: str, domain: str) -> None:
    assert registrable(host) == domain
