"""What a start costs, and what the demo takes: ``python -m benchmarks.bench_start``.

Prints the CPU seconds from the start of ``dragoman run`` to its first poll,
beside those of importing the libraries that it needs for that, and the most
memory that the demo's processes hold together.
"""

import asyncio
import os
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from aiohttp import web

# What a start with SQLite, console and page needs from outside.
LIBRARIES = "aiohttp.web, apscheduler.schedulers.asyncio, pydantic_settings, sqlalchemy.ext.asyncio, structlog, typer, publicsuffixlist, lark, ahocorasick_rs, numpy, lxml.html"
RUNS = 5
TICKS = os.sysconf("SC_CLK_TCK")


async def start_to_first_poll() -> float:
    """Return the CPU seconds that a process spends until it asks its feed."""
    asked = asyncio.Event()

    async def feed(request: web.Request) -> web.Response:
        asked.set()
        return web.Response(text="<rss version='2.0'><channel><title>t</title></channel></rss>")

    app = web.Application()
    app.router.add_get("/feed", feed)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    port = runner.addresses[0][1]
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            **os.environ,
            "DRAGOMAN_DATABASE": f"sqlite:///{folder}/x.sqlite3",
            "DRAGOMAN_FEEDS": f'{{"starter": false, "internal": ["127.0.0.1/32"], "add": [{{"url": "http://127.0.0.1:{port}/feed"}}]}}',
            "DRAGOMAN_WEB__PORT": "0",
        }
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "bot",
            "run",
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            stdin=subprocess.DEVNULL,
        )
        await asyncio.wait_for(asked.wait(), 60)
        spent = _cpu(process.pid)
        process.terminate()
        await process.wait()
    await runner.cleanup()
    return spent


def importing() -> float:
    """Return the CPU seconds of a process that imports the libraries and ends."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-c", f"import {LIBRARIES}"], check=True)  # noqa: S603 - our own words
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime + after.ru_stime) - (before.ru_utime + before.ru_stime)


async def demo_memory() -> float:
    """Return the most megabytes that the demo and its children hold at one moment."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "demo", "--exit", "--seconds", "20", "--port", "0", stdout=subprocess.DEVNULL
    )
    most = 0.0
    while process.returncode is None:
        most = max(most, sum(_resident(pid) for pid in (process.pid, *_children(process.pid))))
        await asyncio.sleep(0.1)
    return most


def _cpu(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def _children(pid: int) -> list[int]:
    try:
        found = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    except OSError:
        return []
    return [int(child) for child in found] + [grandchild for child in found for grandchild in _children(int(child))]


def _resident(pid: int) -> float:
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    except OSError:
        return 0.0
    return pages * resource.getpagesize() / 1e6


async def main() -> None:
    """Measure in turn, and print medians and ratios."""
    starts, imports = [], []
    for _ in range(RUNS):
        imports.append(importing())
        starts.append(await start_to_first_poll())
    ratio = statistics.median(start / imported for start, imported in zip(starts, imports, strict=True))
    print(f"start to first poll   {statistics.median(starts):.2f} CPU s")
    print(f"importing libraries   {statistics.median(imports):.2f} CPU s ({LIBRARIES})")
    print(f"ratio, pair by pair   {ratio:.2f} (at most 1.2)")
    print(f"demo, all processes   {await demo_memory():.0f} MB at most (under 200)")


if __name__ == "__main__":
    asyncio.run(main())
