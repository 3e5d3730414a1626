"""What cards look like on Discord: golden messages, and every limit at its edge."""

import json
import re
from dataclasses import asdict, replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.alert import Button, Card, Fact, Section
from bot.platforms.discord.render import Message, render, render_line, render_text
from bot.platforms.discord.text import escape
from tests.platforms.cards import ALERT, ARABIC, CEASEFIRE, CORRECTION, HOSTILE, SUMMARY, bullet
from tests.platforms.discord.limits import wrong_with_message

GOLDEN = Path(__file__).parents[2] / "data" / "discord"

# Letters that grow when they are escaped, and one that counts for two.
GROWS = "*_~`|[]<>@"
PAIR = "\U0001f54a"


def body(message: Message) -> dict[str, object]:
    """Return a message as it goes over the wire."""
    written: dict[str, object] = json.loads(json.dumps(asdict(message)))
    return written


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("alert", render(ALERT)),
        ("correction", render(CORRECTION)),
        ("summary", render(SUMMARY)),
        ("ceasefire", render(CEASEFIRE)),
        ("arabic", render(ARABIC)),
        ("hostile", render(HOSTILE)),
        ("line", render_line("Also Straits Daily, 22:52 (quotes the same decree).")),
        ("answer", render_text("No story `istambul`. Did you mean `istanbul-talks`?")),
    ],
)
def test_a_card_looks_as_its_golden_message(name: str, message: Message) -> None:
    assert body(message) == json.loads((GOLDEN / f"{name}.json").read_text(encoding="utf-8"))
    assert not wrong_with_message(body(message))


def embed(card: Card) -> dict[str, str]:
    """Return the card's one embed."""
    message = render(card)
    assert not wrong_with_message(body(message))
    [made] = message.embeds
    return made


@pytest.mark.parametrize(("letters", "kept"), [(256, "a" * 256), (257, "a" * 255 + "…")])
def test_a_title_keeps_256_characters(letters: int, kept: str) -> None:
    assert embed(Card(title="a" * letters))["title"] == kept


def test_a_character_that_is_escaped_counts_for_two() -> None:
    assert embed(Card(title="*" * 128))["title"] == "\\*" * 128
    assert embed(Card(title="*" * 129))["title"] == "\\*" * 127 + "…"
    assert embed(Card(title=PAIR * 129))["title"] == PAIR * 127 + "…"


@pytest.mark.parametrize(("letters", "kept"), [(2_048, "a" * 2_048), (2_049, "a" * 2_047 + "…")])
def test_a_foot_keeps_2048_characters_and_no_escapes(letters: int, kept: str) -> None:
    assert render(Card(title="t", foot="a" * letters)).embeds[0]["footer"]["text"] == kept
    assert render(Card(title="t", foot="a*b")).embeds[0]["footer"]["text"] == "a*b"


def lines(number: int, letters: int) -> tuple[str, ...]:
    """Return lines of one length."""
    return ("x" * letters,) * number


@pytest.mark.parametrize(("last", "foot"), [(96, None), (97, "… and 1 more line")])
def test_a_description_keeps_4096_characters_in_whole_lines(last: int, foot: str | None) -> None:
    # Four lines of 999 and their line ends are 4,000.
    made = render(Card(title="t", sections=(Section(title="", lines=(*lines(4, 999), "y" * last)),))).embeds[0]

    assert len(made["description"]) == (4_096 if foot is None else 3_999)
    assert made.get("footer", {}).get("text") == foot


@pytest.mark.parametrize(("last", "fields"), [(24, 1), (25, 2)])
def test_a_field_keeps_1024_characters_and_goes_on_in_the_next(last: int, fields: int) -> None:
    section = Section(title="Since yesterday", lines=("x" * 999, "y" * last))

    made = render(Card(title="t", sections=(section,))).embeds[0]["fields"]

    assert [field["name"] for field in made] == ["Since yesterday", "Since yesterday (continued)"][:fields]
    assert sum(len(field["value"]) for field in made) == (1_024 if fields == 1 else 999 + last)


def test_there_are_25_fields_at_most_and_the_rest_is_counted() -> None:
    sections = tuple(Section(title=f"{number}", lines=("one",)) for number in range(27))

    made = render(Card(title="t", foot="feet", sections=sections)).embeds[0]

    assert len(made["fields"]) == 25
    assert made["footer"]["text"] == "… and 2 more lines · feet"


def test_an_embed_keeps_6000_characters_in_all() -> None:
    sections = tuple(Section(title=f"Part {number}", lines=lines(1, 999)) for number in range(8))

    made = render(Card(title="t" * 300, foot="f" * 500, sections=sections)).embeds[0]

    assert not wrong_with_message({"embeds": [made]})
    assert made["footer"]["text"].startswith("… and 3 more lines · f")


@pytest.mark.parametrize(("letters", "kept"), [(2_000, "a" * 2_000), (2_001, "a" * 1_999 + "…")])
def test_a_text_keeps_2000_characters(letters: int, kept: str) -> None:
    assert render_text("a" * letters).content == kept
    assert render_line("a" * letters).content == kept


def test_a_row_holds_five_buttons_and_a_message_five_rows() -> None:
    buttons = tuple(Button(action="summary", label="Summary", value=f"story-{number}") for number in range(27))

    rows = render(Card(title="t", buttons=buttons)).components

    assert [len(row["components"]) for row in rows] == [5, 5, 5, 5, 5]


