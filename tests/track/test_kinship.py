"""Stories that the bot opens itself stay whole: one war, one story."""

from dataclasses import replace

from bot.domain.event import Actor, Role
from bot.track.acquaintances import Acquaintances
from bot.track.assign import Desk
from bot.track.copies import Copies
from tests.builders import article, event
from tests.house import gazetteer

VESTRIA, KORLAND, OMAN = (Actor(id=None, name=name, role=Role.SOURCE) for name in ("Vestria", "Korland", "Oman"))


def test_a_mediator_s_word_and_an_appeal_of_the_un_open_no_second_story() -> None:
    desk, copies = Desk((), gazetteer()), Copies()
    opened = article(
        "Vestria and Korland agree to talks in Muscat", "Talks between Vestria and Korland open on Monday."
    )
    first = event("talks-scheduled", actors=(VESTRIA, KORLAND), venue="Muscat")
    [assignment] = desk.assign(opened, [first], copies.add(opened))
    assert assignment.is_new

    un = Actor(id="un", name="United Nations", role=Role.SOURCE)
    later = article("UN chief urges Vestria and Korland to stop firing", "He called for a truce.", hours=5)
    call = event("ceasefire-called", actors=(un, Actor(id=None, name="Vestrian", role=Role.TARGET)))
    [joined] = desk.assign(later, [call], copies.add(later))
    assert (joined.story.id, joined.is_new) == (assignment.story.id, False)

    host = article("Oman: Vestria's team has arrived in Muscat", "Korland is expected at noon.", hours=8)
    arrived = event(
        "attendance-confirmed", actors=(VESTRIA, Actor(id="omn", name="Oman", role=Role.SOURCE)), venue="Muscat"
    )
    [there] = desk.assign(host, [arrived], copies.add(host))
    assert there.story.id == assignment.story.id


def test_a_person_speaks_for_the_party_that_earlier_news_gave() -> None:
    known = Acquaintances([event("demand", actors=(VESTRIA,), person="Lena Oravec")])
    stranger = Actor(id=None, name="Oravec", role=Role.SOURCE)
    [actor] = known.introduce(event("attendance-declined", actors=(stranger,), person="Lena Oravec")).actors
    assert actor.name == "Vestria"


def test_a_person_whose_party_nobody_has_told_is_no_party() -> None:
    stranger = Actor(id=None, name="Joren Halm", role=Role.SOURCE)
    assert Acquaintances().introduce(event("demand", actors=(stranger,), person="Joren Halm")).actors == ()


def test_of_two_tables_of_one_party_the_people_and_places_tell_which_is_meant() -> None:
    desk, copies = Desk((), gazetteer()), Copies()
    pellas = Actor(id=None, name="Pellas", role=Role.SOURCE)
    war = article("Vestria and Korland agree to talks in Muscat", "Envoy Lena Oravec will lead for Vestria in Muscat.")
    fish = article("Vestria and Pellas to meet in Bern", "The cod of the Kestrel Shelf divides them.", hours=4)
    [first] = desk.assign(war, [event("talks-scheduled", actors=(VESTRIA, KORLAND))], copies.add(war))
    [second] = desk.assign(fish, [event("talks-scheduled", actors=(VESTRIA, pellas))], copies.add(fish))
    assert first.story.id != second.story.id

    away = article("Vestria drops Oravec from Muscat team", "She had been named a day before.", hours=8)
    [dropped] = desk.assign(away, [event("delegation-changed", actors=(VESTRIA,), stage="withdrawn")], copies.add(away))
    assert dropped.story.id == first.story.id


def test_an_article_opens_no_second_story_of_a_side_of_the_one_it_has_just_opened() -> None:
    desk, copies = Desk((), gazetteer()), Copies()
    told = article("Vestria proposes talks with Korland", "They would be held in Oman.")
    one = event("talks-proposed", actors=(VESTRIA, replace(KORLAND, role=Role.TARGET)))
    other = event("talks-proposed", actors=(VESTRIA, replace(OMAN, role=Role.TARGET)))

    assert len(desk.assign(told, [one, other], copies.add(told))) == 1


def test_a_team_of_nobodys_is_that_of_the_only_party_that_its_article_names() -> None:
    desk, copies = Desk((), gazetteer()), Copies()
    opened = article("Vestria and Korland agree to talks in Muscat", "Envoys of both will meet at the Bustan Palace.")
    desk.assign(opened, [event("talks-scheduled", actors=(VESTRIA, KORLAND), venue="Muscat")], copies.add(opened))

    team = article(
        "Dorel to speak for Korland in Muscat",
        "The cabinet has put Ana Dorel at the head of the team for the Bustan Palace.",
        hours=5,
    )
    head = event("delegation-named", actors=(), person="Ana Dorel", role="head", venue="Muscat")
    [joined] = desk.assign(team, [head], copies.add(team))

    assert [actor.name for one in joined.events for actor in one.actors] == ["Korland"]


def test_words_that_any_article_writes_with_a_capital_prove_no_story() -> None:
    desk, copies = Desk((), gazetteer()), Copies()
    body = "President Oravec said on Monday that the Foreign Minister would lead for Vestria."
    opened = article("Vestria and Korland agree to talks in Muscat", body)
    desk.assign(opened, [event("talks-scheduled", actors=(VESTRIA, KORLAND))], copies.add(opened))
    for number in range(8):
        other = article(
            f"Football {number}", "President Halm told the Foreign Press on Monday of Minister cups.", hours=1
        )
        desk.assign(other, [], copies.add(other))

    stray = article("A truce is called for", "The President and the Foreign Minister spoke on Monday.", hours=5)

    assert desk.assign(stray, [event("ceasefire-called", actors=())], copies.add(stray)) == ()
