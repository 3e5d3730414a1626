"""Who is who in a text about states and people whom no list knows."""

from datetime import UTC, datetime

import pytest

from bot.domain.event import Event
from tests.classify.reader import CLASSIFIER

MONDAY = datetime(2026, 4, 20, 12, tzinfo=UTC)


def parties(events: tuple[Event, ...]) -> set[str]:
    """Return all whom events name as acting."""
    return {actor.name for event in events for actor in event.actors}


@pytest.mark.parametrize(
    "dateline",
    ["Geneva (SLA) \u2014 ", "Geneva, Switzerland (LNA) - ", "Geneva, March 3 (Alpine Post) \u2013 "],
)
def test_a_dateline_in_small_letters_names_nobody_who_acts(dateline: str) -> None:
    """Neither the city nor the wire in brackets is a party, even where its initials are somebody else's."""
    text = f"{dateline}Vestria and Korland agreed on Monday to hold talks in Salzburg on April 23."
    assert parties(CLASSIFIER.events(text, published=MONDAY)) == {"Vestria", "Korland"}


def test_brackets_within_a_sentence_are_no_dateline() -> None:
    """Only words in capitals stand before a dateline's brackets."""
    text = "Vestria agreed with Korland (and others) - on Monday - to hold talks in Salzburg on April 23."
    assert "Vestria" in parties(CLASSIFIER.events(text, published=MONDAY))


def test_an_initial_is_nobody_of_its_own() -> None:
    """A minister with an initial is a person, and the state that he proposes to is the only other."""
    events = CLASSIFIER.events("Foreign Minister K. Dobny proposes direct talks to Vestrian side", published=MONDAY)
    assert "K" not in parties(events)
    assert "Vestrian" in parties(events)


@pytest.mark.parametrize(
    ("text", "person", "party"),
    [
        (
            "Minister of Foreign Affairs of Korgal Karel Dobny has proposed to Vestria to hold direct talks.",
            "Karel Dobny",
            "Korgal",
        ),
        ("President of Korgal Anna Mirov will attend the talks with Vestria in Geneva.", "Anna Mirov", "Korgal"),
    ],
)
def test_a_state_and_its_officer_in_one_row_are_two(text: str, person: str, party: str) -> None:
    """An office tells that a state's name ends where its holder's begins."""
    events = CLASSIFIER.events(text, published=MONDAY)
    assert {event.person for event in events} == {person}
    assert party in parties(events)
