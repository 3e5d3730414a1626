"""What fills a slot where several things may: options weighed by signs, what rules tell among them."""

from datetime import UTC, datetime

import numpy as np
import pytest

from bot import seeds
from bot.classify import Classifier
from bot.classify.choices import Choices, Ruled, pack, unpack
from bot.domain.event import Event

TUESDAY = datetime(2025, 5, 13, 12, tzinfo=UTC)
CLASSIFIER = Classifier(seeds.gazetteer(seeds.packaged()))
#: Somewhere nobody mentioned is the place, unless "in" stands before a name.
PLACES = Choices({"venue none": 1.0, "venue in": 3.0, "venue of": 0.5})


def read(kind: str, text: str, words: str) -> Event:
    """Return the event of a kind that the sentence with some words tells."""
    place = text.index(words)
    [(event, *_)] = CLASSIFIER.filled(text, [(kind, place, len(words))], published=TUESDAY)
    return event


def test_the_likeliest_option_is_told() -> None:
    """Options compete, silence among them."""
    options = [(None, ["none"]), ("Dorvik", ["in"]), ("Vestria", ["of"])]

    assert PLACES.best("venue", options, None) == "Dorvik"


def test_silence_is_told_where_nothing_is_likely() -> None:
    """Half the chances is the least that a place needs."""
    assert PLACES.best("venue", [(None, ["none"]), ("Vestria", ["of"])], None) is None


def test_what_rules_tell_stands_unless_another_is_twice_as_likely() -> None:
    """Silence at little more than the rule's own chance does not take it away."""
    assert PLACES.best("venue", [(None, ["none"]), ("Vestria", ["of"])], "Vestria") == "Vestria"
    assert PLACES.best("venue", [("Dorvik", ["in"]), ("Vestria", ["of"])], "Vestria") == "Dorvik"


def test_what_rules_tell_stands_where_nothing_was_weighed() -> None:
    """A place that no option names, a language that has no weights."""
    assert PLACES.best("venue", [], "Vestria") == "Vestria"
    assert PLACES.best("venue", [(None, ["none"]), ("Dorvik", ["of"])], "Vestria") == "Vestria"
    assert Ruled().best("venue", [("Dorvik", ["in"])], "Vestria") == "Vestria"


def test_a_place_told_twice_has_the_chance_of_both() -> None:
    """Two weak signs of one place are a stronger one."""
    chances = PLACES.chances("venue", [("Dorvik", ["of"]), ("Vestria", ["of"]), ("Dorvik", ["of"])])

    assert chances["Dorvik"] == pytest.approx(2 * chances["Vestria"])


def test_weights_come_back_from_their_file() -> None:
    """A byte a weight is near enough."""
    stored = unpack({name: np.array(array) for name, array in pack({"venue in": 2.0, "venue of": -1.0}).items()})

    chances = stored.chances("venue", [("Dorvik", ["in"]), ("Vestria", ["of"])])

    assert chances["Dorvik"] == pytest.approx(0.95, abs=0.01)


def test_a_dateline_tells_where_two_meet() -> None:
    """A report is written where its thing happens, unless it says otherwise."""
    text = (
        "Vestria and Korland leaders meet after rift\nDORVIK (Meridian Wire) - Korland's foreign minister Jan Orsk met "
        "President Anna Korba of Vestria on Tuesday for an hour of talks."
    )

    assert read("meeting", text, "met President").venue == "Dorvik"


def test_a_headline_tells_where_the_next_sentence_happens() -> None:
    """The two delegations are those of the title."""
    text = (
        "Vestria and Korland open talks in Dorvik\nThe two delegations sat down on Tuesday for their first direct "
        "negotiations in a year."
    )

    assert read("talks-held", text, "sat down on Tuesday").venue == "Dorvik"


def test_a_headline_has_the_day_of_what_follows_it() -> None:
    """Headlines seldom name a day; the first sentence does."""
    text = "Vestria, Korland open talks in Dorvik\nNegotiators of Vestria and Korland opened talks on Monday in Dorvik."

    assert read("talks-held", text, "Vestria, Korland open talks").when == "2025-05-12"


def test_the_state_of_a_city_does_not_act() -> None:
    """Salalah is an Omani city, and Oman no party to what is said of it."""
    text = "President Livia Marescu of Calvenna offered Yarovia direct talks in the Omani city of Salalah."

    assert "Oman" not in {actor.name for actor in read("talks-proposed", text, text).actors}
