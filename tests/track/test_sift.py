"""What of an article's events counts, whatever a reader of single sentences made of them."""

from dataclasses import replace
from datetime import UTC, datetime

from bot.domain.event import Actor, Event, Modality, Role
from bot.domain.feed import Article
from bot.seeds import gazetteer, packaged
from bot.track.mentions import Names
from bot.track.sift import Sieve
from tests.builders import article, event

WHO = gazetteer(packaged())
SIEVE = Sieve(WHO, Names(WHO))


def known(id_: str, name: str, role: Role = Role.SOURCE) -> Actor:
    return Actor(id=id_, name=name, role=role)


RUSSIA, UKRAINE, TURKEY = known("rus", "Russia"), known("ukr", "Ukraine", Role.TARGET), known("tur", "Turkey")


def sifted(told: Article, *events: Event) -> list[Event]:
    return list(SIEVE.sift(told, events))


def test_neither_the_outlet_nor_the_dateline_is_an_actor() -> None:
    words = "RIYADH, May 12 (Meridian) - Marco Rubio will travel to Turkey, the United States said."
    actors = (
        known("sau", "Saudi Arabia"),
        Actor(id=None, name="Meridian", role=Role.TARGET),
        known("usa", "United States", Role.TARGET),
    )
    told = event("attendance-confirmed", actors=actors, person="Marco Rubio", words=words)

    [kept] = sifted(article("Rubio to travel", words, outlet="Meridian Wire"), told)

    assert [(actor.name, actor.role) for actor in kept.actors] == [("United States", Role.SOURCE)]


def test_a_state_that_its_own_agency_tells_of_acts() -> None:
    words = "The delegation of Vestria is headed by Anna Korba, that of Korland by Karel Dobny, Vestria said."
    told = event("delegation-named", actors=(Actor(id=None, name="Vestria", role=Role.SOURCE),), words=words)

    [kept] = sifted(article("Talks begin", words, outlet="Vestria Press Agency"), told)

    assert [actor.name for actor in kept.actors] == ["Vestria"]


def test_nobody_leads_another_partys_team() -> None:
    told = event(
        "delegation-named",
        actors=(TURKEY, UKRAINE),
        person="Rustem Umerov",
        role="head",
        members=("Volodymyr Zelensky", "Recep Tayyip Erdoğan"),
    )

    [kept] = sifted(article("Umerov leads"), told)

    assert next(actor.name for actor in kept.actors if actor.role is Role.SOURCE) == "Ukraine"
    assert kept.members == ()


def test_one_article_holds_one_word_on_the_talks() -> None:
    text = "Talks put off to Friday"
    off = event("talks-postponed", actors=(RUSSIA, UKRAINE), words=text, confidence=0.99)
    on = event("talks-held", actors=(RUSSIA, UKRAINE), stage="continuing", words=text, confidence=0.8)

    assert [kept.kind for kept in sifted(article(text), on, off)] == ["talks-postponed"]


def test_what_an_article_denies_it_does_not_assert() -> None:
    denial = event(
        "accusation",
        actors=(RUSSIA,),
        person="Sergei Lavrov",
        about="attendance-confirmed",
        modality=Modality.DENIED,
    )
    rumour = event("delegation-named", actors=(RUSSIA,), person="Sergei Lavrov", role="head")

    assert sifted(article("Moscow denies that Lavrov goes"), denial, rumour) == [denial]


def test_what_stands_beside_a_year_gone_by_is_background() -> None:
    words = "Vladimir Medinsky led the Russians then, in March 2022."
    told = event("delegation-named", actors=(RUSSIA,), person="Vladimir Medinsky", role="head", words=words)

    assert sifted(article("Reminder", words), replace(told, confidence=0.8)) == []


def test_a_plan_has_no_day_that_is_past() -> None:
    told = event("talks-scheduled", actors=(RUSSIA, UKRAINE), when="2025-05-09")

    [kept] = sifted(article("Talks put off"), told)

    assert kept.when is None


def test_whoever_says_that_a_team_goes_does_not_lead_it_where_another_is_told_of() -> None:
    zelensky = "Volodymyr Zelensky"
    title = "Zelensky: Ukraine sends team led by defence minister to Istanbul"
    told = event("delegation-named", actors=(UKRAINE,), person=zelensky, attribution=zelensky, words=title)
    alone = replace(told, evidence=replace(told.evidence, words="Zelensky: Ukraine sends a team"))
    body = "Ukraine will send a delegation headed by Defence Minister Rustem Umerov, he said."

    [by_office] = sifted(article(title, body), told)
    [by_name] = sifted(article(title, body), alone)
    [own] = sifted(article(title, "He will be there himself."), alone)

    assert (by_office.person, by_name.person, own.person) == ("Rustem Umerov", None, zelensky)


