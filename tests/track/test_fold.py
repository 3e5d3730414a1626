from bot.domain.event import Modality
from bot.domain.story import LogEntry, StoryState, Value
from bot.track.fold import fold
from tests.builders import event, logged


def value(state: StoryState, slot: str) -> Value | None:
    return state.slots[slot].value if slot in state.slots else None


def told(*entries: LogEntry) -> StoryState:
    return fold(entries)


SCHEDULED = event("talks-scheduled", "Vestria+Korland", when="2025-05-15", venue="Geneva", modality=Modality.PLANNED)
BEGUN = event("talks-held", "Vestria", "Korland", stage="begun")
ENDED = event("talks-held", "Vestria", "Korland", stage="ended")


def test_talks_climb_their_ladder() -> None:
    state = told(
        logged(event("talks-proposed", "Vestria", "Korland")),
        logged(SCHEDULED, hours=5),
        logged(BEGUN, hours=75),
        logged(ENDED, hours=80),
    )

    assert value(state, "talks/status") == "ended"
    assert value(state, "talks/date") == "2025-05-15"
    assert value(state, "talks/venue") == "Geneva"


def test_a_late_article_with_an_older_status_changes_nothing() -> None:
    state = told(logged(SCHEDULED, hours=5), logged(BEGUN, hours=75), logged(SCHEDULED, "slow", hours=76))

    assert value(state, "talks/status") == "under-way"


def test_a_new_round_needs_a_later_day() -> None:
    again = event("talks-scheduled", "Vestria+Korland", when="2025-06-02", modality=Modality.PLANNED)
    held = (logged(SCHEDULED, hours=5), logged(BEGUN, hours=75), logged(ENDED, hours=80))

    assert value(told(*held, logged(SCHEDULED, "slow", hours=90)), "talks/status") == "ended"
    state = told(*held, logged(again, hours=90))
    assert (value(state, "talks/status"), value(state, "talks/date")) == ("scheduled", "2025-06-02")


def test_a_proposal_never_moves_fixed_talks() -> None:
    offer = event("talks-proposed", "Korland", when="2025-05-20", venue="Vienna")

    state = told(logged(SCHEDULED), logged(offer, hours=30))

    assert value(state, "talks/status") == "scheduled"
    assert value(state, "talks/date") == "2025-05-15"
    assert value(state, "talks/venue") == "Geneva"


def test_postponed_talks_take_the_new_day_and_keep_it_against_echoes() -> None:
    slip = event("talks-postponed", "Vestria", stage="delayed", when="2025-05-16")

    state = told(logged(SCHEDULED), logged(slip, hours=40), logged(SCHEDULED, "slow", hours=42))

    assert value(state, "talks/status") == "postponed"
    assert value(state, "talks/date") == "2025-05-16"


def test_talks_that_lie_ahead_are_scheduled() -> None:
    ahead = event("talks-held", "Vestria", "Korland", when="2025-05-16", modality=Modality.PLANNED)

    assert value(told(logged(ahead)), "talks/status") == "scheduled"


def test_the_delegation_brings_its_members_to_the_table() -> None:
    team = event("delegation-named", "Vestria", person="Ana Belic", role="head", members=("Ana Belic", "Ion Marga"))

    state = told(logged(team))

    assert value(state, "delegation/Vestria/head") == "Ana Belic"
    assert value(state, "delegation/Vestria/members") == ("Ion Marga",)
    assert value(state, "attendance/Ana Belic") == "confirmed"
    assert value(state, "attendance/Ion Marga") == "confirmed"


def test_a_perhaps_never_moves_anybody_beyond_expected() -> None:
    perhaps = event("attendance-confirmed", "Korland", person="Petr Olm", modality=Modality.CONDITIONAL)
    refusal = event("attendance-declined", "Korland", person="Petr Olm")

    assert value(told(logged(perhaps)), "attendance/Petr Olm") == "expected"
    assert value(told(logged(refusal), logged(perhaps, hours=20)), "attendance/Petr Olm") == "declined"


def test_somebody_left_off_the_list_is_declined_as_alleged() -> None:
    expected = event("attendance-confirmed", "Korland", person="Petr Olm", modality=Modality.CONDITIONAL)
    left_off = event("attendance-declined", "Korland", person="Petr Olm", modality=Modality.ALLEGED)

    slot = told(logged(expected), logged(left_off, hours=9)).slots["attendance/Petr Olm"]

    assert (slot.value, slot.modality, slot.replaced) == ("declined", Modality.ALLEGED, "expected")


