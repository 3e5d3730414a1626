"""What the demo says around the alerts: what is played, each day as it comes, and how it ends."""

from collections.abc import Sequence
from datetime import date, datetime

from bot.demo.week import Outlet

WIDTH = 76


def opening(outlets: Sequence[Outlet], seconds: float, page: str) -> str:
    """Return what is about to be played, and where else it is seen."""
    start, end = days(outlets)
    return (
        f"The week of {start.day}–{end:%-d %B %Y} in {seconds:.0f} seconds: "
        f"{len(outlets)} invented outlets, {_published(outlets, None)} entries, real HTTP.\n"
        f"The page: {page}   Ctrl-C ends it."
    )


def day_line(day: date, now: datetime, outlets: Sequence[Outlet], posts: int) -> str:
    """Return the line that opens a day: its name, and how far the week has come."""
    read = f"{_published(outlets, now)} of {_published(outlets, None)} entries, {posts} alert{'s' * (posts != 1)}"
    return rule(f"{day:%A, %-d %B %Y}", read)


def rule(title: str, right: str = "") -> str:
    """Return a line across the page with a title in it, and words at its right end."""
    head = f"──── {title} "
    tail = f" {right} ────" if right else ""
    return head + "─" * max(4, WIDTH - len(head) - len(tail)) + tail


def closing(page: str) -> str:
    """Return what can be done once the week is over."""
    return f"The week is over. Ask on: type /stories or /help here, or open {page}\nCtrl-C ends it."


def days(outlets: Sequence[Outlet]) -> tuple[date, date]:
    """Return the days of the first and of the last entry."""
    moments = [version.at for outlet in outlets for version in outlet.versions]
    return min(moments).date(), max(moments).date()


def _published(outlets: Sequence[Outlet], now: datetime | None) -> int:
    """Return how many entries are out by a moment, all of them for ``None``."""
    return sum(
        len({version.id for version in outlet.versions if now is None or version.at <= now}) for outlet in outlets
    )