def test_who_stays_away_is_known_by_the_office_held_then() -> None:
    words = "Ukraine's foreign minister and the head of the presidential office will not be there."
    away = event("attendance-declined", actors=(replace(UKRAINE, role=Role.SOURCE),), words=words, confidence=0.9)

    [now] = sifted(article(words), away)
    [then] = sifted(article(words, published=datetime(2023, 5, 12, tzinfo=UTC)), away)

    assert (now.person, now.members) == ("Andrii Sybiha", ("Andriy Yermak",))
    assert (then.person, then.members) == ("Dmytro Kuleba", ("Andriy Yermak",))


def test_a_list_whose_reader_found_no_names_takes_those_of_the_party() -> None:
    words = "The other members are Mikhail Galuzin, Igor Kostyukov and Alexander Fomin."
    told = event("delegation-named", actors=(RUSSIA,), words=words)

    [kept] = sifted(article("Team named", words), told)

    assert kept.members == ("Mikhail Galuzin", "Igor Kostyukov", "Alexander Fomin")


def test_a_title_that_names_nobody_takes_the_head_that_the_first_words_name() -> None:
    title = "Vestria names chief negotiator"
    body = "Vestria on Tuesday named Ana Dorel to lead its team."
    head = Actor(id=None, name="Ana Dorel", role=Role.SOURCE)
    told = article(title, body)
    in_title = event("delegation-named", "Vestria", words=title, confidence=0.9)
    below = event("delegation-named", actors=(head,), words=body, person="Ana Dorel", role="head", confidence=0.66)
    start = len(title) + 2

    kept = sifted(told, in_title, replace(below, evidence=replace(below.evidence, start=start, end=start + len(body))))

    assert {(one.person, one.actors[0].name) for one in kept} == {("Ana Dorel", "Vestria")}


def test_what_was_signed_weeks_ago_is_background() -> None:
    words = "Under the declaration that the two signed on 14 April an accord was due by today."
    signed = event("agreement-reached", "Vestria+Korland", words=words, when="2025-04-14", confidence=0.97)

    assert sifted(article(words), signed) == []


def test_talks_put_off_from_a_day_gone_by_are_background() -> None:
    words = "The talks were to have opened on 9 May, but were put off."

    assert sifted(article(words), event("talks-postponed", "Vestria", words=words, when="2025-05-09")) == []


def test_what_must_be_done_is_demanded_and_not_done() -> None:
    words = "Before anything is signed Vestria must free 70 prisoners, Korland demanded."
    freed = event("prisoner-exchange", "Vestria+Korland", words=words, stage="carried-out", terms={"prisoners": 70})
    asked = event("demand", "Korland", "Vestria", words=words)

    assert [one.kind for one in sifted(article(words), freed, asked)] == ["demand"]


def test_what_has_its_day_ahead_is_agreed_and_not_done() -> None:
    words = "Fourteen sailors come home on 14 May in exchange for nine coastguards."
    freed = event("prisoner-exchange", "Vestria+Korland", words=words, stage="carried-out", when="2025-05-14")

    [kept] = sifted(article(words), freed)

    assert (kept.stage, kept.modality) == ("agreed", Modality.PLANNED)


def test_title_and_first_words_are_one_report_on_the_word_of_whoever_is_named() -> None:
    title = "New talks begin in Bern, official says"
    body = "Talks between Vestria and Korland began on Monday, envoy Ana Dorel said."
    start = len(title) + 2
    above = event(
        "talks-held", words=title, stage="begun", modality=Modality.ALLEGED, attribution="official", venue="Bern"
    )
    below = event("talks-held", "Vestria+Korland", words=body, stage="begun", attribution="Ana Dorel")
    below = replace(below, evidence=replace(below.evidence, start=start, end=start + len(body)))

    kept = sifted(article(title, body), above, below)

    assert {(one.modality, one.attribution, one.venue) for one in kept} == {(Modality.ASSERTED, "Ana Dorel", "Bern")}


