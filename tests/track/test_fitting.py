"""An event as its story reads it."""

from bot.domain.event import Actor, Modality, Role
from bot.domain.story import Story
from bot.track.fitting import fit, sat_down
from tests.builders import MONDAY, event

STORY = Story(id="v-k", slug="v-k", title="V", defined=True, parties=("vst", "krl"), hosts=("hst",))
NAMES = {"vst": "Vestria", "krl": "Korland", "hst": "Hostia", "far": "Faria"}
TODAY = MONDAY.date()


def known(key: str, role: Role = Role.SOURCE) -> Actor:
    return Actor(id=key, name=NAMES[key], role=role)


def test_an_outsiders_word_to_one_party_is_a_call_and_no_agreement() -> None:
    told = event("talks-scheduled", actors=(known("far"), known("vst")), stage="agreed", modality=Modality.PLANNED)

    read = fit(told, STORY, TODAY, NAMES)

    assert read is not None
    assert (read.kind, read.stage, read.modality) == ("talks-proposed", None, Modality.ASSERTED)


def test_what_both_parties_agreed_stays_agreed() -> None:
    told = event("talks-scheduled", actors=(known("vst"), known("krl"), known("far")), stage="agreed")

    read = fit(told, STORY, TODAY, NAMES)

    assert read is not None
    assert read.kind == "talks-scheduled"


def test_so_many_each_are_exchanged_between_both_parties() -> None:
    told = event("prisoner-exchange", actors=(known("krl"),), stage="agreed", terms={"each_side": 300})

    read = fit(told, STORY, TODAY, NAMES)

    assert read is not None
    assert {actor.name for actor in read.actors} == {"Vestria", "Korland"}


def test_a_host_who_is_to_see_both_sides_has_not_brought_them_together() -> None:
    seen = event(
        "meeting",
        actors=(known("hst"), known("vst"), known("krl")),
        modality=Modality.PLANNED,
        when=TODAY.isoformat(),
    )

    read = fit(seen, STORY, TODAY, NAMES)

    assert read is not None
    assert read.kind == "meeting"


def test_who_urges_a_party_to_talk_is_the_one_who_calls() -> None:
    told = event(
        "talks-scheduled",
        actors=(known("vst"), known("far", Role.TARGET)),
        stage="agreed",
        modality=Modality.PLANNED,
    )

    read = fit(told, STORY, TODAY, NAMES)

    assert read is not None
    assert {actor.id: actor.role for actor in read.actors} == {"vst": Role.TARGET, "far": Role.SOURCE}


def test_one_partys_yes_to_a_hosts_invitation_sets_no_date_for_both() -> None:
    told = event(
        "talks-scheduled",
        actors=(known("vst"), known("hst")),
        stage="dated",
        venue="Hostia City",
        when="2025-05-20",
        modality=Modality.PLANNED,
    )

    read = fit(told, STORY, TODAY, NAMES)

    assert read is not None
    assert (read.kind, [actor.name for actor in read.actors]) == ("attendance-confirmed", ["Vestria"])


NEIGHBOURS = Story(id="t-s", slug="t-s", title="T", parties=("Tirvania", "Soland"))
TIRVANIA = Actor(id=None, name="Tirvania", role=Role.SOURCE)


def test_what_one_of_two_does_to_whom_its_words_name_is_done_to_the_other() -> None:
    told = event("relations-downgraded", actors=(TIRVANIA,), words="Tirvania recalled its ambassador to Soland.")

    read = fit(told, NEIGHBOURS, TODAY)

    assert read is not None
    assert [(actor.name, actor.role) for actor in read.actors] == [
        ("Tirvania", Role.SOURCE),
        ("Soland", Role.TARGET),
    ]


def test_a_demand_that_names_nobody_is_put_to_nobody() -> None:
    told = event("demand", actors=(TIRVANIA,), words="Tirvania wants the bridge reopened first.")

    assert fit(told, NEIGHBOURS, TODAY) == told


def test_opponents_who_meet_on_the_day_of_their_talks_sit_at_the_table() -> None:
    met = event("meeting", actors=(known("vst"), known("krl")))

    assert sat_down(met, STORY, {TODAY}, TODAY).kind == "talks-held"
    assert sat_down(met, STORY, set(), TODAY) == met


def test_a_party_that_meets_a_third_on_the_day_of_the_talks_meets_it() -> None:
    met = event("meeting", actors=(known("vst"), known("krl"), known("far")))

    assert sat_down(met, STORY, {TODAY}, TODAY) == met


def test_a_deal_that_one_of_two_is_named_with_is_a_deal_of_both() -> None:
    told = event("agreement-reached", actors=(TIRVANIA,), stage="signed", words="Tirvania's minister signed the memo.")

    read = fit(told, NEIGHBOURS, TODAY)

    assert read is not None
    assert [actor.name for actor in read.actors] == ["Tirvania", "Soland"]
