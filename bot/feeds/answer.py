"""What a server answered, and what its headers say of coming again."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

from multidict import CIMultiDict, CIMultiDictProxy

NOT_MODIFIED = 304


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a server answered in the end."""

    status: int
    #: Where the answer came from, after redirects.
    url: str
    #: Where permanent redirects led, before any temporary one; ``None`` if nowhere.
    moved_to: str | None
    headers: CIMultiDictProxy[str] | CIMultiDict[str]
    #: Empty unless the status is 200.
    body: bytes = b""

    def fresh_for(self) -> timedelta | None:
        """Return how long the answer says it stays fresh, ``None`` if it does not say."""
        rules = _directives(self.headers.get("Cache-Control", ""))
        if "no-store" in rules or "no-cache" in rules:
            return None
        if "max-age" in rules:
            age = _seconds(self.headers.get("Age", "")) or timedelta()
            fresh = _seconds(rules["max-age"])
            return None if fresh is None else max(fresh - age, timedelta())
        return self._until("Expires")

    def validators(self) -> tuple[str | None, str | None]:
        """Return ETag and Last-Modified as they may be sent back, ``None`` for what is missing."""
        return _exact(self.headers.get("ETag")), _exact(self.headers.get("Last-Modified"))

    def retry_after(self) -> timedelta | None:
        """Return how long the server asks us to stay away."""
        return _seconds(self.headers.get("Retry-After", "")) or self._until("Retry-After")

    def _until(self, header: str) -> timedelta | None:
        """Return the span from the server's own Date to another of its dates."""
        then, sent = _date(self.headers.get(header)), _date(self.headers.get("Date"))
        return max(then - sent, timedelta()) if then and sent else None


def _exact(value: str | None) -> str | None:
    """Return a header's value if we can send the same bytes; what is no UTF-8 stands as lone surrogates here."""
    return value if value and not any("\ud800" <= sign <= "\udfff" for sign in value) else None


def _directives(header: str) -> dict[str, str]:
    pairs = (part.partition("=") for part in header.lower().split(","))
    return {name.strip(): value.strip().strip('"') for name, _, value in pairs}


def _seconds(text: str) -> timedelta | None:
    # Nine digits are 30 years; more would overflow, and mean "for ever" all the same.
    return timedelta(seconds=int(text.strip()[:9])) if text.strip().isdecimal() else None


def _date(text: str | None) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text) if text else None
    except ValueError:
        return None
    return moment if moment is None or moment.tzinfo else None
