"""A slot that keeps changing is told in one post, by edits, until it rests."""

from datetime import timedelta

import pytest

from bot.announce.pace import flaps
from bot.domain.alert import Alert, Mode
from bot.domain.event import Event
from tests.announce.newsroom import Newsroom
from tests.builders import actor, after, article, event

MINUTE = 1 / 60


class Desk(Newsroom):
    """A newsroom that minds how often a slot was told."""

    def hear(self, minutes: float, venue: str) -> list[Alert]:
        """Russia and Ukraine move their talks to another city."""
        told = article(
            f"Talks move to {venue}", f"Russia and Ukraine have moved the talks to {venue}.", hours=minutes * MINUTE
        )
        return [*self.read(told, moves_to(venue))]


def moves_to(venue: str) -> Event:
    return event(
        "talks-postponed",
        stage="moved",
        venue=venue,
        actors=(actor("Russia", id="rus"), actor("Ukraine", id="ukr")),
        words=f"Russia and Ukraine have moved the talks to {venue}.",
    )


@pytest.mark.parametrize(
    ("minutes", "flapping"),
    [((), False), ((0,), False), ((0, 10), True), ((0, 20), True), ((0, 5), False), ((-40, 20), False)],
)
def test_a_slot_flaps_at_its_third_change_within_an_hour_unless_it_rested(
    minutes: tuple[int, ...],
    flapping: bool,  # noqa: FBT001
) -> None:
    now = after(0) + timedelta(minutes=35)
    moves = {"talks/venue": [after(0) + timedelta(minutes=each) for each in minutes]}
    assert flaps("talks/venue", moves, now) == flapping


def test_a_line_of_the_ledger_never_flaps() -> None:
    assert not flaps("ledger/demand", {"ledger/demand": [after(0)] * 5}, after(0.1))


def test_a_slot_that_keeps_changing_makes_two_posts_then_edits_until_it_rests() -> None:
    desk = Desk()
    said = [desk.hear(minutes, venue) for minutes, venue in cities()]
    modes = [[alert.mode for alert in alerts] for alerts in said]
    assert modes[:2] == [[Mode.POST]] * 2
    assert modes[2:4] == [[Mode.EDIT, Mode.THREAD]] * 2
    assert modes[4] == [Mode.POST]
    edit, line = said[3]
    assert edit.of == said[1][0].id
    assert "Doha" in line.headline


def cities() -> list[tuple[float, str]]:
    """Return a slot's changes: four within the hour, and one after it rested."""
    return [(0, "Istanbul"), (15, "Geneva"), (30, "Vienna"), (45, "Doha"), (76, "Muscat")]
