"""What a story's changes make us say."""

from dataclasses import replace
from typing import Any

import pytest

from bot.announce.cards import alert_card
from bot.domain.alert import Mode
from bot.domain.event import Actor, Event, Modality, Role
from bot.domain.feed import Article
from bot.domain.story import Cause
from tests.announce.newsroom import Newsroom
from tests.builders import article, event

RUSSIA = Actor(id="rus", name="Russia", role=Role.SOURCE)
TO_RUSSIA = Actor(id="rus", name="Russia", role=Role.TARGET)
TO_UKRAINE = Actor(id="ukr", name="Ukraine", role=Role.TARGET)
PUTIN = Actor(id="vladimir-putin", name="Vladimir Putin", role=Role.SOURCE, party="rus")


@pytest.fixture
def room() -> Newsroom:
    return Newsroom()


def the_list(hours: float = 60, feed: str = "volga", outlet: str = "Volga Bulletin") -> Article:
    return article(
        "Composition of Russian delegation approved",
        "Presidential aide Vladimir Medinsky will head the Russian delegation, the decree says. "
        "The list holds deputy ministers and no member of the Security Council.",
        hours=hours,
        feed=feed,
        outlet=outlet,
    )


def medinsky_leads() -> Event:
    return event(
        "delegation-named",
        actors=(RUSSIA,),
        person="Vladimir Medinsky",
        role="head",
        members=("Mikhail Galuzin", "Alexander Fomin"),
        venue="Istanbul",
        attribution="Kremlin",
        words="Presidential aide Vladimir Medinsky will head the Russian delegation",
    )


def putin_stays_away() -> Event:
    return event(
        "attendance-declined",
        actors=(RUSSIA,),
        person="Vladimir Putin",
        attribution="Kremlin",
        modality=Modality.ALLEGED,
        words="no member of the Security Council",
    )


def lavrov_leads(hours: float, *, modality: Modality) -> tuple[Article, Event]:
    denial = modality is Modality.DENIED
    text = "Talk of a trip by Lavrov is not true, Maria Zakharova said." if denial else "Lavrov will lead the team."
    told = event(
        "delegation-named",
        actors=(RUSSIA,),
        person="Sergei Lavrov",
        role="head",
        modality=modality,
        attribution="Maria Zakharova" if denial else "a diplomat",
        words=text,
    )
    return article("Lavrov and Istanbul", text, hours=hours, feed="volga" if denial else "gulf"), told


def test_one_entry_makes_one_post_of_its_most_important_kind(room: Newsroom) -> None:
    [post] = room.read(the_list(), medinsky_leads(), putin_stays_away(), origin="Kremlin decree")

    assert post.mode is Mode.POST
    assert post.kind == "delegation-named"
    assert post.headline == "Kremlin: Medinsky leads Russia’s team in Istanbul; Putin not on the list"
    assert [bullet.outlet for bullet in post.bullets] == ["Volga Bulletin", "Volga Bulletin"]
    assert post.origins == ("Kremlin decree",)
    assert post.level == "key"


def test_another_source_is_a_thread_line_and_a_higher_count(room: Newsroom) -> None:
    [post] = room.read(the_list(), medinsky_leads(), origin="Kremlin decree")

    line, edit = room.read(the_list(60.2, "straits", "Straits Daily"), medinsky_leads(), origin="Kremlin decree")

    assert (line.mode, line.of, line.reason) == (Mode.THREAD, post.id, Cause.SOURCE)
    assert line.headline == "Also Straits Daily, 14 May, 20:12 UTC (quotes the same Kremlin decree)."
    assert (edit.mode, edit.of, edit.revision) == (Mode.EDIT, post.id, 2)
    assert edit.outlets == ("Volga Bulletin", "Straits Daily")
    assert edit.origins == ("Kremlin decree",)


def test_the_speaker_falls_away_when_a_second_origin_says_it(room: Newsroom) -> None:
    room.read(the_list(), medinsky_leads(), origin="Kremlin decree")

    _, edit = room.read(the_list(61, "straits", "Straits Daily"), medinsky_leads(), origin="Straits Daily")

    assert edit.headline == "Medinsky leads Russia’s team in Istanbul"


def test_a_denied_rumour_is_an_edit_of_its_post_and_a_line(room: Newsroom) -> None:
    rumour, says = lavrov_leads(10, modality=Modality.ALLEGED)
    [post] = room.read(rumour, says)
    assert post.headline == "One diplomat: Lavrov leads Russia’s team"

    denial, denies = lavrov_leads(34, modality=Modality.DENIED)
    said = room.read(denial, denies)

    edit = next(alert for alert in said if alert.mode is Mode.EDIT)
    line = next(alert for alert in said if alert.mode is Mode.THREAD)
    assert edit.of == line.of == post.id
    assert edit.reason is Cause.RETRACTION
    assert edit.headline == "Denied: Lavrov leads Russia’s team"
    assert line.headline == "Denied: Lavrov leads Russia’s team (Volga, 13 May, 18:00 UTC)."


