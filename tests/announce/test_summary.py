"""Where a story stands."""

from datetime import UTC
from pathlib import Path

from bot.announce.cards import alert_card
from bot.announce.replay import alert_json
from bot.announce.summary import Summary, summarise, summary_card, summary_json
from bot.domain.alert import Mode
from bot.platforms.times import card_in_words
from tests.announce.look import as_text
from tests.announce.newsroom import Newsroom
from tests.announce.week import istanbul_week
from tests.builders import after, article, event

DATA = Path(__file__).parent.parent / "data" / "announce"


def summary_of(room: Newsroom) -> Summary:
    return summarise(
        room.story,
        room.state,
        room.log,
        room.articles,
        room.told,
        after(105),
        room.names,
        after(105 - 2 / 60),
        ["Volga Bulletin"],
    )


def test_the_summary_of_the_week_reads_as_the_voice_asks() -> None:
    card = card_in_words(summary_card(summary_of(istanbul_week())), UTC)

    assert as_text(card) == (DATA / "summary.txt").read_text(encoding="utf-8")


def test_an_alert_of_the_week_reads_as_the_voice_asks() -> None:
    room = istanbul_week()
    post = next(alert for alert in room.told if alert.kind == "delegation-named" and alert.mode is Mode.EDIT)

    assert as_text(alert_card(post, room.story, room.names)) == (DATA / "alert.txt").read_text(encoding="utf-8")


def test_the_json_has_every_field_and_full_names() -> None:
    told = summary_json(summary_of(istanbul_week()))

    assert list(told) == [
        "story", "title", "delegations", "attendance", "talks", "ceasefire",
        "bullets", "timeline", "disputed", "sources", "origins",
    ]  # fmt: skip
    assert told["delegations"]["Russia"] == {
        "head": "Vladimir Medinsky",
        "members": ["Mikhail Galuzin", "Alexander Fomin", "Igor Kostyukov"],
    }
    assert told["delegations"]["Ukraine"] == {"head": "Rustem Umerov", "members": []}
    assert told["attendance"]["Vladimir Putin"] == "declined"
    assert told["talks"] == {
        "status": "ended",
        "venue": "Istanbul",
        "date": "2025-05-16",
        "dates": ["2025-05-15", "2025-05-16"],
    }
    assert told["ceasefire"] == {"status": "called", "terms": {"days": 30, "unconditional": True}}
    assert told["sources"] == 7
    assert told["origins"] == 5


def test_a_story_of_which_nothing_is_known_says_so() -> None:
    room = Newsroom()

    summary = summary_of(room)

    assert summary.headline == "Istanbul talks: no change reported yet"
    assert summary_json(summary)["talks"] == {"status": "none", "venue": None, "date": None, "dates": []}
    assert summary_card(summary).sections == ()


def test_a_story_that_was_never_posted_still_has_a_timeline_and_words() -> None:
    room = istanbul_week()
    room.told.clear()

    summary = summary_of(room)

    assert "Zelensky: Umerov leads Ukraine’s team in Istanbul" in [event.headline for event in summary.timeline]
    assert summary.bullets


def test_replayed_alerts_have_every_field() -> None:
    room = istanbul_week()

    told = [alert_json(alert, room.story, room.names) for alert in room.told]

    posts = {alert["alert"] for alert in told if alert["mode"] == "post"}
    assert all(alert["of"] in posts for alert in told if alert["mode"] != "post")
    assert all(isinstance(change["after"], str | None) for alert in told for change in alert["changes"])
    [exchange] = [alert for alert in told if alert["kind"] == "prisoner-exchange"]
    assert {"kind": "prisoner-exchange", "slot": "prisoners/terms", "before": None, "after": "1,000 each"} in exchange[
        "changes"
    ]


def test_the_board_tells_who_calls_for_a_ceasefire_and_who_says_no() -> None:
    room = Newsroom()
    room.read(
        article("EU calls for a ceasefire of 30 days", hours=1),
        event("ceasefire-called", "European Union", terms={"days": 30}, words="EU calls for a ceasefire of 30 days"),
    )
    room.read(
        article("Moscow refuses", hours=20, feed="volga"),
        event("ceasefire-rejected", "Russia", stage="refused", attribution="Kremlin", words="Moscow refuses"),
    )

    board = {fact.label: fact.after for fact in summary_card(summary_of(room)).facts}

    assert board["Ceasefire"] == "called for by EU (30 days) · Russia: no"
