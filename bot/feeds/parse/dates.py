"""The dates that feeds write: RFC 822, ISO 8601 and their misspellings."""

import re
from datetime import UTC, datetime, timedelta

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# Hours east of Greenwich. Names that two zones share mean the one that feeds mean.
ZONES = {
    "": 0, "z": 0, "ut": 0, "utc": 0, "gmt": 0, "wet": 0, "west": 1, "bst": 1, "cet": 1, "met": 1, "cest": 2,
    "eet": 2, "eest": 3, "trt": 3, "msk": 3, "msd": 4, "gst": 4, "pkt": 5, "ist": 5.5, "sgt": 8, "hkt": 8, "jst": 9,
    "kst": 9, "aest": 10, "aedt": 11, "ast": -4, "edt": -4, "est": -5, "cdt": -5, "cst": -6, "mdt": -6, "mst": -7,
    "pdt": -7, "pst": -8,
}  # fmt: skip

_RFC = re.compile(
    r"(?:[^\W\d_]+\.?,?\s+)?(\d{1,2})[\s-]+([A-Za-z]{3})[A-Za-z]*\.?,?[\s-]+(\d{4}|\d{2}),?"
    r"(?:\s+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?\s*([A-Za-z]*)\s*([+-]\d{1,2}:?\d{2})?\s*(?:\([^)]*\))?"
)
_AMERICAN = re.compile(
    r"(?:[A-Za-z]{3,9},?\s+)?([A-Za-z]{3})[A-Za-z]*\.?\s+(\d{1,2}),?\s+"
    r"(?:(\d{4}),?\s+)?(\d{1,2}):(\d{2})(?::(\d{2}))?\s*([A-Za-z]*)\s*([+-]\d{1,2}:?\d{2})?(?:\s+(\d{4}))?"
)
_ISO = re.compile(
    r"(\d{4})-?(\d{2})(?:-?(\d{2}))?(?:[T\s]+(\d{1,2}):?(\d{2})(?::?(\d{2})(?:[.,]\d+)?)?)?"
    r"\s*(Z|[A-Za-z]{2,4})?\s*([+-]\d{1,2}(?::?\d{2})?)?",
    re.IGNORECASE,
)


def moment(text: str) -> datetime | None:
    """Return what a feed's date says in UTC, ``None`` if it says nothing readable.

    A date without a zone is taken as UTC, one without a time as its midnight.
    """
    text = text.strip()[:80]
    try:
        return _rfc(text) or _iso(text) or _american(text)
    except (ValueError, OverflowError):
        return None


def _rfc(text: str) -> datetime | None:
    found = _RFC.fullmatch(text)
    if found is None or found[2].lower() not in MONTHS:
        return None
    day, month, year, hour, minute, second, zone, offset = found.groups()
    return _at(year, MONTHS.index(month.lower()) + 1, day, (hour, minute, second), zone, offset)


def _iso(text: str) -> datetime | None:
    found = _ISO.fullmatch(text)
    if found is None:
        return None
    year, month, day, hour, minute, second, zone, offset = found.groups()
    return _at(year, month, day or 1, (hour, minute, second), zone, offset)


def _american(text: str) -> datetime | None:
    """Read ``May 14, 2025 22:41`` and C's ``Wed May 14 22:41:00 2025``."""
    found = _AMERICAN.fullmatch(text)
    if found is None or found[1].lower() not in MONTHS or not (found[3] or found[9]):
        return None
    month, day, year, hour, minute, second, word, offset, year_at_end = found.groups()
    afternoon = word.lower() if word.lower() in {"am", "pm"} else ""
    if afternoon:
        hour, word = str(int(hour) % 12 + (12 if afternoon == "pm" else 0)), ""
    clock = (hour, minute, second)
    return _at(year or year_at_end, MONTHS.index(month.lower()) + 1, day, clock, word, offset)


def _at(  # noqa: PLR0913, PLR0917  the parts of one date
    year: str, month: str | int, day: str | int, clock: tuple[str | None, ...], zone: str | None, offset: str | None
) -> datetime | None:
    hour, minute, second = (int(part or 0) for part in clock)
    zone = (zone or "").lower()
    if zone not in ZONES and not offset:
        return None
    # RFC 2822: 00 to 49 are of this century. Hour 24 is the next day's midnight;
    # a leap second is told as the one before it.
    full = int(year) + ({True: 2000, False: 1900}[int(year) < 50] if len(year) == 2 else 0)  # noqa: PLR2004
    day_start = datetime(full, int(month), int(day), tzinfo=UTC)
    if hour > 24 or minute > 59 or second > 60:  # noqa: PLR2004
        return None
    clock_time = timedelta(hours=hour, minutes=minute, seconds=min(second, 59))
    return day_start + clock_time - (_offset(offset) if offset else timedelta(hours=ZONES[zone]))


def _offset(text: str) -> timedelta:
    digits = text[1:].replace(":", "")
    hours, minutes = (digits, "0") if len(digits) <= 2 else (digits[:-2], digits[-2:])  # noqa: PLR2004
    span = timedelta(hours=int(hours), minutes=int(minutes))
    return -span if text[0] == "-" else span
