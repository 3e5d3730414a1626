"""Slots that gather: names that add up, and the lines of the ledger."""

from datetime import timedelta

from bot.domain.event import Quantity
from bot.domain.story import Slot
from bot.track.candidate import Candidate
from bot.track.standing import Standing

#: The same word again within this span is another source, later it is news.
REPEAT = timedelta(days=3)

# A full list of this many names, a day after the last, is a new list.
LIST = 2
NEW_LIST = timedelta(hours=24)


class Names:
    """A slot whose value is a set of names: members, callers, mediators."""

    def __init__(self, slot: str) -> None:
        self.key = slot
        self.standing: Standing | None = None

    def hear(self, new: Candidate) -> None:
        """Add the names of a claim, or strike them."""
        names = new.value if isinstance(new.value, tuple) else (str(new.value),)
        known = self._known()
        if new.denial or new.event.stage == "withdrawn":
            self._become(new, tuple(name for name in known if name not in names))
        elif self._starts_anew(new, names):
            self._become(new, names)
        else:
            self._become(new, known + tuple(name for name in names if name not in known))

    def slot(self) -> Slot | None:
        """Return the slot, or ``None`` while no name is known."""
        return self.standing.slot() if self.standing else None

    def _known(self) -> tuple[str, ...]:
        value = self.standing.value if self.standing else ()
        return value if isinstance(value, tuple) else ()

    def _starts_anew(self, new: Candidate, names: tuple[str, ...]) -> bool:
        if self.standing is None or not self.key.endswith("/members") or new.event.kind != "delegation-named":
            return False
        return len(names) >= LIST and new.at - self.standing.since >= NEW_LIST and not set(names) <= set(self._known())

    def _become(self, new: Candidate, names: tuple[str, ...]) -> None:
        if self.standing is None:
            if names and not new.denial:
                self.standing = Standing.of(new)
                self.standing.value = names
            return
        if names == self._known():
            if not new.denial and set(new.value) & set(names):
                self.standing.join(new)
            return
        before = self.standing
        self.standing = Standing.of(new)
        self.standing.value, self.standing.replaced = names, before.value
        if set(before.value) <= set(names):
            self.standing.inherit(before)


class Line:
    """A line of the ledger: said once, and again when days have passed or the terms are new."""

    def __init__(self, slot: str) -> None:
        self.key = slot
        self.standing: Standing | None = None
        self.terms: dict[str, Quantity] = {}

    def hear(self, new: Candidate) -> None:
        """Add a source to the line, or write it anew."""
        before = self.standing
        if before is not None and new.at - before.since < REPEAT and self._knows(new):
            before.join(new)
            return
        self.standing = Standing.of(new)
        self.standing.replaced = before.value if before else None
        self.terms |= _terms(new)

    def slot(self) -> Slot | None:
        """Return the slot, or ``None`` before anything was said."""
        return self.standing.slot() if self.standing else None

    def _knows(self, new: Candidate) -> bool:
        """Return whether the claim brings no terms that the line lacks."""
        return all(self.terms.get(key) == value for key, value in _terms(new).items())


def _terms(new: Candidate) -> dict[str, Quantity]:
    """Return a claim's terms; the day by which something is threatened is one."""
    event = new.event
    return {**event.terms, "by": event.when} if event.kind == "threat" and event.when else dict(event.terms)
