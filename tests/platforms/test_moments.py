"""Moments inside of sentences: each platform shows them in the reader's own zone."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.alert import Card, Section
from bot.domain.command import Reply
from bot.domain.moments import stamp, with_moments
from bot.platforms.discord import render as discord
from bot.platforms.slack import render as slack
from bot.platforms.slack.render import TEXT
from bot.platforms.times import reply_in_words

AT = datetime(2025, 5, 14, 22, 41, tzinfo=UTC)
SENTENCE = f"Medinsky leads since {stamp(AT)}."
CARD = Card(title=SENTENCE, sections=(Section(title="", lines=(SENTENCE,)),), foot=SENTENCE)


def test_discord_writes_its_own_sign_where_it_shows_it_and_words_where_not() -> None:
    [embed] = discord.render(CARD).embeds

    assert embed["description"] == "Medinsky leads since <t:1747262460:f>."
    assert embed["title"] == embed["footer"]["text"] == "Medinsky leads since 14 May, 22:41 UTC."
    assert discord.render_text(SENTENCE).content == "Medinsky leads since <t:1747262460:f>."


def test_slack_writes_its_own_sign_where_it_shows_it_and_words_where_not() -> None:
    message = slack.render(CARD)
    shown = "<!date^1747262460^{date_short_pretty}, {time}|14 May, 22:41 UTC>"

    assert message.blocks[0]["text"]["text"] == "Medinsky leads since 14 May, 22:41 UTC."
    assert message.blocks[1]["text"]["text"] == f"Medinsky leads since {shown}."
    assert slack.render_text(SENTENCE).text == f"Medinsky leads since {shown}."


def test_where_nothing_is_shown_for_a_reader_the_zone_is_named() -> None:
    reply = reply_in_words(Reply(text=SENTENCE, card=CARD), timezone(timedelta(hours=3), "TRT"))

    assert reply.text == "Medinsky leads since 15 May, 01:41 TRT."
    assert reply.card is not None
    assert "⟨" not in str(reply.card)


@pytest.mark.parametrize("text", ["⟨2025-13-45T99:99Z⟩", "⟨whatever⟩", "⟨⟩ and ⟨"])
def test_what_is_no_moment_stays_as_it_stands(text: str) -> None:
    assert with_moments(f"{text} here", str) == f"{text} here"


@given(st.integers(min_value=1_980, max_value=2_010))
def test_a_text_that_is_cut_inside_a_moment_shows_no_half_of_it(letters: int) -> None:
    shown = discord.render_text("a" * letters + f" {stamp(AT)} and more words").content

    assert "⟨" not in shown
    assert len(shown) <= discord.CONTENT


def test_a_text_of_many_moments_keeps_slacks_limit() -> None:
    assert len(slack.render_line(f"{stamp(AT)} " * 400)) <= TEXT
