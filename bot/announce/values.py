"""How names, times, numbers and slot values are written."""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime

from bot.domain.event import Quantity
from bot.domain.story import Value
from bot.locales import ENGLISH, Voice, _

_DAY = re.compile(r"^\d{4}-\d{2}-\d{2}$")
#: Terms that are said in a way of their own; the rest is "name: value".
_FLAGS = {"unconditional": "unconditional", "conditional": "conditional"}
_UNITS = {"days": "day", "hours": "hour", "weeks": "week", "months": "month", "minutes": "minute"}
_BOUNDS = frozenset({"from", "until"})
_LARGE = ((10**12, _("{figure} trillion")), (10**9, _("{figure} billion")), (10**6, _("{figure} million")))
#: What terms are called besides spans, as `bot.classify.terms` names them.
TERMS = (
    _("prisoners"),
    _("remains"),
    _("troops"),
    _("diplomats"),
    _("observers"),
    _("lorries"),
    _("percent"),
    _("km"),
    _("for"),
    _("against"),
    _("unconditional"),
    _("conditional"),
)


#: What headlines, which are English, are made of.
listed = ENGLISH.listed
moment = ENGLISH.moment


def when(text: str, year: int, say: Voice = ENGLISH) -> str:
    """Return an ISO date, moment or span in words; the year only where it is another.

    Args:
        text: ``YYYY-MM-DD``, a moment with offset, or ``FROM/TO``; anything
            else comes back as it is.
        year: The year that the reader takes for granted.
        say: Who reads it.
    """
    first, slash, last = text.partition("/")
    if slash:
        return _span(first, last, year, say)
    if _DAY.match(text):
        return _day(date.fromisoformat(text), year, say) if _valid(text) else text
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return text
    there = at.astimezone(UTC) if at.tzinfo else at
    zone = " UTC" if at.tzinfo else ""
    return f"{_day(there.date(), year, say)}, {there:%H:%M}{zone}"


def terms(named: Mapping[str, Quantity], say: Voice = ENGLISH) -> str:
    """Return named quantities as ``30 days, unconditional``."""
    return ", ".join(_term(name, quantity, say) for name, quantity in sorted(named.items(), key=_numbers_first))


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


def _span(first: str, last: str, year: int, say: Voice) -> str:
    if not (first and last):
        return first or last
    if not (_valid(first) and _valid(last)):
        return say("{first} to {last}", first=when(first, year, say), last=when(last, year, say))
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    if say is ENGLISH and (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{_day(end, year, say)}"
    begins = _day(start, year if start.year == end.year else end.year, say)
    return say("{first} to {last}", first=begins, last=_day(end, year, say))


def _valid(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return bool(_DAY.match(text))


def _day(day: date, year: int, say: Voice) -> str:
    return say.day(day, year=day.year != year)


def _term(name: str, quantity: Quantity, say: Voice) -> str:
    label = say(name.replace("_", " ").replace("-", " "))
    if name in _BOUNDS and isinstance(quantity, str) and _valid(quantity):
        day = say.day(date.fromisoformat(quantity))
        return say("from {day}", day=day) if name == "from" else say("until {day}", day=day)
    if isinstance(quantity, bool):
        return label if quantity else say("not {term}", term=label)
    if not isinstance(quantity, int | float):
        return f"{label}: {quantity}"
    figure = _figure(quantity, say)
    if name == "each_side":
        return say("{figure} each", figure=figure)
    return _length(name, quantity, figure, say) or say("{figure} {term}", figure=figure, term=label)


def _length(name: str, quantity: float, figure: str, say: Voice) -> str:
    number = int(quantity)
    match name:
        case "days":
            return say.many("{figure} day", "{figure} days", number, figure=figure)
        case "hours":
            return say.many("{figure} hour", "{figure} hours", number, figure=figure)
        case "weeks":
            return say.many("{figure} week", "{figure} weeks", number, figure=figure)
        case "months":
            return say.many("{figure} month", "{figure} months", number, figure=figure)
        case "minutes":
            return say.many("{figure} minute", "{figure} minutes", number, figure=figure)
        case _:
            return ""


def _numbers_first(item: tuple[str, Quantity]) -> bool:
    return not _is_number(item[1])


def _is_number(quantity: Quantity | None) -> bool:
    return isinstance(quantity, int | float) and not isinstance(quantity, bool)


def _figure(quantity: Quantity, say: Voice = ENGLISH) -> str:
    if isinstance(quantity, bool) or not isinstance(quantity, int | float):
        return str(quantity)
    for size, words in _LARGE:
        if abs(quantity) >= size and round(quantity / size, 2) * size == quantity:
            return say(words, figure=f"{round(quantity / size, 2):g}")
    return say.number(quantity)
