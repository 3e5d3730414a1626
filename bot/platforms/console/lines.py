"""Lines of a terminal or a pipe, read without stopping the loop."""

import asyncio
import os
from collections.abc import Awaitable, Callable

# More than a person types; a pipe that never breaks its line is cut here.
LINE_AT_MOST_BYTES = 16_384
# How long a program in the background waits before it looks whether it came
# to the front; reading the terminal from there would stop it.
BACKGROUND_WAIT_SECONDS = 1.0


class Lines:
    """Hands each line to a function, one after the other, until the input ends.

    The descriptor is watched, not set to non-blocking: a terminal's output
    often is the same open file, and its writers do not expect that.
    """

    def __init__(self, descriptor: int, take: Callable[[str], Awaitable[None]]) -> None:
        self._descriptor = descriptor
        self._take = take
        self._readable = asyncio.Event()
        self._rest = b""

    async def run(self) -> None:
        """Read until the end; an input that cannot be watched ends at once."""
        while chunk := await self._chunk():
            *lines, self._rest = (self._rest + chunk).split(b"\n")
            if len(self._rest) > LINE_AT_MOST_BYTES:
                lines, self._rest = [*lines, self._rest], b""
            for line in lines:
                await self._hand(line)
        await self._hand(self._rest)

    async def _hand(self, line: bytes) -> None:
        text = line.decode(errors="replace").strip()
        if text:
            await self._take(text)

    async def _chunk(self) -> bytes:
        """Return what is there, nothing at the end."""
        loop = asyncio.get_running_loop()
        while self._is_in_background():  # noqa: ASYNC110 - no event tells of it
            await asyncio.sleep(BACKGROUND_WAIT_SECONDS)
        self._readable.clear()
        try:
            loop.add_reader(self._descriptor, self._readable.set)
        except (OSError, NotImplementedError, ValueError):  # no such descriptor, or a loop that watches none
            return b""
        try:
            await self._readable.wait()
        finally:
            loop.remove_reader(self._descriptor)
        if self._is_in_background():
            return await self._chunk()
        try:
            return os.read(self._descriptor, 4096)
        except OSError:
            return b""

    def _is_in_background(self) -> bool:
        try:
            return os.isatty(self._descriptor) and os.tcgetpgrp(self._descriptor) != os.getpgrp()
        except OSError:
            return False
