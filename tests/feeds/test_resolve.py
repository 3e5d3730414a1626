import asyncio
import socket
import threading
import time
from datetime import timedelta
from typing import Any

import pytest

from bot.feeds.resolve import ABSENT, FRESH, STALE, CachingResolver


class NameServer:
    """Answers lookups from a table, counts them, and can be down."""

    def __init__(self, **names: str) -> None:
        self.names, self.asked, self.down = names, 0, False

    def __call__(self, host: str, family: int) -> list[tuple[Any, Any, int, str, tuple[Any, ...]]]:
        self.asked += 1
        if self.down:
            raise socket.gaierror(socket.EAI_AGAIN, "try again")
        if host not in self.names:
            raise socket.gaierror(socket.EAI_NONAME, "no such name")
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (self.names[host], 0))]


class Machine:
    """Machine time that the test sets."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds

    def wait(self, span: timedelta) -> None:
        self.seconds += span.total_seconds()


async def addresses(resolver: CachingResolver, host: str, port: int = 443) -> list[tuple[str, int]]:
    return [(row["host"], row["port"]) for row in await resolver.resolve(host, port)]


async def test_a_name_is_asked_for_once_while_its_answer_is_fresh() -> None:
    server, machine = NameServer(news="9.9.9.9"), Machine()
    resolver = CachingResolver(server, machine)

    assert await addresses(resolver, "news") == [("9.9.9.9", 443)]
    server.names["news"] = "8.8.8.8"
    assert await addresses(resolver, "news", 80) == [("9.9.9.9", 80)]
    machine.wait(FRESH + timedelta(seconds=1))
    assert await addresses(resolver, "news") == [("8.8.8.8", 443)]
    assert server.asked == 2


async def test_many_who_want_one_name_cause_one_lookup() -> None:
    server = NameServer(news="9.9.9.9")
    resolver = CachingResolver(server)

    await asyncio.gather(*(addresses(resolver, "news") for _ in range(50)))

    assert server.asked == 1


async def test_one_who_gives_up_waiting_leaves_the_lookup_to_the_others() -> None:
    gate = threading.Event()

    def slow(host: str, family: int) -> list[tuple[Any, Any, int, str, tuple[Any, ...]]]:
        gate.wait(5)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("9.9.9.9", 0))]

    resolver = CachingResolver(slow)
    impatient = asyncio.create_task(addresses(resolver, "news"))
    patient = asyncio.create_task(addresses(resolver, "news"))
    await asyncio.sleep(0.01)
    impatient.cancel()
    gate.set()

    assert await patient == [("9.9.9.9", 443)]


async def test_a_name_that_is_not_there_is_believed_for_a_moment_only() -> None:
    server, machine = NameServer(), Machine()
    resolver = CachingResolver(server, machine)
    for _ in range(3):
        with pytest.raises(OSError, match="no such name"):
            await resolver.resolve("news")
    assert server.asked == 1

    server.names["news"] = "9.9.9.9"
    machine.wait(ABSENT + timedelta(seconds=1))
    assert await addresses(resolver, "news") == [("9.9.9.9", 443)]


async def test_an_old_answer_serves_while_the_name_servers_are_silent_but_not_for_ever() -> None:
    server, machine = NameServer(news="9.9.9.9"), Machine()
    resolver = CachingResolver(server, machine)
    await resolver.resolve("news")
    server.down = True

    machine.wait(FRESH * 2)
    assert await addresses(resolver, "news") == [("9.9.9.9", 443)]
    machine.wait(STALE)
    with pytest.raises(OSError, match="try again"):
        await resolver.resolve("news")


async def test_a_name_that_was_taken_away_is_not_served_from_memory() -> None:
    server, machine = NameServer(news="9.9.9.9"), Machine()
    resolver = CachingResolver(server, machine)
    await resolver.resolve("news")
    del server.names["news"]

    machine.wait(FRESH * 2)
    with pytest.raises(OSError, match="no such name"):
        await resolver.resolve("news")


async def test_slow_lookups_do_not_wait_for_each_other() -> None:
    def slow(host: str, family: int) -> list[tuple[Any, Any, int, str, tuple[Any, ...]]]:
        time.sleep(0.1)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("9.9.9.9", 0))]

    resolver = CachingResolver(slow)
    async with asyncio.timeout(1.5):
        await asyncio.gather(*(addresses(resolver, f"host-{number}") for number in range(64)))
    await resolver.close()


async def test_this_machine_is_found_by_the_systems_own_means() -> None:
    resolver = CachingResolver()

    assert ("127.0.0.1", 80) in await addresses(resolver, "localhost", 80)
    await resolver.close()