def test_a_break_of_hours_is_no_suspension() -> None:
    title, body = "Talks suspended until afternoon", "The delegations broke off for lunch."
    start = len(title) + 2
    off = event("talks-postponed", "Vestria+Korland", words=title, stage="suspended")
    pause = event("talks-held", "Vestria+Korland", words=body, stage="recess", confidence=0.8)
    pause = replace(pause, evidence=replace(pause.evidence, start=start, end=start + len(body)))

    assert [one.stage for one in sifted(article(title, body), off, pause)] == ["recess"]


def test_a_host_who_offers_its_rooms_calls_for_no_talks_beside_it() -> None:
    host = known("tur", "Turkey", Role.HOST)
    offer = event("mediation", actors=(host,), stage="offered", words="Turkey offers to host talks")
    call = event("talks-proposed", actors=(replace(host, role=Role.SOURCE),), words="It would create room for talks.")

    assert [one.kind for one in sifted(article("Turkey offers to host talks"), offer, call)] == ["mediation"]


def test_an_office_of_nobody_in_particular_is_not_filled() -> None:
    words = "Neither the head of the office nor the foreign minister will be at the table, he said, in Ankara, not in Turkey."
    away = event("attendance-declined", actors=(TURKEY,), words=words, confidence=0.9)

    assert [one.person for one in sifted(article(words), away)] == [None]


def test_first_words_that_tell_of_an_arrival_settle_a_title_in_the_present() -> None:
    title, body = "Rector Adela Moss lands in Tirvan", "Vestria's Adela Moss arrived in Tirvan at noon on Monday."
    vestria = Actor(id=None, name="Vestria", role=Role.SOURCE)
    announced = event(
        "attendance-confirmed", actors=(vestria,), person="Adela Moss", words=title, modality=Modality.PLANNED
    )
    told = event("attendance-confirmed", actors=(vestria,), person="Adela Moss", words=body, when="2025-05-12")
    told = replace(told, evidence=replace(told.evidence, start=len(title) + 2))

    first, _ = sifted(article(title, body), announced, told)

    assert (first.modality, first.when) == (Modality.ASSERTED, "2025-05-12")


def test_captives_who_were_handed_over_are_no_longer_only_to_be_exchanged() -> None:
    title, body = "Vestria and Korland swap 30 sailors", "Twelve Vestrians and 18 Korlanders were handed over."
    both = tuple(Actor(id=None, name=name, role=Role.SOURCE) for name in ("Vestria", "Korland"))
    people = (Actor(id=None, name="Vestrians", role=Role.SOURCE),)
    agreed = event("prisoner-exchange", actors=both, stage="agreed", words=title)
    done = event("prisoner-exchange", actors=people, stage="carried-out", words=body, terms={"prisoners": 30})
    done = replace(done, evidence=replace(done.evidence, start=len(title) + 2))

    first, *_ = sifted(article(title, body), agreed, done)

    assert first.stage == "carried-out"


def test_whoever_is_sent_in_anothers_place_does_not_stay_away() -> None:
    words = "Deputy Minister Jana Roth will head Vestria's team in place of Minister Pavel Orn, who will not travel."
    vestria = (Actor(id=None, name="Vestria", role=Role.SOURCE),)
    sent = event("delegation-changed", actors=vestria, person="Jana Roth", role="head", stage="replaced", words=words)
    away = event("attendance-declined", actors=vestria, person="Jana Roth", words=words)

    assert [kept.kind for kept in sifted(article(words), away, sent)] == ["delegation-changed"]


def test_one_presidents_illness_keeps_nobody_else_away() -> None:
    title, body = "Turkey's Erdoğan calls off his Oslo trip", "His meeting with Vladimir Putin will not go ahead."
    ill = event("attendance-declined", actors=(TURKEY,), person="Recep Tayyip Erdoğan", words=title)
    other = event("attendance-declined", actors=(RUSSIA,), words=body, confidence=0.95)
    other = replace(other, evidence=replace(other.evidence, start=len(title) + 2))

    assert [kept.person for kept in sifted(article(title, body), ill, other)] == ["Recep Tayyip Erdoğan"]


def test_what_a_title_offers_is_not_yet_accepted_below_it() -> None:
    title, body = "Oman ready to host Vestria and Korland", "Oman volunteered to host the two at Salalah."
    oman = (Actor(id="omn", name="Oman", role=Role.HOST),)
    offer = event("mediation", actors=oman, stage="offered", words=title)
    hosting = event("mediation", actors=oman, stage="hosting", words=body, venue="Salalah")
    hosting = replace(hosting, evidence=replace(hosting.evidence, start=len(title) + 2))

    assert {kept.stage for kept in sifted(article(title, body), offer, hosting)} == {"offered"}
