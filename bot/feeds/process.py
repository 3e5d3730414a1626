"""A process that reads what strangers wrote: limited, killed when it hangs, started again when needed."""

import asyncio
import json
import os
import struct
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

from yarl import URL

from bot.errors import UnreadableFeedError
from bot.feeds.manners import BusyError
from bot.log import get

LONGEST = timedelta(seconds=10)
#: How long a question may wait for its turn before it is put off.
QUEUE = timedelta(seconds=30)
#: A process that nobody asked for so long is sent home; it holds 40 MB.
IDLE = timedelta(minutes=2)
#: The program imports nothing of ours, so it starts quickly and stays small.
PROGRAM = Path(__file__).parent / "worker.py"
log = get("feeds")


class ReaderProcess:
    """Asks one process at a time; starts it when first needed and again after it died."""

    def __init__(self, longest: timedelta = LONGEST, idle: timedelta = IDLE) -> None:
        self._longest = longest
        self._idle = idle
        self._bedtime: asyncio.TimerHandle | None = None
        self._going: asyncio.Task[None] | None = None
        self._process: asyncio.subprocess.Process | None = None
        self._turn = asyncio.Lock()

    async def ask(self, question: dict[str, str], body: bytes) -> dict[str, Any]:
        """Return what the process answers.

        Args:
            question: What to do with the body; ``url`` is where it came from.
            body: The stranger's bytes.

        Raises:
            UnreadableFeedError: If the process ran into its limits.
            BusyError: If others wait already for longer than we care to.
        """
        url = question["url"]
        async with self._my_turn():
            try:
                async with asyncio.timeout(self._longest.total_seconds()):
                    return await self._ask(question, body)
            except TimeoutError as slow:
                raise UnreadableFeedError(
                    url, "takes too long to read: it is broken, or made to harm readers"
                ) from slow
            except (asyncio.IncompleteReadError, OSError) as dead:
                log.warning("reader process died", host=URL(url).host)
                raise UnreadableFeedError(url, "needs too much memory to read, or made its reader stumble") from dead
            finally:
                await self._bury_if_unfinished()

    @asynccontextmanager
    async def _my_turn(self) -> AsyncIterator[None]:
        """Hold the worker, or give up while whoever claimed the feed still has its claim."""
        try:
            async with asyncio.timeout(QUEUE.total_seconds()):
                await self._turn.acquire()
        except TimeoutError as full:
            raise BusyError(QUEUE) from full
        try:
            yield
        finally:
            self._turn.release()
            self._set_bedtime()

    def _set_bedtime(self) -> None:
        """Let the worker end once nobody has asked it for a while."""
        if self._bedtime is not None:
            self._bedtime.cancel()
        self._bedtime = asyncio.get_running_loop().call_later(self._idle.total_seconds(), self._go_to_bed)

    def _go_to_bed(self) -> None:
        if not self._turn.locked():
            self._going = asyncio.ensure_future(self._end())

    async def _ask(self, question: dict[str, str], body: bytes) -> dict[str, Any]:
        process = await self._alive()
        assert process.stdin and process.stdout  # noqa: S101, PT018  both were asked for
        self._answered = False
        head = json.dumps(question).encode()
        process.stdin.write(struct.pack(">II", len(head), len(body)) + head + body)
        await process.stdin.drain()
        (size,) = struct.unpack(">I", await process.stdout.readexactly(4))
        answer: dict[str, Any] = json.loads(await process.stdout.readexactly(size))
        self._answered = True
        return answer

    _answered = True

    async def _bury_if_unfinished(self) -> None:
        """Kill a worker that owes an answer, since the next would get it instead."""
        if not self._answered:
            self._answered = True
            await self._end()

    async def _alive(self) -> asyncio.subprocess.Process:
        if self._process is None or self._process.returncode is not None:
            # -P keeps the folder of the program, which has a parse of its own,
            # off the module path; the environment holds secrets it does not need.
            self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-P",
                str(PROGRAM),
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.DEVNULL,
                env={name: os.environ[name] for name in ("PATH", "LANG", "SYSTEMROOT") if name in os.environ},
            )
        return self._process

    @property
    def pid(self) -> int | None:
        """The worker's process id, ``None`` while there is none."""
        return self._process.pid if self._process else None

    async def close(self) -> None:
        """End the worker."""
        if self._bedtime is not None:
            self._bedtime.cancel()
        await self._end()

    async def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        if process.stdin:
            process.stdin.close()
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()
