"""Cards as Slack's blocks: within every limit, and nothing by accident."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from slack_sdk.models.blocks import Block

from bot.domain.alert import Bullet, Button, Card, Fact, Section
from bot.domain.feed import EntryRef
from bot.platforms.fit import size
from bot.platforms.marks import MARKS
from bot.platforms.slack.render import ACTIONS, BUTTON_TEXT, BUTTON_VALUE, HEADER, Message, render, render_line
from bot.platforms.slack.render import render_text as said
from bot.platforms.slack.text import escape, link, literal, plain, time, unescape
from tests.platforms.cards import ALERT, ARABIC, CORRECTION, HOSTILE, SUMMARY, bullet
from tests.platforms.slack.limits import broken_limit

GOLDEN = Path(__file__).parents[2] / "data" / "slack"


def as_json(message: Message) -> str:
    """Return a message as a golden file holds it."""
    return json.dumps({"text": message.text, "blocks": message.blocks}, ensure_ascii=False, indent=2) + "\n"


def words(message: Message) -> str:
    return json.dumps(message.blocks, ensure_ascii=False)


def texts(message: Message, kind: str) -> list[str]:
    """Return the texts of a message's sections or contexts."""
    found = [block for block in message.blocks if block["type"] == kind]
    return [(block.get("text") or block["elements"][0])["text"] for block in found]


def approved_by_the_library(message: Message) -> None:
    """Have Slack's own library check shapes and lengths."""
    parsed = Block.parse_all(list(message.blocks))
    assert len(parsed) == len(message.blocks)
    for block in parsed:
        block.validate_json()


@pytest.mark.parametrize(
    ("name", "card"),
    [
        ("alert", ALERT),
        ("correction", CORRECTION),
        ("summary", SUMMARY),
        ("arabic", ARABIC),
        ("hostile", HOSTILE),
    ],
)
def test_a_card_looks_as_its_golden_file(name: str, card: Card) -> None:
    message = render(card)

    assert as_json(message) == (GOLDEN / f"{name}.json").read_text(encoding="utf-8")
    assert broken_limit(list(message.blocks)) is None
    approved_by_the_library(message)


def test_exactly_three_signs_are_escaped() -> None:
    assert escape('<!channel> & "you" \'n me') == '&lt;!channel&gt; &amp; "you" \'n me'


@given(st.text())
def test_what_is_escaped_can_be_read_back(text: str) -> None:
    assert unescape(escape(text)) == text


def test_a_headline_cannot_ping_a_channel() -> None:
    assert plain("<!channel> R&D talks", HEADER) == "&lt;!channel&gt; R&amp;D talks"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("~agreed~", "∼agreed∼"),
        ("*no* _deal_ `x`", "∗no∗ ˍdealˍ ˋxˋ"),
        ("snake_case and 2*3", "snake_case and 2*3"),
        ("<@U1> <!here>", "&lt;@U1&gt; &lt;!here&gt;"),
    ],
)
def test_a_feeds_text_is_never_formatted(text: str, shown: str) -> None:
    assert literal(text, 100) == shown


def test_times_are_told_in_the_readers_zone_and_in_utc_where_slack_cannot() -> None:
    at = datetime(2025, 5, 14, 22, 41, tzinfo=UTC)

    assert time(at) == "<!date^1747262460^{date_short_pretty}, {time}|14 May, 22:41 UTC>"


@pytest.mark.parametrize(
    ("label", "url", "shown"),
    [
        ("Meridian Wire", "https://wire.example/a?b=1&c=2", "<https://wire.example/a?b=1&amp;c=2|Meridian Wire>"),
        ("A|B <C>", "https://wire.example/", "<https://wire.example/|A¦B &lt;C&gt;>"),
        ("wire.example", "https://www.wire.example/x", "<https://www.wire.example/x|wire.example>"),
        ("wire.example", "https://evil.example/x", "<https://evil.example/x|wire.example [evil.example]>"),
        ("Wire", "javascript:alert(1)", "Wire"),
        ("Wire", "https://a.example/|evil>", "Wire"),
        ("Wire", f"https://a.example/{'x' * 2000}", "Wire [a.example]"),
        ("", "https://a.example/", "<https://a.example/|a.example>"),
    ],
)
def test_a_link_is_labelled_by_its_outlet_and_hides_no_other_host(label: str, url: str, shown: str) -> None:
    assert link(label, url) == shown


def test_a_corrected_value_is_struck_through_and_nothing_else_is() -> None:
    facts = (
        Fact(label="Head", before="Yermak~", after="Umerov", corrected=True),
        Fact(label="Venue", before="no venue", after="Dolmabahçe"),
        Fact(label="Talks", after="ended"),
    )

    [section] = texts(render(Card(title="t", facts=facts)), "section")

    assert section.splitlines() == [
        "*Head*  ~Yermak∼~  →  Umerov",
        "*Venue*  no venue  →  Dolmabahçe",
        "*Talks*  ended",
    ]


def test_every_family_shows_its_mark_before_the_line_of_place() -> None:
    for family, mark in MARKS.items():
        [place] = texts(render(Card(title="t", place="story · kind", family=family)), "context")
        assert place == f"{mark.sign} story · kind"


def test_the_text_beside_the_blocks_says_the_same_in_words() -> None:
    lines = render(ALERT).text.splitlines()

    assert lines[0] == ALERT.title
    assert lines[1] == "istanbul-talks · delegation named · 14 May, 22:41 UTC"
    assert lines[3] == "Putin: expected → not attending (left off the list; Kremlin list)"
    assert lines[-1] == "3 outlets, 1 origin (Kremlin decree)"