def test_a_run_over_the_same_entries_gives_the_same_ids(room: Newsroom) -> None:
    again = Newsroom()
    for newsroom in (room, again):
        newsroom.read(the_list(), medinsky_leads())
        newsroom.read(the_list(60.2, "straits", "Straits Daily"), medinsky_leads())

    assert [alert.id for alert in room.told] == [alert.id for alert in again.told]
    assert len({alert.id for alert in room.told}) == len(room.told)


def test_a_repeated_report_that_nobody_was_told_of_says_nothing(room: Newsroom) -> None:
    room.read(the_list(), medinsky_leads())
    room.told.clear()

    assert room.read(the_list(61, "straits"), medinsky_leads()) == ()


def test_an_accusation_by_a_foreign_minister_is_heard_at_normal(room: Newsroom) -> None:
    russia = replace(TO_RUSSIA, role=Role.SOURCE)
    [post] = room.read(
        article("Breaches", "Andrii Sybiha accused Russia of breaking the ceasefire 200 times.", hours=62),
        event("ceasefire-violated", actors=(russia,), attribution="Andrii Sybiha", terms={"breaches": 200}),
    )

    assert post.headline == "Sybiha accuses Russia of breaking the ceasefire (200 breaches)"
    assert post.level == "normal"


def test_an_accusation_by_nobody_in_particular_is_heard_by_those_who_want_everything(room: Newsroom) -> None:
    [post] = room.read(
        article("Accused", "Russia accused Ukraine of staging an attack.", hours=62),
        event("accusation", actors=(RUSSIA, TO_UKRAINE)),
    )

    assert post.level == "everything"


def test_a_head_of_delegation_is_heard_at_normal_once_an_alert_named_him(room: Newsroom) -> None:
    room.read(the_list(), medinsky_leads())
    speaker = Actor(id=None, name="Vladimir Medinsky", role=Role.SOURCE, party="rus")

    [post] = room.read(
        article("Demands", "Medinsky put demands to Ukraine.", hours=70), event("demand", actors=(speaker, TO_UKRAINE))
    )

    assert post.level == "normal"
    assert post.headline == "Medinsky puts demands to Ukraine"


def test_two_accounts_of_one_slot_are_told_side_by_side(room: Newsroom) -> None:
    def opens(day: str, by: str) -> Event:
        return event(
            "talks-scheduled", actors=(RUSSIA, TO_UKRAINE), when=day, attribution=by, modality=Modality.PLANNED
        )

    room.read(article("Talks on Thursday", "It opens on 15 May.", feed="volga"), opens("2025-05-15", "Dmitry Peskov"))
    [post] = room.read(
        article("Talks on Friday", "It opens on 16 May.", hours=1, feed="kyiv"),
        event(
            "talks-scheduled",
            actors=(Actor(id="ukr", name="Ukraine", role=Role.SOURCE), TO_RUSSIA),
            when="2025-05-16",
            attribution="Rustem Umerov",
            modality=Modality.PLANNED,
        ),
    )

    assert post.reason is Cause.CONFLICT
    assert post.headline == "Conflicting accounts: talks on 15 May (Peskov) or 16 May (Umerov)"


def test_a_firm_word_on_a_rumour_is_a_change_whose_before_was_unconfirmed(room: Newsroom) -> None:
    rumour, says = lavrov_leads(10, modality=Modality.ALLEGED)
    room.read(rumour, says)

    firm, confirms = lavrov_leads(12, modality=Modality.ASSERTED)
    [post] = room.read(firm, replace(confirms, attribution="Dmitry Peskov"))

    assert post.headline == "Peskov: Lavrov leads Russia’s team"
    [fact] = alert_card(post, room.story, room.names).facts
    assert (fact.before, fact.after) == ("Sergei Lavrov (head), unconfirmed", "Sergei Lavrov (head)")


def test_a_denied_rumour_is_struck_through_on_its_card(room: Newsroom) -> None:
    for modality, hours in ((Modality.ALLEGED, 10), (Modality.DENIED, 34)):
        text, told = lavrov_leads(hours, modality=modality)
        said = room.read(text, told)

    edit = next(alert for alert in said if alert.mode is Mode.EDIT)
    fact = next(fact for fact in alert_card(edit, room.story, room.names).facts if fact.corrected)
    assert fact.before == "Sergei Lavrov (head)"
    assert fact.after.startswith("not named (denied 13 May")


