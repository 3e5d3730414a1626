"""The small mark of each family of kinds, the same on every platform."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mark:
    """A sign before the line of place, and the words that say the same."""

    sign: str
    #: For readers who hear the page or cannot show the sign.
    word: str


# Signs that every common font has, none of which a platform turns into an
# emoji. The keys are the names of the families in `bot.kinds`.
MARKS = {
    "agreements": Mark("§", "agreement"),
    "attendance": Mark("●", "attendance"),
    "ceasefire": Mark("‖", "ceasefire"),
    "delegations": Mark("☰", "delegation"),
    "humanitarian": Mark("✚", "humanitarian"),
    "institutions": Mark("■", "institution"),
    "mediation": Mark("⇄", "mediation"),
    "positions": Mark("»", "position"),
    "pressure": Mark("▲", "pressure"),
    "talks": Mark("◆", "talks"),
}

#: For a family that has no mark of its own.
OTHER = Mark("·", "news")


def mark_of(family: str | None) -> Mark | None:
    """Return a family's mark, or ``None`` for a card that belongs to none."""
    return MARKS.get(family, OTHER) if family else None
