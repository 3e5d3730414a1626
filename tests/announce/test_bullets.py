"""The words of sources that carry a post."""

from hypothesis import given, settings
from hypothesis import strategies as some

from bot.announce.bullets import choose
from bot.domain.event import Event, Evidence
from bot.domain.feed import Article
from bot.domain.story import Cause, Change, Report, Source
from tests.announce.newsroom import placed
from tests.builders import MONDAY, article, event


def behind(what: Event, texts: Article) -> tuple[list[Change], dict[str, Report]]:
    told = placed(what, texts)
    report = Report(
        event=told,
        source=Source(
            ref=texts.ref,
            outlet=texts.outlet,
            url=texts.url,
            title=texts.title,
            origin=texts.outlet,
            published=texts.published,
            fetched=texts.fetched,
        ),
    )
    change = Change(
        kind=what.kind,
        slot="talks/status",
        cause=Cause.CHANGE,
        before=None,
        after="postponed",
        modality=what.modality,
        attribution=None,
        since=MONDAY,
        reports=("r",),
    )
    return [change], {"r": report}


def chosen(body: str, words: str, headline: str = "", title: str = "Talks slip") -> list[str]:
    texts = article(title, body)
    changes, reports = behind(event("talks-postponed", words=words), texts)
    sides = (("Russia", "Moscow", "Medinsky"), ("Ukraine", "Kyiv", "Umerov"))
    bullets = choose(changes, reports, {texts.ref: texts}, headline=headline, sides=sides)
    assert all(bullet.text in texts.text for bullet in bullets)
    return [bullet.text for bullet in bullets]


def test_the_lead_comes_first_then_figures_then_the_other_side() -> None:
    told = chosen(
        "The weather in the city was fine. Medinsky said the talks were put off by a day. "
        "“We are here and ready,” Umerov said. Some 40 delegates have travelled.",
        "the talks were put off by a day",
    )

    assert told == [
        "Medinsky said the talks were put off by a day.",
        "Some 40 delegates have travelled.",
        "“We are here and ready,” Umerov said.",
    ]


def test_a_dateline_is_no_part_of_what_was_said() -> None:
    told = chosen(
        "ISTANBUL, May 15 (Meridian) - The talks were put off by a day, Turkey said.", "were put off by a day"
    )

    assert told == ["The talks were put off by a day, Turkey said."]


def test_no_bullet_repeats_another_or_the_headline() -> None:
    told = chosen(
        "Talks postponed to 16 May. The session was put off until Friday, the hosts said at noon. "
        "The hosts said at noon the session was put off until Friday.",
        "Talks postponed to 16 May",
        headline="Fidan: talks postponed to 16 May",
    )

    assert told == ["The session was put off until Friday, the hosts said at noon."]


def test_a_long_sentence_is_cut_where_a_clause_ends() -> None:
    long = (
        "The delegations of the two countries put off their first session in the palace by one day until Friday morning"
        " at ten, while the ministers who had come with them spent the afternoon in separate meetings with their hosts"
        " and with each other in the hotels along the shore."
    )

    [told] = chosen(long, "put off their first session")

    assert told.endswith("until Friday morning at ten")


def test_without_its_text_the_evidence_speaks() -> None:
    texts = article("Talks slip", "The talks were put off by a day.")
    changes, reports = behind(event("talks-postponed", words="The talks were put off by a day."), texts)

    [bullet] = choose(changes, reports, {})

    assert bullet.text == "The talks were put off by a day."


def test_a_title_alone_is_a_bullet() -> None:
    assert chosen("", "Talks slip") == ["Talks slip"]


WORDS = some.lists(
    some.sampled_from(
        [
            "The",
            "talks",
            "were",
            "put",
            "off.",
            "Medinsky",
            "said",
            "“we",
            "wait”",
            "and",
            "40",
            "left;",
            "Dr.",
            "Umerov,",
            "U.S.",
            "(Kyiv)",
            "…",
            "no?",
            "while\n",
            "Ж",
            "中。",
            "-",
            ",",
        ]
    ),
    max_size=80,
).map(" ".join)


@settings(max_examples=200, deadline=None)
@given(title=WORDS, body=WORDS, start=some.integers(0, 60), length=some.integers(1, 60))
def test_every_bullet_is_word_for_word_in_its_source(title: str, body: str, start: int, length: int) -> None:
    texts = article(title or "A title", body)
    words = texts.text[start : start + length] or texts.title
    what = Event(kind="talks-held", evidence=Evidence(start=start, end=start + len(words), words=words))
    changes, reports = behind(what, texts)

    bullets = choose(changes, reports, {texts.ref: texts}, sides=(("Medinsky",), ("Umerov",)))

    assert 1 <= len(bullets) <= 4
    assert all(bullet.text in texts.text for bullet in bullets)
