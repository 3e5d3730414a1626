"""What the words around an act say of it, whichever kinds the judge lets pass: speakers, denials, hours, cities."""

from datetime import UTC, datetime

import pytest

from bot.domain.event import Event, Modality, Role
from tests.classify.reader import CLASSIFIER

TUESDAY = datetime(2025, 5, 13, 12, tzinfo=UTC)


def read(kind: str, text: str) -> Event:
    """Return what a sentence that tells an event of a kind says of it."""
    [(event, *_)] = CLASSIFIER.filled(text, [(kind, 0, len(text))], published=TUESDAY)
    assert event is not None
    return event


def sources(event: Event) -> list[str]:
    return [actor.name for actor in event.actors if actor.role is Role.SOURCE]


@pytest.mark.parametrize(
    ("kind", "text", "speaker"),
    [
        (
            "attendance-confirmed",
            "Prime Minister Karel Dobny will fly to Oslo, a Nordic diplomat in Geneva told Lakeside News.",
            "a Nordic diplomat in Geneva",
        ),
        (
            "demand",
            "Vestria asked for the return of two towns, a source in the Korlandian delegation told the Courier.",
            "a source in the Korlandian delegation",
        ),
        (
            "talks-rejected",
            "The king will not meet the rebels, Omar Teyl, an adviser at the palace, told reporters.",
            "Omar Teyl",
        ),
        ("accusation", "Nadia Brel condemned the raid on the delegation, saying that it broke every promise.", None),
        (
            "talks-scheduled",
            (
                "Cairo: Sudan will hold the next round with Chad in Aswan on 20 May at the level of deputy ministers, "
                "a Sudanese official told the Nile Post."
            ),
            "a Sudanese official",
        ),
    ],
)
def test_who_says_so_is_the_whole_phrase_and_never_the_hearer(kind: str, text: str, speaker: str | None) -> None:
    assert read(kind, text).attribution == speaker


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (
            "delegation-named",
            "Reports that Karel Dobny is to lead the team in Oslo are untrue, Vestria's ministry said.",
        ),
        ("talks-scheduled", "It is not true that talks with Korland were agreed for Friday, Vestria's premier said."),
        ("concession", "Talk of Vestria giving up the port is a lie, its spokesman said."),
    ],
)
def test_a_report_that_is_called_untrue_is_denied(kind: str, text: str) -> None:
    event = read(kind, text)

    assert (event.modality, event.about) == (Modality.DENIED, kind)


def test_what_is_denied_is_what_stands_after_the_denial() -> None:
    event = read(
        "accusation", "Vestria's ministry denied on Monday that Karel Dobny was preparing to travel to the talks."
    )

    assert (event.about, event.person) == ("attendance-confirmed", "Karel Dobny")


@pytest.mark.parametrize(
    ("kind", "text", "modality"),
    [
        ("prisoner-exchange", "Vestria could release nine prisoners.", Modality.CONDITIONAL),
        ("attendance-confirmed", "Macron says he is thinking of joining the Oslo talks.", Modality.CONDITIONAL),
        ("attendance-confirmed", "Macron will be in Oslo on 20 May for the talks.", Modality.PLANNED),
        (
            "attendance-confirmed",
            "The delegation of Vestria headed by Karel Dobny arrived in Oslo this morning.",
            Modality.ASSERTED,
        ),
        ("talks-held", "The first session of the Sudan talks begins at 14:30 at the Hotel Aswan.", Modality.PLANNED),
        ("talks-held", "The first session of the Sudan talks has begun at the Hotel Aswan.", Modality.ASSERTED),
        ("talks-held", "Envoys of Sudan and Chad sat down on Monday to negotiate over the border.", Modality.ASSERTED),
        ("prisoner-exchange", "Under the deal 90 soldiers of each side will be returned.", Modality.PLANNED),
        (
            "agreement-reached",
            "The bridge can be reopened only when Sudan has signed a treaty with Chad.",
            Modality.CONDITIONAL,
        ),
        ("agreement-reached", "Sudan signed a treaty with Chad, its minister said.", Modality.ASSERTED),
    ],
)
def test_how_firmly_a_thing_is_told_hangs_on_verb_and_hour(kind: str, text: str, modality: Modality) -> None:
    assert read(kind, text).modality is modality


@pytest.mark.parametrize(
    ("kind", "text", "acting"),
    [
        ("talks-postponed", "Vestria-Korland talks put back to Friday, envoy says", {"Vestria", "Korland"}),
        ("delegation-named", "Vestria on Tuesday named Karel Dobny to lead a team of four to the talks.", {"Vestria"}),
        ("talks-proposed", "Mr Putin's offer of talks is a first step, Emmanuel Macron said on Sunday.", {"Russia"}),
        ("ceasefire-violated", "Rebel spokesman Amin Dor accused Sudan's army of breaking the truce.", {"Sudan"}),
        ("ceasefire-violated", "Ukraine accuses Russia of breaking the ceasefire", {"Russia"}),
    ],
)
def test_whose_act_it_is_grammar_tells(kind: str, text: str, acting: set[str]) -> None:
    assert acting <= set(sources(read(kind, text)))