def test_a_partys_coming_is_a_line_under_the_post_that_named_its_people(room: Newsroom) -> None:
    us = Actor(id="usa", name="United States", role=Role.SOURCE)
    title = "Rubio to travel to Istanbul"
    [post] = room.read(
        article(title, hours=30), event("attendance-confirmed", actors=(us,), person="Marco Rubio", words=title)
    )

    said = room.read(
        article("Americans bound for Istanbul", hours=34, feed="volga"),
        event("attendance-confirmed", actors=(us,), words="Americans bound for Istanbul"),
    )

    assert {alert.mode for alert in said} == {Mode.THREAD, Mode.EDIT}
    assert {alert.of for alert in said} == {post.id}


def test_the_titles_news_leads_a_post(room: Newsroom) -> None:
    words = "Putin's name was not on the list."
    title = "Medinsky will head the Russian delegation"
    named = event("delegation-named", actors=(RUSSIA,), person="Vladimir Medinsky", role="head", words=title)
    away = event("attendance-declined", actors=(RUSSIA,), person="Vladimir Putin", words=words)

    [post] = room.read(article(title, words, hours=60), named, away)

    assert post.kind == "delegation-named"
    assert {change.slot for change in post.changes} >= {"delegation/Russia/head", "attendance/Vladimir Putin"}


def test_a_session_that_others_see_end_too_is_an_edit_and_no_second_post(room: Newsroom) -> None:
    both = (replace(TO_RUSSIA, role=Role.SOURCE), Actor(id="ukr", name="Ukraine", role=Role.SOURCE))
    over = event("talks-held", actors=both, stage="ended")
    room.read(
        article("Talks end, official says", hours=80),
        replace(over, modality=Modality.ALLEGED, attribution="an official"),
    )

    said = room.read(article("Talks end", hours=81, feed="kyiv"), over)

    assert {alert.mode for alert in said} == {Mode.EDIT, Mode.THREAD}
    assert next(alert.headline for alert in said if alert.mode is Mode.EDIT).startswith("Talks end")


def test_a_call_is_told_as_one(room: Newsroom) -> None:
    words = "Erdogan speaks to Zelensky by telephone"
    turkey = Actor(id="tur", name="Turkey", role=Role.SOURCE)
    ukraine = Actor(id="ukr", name="Ukraine", role=Role.SOURCE)

    [post] = room.read(article(words, hours=5), event("meeting", actors=(turkey, ukraine), words=words))

    assert "speaks by phone with Ukraine" in post.headline


def test_talks_are_set_for_the_day_that_was_told_before(room: Newsroom) -> None:
    both = (replace(TO_RUSSIA, role=Role.SOURCE), Actor(id="ukr", name="Ukraine", role=Role.SOURCE))
    room.read(
        article("Russia proposes talks", hours=5),
        event("talks-proposed", actors=(replace(TO_RUSSIA, role=Role.SOURCE),), when="2025-05-20"),
    )

    [post] = room.read(
        article("Talks agreed", hours=40, feed="kyiv"),
        event("talks-scheduled", actors=both, stage="agreed", modality=Modality.PLANNED),
    )

    assert "20 May" in post.headline


def stays_away(hours: float, feed: str, **fields: Any) -> tuple[Article, Event]:
    words = "Foreign Minister Sergei Lavrov will not travel to Istanbul."
    told = event("attendance-declined", actors=(RUSSIA,), person="Sergei Lavrov", words=words, **fields)
    return article("Lavrov stays at home", words, hours=hours, feed=feed), told


def test_a_rumoured_absence_that_a_second_outlet_tells_within_hours_is_no_second_post(room: Newsroom) -> None:
    [post] = room.read(*stays_away(10, "gulf", modality=Modality.ALLEGED, attribution="a diplomat"))

    line, edit = room.read(*stays_away(11, "volga"))

    assert (line.mode, edit.mode) == (Mode.THREAD, Mode.EDIT)
    assert edit.of == post.id


def test_an_absence_that_its_own_side_confirms_is_news(room: Newsroom) -> None:
    room.read(*stays_away(10, "gulf", modality=Modality.ALLEGED, attribution="a diplomat"))

    [post] = room.read(*stays_away(11, "volga", attribution="Maria Zakharova"))

    assert post.mode is Mode.POST


def signs(hours: float, feed: str, *names: str) -> tuple[Article, Event]:
    words = "A declaration on the strait was signed on Thursday."
    by = tuple(Actor(id=None, name=name, role=Role.SOURCE) for name in names)
    return article("Declaration signed", words, hours=hours, feed=feed), event(
        "agreement-reached", actors=by, stage="signed", words=words
    )


