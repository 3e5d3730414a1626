"""Says our sentences to a reader, in the language of a catalogue."""

import gettext
import re
import string
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from bot.errors import BotError, Either
from bot.locales.languages import LEFTWARD, WRITTEN

DOMAIN = "dragoman"

#: Around a fact in a sentence that runs the other way, so that neither turns the other about.
ISOLATE, END = "\u2068", "\u2069"
# A feed's own signs of direction would end ours early.
_TURNS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
# What can be typed runs from left to right as a whole, its slash and its brackets too; it can be copied without our signs.
_TYPED = re.compile(r"`[^`]+`|(?<![\w/:])/[a-z{][\w{}-]*(?: (?:<\w+>|[a-z{…][\w{}:-]*|…)(?![\w/]))*")


def mark(text: str) -> str:
    """Return the text; it is said later, and so belongs into the catalogues."""
    return text


@dataclass(frozen=True, eq=False)
class Voice:
    """One language's way to say things; the English one says them as they are written."""

    language: str = WRITTEN
    _words: gettext.NullTranslations = field(default_factory=gettext.NullTranslations, repr=False)

    @property
    def leftward(self) -> bool:
        """Whether it is written from right to left."""
        return self.language in LEFTWARD

    def __call__(self, text: str, /, **facts: Any) -> str:
        """Return a sentence with its facts.

        Args:
            text: In English, facts as ``{name}``; what no catalogue knows is said as it is.
            facts: Words, or whole numbers (``{count:,}``), by name.
        """
        return self._told(self._words.gettext(text) if text else "", facts)

    def many(self, one: str, several: str, number: int, /, **facts: Any) -> str:
        """Return a sentence about a number of things, which it calls ``{number:,}``."""
        return self._told(self._words.ngettext(one, several, number), {"number": number, **facts})

    def named(self, context: str, text: str, /) -> str:
        """Return a word that means one thing here and another elsewhere, e.g. a command's name."""
        return self._words.pgettext(context, text)

    def told(self, error: BotError) -> str:
        """Return what an error tells whoever must act."""
        facts = {name: self.told(fact) if isinstance(fact, BotError) else fact for name, fact in error.facts.items()}
        return self(error.text, **facts)

    def listed(self, words: Sequence[str], most: int = 3) -> str:
        """Return ``A``, ``A and B``, ``A, B and C``, or ``A, B and 4 others`` where there are more than most."""
        if len(words) > most:
            rest = self.many("{number:,} other", "{number:,} others", len(words) - most + 1)
            words = [*words[: most - 1], rest]
        return self._listed(words, "standard", "and")

    def either(self, words: Sequence[str]) -> str:
        """Return ``A``, ``A or B`` or ``A, B or C``."""
        return self._listed(words, "or", "or")

    def number(self, number: float) -> str:
        """Return a number with its thousands apart."""
        if self.language == WRITTEN:
            return f"{number:,}"
        from babel.numbers import format_decimal  # noqa: PLC0415 - English needs none of it

        return format_decimal(number, locale=self.language)

    def country(self, code: str) -> str | None:
        """Return what a country is called, ``None`` where its code is none of CLDR's, and in English.

        Args:
            code: Three letters of ISO 3166, small or large; or ``eu`` and ``un``, which CLDR knows as well.
        """
        if self.language == WRITTEN:
            return None
        from babel import Locale  # noqa: PLC0415 - English needs none of it
        from babel.core import get_global  # noqa: PLC0415

        [two, *_others] = get_global("territory_aliases").get(code.upper(), [code.upper()])
        return Locale.parse(self.language).territories.get(two)

    def day(self, day: date, *, year: bool = False) -> str:
        """Return ``14 May``, or with its year ``14 May 2025``."""
        if self.language == WRITTEN:
            return f"{day.day} {day:%B %Y}" if year else f"{day.day} {day:%B}"
        from babel.dates import format_date, format_skeleton  # noqa: PLC0415 - English needs none of it

        # A moment would be taken into UTC.
        plain = date(day.year, day.month, day.day)
        if year:
            return format_date(plain, "long", locale=self.language)
        return str(format_skeleton("MMMMd", plain, locale=self.language))

    def moment(self, at: datetime) -> str:
        """Return ``14 May, 22:41 UTC``."""
        there = at.astimezone(UTC)
        return f"{self.day(there)}, {there:%H:%M} UTC"

    def apart(self, fact: str) -> str:
        """Return a fact so that it may stand in a sentence that runs the other way."""
        return f"{ISOLATE}{_TURNS.sub('', fact)}{END}" if fact and self.leftward else fact

    def _listed(self, words: Sequence[str], style: Any, last: str) -> str:
        if len(words) <= 1:
            return "".join(words)
        if self.language == WRITTEN:
            return f"{', '.join(words[:-1])} {last} {words[-1]}"
        from babel.lists import format_list  # noqa: PLC0415 - English needs none of it

        return format_list([self.apart(word) for word in words], style=style, locale=self.language)

    def row(self, *parts: str) -> str:
        """Return what stands side by side in a line of a list, each in its own direction."""
        return " · ".join(self.apart(part) for part in parts if part)

    def _told(self, text: str, facts: dict[str, Any]) -> str:
        words, typed = (_Form(self, apart=apart) for apart in (True, False))
        if not self.leftward:
            return words.filled(text, facts)
        told, end = "", 0
        for found in _TYPED.finditer(text):
            told += words.filled(text[end : found.start()], facts) + self.apart(typed.filled(found[0], facts))
            end = found.end()
        return told + words.filled(text[end:], facts)


class _Form(string.Formatter):
    """Puts facts into a sentence as its language writes them."""

    def __init__(self, voice: Voice, *, apart: bool = True) -> None:
        self._voice = voice
        self._apart = apart

    def filled(self, text: str, facts: dict[str, Any]) -> str:
        """Return a part of a sentence with its facts; one without facts may hold braces."""
        return self.vformat(text, (), facts) if facts else text

    def format_field(self, value: Any, format_spec: str) -> str:
        if isinstance(value, int) and format_spec == ",":
            return self._voice.number(value)
        if isinstance(value, Either):
            return self._voice.either(value.quoted)
        told = format(value, format_spec)
        return self._voice.apart(told) if self._apart else told


ENGLISH = Voice()


@cache
def voice_in(language: str) -> Voice:
    """Return the voice of a language of ours."""
    if language == WRITTEN:
        return ENGLISH
    with (Path(__file__).parent / language / "LC_MESSAGES" / f"{DOMAIN}.mo").open("rb") as catalogue:
        return Voice(language, gettext.GNUTranslations(catalogue))
