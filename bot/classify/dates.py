"""Dates in a sentence, resolved against the day of publication."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any, NamedTuple

from bot.classify.chunks import Reading, dateline
from bot.classify.grammar import Clause

WEEK = timedelta(days=7)
MONTHS = 12
YEARS = range(1900, 2101)
#: A weekday belongs to saying if a verb of saying stands so near before it.
BESIDE_SAYING = 3
#: A date so long before publication is background.
OLD = timedelta(days=300)
#: An auxiliary stands at most so far before its participle.
AUXILIARY = 3


#: Kinds that are words: their own day is when they were said, and only what they name ahead happens.
CALLED = frozenset({
    "talks-proposed", "ceasefire-called", "talks-rejected", "delegation-named", "delegation-changed", "demand",
    "threat", "rejection", "concession", "accusation", "pledge",
})  # fmt: skip
#: Kinds that announce what is to come.
ANNOUNCED = CALLED | {
    "talks-scheduled", "talks-postponed", "attendance-confirmed", "attendance-declined",
}  # fmt: skip


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
        self._ahead = frozenset(words["ahead"])
        self._behind = frozenset(words["at_past"])
        self._joints = frozenset(words["joints"])
        self._next_week = {tuple(phrase.split()) for phrase in words["next_week"]}
        self._past = frozenset(words["past"])
        self._units = words["units"]
        self._within = frozenset(words["within"])
        self._bare = frozenset(words["bare"])
        self._never = frozenset(words["never"])
        self._given_up = {tuple(phrase.split()) for phrase in words["given_up"]}
        self._past_endings = tuple(words["past_endings"])
        self._ordinals = tuple(words["ordinals"])
        self._point = "".join(words["ordinal_point"])
        self._numbers = words["numbers"]

    def dates(self, reading: Reading, published: datetime | None) -> list[When]:
        """Return the dates of a sentence in order; without publication none that lean on it."""
        if published is None:
            return []
        found: list[When] = []
        place = dateline(reading.tokens)
        while place < len(reading.norms):
            place += self._doubles(reading, place)
            when = self._at(reading, place, published.date())
            if when is None:
                place += 1
            else:
                found.append(when)
                place = when.end
        return found

    def _doubles(self, reading: Reading, place: int) -> int:
        """Return the length of a weekday that a calendar day follows ("Thursday, May 15")."""
        norms = reading.norms
        if norms[place] not in self._weekdays:
            return 0
        skip = 2 if norms[place + 1 : place + 2] == [","] else 1
        follows = norms[place + skip : place + skip + 2]
        is_day = len(follows) == 2 and (  # noqa: PLR2004
            (follows[0] in self._months and follows[1][0].isdigit())
            or (follows[0][0].isdigit() and follows[1] in self._months)
        )
        return skip if is_day else 0

    def of_act(self, found: Sequence[When], part: Clause, published: datetime | None, kind: str) -> str | None:
        """Return when what a clause tells happens.

        What is only announced lies ahead: of its dates the first from today on counts, and a
        proposal's own day is none of its talks. Else the date of the act's clause, or the only one.
        """
        happens = [when for when in found if not when.is_said and not _is_old(when, published)]
        inside = [when for when in happens if part.start <= when.start < part.end]
        if published is not None and kind in ANNOUNCED:
            today = published.date().isoformat()
            coming = [when for when in (*inside, *happens) if when.iso >= today]
            coming.sort(key=lambda when: (when.iso == today, when not in inside))
            if coming and not (kind in CALLED and coming[0].iso == today):
                return coming[0].iso
            if kind in CALLED:
                return None
        if inside:
            return inside[0].iso
        return happens[0].iso if len(happens) == 1 or (happens and part.act is None) else None

    def said(self, found: Sequence[When], published: datetime | None, kind: str) -> str | None:
        """Return when it was said: the day beside a word of saying, or the day of a word that is itself the act."""
        if published is None:
            return None
        today = published.date().isoformat()
        return next((when.iso for when in found if when.is_said or (kind in CALLED and when.iso <= today)), None)

    def _at(self, reading: Reading, place: int, day: date) -> When | None:
        norms = reading.norms
        span = self._days_of_month(norms, place, day) or self._week(norms, place, day)
        if span is not None:
            end, first, last = span
            return When(place, end, f"{first.isoformat()}/{last.isoformat()}")
        for ways in (self._calendar_day, self._relative, self._weekday):
            result = ways(reading, norms, place, day)
            if result is not None:
                end, value = result
                is_said = self._is_said(reading, place) and value <= day
                return When(place, end, value.isoformat(), is_said)
        return None

    def _days_of_month(self, norms: Sequence[str], place: int, day: date) -> tuple[int, date, date] | None:
        """Return a stretch of days of one month: "5 and 6 December", "May 12-14"."""
        row = list(norms[place : place + 4])
        if len(row) < 4:  # noqa: PLR2004
            return None
        if row[3] in self._months and row[1] in self._joints:
            month, first, last = self._months[row[3]], self._day_number(row[:1]), self._day_number(row[2:3])
        elif row[0] in self._months and row[2] in self._joints:
            month, first, last = self._months[row[0]], self._day_number(row[1:2]), self._day_number(row[3:])
        else:
            return None
        if first is None or last is None or first >= last:
            return None
        year = _year(norms[place + 4 : place + 6])
        days = [_nearest(day, month, one) if year is None else _make(year, month, one) for one in (first, last)]
        return None if days[0] is None or days[1] is None else (place + 4, days[0], days[1])

    def _week(self, norms: Sequence[str], place: int, day: date) -> tuple[int, date, date] | None:
        if tuple(norms[place : place + 2]) not in self._next_week:
            return None
        monday = day - timedelta(days=day.weekday()) + WEEK
        return place + 2, monday, monday + timedelta(days=6)

    def _calendar_day(self, reading: Reading, norms: Sequence[str], place: int, day: date) -> tuple[int, date] | None:
        month, number, end = None, None, place
        follows = norms[place + 1 : place + 3]
        if (
            self._point
            and follows[:1] == [self._point]
            and norms[place].isdigit()
            and follows[1:]
            and follows[1] in self._months
        ):
            follows, end = follows[1:], place + 1
        if norms[place] in self._months and reading.tokens[place].is_capital:
            month, number, end = self._months[norms[place]], self._day_number(follows[:1]), place + 2
        elif norms[place][0].isdigit() and follows[:1] and follows[0] in self._months:
            month, number, end = self._months[follows[0]], self._day_number(norms[place : place + 1]), end + 2
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
        if norms[place] in self._within and len(norms) > place + 2 and norms[place + 2] in self._units:
            count = self._numbers.get(norms[place + 1]) or self._day_number(norms[place + 1 : place + 2])
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
        is_named_by_it = norms[place + 1 : place + 2] in (["'s"], ["\u2019s"]) and before not in self._behind
        if is_named_by_it:
            # "Thursday's talks" are yet to come wherever nothing says that they were.
            return place + 1, coming
        if before not in self._ahead and (before in self._before or not self._is_ahead(reading, place)):
            return place + 1, coming if not ahead else coming - WEEK
        return place + 1, coming

    def _is_ahead(self, reading: Reading, place: int) -> bool:
        """Tell whether the verb next to a weekday looks ahead: the one before it first, then any."""
        future = {hit.start for hit in reading.marks.get("future", ()) if reading.norms[hit.start] not in self._bare}
        bases = {act.start for act in reading.acts if act.form in {"base", "phrase"}}
        nouns = {spot for thing in reading.things for spot in range(thing.start, thing.end)}
        present = {act.start for act in reading.acts if act.form in {"base", "third"}} - nouns
        for spot in range(place - 1, -1, -1):
            if spot in present and not (spot and self._is_past(reading, spot - 1)):
                return self._never.isdisjoint(reading.norms[max(0, spot - AUXILIARY) : spot])
            if spot in future or (reading.norms[spot] in self._bare and spot + 1 in bases):
                return True
            if self._is_past(reading, spot):
                # "would be", "is to be held": the auxiliary decides over its participle.
                window = range(max(0, spot - AUXILIARY), spot)
                if not self._given_up.isdisjoint(pairwise(reading.norms[window.start : window.stop])):
                    return False  # "were to have opened": a plan that was
                return any(one in future or reading.norms[one] in self._bare for one in window)
        size = len(reading.norms)
        end = next((spot for spot in range(place, size) if reading.norms[spot] == ","), size)
        return bool(future) or not any(self._is_past(reading, spot) for spot in range(place, end))

    def _day_number(self, words: Sequence[str]) -> int | None:
        return _day_number(words, self._ordinals)

    def _is_past(self, reading: Reading, spot: int) -> bool:
        norm = reading.norms[spot]
        return norm in self._past or (norm.endswith(self._past_endings) and reading.tokens[spot].text.islower())

    def _is_said(self, reading: Reading, place: int) -> bool:
        return any(place - BESIDE_SAYING <= hit.end <= place for hit in reading.marks.get("reporting", ()))


def _is_old(when: When, published: datetime | None) -> bool:
    """Tell whether a date lies so far back that only memory names it."""
    return published is not None and date.fromisoformat(when.iso[:10]) < published.date() - OLD


def _day_number(words: Sequence[str], ordinals: Sequence[str]) -> int | None:
    if not words:
        return None
    digits = words[0]
    for ordinal in ordinals:
        digits = digits.removesuffix(ordinal)
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
