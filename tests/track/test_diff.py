from bot.domain.event import Modality
from bot.domain.feed import EntryRef
from bot.domain.story import Action, Cause, LogEntry
from bot.track.diff import diff
from bot.track.fold import fold
from bot.track.log import retractions
from tests.builders import after, event, logged


def causes(log: list[LogEntry], *added: LogEntry) -> list[tuple[str, Cause]]:
    return [(change.slot, change.cause) for change in diff(fold(log), fold([*log, *added]))]


LEADS = event("delegation-named", "Vestria", person="Ana Belic", role="head")
HEAD, COMES = "delegation/Vestria/head", "attendance/Ana Belic"


def test_a_first_word_is_a_change_and_a_second_one_a_source() -> None:
    first = logged(LEADS)

    assert causes([], first) == [(COMES, Cause.CHANGE), (HEAD, Cause.CHANGE)]
    assert causes([first], logged(LEADS, "daily", hours=2)) == [(COMES, Cause.SOURCE), (HEAD, Cause.SOURCE)]


def test_a_rumour_that_is_confirmed_is_a_change() -> None:
    rumour = logged(event("attendance-declined", "Korland", person="Petr Olm", modality=Modality.ALLEGED))
    word = logged(event("attendance-declined", "Korland", person="Petr Olm"), "ministry", hours=3)

    assert causes([rumour], word) == [("attendance/Petr Olm", Cause.CHANGE)]


def test_another_name_from_an_unnamed_source_is_a_conflict_and_then_resolved() -> None:
    first = logged(LEADS)
    rumour = logged(
        event("delegation-named", "Vestria", person="Jan Roth", role="head", modality=Modality.ALLEGED),
        "gossip",
        hours=3,
    )
    again = logged(LEADS, "ministry", hours=20)

    assert (HEAD, Cause.CONFLICT) in causes([first], rumour)
    assert (HEAD, Cause.RESOLVED) in causes([first, rumour], again)


def test_a_denial_is_told_as_a_retraction_with_its_report() -> None:
    rumour = logged(event("delegation-named", "Vestria", person="Jan Roth", role="head", modality=Modality.ALLEGED))
    denial = logged(
        event(
            "accusation",
            "Vestria",
            person="Jan Roth",
            role="head",
            about="delegation-named",
            modality=Modality.DENIED,
            attribution="foreign ministry",
        ),
        hours=2,
    )

    change = next(one for one in diff(fold([rumour]), fold([rumour, denial])) if one.slot == HEAD)

    assert (change.cause, change.before, change.after) == (Cause.RETRACTION, "Jan Roth", None)
    assert (change.modality, change.attribution, change.reports) == (Modality.DENIED, "foreign ministry", (denial.id,))


def test_an_edited_entry_corrects_what_it_said() -> None:
    ref = EntryRef("daily", "one")
    wrong = logged(event("delegation-named", "Vestria", person="Jan Roth", role="head"), ref=ref)
    right = logged(LEADS, ref=ref, fetched=after(1), published=after(0), revision=1)
    log = [wrong, right, *retractions([wrong], ref, [right.id], after(1))]

    change = next(one for one in diff(fold([wrong]), fold(log)) if one.slot == HEAD)

    assert (change.cause, change.before, change.after) == (Cause.CORRECTION, "Jan Roth", "Ana Belic")


def test_an_edit_that_says_the_old_thing_again_brings_it_back() -> None:
    ref = EntryRef("daily", "one")
    entry = logged(LEADS, ref=ref)
    log = [entry, *retractions([entry], ref, [], after(1))]
    assert not fold(log).slots

    log += retractions(log, ref, [entry.id], after(2))

    assert fold(log) == fold([entry])


def test_what_a_person_took_back_no_edit_brings_back() -> None:
    ref = EntryRef("daily", "one")
    entry = logged(LEADS, ref=ref)
    taken = LogEntry(id="t", at=after(1), action=Action.RETRACT, targets=(entry.id,), reason="wrong", by="ann")

    assert retractions([entry, taken], ref, [entry.id], after(2)) == ()


def test_a_call_is_told_once_by_its_slots_and_later_by_its_line() -> None:
    call = event("ceasefire-called", "Turkey")
    first = logged(call)

    assert all(not slot.startswith("ledger/") for slot, _ in causes([], first))
    assert ("ledger/ceasefire-called/-/Turkey/-/-", Cause.CHANGE) in causes([first], logged(call, hours=100))


def test_an_act_of_one_side_that_becomes_the_pairs_is_not_taken_back() -> None:
    one = logged(event("prisoner-exchange", "Korland", stage="agreed"))
    both = logged(event("prisoner-exchange", "Vestria+Korland", stage="agreed"), "daily", hours=2)

    assert causes([one], both) == [("prisoners/Korland+Vestria", Cause.CHANGE)]


def test_a_head_named_in_anothers_place_is_a_change_of_the_delegation() -> None:
    first = logged(event("delegation-named", "Vestria", person="Ana Dorel", role="head"))
    second = logged(event("delegation-named", "Vestria", person="Ben Tarro", role="head"), "other", hours=30)

    told = diff(fold([first]), fold([first, second]))

    assert [change.kind for change in told if change.slot.endswith("/head")] == ["delegation-changed"]
