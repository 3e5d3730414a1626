"""Has pictures drawn, one at a time, by a process that goes home when nobody asks."""

import asyncio
import contextlib
import json
import struct
import sys
from collections import OrderedDict
from pathlib import Path

from bot import log
from bot.domain.picture import Picture, Timeline

_log = log.get("charts")

PROGRAM = Path(__file__).with_name("draw.py")

# The first picture loads the library, which takes a second or two.
PATIENCE_SECONDS = 20.0
# How long the process waits for more to draw; it holds some 90 MB meanwhile.
IDLE_SECONDS = 300.0
# Pictures that were drawn lately, for who asks again.
REMEMBERED = 16


class Draughtsman:
    """Draws off the loop; whoever cannot be served gets no picture, and the words beside it."""

    def __init__(self, idle_seconds: float = IDLE_SECONDS, patience_seconds: float = PATIENCE_SECONDS) -> None:
        self._idle = idle_seconds
        self._patience = patience_seconds
        self._process: asyncio.subprocess.Process | None = None
        self._turn = asyncio.Lock()
        self._home: asyncio.TimerHandle | None = None
        self._drawn: OrderedDict[str, tuple[bytes, bytes]] = OrderedDict()

    @property
    def process(self) -> int | None:
        """The number of the process that draws, while there is one."""
        return self._process.pid if self._process else None

    async def draw(self, timeline: Timeline, name: str, alt: str) -> Picture | None:
        """Return a timeline as a picture; ``None`` if it cannot be drawn, which the log tells."""
        if not timeline.marks:
            return None
        question = _written(timeline)
        async with self._turn:
            drawn = self._drawn.get(question)
            if drawn is None:
                try:
                    drawn = await asyncio.wait_for(self._ask(question), self._patience)
                except (OSError, EOFError, TimeoutError) as failed:
                    _log.warning("no picture", why=type(failed).__name__)
                    await self._stop()
                    return None
                self._remember(question, drawn)
        light, dark = drawn
        return Picture(name=name, light=light, dark=dark, alt=alt)

    async def close(self) -> None:
        """Send the process home."""
        async with self._turn:
            await self._stop()

    async def _ask(self, question: str) -> tuple[bytes, bytes]:
        if self._home:
            self._home.cancel()
        process = self._process
        if process is None or process.returncode is not None:
            process = self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-I",
                str(PROGRAM),
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                # What its fonts lack is no news for the operator.
                stderr=asyncio.subprocess.DEVNULL,
            )
        assert process.stdin is not None  # noqa: S101 - both are pipes
        assert process.stdout is not None  # noqa: S101
        data = question.encode()
        process.stdin.write(struct.pack(">I", len(data)) + data)
        await process.stdin.drain()
        light, dark = struct.unpack(">II", await process.stdout.readexactly(8))
        drawn = (await process.stdout.readexactly(light), await process.stdout.readexactly(dark))
        self._home = asyncio.get_running_loop().call_later(self._idle, self._go_home, process)
        return drawn

    def _go_home(self, process: asyncio.subprocess.Process) -> None:
        # At the end of its input it ends by itself.
        if process.stdin is not None:
            process.stdin.close()
        if self._process is process:
            self._process = None

    async def _stop(self) -> None:
        process, self._process = self._process, None
        if self._home:
            self._home.cancel()
        if process is not None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()

    def _remember(self, question: str, drawn: tuple[bytes, bytes]) -> None:
        self._drawn[question] = drawn
        if len(self._drawn) > REMEMBERED:
            self._drawn.popitem(last=False)


def _written(timeline: Timeline) -> str:
    """Return what the process needs to know."""
    return json.dumps(
        {
            "title": timeline.title,
            "subtitle": timeline.subtitle,
            "marks": [
                {
                    "day": f"{mark.at.day} {mark.at:%B}",
                    "time": f"{mark.at:%H:%M}",
                    "text": mark.text,
                    "kind": mark.kind,
                    "family": mark.family or "",
                    "key": mark.key,
                }
                for mark in timeline.marks
            ],
        }
    )
