"""What polling costs and how late it is: ``python -m benchmarks.bench_poller [polls] [schedule] [siege] [latency]``.

- ``polls``: 2,000 feeds over TLS, 60 % unchanged, beside bare aiohttp, threads
  of ``feedparser.parse`` and PyPI's ``reader``, each in a process of its own;
  fewer feeds of 20 and of 200 entries.
- ``schedule``: 100,000 feeds for an hour, claimed from SQLite, the network played.
- ``siege``: 500 hostile servers among 1,000 good ones.
- ``latency``: 50 changed feeds a second, from the fetch to the accepted message.

Each prints its figures and the bounds that they are held to. The ratios of
``polls`` hardly depend on what else the machine does; ``siege`` and
``latency`` are told in seconds, so let it do nothing else. Without arguments
all four run, which takes about a quarter of an hour.
"""

import asyncio
import resource
import subprocess
import sys

PARTS = ("polls", "schedule", "siege", "latency")
#: (entries of a feed, feeds)
SIZES = ((50, 2_000), (20, 500), (200, 200))
EVERYBODY = ("bare", "fetch", "poll", "read", "feedparser", "reader")


async def _run(part: str) -> None:
    # Each part loads only what it measures.
    if part == "polls":
        from benchmarks.poller import polls  # noqa: PLC0415

        for size, count in SIZES:
            await polls.report(size=size, count=count, names=list(EVERYBODY))
    elif part == "schedule":
        from benchmarks.poller import schedule  # noqa: PLC0415

        await schedule.report()
    elif part == "siege":
        from benchmarks.poller import siege  # noqa: PLC0415

        await siege.report()
    else:
        from benchmarks.poller import latency  # noqa: PLC0415

        await latency.report()


def main() -> None:
    """Run the parts that are named, each in a process of its own, so that memory and CPU time are its own."""
    wanted = sys.argv[1:] or list(PARTS)
    unknown = [part for part in wanted if part not in PARTS]
    if unknown:
        sys.exit(f"There is no part `{unknown[0]}`; there are {', '.join(PARTS)}.")
    if len(wanted) == 1:
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, min(hard, 8_192)), hard))
        asyncio.run(_run(wanted[0]))
        return
    for part in wanted:
        subprocess.run([sys.executable, "-m", "benchmarks.bench_poller", part], check=True)  # noqa: S603 - our own words


if __name__ == "__main__":
    main()