def test_a_rumour_stands_beside_a_firm_word_not_in_its_place() -> None:
    firm = event("delegation-named", "Vestria", person="Ana Belic", role="head", attribution="foreign ministry")
    rumour = event("delegation-named", "Vestria", person="Jan Roth", role="head", modality=Modality.ALLEGED)

    slot = told(logged(firm), logged(rumour, "gossip", hours=30)).slots["delegation/Vestria/head"]

    assert slot.value == "Ana Belic"
    assert [rival.value for rival in slot.rivals] == ["Jan Roth"]


def test_a_denied_rumour_is_taken_back_and_stays_so() -> None:
    rumour = event("delegation-named", "Vestria", person="Jan Roth", role="head", modality=Modality.ALLEGED)
    denial = event(
        "accusation", "Vestria", person="Jan Roth", role="head", about="delegation-named", modality=Modality.DENIED
    )

    state = told(logged(rumour), logged(denial, "ministry", hours=3), logged(rumour, "slow", hours=5))

    slot = state.slots["delegation/Vestria/head"]
    assert (slot.value, slot.denied, slot.modality) == ("", "Jan Roth", Modality.DENIED)


def test_two_sides_that_differ_are_in_dispute_until_one_comes_round() -> None:
    here = event("talks-scheduled", "Vestria", when="2025-05-15", attribution="Vestria", modality=Modality.PLANNED)
    there = event("talks-scheduled", "Korland", when="2025-05-18", attribution="Korland", modality=Modality.PLANNED)
    round_ = event("talks-scheduled", "Korland", when="2025-05-15", attribution="Korland", modality=Modality.PLANNED)

    slot = told(logged(here), logged(there, "other", hours=2)).slots["talks/date"]
    assert (slot.value, [rival.value for rival in slot.rivals]) == ("2025-05-15", ["2025-05-18"])

    slot = told(logged(here), logged(there, "other", hours=2), logged(round_, "other", hours=20)).slots["talks/date"]
    assert (slot.value, slot.rivals) == ("2025-05-15", ())


def test_a_call_after_a_refusal_adds_a_caller_and_no_status() -> None:
    call = event("ceasefire-called", "European Union", terms={"days": 30, "unconditional": True})
    refusal = event("ceasefire-rejected", "Korland", stage="refused")
    more = event("ceasefire-called", "Turkey")

    state = told(logged(call), logged(refusal, hours=10), logged(more, hours=60))

    assert value(state, "ceasefire/status") == "rejected"
    assert value(state, "ceasefire/called-by") == ("European Union", "Turkey")
    assert value(state, "ceasefire/terms") == {"days": 30, "unconditional": True}


def test_a_truce_that_one_side_accepts_waits_for_the_other() -> None:
    one = event("ceasefire-agreed", "Vestria", stage="accepted")
    other = event("ceasefire-agreed", "Korland", stage="accepted")

    assert value(told(logged(one)), "ceasefire/status") is None
    state = told(logged(one), logged(other, hours=10))
    assert value(state, "ceasefire/status") == "agreed"
    assert value(state, "ceasefire/accepted-by") == ("Vestria", "Korland")


def test_the_same_demand_within_three_days_is_another_source() -> None:
    demand = event("demand", "Vestria", "Korland")

    soon = told(logged(demand), logged(demand, "other", hours=50))
    [line] = soon.slots.values()
    assert len(line.reports) == 2

    later = told(logged(demand), logged(demand, "other", hours=80))
    [line] = later.slots.values()
    assert len(line.reports) == 1


def test_a_day_long_past_belongs_before_newer_news() -> None:
    old = event("attendance-declined", "Korland", person="Petr Olm", said="2025-05-10")
    new = event("attendance-confirmed", "Korland", person="Petr Olm", modality=Modality.PLANNED)

    state = told(logged(new, hours=20), logged(old, "slow", hours=50))

    assert value(state, "attendance/Petr Olm") == "confirmed"


def test_a_hall_is_no_other_place_than_its_city() -> None:
    hall = event("talks-scheduled", "Vestria+Korland", venue="Palais Wilson", modality=Modality.PLANNED)

    state = fold([logged(SCHEDULED), logged(hall, "other", hours=1)], cities={"Palais Wilson": "Geneva"})

    slot = state.slots["talks/venue"]
    assert (slot.value, slot.rivals, len(slot.reports)) == ("Palais Wilson", (), 2)