@pytest.mark.parametrize(("length", "whole"), [(HEADER, True), (HEADER + 1, False)])
def test_a_headline_has_150_characters_at_most(length: int, whole: bool) -> None:  # noqa: FBT001 - a table
    title = ("word " * 40)[: length - 1] + "x"

    shown = render(Card(title=title)).blocks[0]["text"]["text"]

    assert (shown == title) is whole
    assert len(shown) <= HEADER


@pytest.mark.parametrize(("length", "whole"), [(3_000, True), (3_001, False)])
def test_a_section_has_3000_characters_at_most(length: int, whole: bool) -> None:  # noqa: FBT001 - a table
    [text] = texts(said("y" * length), "section")

    assert (len(text) == length) is whole
    assert len(text) <= 3_000


def test_escapes_count_towards_a_limit() -> None:
    [text] = texts(said("&" * 3_000), "section")

    assert 2_900 < len(text) <= 3_000
    assert text.endswith("&amp;…")


def test_a_long_text_ends_with_a_sentence() -> None:
    assert plain("The talks are over. The teams left for the airport.", 30) == "The talks are over. …"


@pytest.mark.parametrize(("count", "shown"), [(ACTIONS, ACTIONS), (ACTIONS + 1, ACTIONS)])
def test_a_message_has_25_buttons_at_most(count: int, shown: int) -> None:
    buttons = tuple(Button(action="summary", label=f"{number}", value="x") for number in range(count))

    message = render(Card(title="t", buttons=buttons))

    assert len(message.blocks[-1]["elements"]) == shown
    assert broken_limit(list(message.blocks)) is None


@pytest.mark.parametrize("more", [0, 1])
def test_a_buttons_label_has_75_characters_at_most(more: int) -> None:
    button = Button(action="summary", label="l" * (BUTTON_TEXT + more), value="v")

    [shown] = render(Card(title="t", buttons=(button,))).blocks[-1]["elements"]

    assert len(shown["text"]["text"]) == BUTTON_TEXT


@pytest.mark.parametrize(("length", "kept"), [(BUTTON_VALUE, True), (BUTTON_VALUE + 1, False)])
def test_a_button_whose_value_is_too_long_is_left_out_not_cut(length: int, kept: bool) -> None:  # noqa: FBT001 - a table
    message = render(Card(title="t", buttons=(Button(action="summary", label="l", value="v" * length),)))

    assert (message.blocks[-1]["type"] == "actions") is kept


@pytest.mark.parametrize(("sections", "left"), [(49, None), (50, "… and 2 more lines"), (90, "… and 42 more lines")])
def test_a_message_has_50_blocks_at_most(sections: int, left: str | None) -> None:
    card = Card(title="t", sections=tuple(Section(title="", lines=(f"line {n}",)) for n in range(sections)))

    message = render(card)

    assert len(message.blocks) <= 50
    assert texts(message, "context") == ([left] if left else [])


def test_what_is_too_long_for_a_message_is_left_out_and_counted() -> None:
    lines = tuple(f"{number} " + "word " * 60 for number in range(100))

    message = render(replace(ALERT, sections=(Section(title="All", lines=lines),)))

    shown = sum(text.count("\n") + 1 for text in texts(message, "section"))
    total = len(ALERT.facts) + len(ALERT.bullets) + 1 + len(lines)
    assert texts(message, "context")[1] == f"… and {total - shown} more lines"
    assert texts(message, "context")[2] == ALERT.foot
    assert 11_500 < len(words(message)) <= 12_000


def test_lines_beyond_one_section_go_on_in_the_next() -> None:
    message = render(Card(title="t", sections=(Section(title="S", lines=("x" * 1_499, "y" * 1_499)),)))

    first, second = texts(message, "section")
    assert first == "*S*\n" + "x" * 1_499
    assert second == "y" * 1_499


def test_a_thread_line_is_one_text() -> None:
    assert render_line("Also Straits Daily, 22:52 (quotes the same <decree>).") == (
        "Also Straits Daily, 22:52 (quotes the same &lt;decree&gt;)."
    )


def test_an_empty_card_makes_no_empty_block() -> None:
    assert render(Card(title="")) == Message(text="")


TEXT = st.text(max_size=40) | st.sampled_from(["&<>" * 1_500, "*~_`" * 900, "😀" * 2_000, "word. " * 900, "\u202e"])
BULLETS = st.builds(
    Bullet,
    text=TEXT,
    url=TEXT.map(lambda text: f"https://a.example/{text}"),
    outlet=TEXT,
    entry=st.just(EntryRef("f", "1")),
    at=st.just(bullet("").at),
)


@settings(max_examples=40, deadline=None)
@given(
    st.builds(
        Card,
        title=TEXT,
        place=TEXT,
        family=st.sampled_from([None, "talks", "?"]),
        facts=st.lists(st.builds(Fact, label=TEXT, before=st.none() | TEXT, after=TEXT), max_size=4).map(tuple),
        bullets=st.lists(BULLETS, max_size=4).map(tuple),
        sections=st.lists(st.builds(Section, title=TEXT, lines=st.lists(TEXT, max_size=4).map(tuple)), max_size=8).map(
            tuple
        ),
        foot=TEXT,
        buttons=st.lists(st.builds(Button, action=TEXT, label=TEXT, value=TEXT), max_size=30).map(tuple),
    )
)
def test_any_card_keeps_every_limit_and_pings_nobody(card: Card) -> None:
    message = render(card)

    assert broken_limit(list(message.blocks)) is None
    approved_by_the_library(message)
    assert size(message.text) <= 4_000
    for text in [*texts(message, "section"), *texts(message, "context"), message.text]:
        assert "<!channel" not in text
        assert "<@" not in text