def test_a_surname_before_a_surname_is_a_first_name() -> None:
    event = read("talks-held", "Pavel Roskin for Vestria sat down with the envoy of Pellas to negotiate over cod.")

    assert "Czech Republic" not in [actor.name for actor in event.actors]


def test_talks_are_where_they_are_held_and_not_what_they_are_called_by() -> None:
    assert read("talks-held", "New round of Gaza talks begins in Doha, official says").venue == "Doha"


def test_a_call_has_no_place() -> None:
    text = "Zelensky spoke to Donald Trump by telephone on Friday, shortly after the Istanbul talks had ended."

    assert read("meeting", text).venue is None


def test_a_wires_own_word_before_a_headline_is_not_read() -> None:
    bare = CLASSIFIER.events("Ukraine and Russia agree 14-day ceasefire", published=TUESDAY)
    slug = CLASSIFIER.events("BREAKING-Ukraine and Russia agree 14-day ceasefire", published=TUESDAY)

    assert [(one.kind, one.confidence) for one in slug] == [(one.kind, one.confidence) for one in bare]


@pytest.mark.parametrize(
    "text", ["Neither said that it would leave the truce.", "Vestria had said that its army broke off the talks."]
)
def test_what_nobody_says_now_is_no_news(text: str) -> None:
    assert CLASSIFIER.events(text, published=TUESDAY) == ()


def test_a_plan_that_was_looks_back_to_its_day() -> None:
    text = "The talks of Sudan and Chad were to have opened on Monday, but were put off."

    assert read("talks-postponed", text).when == "2025-05-12"


def test_a_session_set_for_its_hour_is_scheduled_whoever_says_so() -> None:
    event = read(
        "talks-held", "The first session of the Sudan talks begins at 14:30 at the Hotel Aswan, a source said."
    )

    assert (event.kind, event.modality) == ("talks-scheduled", Modality.ALLEGED)


def test_a_common_word_that_opens_a_sentence_is_nobodys_name() -> None:
    event = read("threat", "Using sanctions again would have consequences, Iran's foreign minister warned.")

    assert "Using" not in [actor.name for actor in event.actors]


def test_each_side_frees_so_many() -> None:
    assert read("prisoner-exchange", "Vestria and Korland will each free 300 prisoners.").terms == {"each_side": 300}


def test_the_others_of_a_delegation_stand_in_its_sentence_or_the_next() -> None:
    beside = "Ana Dorel is Vestria's chief negotiator, with Ben Tarro and Colonel Ida Moss at her side."
    named = "Vestria's delegation is led by Ana Dorel; the members include Ben Tarro for the ministry and Ida Moss."
    text = "Vestria named Ana Dorel to lead its delegation. With her go General Ben Tarro of the staff and Ida Moss."
    first = text.index(".") + 1

    [(in_two, *_)] = CLASSIFIER.filled(text, [("delegation-named", 0, first)], published=TUESDAY)

    assert in_two is not None
    assert [read("delegation-named", one).members for one in (beside, named)] == [("Ben Tarro", "Ida Moss")] * 2
    assert (in_two.person, in_two.members) == ("Ana Dorel", ("Ben Tarro", "Ida Moss"))


def test_a_plan_to_come_that_was_dropped_is_a_no() -> None:
    assert read("attendance-confirmed", "Macron drops plan to attend the Oslo talks").kind == "attendance-declined"


def test_who_says_that_he_is_not_leaving_a_truce_does_not_end_it() -> None:
    text = "We are not leaving the truce, the general said."

    assert "ceasefire-rejected" not in [event.kind for event in CLASSIFIER.events(text, published=TUESDAY)]


def test_a_papers_country_and_the_country_of_the_talks_are_no_party() -> None:
    paper = read(
        "attendance-declined",
        "Macron has no plans to travel to Oslo, his office said, denying a Swiss newspaper report.",
    )
    talks = read("attendance-confirmed", "Macron will attend the Oman talks")

    assert {actor.name for actor in (*paper.actors, *talks.actors)} == {"France"}


def test_a_change_of_delegation_in_which_nobody_goes_names_one() -> None:
    assert read("delegation-changed", "By order of the king Ana Dorel takes Vestria's delegation to Oslo.").kind == (
        "delegation-named"
    )


def test_sanctions_on_a_state_are_none_of_its_own() -> None:
    event = read("sanctions-imposed", "Ambassadors agreed on a new round of sanctions against Russia this morning.")

    assert "Russia" not in sources(event)


def test_a_condition_on_somebody_says_nothing_of_what_he_does() -> None:
    assert read("attendance-confirmed", "Zelensky to go on to Istanbul if Putin comes").person != "Vladimir Putin"


def test_who_speaks_stands_before_a_relative_clause() -> None:
    text = "Emmanuel Macron, who gave up his role as mediator in March, said that the door was open."

    assert read("mediation", text).attribution == "Emmanuel Macron"


def test_whose_a_thing_is_tells_no_speaker_and_the_hearer_bears_no_sanctions() -> None:
    broken = read(
        "ceasefire-violated",
        "India and Pakistan each accused the other of breaking the ceasefire that Washington announced.",
    )
    lifted = read("sanctions-lifted", "U.S. to lift sanctions on Syria, Trump tells Riyadh forum")

    assert broken.attribution != "Washington"
    assert "Saudi Arabia" not in [actor.name for actor in lifted.actors]