def test_what_one_side_does_belongs_to_the_pair() -> None:
    one = event("prisoner-exchange", "Korland", stage="carried-out")
    both = event("prisoner-exchange", "Vestria+Korland", stage="agreed", terms={"each_side": 300})

    state = told(logged(both), logged(one, hours=30))

    assert value(state, "prisoners/Korland+Vestria") == "carried-out"
    assert "prisoners/Korland" not in state.slots
    assert value(told(logged(one)), "prisoners/Korland") == "carried-out"


def test_a_lone_voice_waits_where_several_outlets_agree() -> None:
    named = event("delegation-named", "Vestria", person="Ana Mar", role="head")
    other = event("delegation-named", "Vestria", person="Bo Lund", role="head")
    agreed = (logged(named), logged(named, "two", hours=0.5))

    lone = told(*agreed, logged(other, "three", hours=1))
    joined = told(*agreed, logged(other, "three", hours=1), logged(other, "four", hours=1.5))

    assert value(lone, "delegation/Vestria/head") == "Ana Mar"
    assert value(joined, "delegation/Vestria/head") != "Ana Mar" or joined.slots["delegation/Vestria/head"].rivals


def test_a_doubtful_word_does_not_turn_a_firm_one() -> None:
    doubtful = event("talks-postponed", "Vestria", "Korland", stage="collapsed", confidence=0.6)

    state = told(logged(SCHEDULED), logged(doubtful, "two", hours=8))

    assert value(state, "talks/status") == "scheduled"


def test_talks_that_one_side_has_just_proposed_are_not_set_by_its_own_word() -> None:
    offer = event("talks-proposed", "Vestria", "Korland", when="2025-05-15")
    echo = event("talks-scheduled", "Vestria", when="2025-05-15", modality=Modality.PLANNED)

    assert value(told(logged(offer), logged(echo, "two", hours=1)), "talks/status") == "proposed"


def test_terms_agreed_on_hold_without_those_only_called_for() -> None:
    called = event("ceasefire-called", "UN", terms={"days": 21})
    agreed = event("ceasefire-agreed", "Vestria+Korland", stage="declared", when="2025-05-14")

    told_terms = value(told(logged(called), logged(agreed, hours=24)), "ceasefire/terms")

    assert told_terms == {"from": "2025-05-14"}


def test_three_weeks_are_twenty_one_days() -> None:
    state = told(
        logged(event("ceasefire-called", "UN", terms={"days": 21})),
        logged(event("ceasefire-called", "Vestria", terms={"weeks": 3}), "other", hours=5),
    )

    assert value(state, "ceasefire/terms") == {"days": 21}


def test_whoever_is_denied_to_come_by_his_own_side_stays_away() -> None:
    rumour = event("attendance-confirmed", "Vestria", person="Ana Dorel", modality=Modality.ALLEGED)
    denial = event("accusation", "Vestria", person="Ana Dorel", modality=Modality.DENIED, about="attendance-confirmed")

    state = told(logged(rumour), logged(denial, "other", hours=2))

    assert value(state, "attendance/Ana Dorel") == "declined"


def test_the_next_rounds_day_and_place_are_no_quarrel_about_the_last() -> None:
    held = event("talks-held", "Vestria+Korland", stage="ended", when="2025-05-12", venue="Bern")
    planned = event(
        "talks-scheduled",
        "Vestria+Faria",
        when="2025-05-20",
        venue="Oslo",
        modality=Modality.ALLEGED,
        attribution="an official",
    )

    state = told(logged(held), logged(planned, "other", hours=30))

    assert value(state, "talks/date") == "2025-05-20"
    assert value(state, "talks/venue") == "Oslo"


def test_a_day_that_was_replaced_does_not_come_back_with_the_word_that_it_is_off() -> None:
    moved = event("talks-postponed", "Vestria+Korland", stage="moved", when="2025-05-16")
    off = event("talks-postponed", "Vestria", stage="delayed", when="2025-05-15")

    state = told(logged(SCHEDULED), logged(moved, "two", hours=2), logged(off, "three", hours=4))

    assert value(state, "talks/date") == "2025-05-16"