@pytest.mark.parametrize(
    ("button", "shown"),
    [
        (Button(action="summary", label="a" * 80, value="x" * 92), True),
        (Button(action="summary", label="a" * 81, value="x"), True),
        (Button(action="summary", label="a", value="x" * 93), False),
        (Button(action="summary", label="\u200b", value="x"), False),
    ],
)
def test_a_button_that_could_not_be_answered_is_not_shown(button: Button, shown: object) -> None:
    message = render(Card(title="t", buttons=(button, button)))

    assert not wrong_with_message(body(message))
    assert len(message.components) == int(bool(shown))


def test_a_long_bullet_ends_at_a_sentence_and_keeps_its_source() -> None:
    long = bullet("The talks went on for hours. " * 60)

    [line] = embed(Card(title="t", bullets=(long,)))["description"].splitlines()

    assert len(line) <= 1_000
    assert "hours. … ([Meridian Wire](https://meridian-wire.example/" in line


def test_times_are_the_readers_own_and_short_on_the_same_evening() -> None:
    near = render(replace(ALERT, bullets=ALERT.bullets[:1])).embeds[0]["description"]
    far = render(replace(ALERT, at=ALERT.bullets[0].at + timedelta(days=2))).embeds[0]["description"]

    assert "<t:1747262460:f>" in near
    assert "<t:1747262280:t>" in near
    assert "<t:1747262280:f>" in far


@pytest.mark.parametrize(
    ("outlet", "url", "source"),
    [
        ("Wire", "https://wire.example/a_(b)", "[Wire](https://wire.example/a_%28b%29)"),
        ("Wire", "javascript:alert(1)", "Wire"),
        ("reuters.com", "https://evil.example/x", "[reuters.com, evil.example](https://evil.example/x)"),
        ("www.wire.example", "https://wire.example/x", "[www.wire.example](https://wire.example/x)"),
        ("", "https://wire.example/x", "[wire.example](https://wire.example/x)"),
        ("Wire](https://evil.example)", "", r"Wire\](https:\//evil.example)"),
        ("Wire", "https://wire.example/" + "x" * 400, "Wire, wire.example"),
    ],
)
def test_a_link_is_called_by_its_outlet_and_leads_where_it_says(outlet: str, url: str, source: str) -> None:
    made = replace(bullet("Words."), outlet=outlet, url=url)

    assert embed(Card(title="t", bullets=(made,)))["description"] == f"- Words. ({source}, <t:1747262280:f>)"


@pytest.mark.parametrize(
    ("dirty", "shown"),
    [
        ("@everyone <@1> <#2> <t:0:R>", r"\@everyone \<\@1> \<#2> \<t:0:R>"),
        ("**b** _i_ ~~s~~ ||x|| `c`", r"\*\*b\*\* \_i\_ \~\~s\~\~ \|\|x\|\| \`c\`"),
        ("[a](https://b.example)", r"\[a\](https:\//b.example)"),
        ("# head", r"\# head"),
        ("- item", r"\- item"),
        ("> quote", r"\> quote"),
        ("12. talks", r"12\. talks"),
        ("2022. A year", r"2022\. A year"),
        ("back\\slash", r"back\\slash"),
        ("A-B #1 > 2. C", "A-B #1 > 2. C"),
    ],
)
def test_markup_and_mentions_are_shown_as_they_stand(dirty: str, shown: str) -> None:
    assert render_line(dirty).content == shown
    assert embed(Card(title=dirty))["title"] == shown


@given(st.text(alphabet=st.sampled_from(GROWS + PAIR + "ab .:/\\n12-#>")))
def test_escaping_changes_nothing_that_a_reader_sees(text: str) -> None:
    # Discord leaves out a backslash before anything but letters, digits and spaces.
    assert re.sub(r"\\([^0-9A-Za-z\s])", r"\1", escape(text)) == text


def test_what_can_be_typed_stands_in_code_and_the_rest_is_literal() -> None:
    assert render_text("No `a_b` and *no* `").content == r"No `a_b` and \*no\* \`"
    assert render_text("one\n  \ntwo\u202e").content == "one\n\ntwo"


def test_a_corrected_fact_is_struck_through() -> None:
    fact = Fact(label="Head", before="Yermak", after="Umerov", corrected=True)

    assert embed(Card(title="t", facts=(fact,)))["description"] == "**Head**: ~~Yermak~~ → Umerov"


def test_an_empty_card_is_still_a_message() -> None:
    assert embed(Card(title=""))["description"] == "…"


texts = st.text(alphabet=st.sampled_from(GROWS + PAIR + "ab .\n1-#"), max_size=1_500)
sections = st.builds(
    Section,
    title=st.sampled_from(["", "Since yesterday", "*" * 300]),
    lines=st.lists(texts, max_size=6).map(tuple),
    bullets=st.lists(texts.map(bullet), max_size=3).map(tuple),
)


@settings(max_examples=60, deadline=None)
@given(
    st.builds(
        Card,
        title=texts,
        place=texts,
        foot=texts,
        facts=st.lists(st.builds(Fact, label=texts, before=texts, after=texts, corrected=st.booleans())).map(tuple),
        bullets=st.lists(texts.map(bullet), max_size=4).map(tuple),
        sections=st.lists(sections, max_size=5).map(tuple),
    )
)
def test_whatever_a_card_holds_discord_takes_it(card: Card) -> None:
    assert not wrong_with_message(body(render(card)))
