from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from bot.domain.actor import ActorType, Gazetteer, KnownActor, KnownPerson, Place
from bot.domain.event import Actor, Event, Evidence, Role
from bot.domain.feed import Article
from bot.domain.story import Story
from bot.track.assign import Assignment, Desk
from bot.track.copies import Copies, Trace
from bot.track.discover import sides
from tests.builders import article, event


def known(key: str, name: str, *adjectives: str, metonyms: Sequence[str] = ()) -> KnownActor:
    return KnownActor(id=key, name=name, type=ActorType.STATE, adjectives=tuple(adjectives), metonyms=tuple(metonyms))


GAZETTEER = Gazetteer(
    actors=(
        known("rus", "Russia", "Russian", metonyms=["Kremlin", "Moscow"]),
        known("ukr", "Ukraine", "Ukrainian", metonyms=["Kyiv"]),
        known("tur", "Turkey", "Turkish", metonyms=["Ankara"]),
        known("usa", "United States", "American"),
        known("irn", "Iran", "Iranian"),
        known("e3", "E3"),
        known("geo", "Georgia", "Georgian"),
        known("aze", "Azerbaijan", "Azerbaijani"),
        known("eu", "European Union"),
    ),
    persons=(KnownPerson(id="medinsky", name="Vladimir Medinsky", surname="Medinsky", party="rus"),),
    places=(Place(name="Istanbul", kind="city", country="tur"),),
)
ISTANBUL = Story(
    id="istanbul-talks",
    slug="istanbul-talks",
    title="Istanbul talks",
    defined=True,
    parties=("rus", "ukr"),
    mediators=("tur", "usa"),
    hosts=("tur",),
    places=("Istanbul",),
    persons=("medinsky",),
    terms=("30-day ceasefire", "Istanbul talks"),
)
NUCLEAR = Story(
    id="iran-nuclear",
    slug="iran-nuclear",
    title="Iran nuclear talks",
    defined=True,
    parties=("irn", "usa", "e3"),
    mediators=("tur",),
    places=("Istanbul",),
    terms=("nuclear talks",),
)
ALONE = Trace(duplicate_of=None, origin="wire", near=())


def actor(key: str | None, name: str = "", role: Role = Role.SOURCE) -> Actor:
    return Actor(id=key, name=name or str(key), role=role)


def told(text: str, kind: str, *actors: Actor, hours: float = 0, **fields: Any) -> tuple[Article, Event]:
    """Return an article of one sentence and the event that it tells."""
    said = event(kind, actors=actors, words=text, **fields)
    return article(text, hours=hours), said


def assigned(desk: Desk, what: tuple[Article, Event], trace: Trace = ALONE) -> list[str]:
    return [one.story.slug for one in desk.assign(what[0], [what[1]], trace)]


def test_two_negotiations_in_one_city_stay_apart() -> None:
    desk = Desk([ISTANBUL, NUCLEAR], GAZETTEER)
    one = told("Russia and Ukraine sit down in Istanbul", "talks-held", actor("rus"), actor("ukr"), venue="Istanbul")
    other = told("Iran and the E3 met in Istanbul", "talks-held", actor("irn"), actor("e3"), venue="Istanbul")

    assert assigned(desk, one) == ["istanbul-talks"]
    assert assigned(desk, other) == ["iran-nuclear"]


def test_a_sibling_told_in_the_same_article_stays_apart() -> None:
    desk = Desk([ISTANBUL, NUCLEAR], GAZETTEER)
    text = (
        "Russia and Ukraine sit down in Istanbul\n\n" + "The hall was full. " * 30 + "Iran and the E3 met across town."
    )
    start = text.index("Iran and")
    words = text[start:]
    sibling = Event(
        kind="talks-held",
        actors=(actor("irn"), actor("e3")),
        venue="Istanbul",
        evidence=Evidence(start=start, end=start + len(words), words=words),
    )
    page = article("Russia and Ukraine sit down in Istanbul", text.partition("\n\n")[2])

    assert [one.story.slug for one in desk.assign(page, [sibling], ALONE)] == ["iran-nuclear"]


def test_one_party_joins_by_its_person_and_place() -> None:
    desk = Desk([ISTANBUL, NUCLEAR], GAZETTEER)
    named = told(
        "Medinsky to lead Russia's team in Istanbul", "delegation-named", actor("rus"), person="Vladimir Medinsky"
    )

    assert assigned(desk, named) == ["istanbul-talks"]


def test_a_mediator_with_somebody_else_does_not_join() -> None:
    desk = Desk([ISTANBUL, NUCLEAR], GAZETTEER)
    visit = told("Turkey and Georgia meet in Istanbul", "meeting", actor("tur"), actor("geo"), venue="Istanbul")

    assert assigned(desk, visit) == []


def test_a_party_with_a_stranger_does_not_join() -> None:
    desk = Desk([ISTANBUL, NUCLEAR], GAZETTEER)
    visit = told("Russia and Georgia meet in Istanbul", "meeting", actor("rus"), actor("geo"), venue="Istanbul")

    assert assigned(desk, visit) == []