def test_so_many_each_and_so_many_prisoners_are_one_figure_and_midnight_is_of_both_days() -> None:
    each = event("prisoner-exchange", "Vestria+Korland", stage="agreed", terms={"each_side": 90})
    freed = event("prisoner-exchange", "Vestria+Korland", stage="carried-out", terms={"prisoners": 90})
    truce = event("ceasefire-agreed", "Vestria+Korland", stage="declared", when="2025-05-12", terms={"days": 14})
    later = event("ceasefire-agreed", "Vestria+Korland", stage="declared", when="2025-05-13", terms={"days": 14})

    state = told(logged(each), logged(freed, hours=9), logged(truce, hours=1), logged(later, "two", hours=2))

    assert value(state, "prisoners/terms") == {"each_side": 90}
    assert state.slots["ceasefire/terms"].rivals == ()


def test_a_new_head_is_not_replaced_within_hours_on_another_outlets_word_alone() -> None:
    first = event("delegation-changed", "Vestria", person="Ana Dorel", role="head", stage="replaced")
    other = event("delegation-changed", "Vestria", person="Ben Tarro", role="head", stage="replaced")

    alone = told(logged(first), logged(other, "two", hours=1))
    joined = told(logged(first), logged(other, "two", hours=1), logged(other, "three", hours=2))

    assert value(alone, "delegation/Vestria/head") == "Ana Dorel"
    assert value(joined, "delegation/Vestria/head") == "Ben Tarro"


def test_a_session_that_was_set_for_today_begins_on_one_weak_word() -> None:
    begun = event("talks-held", "Vestria+Korland", stage="begun", confidence=0.62)

    early = told(logged(SCHEDULED), logged(begun, "two", hours=48))
    on_the_day = told(logged(SCHEDULED), logged(begun, "two", hours=72))

    assert value(early, "talks/status") == "scheduled"
    assert value(on_the_day, "talks/status") == "under-way"


def test_a_denial_is_another_line_than_an_accusation() -> None:
    accused = event("accusation", "Vestria", "Korland")
    denied = event("accusation", "Vestria", "Korland", modality=Modality.DENIED)

    state = told(logged(accused), logged(denied, "two", hours=2))

    assert len([slot for slot in state.slots if slot.startswith("ledger/accusation")]) == 2


ELSEWHERE = event(
    "talks-scheduled", "Vestria+Korland", stage="dated", when="2025-05-21", venue="Moscow", modality=Modality.PLANNED
)
ELSEWHERE_OFF = event("talks-postponed", "Vestria", stage="cancelled", venue="Moscow")


def test_a_rival_hosts_meeting_moves_neither_day_nor_place_of_the_talks_that_stand() -> None:
    state = told(logged(SCHEDULED), logged(ELSEWHERE, "other", hours=20), logged(ELSEWHERE_OFF, "third", hours=30))

    assert [value(state, f"talks/{slot}") for slot in ("status", "date", "venue")] == [
        "scheduled",
        "2025-05-15",
        "Geneva",
    ]
    assert {slot.kind for key, slot in state.slots.items() if key.endswith("/Moscow")} == {
        "talks-scheduled",
        "talks-postponed",
    }


def test_talks_that_are_moved_are_the_same_talks() -> None:
    moved = event("talks-postponed", "Vestria+Korland", stage="moved", when="2025-05-21", venue="Moscow")

    state = told(logged(SCHEDULED), logged(moved, "other", hours=20))

    assert value(state, "talks/venue") == "Moscow"


def test_the_next_round_elsewhere_is_set_when_the_day_of_the_last_has_come() -> None:
    state = told(logged(SCHEDULED), logged(BEGUN, hours=75), logged(ENDED, hours=80), logged(ELSEWHERE, hours=81))

    assert [value(state, f"talks/{slot}") for slot in ("status", "date", "venue")] == [
        "scheduled",
        "2025-05-21",
        "Moscow",
    ]


def test_a_new_round_does_not_inherit_the_place_of_the_one_that_ended() -> None:
    held = (logged(SCHEDULED), logged(BEGUN, hours=75), logged(ENDED, hours=80))
    again = event("talks-scheduled", "Vestria+Korland", when="2025-06-02", modality=Modality.PLANNED)
    placed = event("talks-scheduled", "Vestria+Korland", when="2025-06-02", venue="Vienna", modality=Modality.PLANNED)

    assert value(told(*held, logged(again, hours=90)), "talks/venue") is None
    assert value(told(*held, logged(again, hours=90), logged(placed, hours=95)), "talks/venue") == "Vienna"
