"""How names, times, numbers and slot values are written."""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime

from bot.domain.event import Quantity
from bot.domain.story import Value

_DAY = re.compile(r"^\d{4}-\d{2}-\d{2}$")
#: Terms that are said in a way of their own; the rest is "name: value".
_FLAGS = {"unconditional": "unconditional", "conditional": "conditional"}
_UNITS = {"days": "day", "hours": "hour", "weeks": "week", "months": "month", "minutes": "minute"}
_BOUNDS = frozenset({"from", "until"})
_LARGE = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"))
_MOST_NAMES = 3


def listed(words: Sequence[str], most: int = _MOST_NAMES) -> str:
    """Return ``A``, ``A and B``, ``A, B and C``, or ``A, B and 4 others``."""
    if len(words) > most:
        return f"{', '.join(words[: most - 1])} and {len(words) - most + 1} others"
    if len(words) <= 1:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def moment(at: datetime) -> str:
    """Return ``14 May, 22:41 UTC``."""
    there = at.astimezone(UTC)
    return f"{there.day} {there:%B}, {there:%H:%M} UTC"


def when(text: str, year: int) -> str:
    """Return an ISO date, moment or span in words; the year only where it is another.

    Args:
        text: ``YYYY-MM-DD``, a moment with offset, or ``FROM/TO``; anything
            else comes back as it is.
        year: The year that the reader takes for granted.
    """
    first, slash, last = text.partition("/")
    if slash:
        return _span(first, last, year)
    if _DAY.match(text):
        return _day(date.fromisoformat(text), year) if _valid(text) else text
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return text
    there = at.astimezone(UTC) if at.tzinfo else at
    zone = " UTC" if at.tzinfo else ""
    return f"{_day(there.date(), year)}, {there:%H:%M}{zone}"


def terms(named: Mapping[str, Quantity]) -> str:
    """Return named quantities as ``30 days, unconditional``."""
    return ", ".join(_term(name, quantity) for name, quantity in sorted(named.items(), key=_numbers_first))


def adjectives(named: Mapping[str, Quantity]) -> str:
    """Return the terms that stand before a noun: ``unconditional 30-day``."""
    flags = [word for name, word in _FLAGS.items() if named.get(name) is True]
    spans = [f"{_figure(named[name])}-{unit}" for name, unit in _UNITS.items() if _is_number(named.get(name))]
    return " ".join((*flags, *spans))


def raw(value: Value | None) -> str | None:
    """Return a value as one string for machines, ``None`` where nothing holds."""
    if value is None or isinstance(value, str):
        return value
    return terms(value) if isinstance(value, Mapping) else ", ".join(value)


def as_names(value: Value | None) -> tuple[str, ...]:
    """Return the names that a value holds."""
    if value is None or isinstance(value, Mapping):
        return ()
    return (value,) if isinstance(value, str) else tuple(value)


def _span(first: str, last: str, year: int) -> str:
    if not (_valid(first) and _valid(last)):
        return f"{when(first, year)} to {when(last, year)}" if first and last else first or last
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{_day(end, year)}"
    return f"{_day(start, year if start.year == end.year else end.year)} to {_day(end, year)}"


def _valid(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return bool(_DAY.match(text))


def _day(day: date, year: int) -> str:
    return f"{day.day} {day:%B}" if day.year == year else f"{day.day} {day:%B} {day.year}"


def _term(name: str, quantity: Quantity) -> str:
    label = name.replace("_", " ").replace("-", " ")
    if name in _BOUNDS and isinstance(quantity, str) and _valid(quantity):
        day = date.fromisoformat(quantity)
        return f"{name} {_day(day, day.year)}"
    if name == "each_side":
        return f"{_figure(quantity)} each"
    if isinstance(quantity, bool):
        return label if quantity else f"not {label}"
    if _is_number(quantity):
        return f"{_figure(quantity)} {label[:-1] if quantity == 1 and name in _UNITS else label}"
    return f"{label}: {quantity}"


def _numbers_first(item: tuple[str, Quantity]) -> bool:
    return not _is_number(item[1])


def _is_number(quantity: Quantity | None) -> bool:
    return isinstance(quantity, int | float) and not isinstance(quantity, bool)


def _figure(quantity: Quantity) -> str:
    if isinstance(quantity, bool) or not isinstance(quantity, int | float):
        return str(quantity)
    for size, word in _LARGE:
        if abs(quantity) >= size and round(quantity / size, 2) * size == quantity:
            return f"{round(quantity / size, 2):g} {word}"
    return f"{quantity:,}"