def test_a_party_and_its_host_open_no_story_beside_their_own() -> None:
    desk = Desk([replace(ISTANBUL, terms=())], GAZETTEER)
    first = told("Russia and Ukraine agree to talks", "talks-scheduled", actor("rus"), actor("ukr"))
    assert assigned(desk, first) == ["istanbul-talks"]

    begun = told("Russia here, Turkey at the table's end: it has begun", "talks-held", actor("tur"), actor("rus"))

    assert all(slug == "istanbul-talks" for slug in assigned(desk, begun))


def test_a_call_by_third_parties_joins_by_its_phrase() -> None:
    desk = Desk([ISTANBUL, NUCLEAR], GAZETTEER)
    call = told("EU and US urge 30-day ceasefire on Russia", "ceasefire-called", actor("eu"), actor("usa"))

    assert assigned(desk, call) == ["istanbul-talks"]


def test_an_excluded_phrase_blocks() -> None:
    strict = Story(id="s", slug="s", title="S", defined=True, parties=("rus", "ukr"), excludes=("grain deal",))
    desk = Desk([strict], GAZETTEER)
    deal = told("Russia and Ukraine meet on grain deal", "talks-held", actor("rus"), actor("ukr"))

    assert "s" not in assigned(desk, deal)


def test_an_unknown_pair_opens_a_story_and_joins_it_again() -> None:
    desk = Desk([ISTANBUL], GAZETTEER)
    first = told("Vestria and Korland to hold talks", "talks-scheduled", actor(None, "Vestria"), actor(None, "Korland"))
    [opened] = desk.assign(first[0], [first[1]], ALONE)
    assert (opened.story.slug, opened.is_new) == ("vestria-korland-talks", True)

    again = told(
        "Korlandish truce offer reaches the Vestrians",
        "ceasefire-called",
        actor(None, "Korlandish"),
        actor(None, "Vestrian", Role.TARGET),
        hours=70,
    )
    [joined] = desk.assign(again[0], [again[1]], ALONE)
    assert (joined.story.slug, joined.is_new) == ("vestria-korland-talks", False)


def test_neither_a_teams_member_nor_the_talks_place_is_a_party_of_a_story() -> None:
    _, team = told(
        "Karel Dobny heads Vestria's delegation for Graz, with Anna Korba",
        "delegation-named",
        actor(None, "Vestria"),
        actor(None, "Anna Korba", Role.TARGET),
        actor(None, "Graz", Role.TARGET),
        person="Karel Dobny",
        members=("Anna Korba",),
        venue="Graz",
    )

    assert [party.name for party in sides(team)] == ["Vestria"]


def test_a_discovered_story_is_named_after_its_matter() -> None:
    desk = Desk([ISTANBUL], GAZETTEER)
    border = told("Georgia and Azerbaijan set border talks", "talks-scheduled", actor("geo"), actor("aze"))

    [opened] = desk.assign(border[0], [border[1]], ALONE)

    assert opened.story.slug == "georgia-azerbaijan-border-talks"
    assert opened.story.title == "Georgia–Azerbaijan border talks"


def test_a_story_that_rested_takes_nothing_more_in() -> None:
    desk = Desk([], GAZETTEER)
    first = told("Georgia and Azerbaijan set talks", "talks-scheduled", actor("geo"), actor("aze"))
    later = told("Georgia and Azerbaijan set talks", "talks-scheduled", actor("geo"), actor("aze"), hours=24 * 40)

    assert assigned(desk, first) == ["georgia-azerbaijan-talks"]
    assert assigned(desk, later) == ["georgia-azerbaijan-talks-2"]


def test_a_mere_accusation_opens_no_story() -> None:
    desk = Desk([], GAZETTEER)

    assert assigned(desk, told("Georgia accuses Azerbaijan", "accusation", actor("geo"), actor("aze"))) == []


def test_an_article_without_events_joins_as_a_source() -> None:
    desk = Desk([ISTANBUL, NUCLEAR], GAZETTEER)
    analysis = article("What Russia and Ukraine want from the Istanbul talks")

    assert desk.assign(analysis, [], ALONE) == (Assignment(story=ISTANBUL, events=()),)
    assert desk.assign(article("Markets close higher"), [], ALONE) == ()


def test_an_article_without_events_joins_the_discovered_story_that_its_top_is_about() -> None:
    desk = Desk([], GAZETTEER)
    opening = article("Vestria and Korland agree to hold border talks in Geneva", hours=1)
    agreed = event("talks-scheduled", "Vestria+Korland", stage="agreed", venue="Geneva", words=opening.title)
    [opened] = desk.assign(opening, [agreed], Copies().add(opening))

    for title, joins in (
        ("A long look at the border between Vestria and Korland", True),
        ("Korlandish smugglers, Vestrian bridges: before the talks in Geneva", True),
        ("Vestria and Korland share a taste for dumplings", False),
        ("A long look at the border between Vestria and Ostmark", False),
    ):
        told = article(title, hours=2)
        found = desk.assign(told, [], Copies().add(told))
        assert [(each.story.id, each.events) for each in found] == ([(opened.story.id, ())] if joins else []), title