def test_a_deal_of_several_whose_signatories_a_second_outlet_tells_otherwise_is_one_deal(room: Newsroom) -> None:
    room.read(*signs(10, "gulf", "Russia", "Oman", "Malta", "Norway"))

    assert all(
        said.mode is not Mode.POST for said in room.read(*signs(12, "volga", "Russia", "Ukraine", "Oman", "Malta"))
    )
    [other] = room.read(*signs(14, "volga", "Russia", "Ukraine"))
    assert other.mode is Mode.POST


def test_a_meeting_beside_the_talks_that_stand_is_told_as_one_of_its_own(room: Newsroom) -> None:
    set_for: dict[str, Any] = {"stage": "dated", "modality": Modality.PLANNED}
    both = (RUSSIA, TO_UKRAINE)
    main = event(
        "talks-scheduled", actors=both, when="2025-05-16", venue="Istanbul", words="Talks on Friday", **set_for
    )
    beside = event("talks-scheduled", actors=both, when="2025-05-21", venue="Bern", words="Bern next week", **set_for)
    off = event("talks-postponed", actors=both, stage="cancelled", venue="Bern", words="Bern is off")
    room.read(article("Talks on Friday", hours=10), main)

    [post] = room.read(article("Bern next week", hours=20), beside)
    [ended] = room.read(article("Bern is off", hours=30), off)

    assert post.headline.endswith("further meeting set for 21 May in Bern")
    assert ended.headline.endswith("meeting in Bern called off")


def test_a_first_place_of_talks_that_were_just_told_completes_their_post(room: Newsroom) -> None:
    both = (RUSSIA, TO_UKRAINE)
    fields: dict[str, Any] = {"actors": both, "stage": "dated", "modality": Modality.PLANNED, "when": "2025-05-16"}
    day, place = "Talks are set for Friday.", "Friday's talks will be in Istanbul."
    [post] = room.read(article("A day for talks", day, hours=10), event("talks-scheduled", words=day, **fields))

    told = event("talks-scheduled", words=place, venue="Istanbul", **fields)
    edit, line = room.read(article("A place for talks", place, hours=11, feed="gulf"), told)

    assert (edit.mode, edit.of, line.mode) == (Mode.EDIT, post.id, Mode.THREAD)
    assert edit.headline.endswith("talks set for 16 May in Istanbul")


def test_a_place_that_is_told_the_day_after_is_news(room: Newsroom) -> None:
    both = (RUSSIA, TO_UKRAINE)
    fields: dict[str, Any] = {"actors": both, "stage": "dated", "modality": Modality.PLANNED, "when": "2025-05-16"}
    room.read(article("A day for talks", hours=10), event("talks-scheduled", words="A day for talks", **fields))

    told = event("talks-scheduled", words="A place for talks", venue="Istanbul", **fields)
    [post] = room.read(article("A place for talks", hours=30, feed="gulf"), told)

    assert post.mode is Mode.POST


def test_to_meet_some_day_is_no_news_of_talks_that_were_told_as_set(room: Newsroom) -> None:
    both = (RUSSIA, TO_UKRAINE)
    fields: dict[str, Any] = {"actors": both, "modality": Modality.PLANNED}
    day = event("talks-scheduled", words="Talks on Friday", stage="dated", when="2025-05-16", **fields)
    room.read(article("Talks on Friday", hours=10), day)

    said = room.read(article("Foes to meet", hours=12, feed="gulf"), event("talks-scheduled", words="Foes", **fields))

    assert all(alert.mode is not Mode.POST for alert in said)


def test_whoever_was_told_as_replaced_is_not_told_to_stay_away_too(room: Newsroom) -> None:
    fields: dict[str, Any] = {"actors": (RUSSIA,), "role": "head"}
    first = event("delegation-named", person="Sergei Lavrov", words="Lavrov leads", **fields)
    other = event("delegation-changed", person="Vladimir Medinsky", stage="replaced", words="Medinsky leads", **fields)
    gone = event(
        "delegation-changed",
        person="Sergei Lavrov",
        stage="withdrawn",
        words="Lavrov is out",
        attribution="Kremlin",
        **fields,
    )
    room.read(article("Lavrov leads", hours=10), first)
    room.read(article("Medinsky leads", hours=12), other)

    said = room.read(article("Lavrov is out", hours=13, feed="gulf"), gone)

    assert all(alert.mode is not Mode.POST for alert in said)


def test_a_deal_of_one_party_with_nobody_is_not_told(room: Newsroom) -> None:
    alone = event("agreement-reached", actors=(RUSSIA,), stage="agreed", words="Russia agreed")

    assert room.read(article("Russia agreed", hours=10), alone) == ()
