"""Lines that join a post: in its thread where that is allowed."""

import asyncio
from collections import OrderedDict
from typing import Literal

import discord

from bot.domain.delivery import Parcel
from bot.platforms.discord.messages import fields_of
from bot.platforms.discord.outcome import FORBIDDEN, NOT_FOUND, THREAD_EXISTS, Wire
from bot.platforms.discord.render import render_line
from bot.platforms.discord.text import plain

NAME = 100
#: For a post whose headline we do not remember.
UNNAMED = "Further sources"

# For as long as Discord shows a thread that nobody writes in.
DAY_MINUTES: Literal[1440] = 1440

# A channel that allows no threads is asked again after this long.
ASK_AGAIN_SECONDS = 3_600.0

# Discord's numbers for: may not, no threads in this sort of channel, closed,
# locked, as many threads as there may be.
NO_THREADS = frozenset({50013, 50024, 50083, 160005, 160006})

REMEMBERED = 2_000


class Threads:
    """Adds lines to the threads of posts.

    A thread has the id of the message that it hangs on, so none needs to be
    looked up.
    """

    def __init__(self) -> None:
        self._open: OrderedDict[int, None] = OrderedDict()
        #: Until when, on the loop's clock, we ask no threads of a channel.
        self._refused: dict[int, float] = {}

    async def add(
        self, client: discord.Client, place: discord.PartialMessageable, parcel: Parcel, wire: Wire, headline: str
    ) -> str:
        """Add a line and return its message's id; that of the post where no thread may be."""
        post = int(parcel.message or 0)
        if not await self._opened(client, place, post, headline):
            return str(post)
        wire.out = False
        try:
            line = await client.get_partial_messageable(post).send(
                nonce=parcel.nonce, **fields_of(render_line(parcel.text))
            )
        except discord.HTTPException as refused:
            # The thread was closed or deleted, which says nothing of the channel.
            if refused.status in {FORBIDDEN, NOT_FOUND} or refused.code in NO_THREADS:
                return str(post)
            raise
        return str(line.id)

    async def _opened(
        self, client: discord.Client, place: discord.PartialMessageable, post: int, headline: str
    ) -> bool:
        """Open the post's thread unless it is open; tell whether it may be there."""
        now = asyncio.get_running_loop().time()
        if post in self._open:
            return True
        if now < self._refused.get(place.id, 0):
            return False
        name = plain(headline, NAME) or UNNAMED
        try:
            await client.http.start_thread_with_message(place.id, post, name=name, auto_archive_duration=DAY_MINUTES)
        except discord.HTTPException as refused:
            if refused.code in NO_THREADS:
                self._refused[place.id] = now + ASK_AGAIN_SECONDS
                return False
            if refused.code != THREAD_EXISTS:
                raise
        self._open[post] = None
        if len(self._open) > REMEMBERED:
            self._open.popitem(last=False)
        return True
