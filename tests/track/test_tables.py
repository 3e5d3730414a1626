"""Who sits at the table once talks are held."""

from itertools import permutations

from bot.domain.event import Actor, Event, Modality, Role
from bot.domain.story import LogEntry, Value
from bot.seeds import gazetteer, packaged
from bot.track.fold import fold
from bot.track.mentions import Names
from bot.track.people import People
from bot.track.tables import seat_hosts
from tests.builders import event, logged

WHO = gazetteer(packaged())
PEOPLE = People(WHO, Names(WHO))

NAMED = event("delegation-named", "Vestria", person="Ana Mar", role="head", members=("Bo Lund",))
BEGUN = event("talks-held", "Vestria", "Korland", stage="begun")
ENDED = event("talks-held", "Vestria", "Korland", stage="ended")
STAYS = event("attendance-declined", "Vestria", person="Bo Lund", attribution="Vestria")


def coming(*entries: LogEntry) -> dict[str, Value]:
    slots = fold(entries).slots
    return {key.removeprefix("attendance/"): slot.value for key, slot in slots.items() if key.startswith("attendance/")}


def test_a_named_team_sits_at_talks_that_begin() -> None:
    assert coming(logged(NAMED), logged(BEGUN, hours=20)) == {"Ana Mar": "present", "Bo Lund": "present"}


def test_a_team_is_only_awaited_before_anybody_sits() -> None:
    rumour = event("talks-held", "Vestria", "Korland", stage="begun", modality=Modality.ALLEGED)

    assert coming(logged(NAMED), logged(rumour, hours=20)) == {"Ana Mar": "confirmed", "Bo Lund": "confirmed"}


def test_whoever_stays_away_does_not_sit_there() -> None:
    entries = (logged(NAMED), logged(STAYS, "other", hours=30), logged(BEGUN, hours=40))

    assert coming(*entries) == {"Ana Mar": "present", "Bo Lund": "declined"}


def test_a_team_that_is_named_after_the_talks_did_not_sit_there() -> None:
    assert coming(logged(ENDED), logged(NAMED, hours=40)) == {"Ana Mar": "confirmed", "Bo Lund": "confirmed"}


def test_the_order_of_arrival_seats_nobody_else() -> None:
    entries = (logged(NAMED), logged(STAYS, "other", hours=30), logged(BEGUN, hours=40), logged(ENDED, hours=44))

    assert len({str(sorted(coming(*order).items())) for order in permutations(entries)}) == 1


def session(words: str) -> Event:
    return event("talks-held", actors=(Actor(id="rus", name="Russia", role=Role.SOURCE),), stage="begun", words=words)


def test_the_hosts_people_sit_where_the_words_of_a_session_name_them() -> None:
    told = session("Russian and Ukrainian negotiators sat down with Turkish Foreign Minister Hakan Fidan in the chair.")

    assert seat_hosts(told, {"tur"}, PEOPLE).members == ("Hakan Fidan",)


def test_neither_a_head_of_state_nor_a_partys_own_people_are_seated_by_a_sentence() -> None:
    told = session("Talks began, Volodymyr Zelensky and Recep Tayyip Erdoğan were told in Ankara.")

    assert seat_hosts(told, {"tur"}, PEOPLE).members == ()
