"""The console as a platform."""

import asyncio
import contextlib
import os
import shutil
import sys
from collections import OrderedDict
from datetime import timedelta, tzinfo
from typing import TextIO

from bot.domain.alert import Card
from bot.domain.audience import CONSOLE, Channel
from bot.domain.command import Reply
from bot.domain.delivery import EDIT, Outcome, Parcel, Refused, Sent
from bot.locales import voice_in
from bot.platforms.asking import answer_line, with_working_buttons
from bot.platforms.console.lines import Lines
from bot.platforms.console.render import WIDEST, Looks, render, render_line, render_text, render_update
from bot.platforms.times import reply_in_words
from bot.ports import Ask, Complete, Heard, Parse, unheard

# How many posts we know the headlines of, for their lines and second sendings.
REMEMBERED = 1_000


class Console:
    """Prints what is said, and answers the lines that are typed."""

    name = "console"
    pace = timedelta(0)

    def __init__(  # noqa: PLR0913 - where it prints, what it reads, and how
        self,
        out: TextIO,
        lines: bool = True,  # noqa: FBT001, FBT002 - `Console(sys.stdout, False)` reads well enough
        *,
        parse: Parse | None = None,
        source: TextIO | None = None,
        zone: tzinfo | None = None,
        language: str = "en",
    ) -> None:
        """Print to ``out``, and answer the lines of ``source``.

        Args:
            out: Where cards go.
            lines: Whether lines are read; they are only if ``parse`` reads them.
            parse: Reads a typed line.
            source: Where lines come from, standard input if ``None``.
            zone: Whose time is told; ``None`` is the machine's.
            language: What is spoken here.
        """
        self._out = out
        self._parse = parse
        self._source = source if lines and parse else None
        if lines and parse and source is None:
            self._source = sys.stdin
        self._zone = zone
        self._language = language
        self._headlines: OrderedDict[str, str] = OrderedDict()
        self._reading: asyncio.Task[None] | None = None

    async def start(self, ask: Ask, complete: Complete, heard: Heard = unheard) -> None:
        """Begin to read lines."""
        parse, descriptor = self._parse, _descriptor(self._source)
        if parse is None or descriptor is None:
            return

        async def take(line: str) -> None:
            reply = await answer_line(
                line, parse=parse, ask=ask, channel=CONSOLE, user="here", manager=True, language=self._language
            )
            self._reply(reply)

        self._reading = asyncio.create_task(Lines(descriptor, take).run(), name="console lines")

    async def send(self, channel: Channel, parcel: Parcel) -> Outcome:
        """Print a card or a line; the same nonce is printed once."""
        if parcel.part != EDIT and parcel.nonce in self._headlines:
            return Sent(message=parcel.nonce)
        try:
            if text := self._text(parcel):
                self._print(text)
        except (OSError, ValueError) as closed:
            return Refused(why=f"nobody reads standard output: {closed}", retry_after=timedelta(minutes=1))
        if parcel.part == EDIT:
            return Sent(message=parcel.message or parcel.nonce)
        self._remember(parcel.nonce, parcel.card.title if parcel.card else "")
        return Sent(message=parcel.nonce)

    def language(self, channel: Channel) -> str:
        """Return what is spoken here."""
        return self._language

    async def tell(self, channel: Channel, text: str) -> bool:
        """Tell nobody; this place is never closed to us."""
        return False

    async def close(self) -> None:
        """Stop reading."""
        if self._reading is not None:
            self._reading.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._reading
            self._reading = None

    async def finished(self) -> None:
        """Return once every line up to the input's end is answered."""
        if self._reading is not None:
            await asyncio.shield(self._reading)

    def _text(self, parcel: Parcel) -> str:
        looks = self._looks()
        if parcel.card is None:
            return render_line(parcel.text, self._headlines.get(parcel.message or ""), looks)
        card = self._own(parcel.card)
        if parcel.part != EDIT or not parcel.message:
            return render(card, looks)
        before = self._headlines.get(parcel.message)
        self._remember(parcel.message, card.title)
        return render_update(card, before, looks)

    def _reply(self, reply: Reply) -> None:
        looks = self._looks()
        reply = reply_in_words(reply, looks.zone, voice_in(self._language))
        texts = [render_text(reply.text, looks)] if reply.text else []
        if reply.card:
            texts.append(render(self._own(reply.card), looks))
        with contextlib.suppress(OSError, ValueError):
            self._print("\n\n".join(texts))

    def _own(self, card: Card) -> Card:
        return with_working_buttons(card, self._parse) if self._parse else card

    def _print(self, text: str) -> None:
        encoding = self._out.encoding or "utf-8"
        self._out.write(f"{text}\n\n".encode(encoding, "replace").decode(encoding))
        self._out.flush()

    def _remember(self, message: str, headline: str) -> None:
        self._headlines[message] = headline
        if len(self._headlines) > REMEMBERED:
            self._headlines.popitem(last=False)

    def _looks(self) -> Looks:
        width = shutil.get_terminal_size((WIDEST, 24)).columns
        styled = self._out.isatty() and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"
        return Looks(width=width, zone=self._zone, styled=styled)


def _descriptor(source: TextIO | None) -> int | None:
    """Return what can be watched for lines, ``None`` for a text in memory or a closed input."""
    try:
        return source.fileno() if source else None
    except (OSError, ValueError):
        return None
