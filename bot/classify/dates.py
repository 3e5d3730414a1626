"""Dates in a sentence, resolved against the day of publication."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from bot.classify.chunks import Reading

WEEK = timedelta(days=7)
MONTHS = 12
YEARS = range(1900, 2101)
#: A date without a year lies within so many days of publication, else in the year that is nearest.
HALF_YEAR = 183
#: A weekday belongs to saying if a verb of saying stands so near before it.
BESIDE_SAYING = 3


class When(NamedTuple):
    """A date that a sentence names."""

    start: int
    end: int
    iso: str
    #: It tells when something was said.
    is_said: bool = False


class Calendar:
    """Reads dates with a language's words for months, days and spans."""

    def __init__(self, words: Mapping[str, Any]) -> None:
        self._months = words["months"]
        self._weekdays = words["weekdays"]
        self._days = {tuple(name.split()): shift for name, shift in words["days"].items()}
        self._before = frozenset(words["before"])
        self._after = frozenset(words["after"])
        self._units = words["units"]
        self._numbers = words["numbers"]

    def dates(self, reading: Reading, published: datetime | None) -> list[When]:
        """Return the dates of a sentence in order; without publication none that lean on it."""
        if published is None:
            return []
        found: list[When] = []
        place = 0
        while place < len(reading.norms):
            when = self._at(reading, place, published.date())
            if when is None:
                place += 1
            else:
                found.append(when)
                place = when.end
        return found

    def _at(self, reading: Reading, place: int, day: date) -> When | None:
        norms = reading.norms
        for ways in (self._calendar_day, self._relative, self._weekday):
            result = ways(reading, norms, place, day)
            if result is not None:
                end, value = result
                is_said = self._is_said(reading, place) and value <= day
                return When(place, end, value.isoformat(), is_said)
        return None

    def _calendar_day(self, reading: Reading, norms: Sequence[str], place: int, day: date) -> tuple[int, date] | None:
        month, number, end = None, None, place
        follows = norms[place + 1 : place + 3]
        if norms[place] in self._months and reading.tokens[place].is_capital:
            month, number, end = self._months[norms[place]], _day_number(follows[:1]), place + 2
        elif norms[place][0].isdigit() and follows[:1] and follows[0] in self._months:
            month, number, end = self._months[follows[0]], _day_number(norms[place : place + 1]), place + 2
        if month is None or number is None:
            return None
        year = _year(norms[end : end + 2])
        if year is not None:
            end += 2 if norms[end] == "," else 1
        value = _nearest(day, month, number) if year is None else _make(year, month, number)
        return None if value is None else (end, value)

    def _relative(self, reading: Reading, norms: Sequence[str], place: int, day: date) -> tuple[int, date] | None:
        for phrase, shift in self._days.items():
            if tuple(norms[place : place + len(phrase)]) == phrase:
                return place + len(phrase), day + timedelta(days=shift)
        if norms[place] == "in" and len(norms) > place + 2 and norms[place + 2] in self._units:
            count = self._numbers.get(norms[place + 1]) or _day_number(norms[place + 1 : place + 2])
            if count:
                return place + 3, day + timedelta(days=count * self._units[norms[place + 2]])
        return None

    def _weekday(self, reading: Reading, norms: Sequence[str], place: int, day: date) -> tuple[int, date] | None:
        if norms[place] not in self._weekdays or not reading.tokens[place].is_capital:
            return None
        ahead = (self._weekdays[norms[place]] - day.weekday()) % 7
        before = norms[place - 1] if place else ""
        coming = day + timedelta(days=ahead)
        if before in self._after:
            return place + 1, coming if ahead else coming + WEEK
        if before in self._before or self._is_said(reading, place) or not self._is_ahead(reading, place):
            return place + 1, coming if not ahead else coming - WEEK
        return place + 1, coming

    def _is_ahead(self, reading: Reading, place: int) -> bool:
        verbs = {act.start for act in reading.acts if act.form in {"base", "phrase"}}
        marks = [hit for hit in reading.marks.get("future", ()) if reading.norms[hit.start] != "to" or hit.end in verbs]
        return any(hit.start < place for hit in marks) or not self._is_past(reading)

    def _is_past(self, reading: Reading) -> bool:
        return any(act.form in {"past", "participle"} for act in reading.acts) or any(
            norm in {"was", "were", "had", "said"} for norm in reading.norms
        )

    def _is_said(self, reading: Reading, place: int) -> bool:
        return any(place - BESIDE_SAYING <= hit.end <= place for hit in reading.marks.get("reporting", ()))


def spans(found: Sequence[When]) -> Iterator[When]:
    """Yield the dates at which things happen, those of saying left out."""
    yield from (when for when in found if not when.is_said)


def _day_number(words: Sequence[str]) -> int | None:
    if not words:
        return None
    digits = words[0].removesuffix("st").removesuffix("nd").removesuffix("rd").removesuffix("th")
    return int(digits) if digits.isascii() and digits.isdigit() and 1 <= int(digits) <= 31 else None  # noqa: PLR2004


def _year(words: Sequence[str]) -> int | None:
    year = words[1] if len(words) > 1 and words[0] == "," else words[0] if words else ""
    return int(year) if year.isascii() and year.isdigit() and len(year) == 4 and int(year) in YEARS else None  # noqa: PLR2004


def _make(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _nearest(today: date, month: int, day: int) -> date | None:
    near = [_make(today.year + shift, month, day) for shift in (-1, 0, 1)]
    return min((one for one in near if one), key=lambda one: abs((one - today).days), default=None)
