"""Who, where, when and how far: slots read by grammar, for known and invented names alike."""

from datetime import UTC, datetime

import pytest

from bot.domain.event import Event, Modality, Role
from tests.classify.reader import CLASSIFIER

TUESDAY = datetime(2025, 5, 13, 12, tzinfo=UTC)


def told(text: str, kind: str) -> Event:
    """Return the one event of a kind that a text tells."""
    [event] = [event for event in CLASSIFIER.events(text, published=TUESDAY) if event.kind == kind]
    return event


@pytest.mark.parametrize(
    ("text", "kind", "person"),
    [
        (
            "Vladimir Medinsky, a presidential adviser, will lead the Russian delegation, Dmitry Peskov said.",
            "delegation-named",
            "Vladimir Medinsky",
        ),
        (
            "The Russian delegation will be led by Vladimir Medinsky, a presidential adviser.",
            "delegation-named",
            "Vladimir Medinsky",
        ),
        (
            "The Kremlin announced the appointment of Vladimir Medinsky as head of its negotiating team.",
            "delegation-named",
            "Vladimir Medinsky",
        ),
        ("Putin aide Medinsky to head Russian team in Istanbul", "delegation-named", "Vladimir Medinsky"),
        (
            "The Vestrian foreign minister, Karel Dobny, will lead Vestria's delegation at talks with Korland in Geneva.",
            "delegation-named",
            "Karel Dobny",
        ),
        ("Russia replaces Lavrov with Medinsky as head of its delegation.", "delegation-changed", "Vladimir Medinsky"),
        (
            "Lavrov was replaced by Medinsky at the head of the Russian delegation.",
            "delegation-changed",
            "Vladimir Medinsky",
        ),
        (
            "Vestria reportedly replaced its chief negotiator Anton Reel with Maria Solt.",
            "delegation-changed",
            "Maria Solt",
        ),
        (
            "Zelensky said that he would travel to Istanbul on Thursday.",
            "attendance-confirmed",
            "Volodymyr Zelensky",
        ),
    ],
)
def test_the_person_is_whose_act_it_is(text: str, kind: str, person: str) -> None:
    event = told(text, kind)

    assert event.person == person
    assert person not in event.members


def test_two_persons_who_stay_away_are_two_events() -> None:
    events = CLASSIFIER.events("Putin, Trump to skip Istanbul talks", published=TUESDAY)

    assert [(event.kind, event.person) for event in events] == [
        ("attendance-declined", "Vladimir Putin"),
        ("attendance-declined", "Donald Trump"),
    ]
    assert [event.actors[0].name for event in events] == ["Russia", "United States"]


def test_a_list_of_names_is_one_event_under_its_head() -> None:
    event = told(
        "Russia named Vladimir Medinsky, Mikhail Galuzin and Igor Kostyukov to its delegation.", "delegation-named"
    )

    assert (event.person, event.members) == ("Vladimir Medinsky", ("Mikhail Galuzin", "Igor Kostyukov"))


def test_what_one_party_says_of_anothers_coming_is_alleged() -> None:
    event = told("Zelensky: Putin will not come to Istanbul", "attendance-declined")

    assert (event.person, event.attribution, event.modality) == (
        "Vladimir Putin",
        "Volodymyr Zelensky",
        Modality.ALLEGED,
    )


def test_the_host_is_host_and_never_owns_the_delegation() -> None:
    event = told("Umerov leads Ukraine's team at the talks hosted by Turkey in Istanbul.", "delegation-named")

    assert [(actor.name, actor.role) for actor in event.actors] == [("Ukraine", Role.SOURCE), ("Turkey", Role.HOST)]


def test_the_speakers_place_and_agency_are_none_of_the_event() -> None:
    event = told(
        "Putin will not attend Thursday's talks in Istanbul, Peskov told Meridian Wire.", "attendance-declined"
    )

    assert (event.venue, event.when, event.attribution) == ("Istanbul", "2025-05-15", "Dmitry Peskov")
    assert [actor.name for actor in event.actors] == ["Russia"]


def test_an_exchange_that_is_only_agreed_carries_its_number() -> None:
    event = told(
        "KYIV, May 13 (Meridian) - Ukraine and Russia agreed to exchange 1,000 prisoners each, two diplomats said.",
        "prisoner-exchange",
    )

    assert (event.stage, event.terms, event.attribution) == ("agreed", {"each_side": 1000}, "two diplomats")
    assert event.modality is Modality.ALLEGED
    assert {actor.name for actor in event.actors} == {"Ukraine", "Russia"}


@pytest.mark.parametrize(
    ("text", "kind", "when"),
    [
        ("Korland's president Ilya Maron will not attend the talks in Geneva on 15 May.", "attendance-declined", "2025-05-15"),
        ("Russia and Ukraine held their first direct talks since 2022 in Istanbul on Friday.", "talks-held", "2025-05-09"),
        ("Vestria and Korland agreed to resume talks in Geneva on 15 and 16 May.", "talks-scheduled", "2025-05-15/2025-05-16"),
        ("Russia and Ukraine will hold talks in Istanbul next week.", "talks-scheduled", "2025-05-19/2025-05-25"),
        ("Vestria and Korland postponed Thursday's talks in Geneva by a day.", "talks-postponed", "2025-05-15"),
    ],
)  # fmt: skip
def test_a_weekday_follows_the_tense_beside_it(text: str, kind: str, when: str) -> None:
    assert told(text, kind).when == when


def test_a_denial_has_the_person_and_place_of_what_it_denies() -> None:
    event = told("Moscow denies Lavrov will go to Istanbul", "accusation")

    assert (event.modality, event.about) == (Modality.DENIED, "attendance-confirmed")
    assert (event.person, event.venue) == ("Sergei Lavrov", "Istanbul")


def test_members_follow_with() -> None:
    event = told(
        "Medinsky, who led the 2022 team, will again head Russia's delegation, with Galuzin and Kostyukov as members.",
        "delegation-named",
    )

    assert (event.person, event.members) == ("Vladimir Medinsky", ("Mikhail Galuzin", "Igor Kostyukov"))


def test_the_united_states_state_nothing() -> None:
    [event] = CLASSIFIER.events("The EU and the United States jointly called for an unconditional 30-day ceasefire.")
    assert {(actor.id, actor.role) for actor in event.actors} == {("eu", Role.SOURCE), ("usa", Role.SOURCE)}


def test_a_wire_s_own_word_before_a_headline_is_no_part_of_a_name() -> None:
    [event] = CLASSIFIER.events("ALERT-Vestria, Korland to resume talks in Muscat on 4 March")
    assert {actor.name for actor in event.actors} == {"Vestria", "Korland"}
