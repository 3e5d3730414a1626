"""What it costs to fetch and to poll: ours and the peers, over the same feeds, one after the other."""

import asyncio
import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.poller import feeds, tls
from benchmarks.poller.tls import host_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Pass:
    """What the measured pass of one contender cost and found."""

    cpu: float
    wall: float
    #: Feed → id → (link, title, seconds since 1970).
    entries: dict[str, dict[str, list[object]]]


async def compare(names: list[str], *, size: int, count: int) -> dict[str, Pass]:
    """Return what each contender's second pass cost.

    Args:
        names: The contenders; each has a process of its own.
        size: Entries of a feed.
        count: Feeds.
    """
    found = {}
    with TemporaryDirectory(prefix="dragoman-bench-") as place:
        folder = Path(place)
        authority, certificate, key = tls.make(folder)
        for name in names:
            server = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "benchmarks.poller.server", str(certificate), str(key)),
                stdout=asyncio.subprocess.PIPE,
            )
            assert server.stdout  # noqa: S101 - it was asked for
            port = int(await server.stdout.readline())
            own = folder / name
            own.mkdir()
            try:
                await _run(name, 1, own, authority, port, size, count)
                await _move_on(port, authority)
                cost = await _run(name, 2, own, authority, port, size, count)
            finally:
                server.kill()
                await server.wait()
            entries = json.loads((own / "entries-2.json").read_text())
            found[name] = Pass(cpu=cost["cpu"], wall=cost["wall"], entries=_by_number(entries))
    return found


async def _run(  # noqa: PLR0913, PLR0917 - the words of a command
    name: str, number: int, folder: Path, authority: Path, port: int, size: int, count: int
) -> dict[str, float]:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "benchmarks.poller.contender", name, str(number), str(folder)),
        *(str(port), str(size), str(count)),
        env={**os.environ, "SSL_CERT_FILE": str(authority), "REQUESTS_CA_BUNDLE": str(authority)},
        stdout=asyncio.subprocess.PIPE,
    )
    printed, _ = await process.communicate()
    if process.returncode:
        raise RuntimeError(f"{name} failed in pass {number}")
    return dict(json.loads(printed.splitlines()[-1]))


async def _move_on(port: int, authority: Path) -> None:
    """Let the feeds move on to their second version."""
    import ssl  # noqa: PLC0415

    context = ssl.create_default_context(cafile=str(authority))
    reader, writer = await asyncio.open_connection("127.0.0.1", port, ssl=context, server_hostname=host_of(0))
    writer.write(b"GET /version/1 HTTP/1.1\r\n\r\n")
    await reader.read()
    writer.close()


def _by_number(entries: dict[str, dict[str, list[object]]]) -> dict[str, dict[str, list[object]]]:
    """Name feeds by their number, since each server had a port of its own."""
    return {url.rpartition("/")[2]: its for url, its in entries.items()}


def differences(ours: Pass, theirs: Pass, *, size: int, count: int) -> list[str]:
    """Return where two contenders differ in what the changed feeds hold now."""
    told: list[str] = []
    for number in filter(feeds.changes, range(count)):
        mine, other = ours.entries.get(str(number), {}), theirs.entries.get(str(number), {})
        told += [
            f"feed {number}, {item.id}: {mine.get(item.id)} | {other.get(item.id)}"
            for item in feeds.entries(number, size, 1)
            if mine.get(item.id) != other.get(item.id)
        ]
    return told


async def report(*, size: int, count: int, names: list[str]) -> dict[str, Pass]:
    """Measure one size of feeds, and print figures and ratios."""
    found = await compare(names, size=size, count=count)
    mean = sum(len(feeds.body(number, size, 1)) for number in range(20)) / 20 / 1000
    print(f"\n{count} feeds of {size} entries ({mean:.0f} KB), 60 % unchanged, a TLS connection each; second pass:")
    for name, cost in found.items():
        print(f"  {LABELS[name]:<46} {cost.cpu:7.2f} CPU s {cost.wall:7.2f} s")
    for name, peer, limit in RATIOS:
        if name in found and peer in found:
            over, under = (peer, name) if name == "poll" else (name, peer)
            print(f"  {LABELS[over]} / {LABELS[under]}: {found[over].cpu / found[under].cpu:.2f} ({limit})")
    for peer in ("feedparser", "reader"):
        if peer in found and "poll" in found:
            told = differences(found["poll"], found[peer], size=size, count=count)
            number = sum(map(feeds.changes, range(count))) * size
            print(f"  entries unlike {peer}'s by id, link, title or date: {len(told)} of {number}")
            for line in told[:5]:
                print(f"    {line}")
    return found


LABELS = {
    "bare": "bare aiohttp",
    "fetch": "ours, fetch",
    "poll": "ours, poll",
    "read": "ours, poll and recognise events",
    "feedparser": "threads of feedparser.parse",
    "reader": "reader",
}
RATIOS = (
    ("fetch", "bare", "at most 1.35"),
    ("poll", "feedparser", "at least 10 at 50 entries"),
    ("poll", "reader", "at least 5 at 50 entries"),
)
