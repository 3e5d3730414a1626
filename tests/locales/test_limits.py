"""What platforms take is kept in every language, whose words are longer than English ones."""

import json
from dataclasses import asdict

import pytest

from bot import commands
from bot.commands.help import help_card
from bot.domain.audience import Channel
from bot.domain.command import Completes
from bot.locales import LANGUAGES, voice_in
from bot.platforms.discord import forms as discord_forms
from bot.platforms.discord import render as discord
from bot.platforms.slack import forms as slack_forms
from bot.platforms.slack import home
from bot.platforms.slack import render as slack
from bot.platforms.welcome import welcome
from tests.platforms.discord.limits import wrong_with_form, wrong_with_message
from tests.platforms.slack.limits import broken_view

HERE = Channel(id="x:y:z", platform="x", workspace="y", address="z")


def nothing(what: Completes, typed: str, channel: Channel, language: str) -> list[tuple[str, str]]:
    return []


@pytest.mark.parametrize("language", LANGUAGES)
def test_forms_have_room_for_their_words(language: str) -> None:
    say = voice_in(language)
    for command in (command for command in commands.TABLE if command.options):
        asked = command.options[: discord_forms.FIELDS]
        form = discord_forms.form_of(command, asked, "id", nothing, HERE, say)
        assert form is not None
        assert wrong_with_form(form.to_dict()) == []
        purpose = slack_forms.Purpose(command.name)
        view = slack_forms.form_of(command, command.options, purpose, nothing, HERE, say)
        assert view is not None
        assert broken_view(view, "modal") is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_form_s_buttons_are_not_cut(language: str) -> None:
    """Slack gives them 24 letters, and a select's confirmation 30."""
    say = voice_in(language)
    assert all(len(say(word)) <= slack_forms.TITLE for word in ("Do it", "Cancel", "Close"))
    assert all(len(say(word)) <= 30 for word in ("Stop it", "Keep it"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_help_and_first_words_lose_nothing_on_either_platform(language: str) -> None:
    say = voice_in(language)
    for card in (help_card(commands.TABLE, say), welcome(say)):
        message = discord.render(card, say=say)
        assert wrong_with_message(json.loads(json.dumps(asdict(message)))) == []
        shown = slack.render(card, say)
        assert len(shown.blocks) <= slack.BLOCKS
        # What has no room is counted, behind an ellipsis: in an embed's foot, and in a block of its own.
        feet = [block["elements"][0]["text"] for block in shown.blocks if block["type"] == "context"]
        assert not any(foot.startswith("…") for foot in (message.embeds[0]["footer"]["text"], *feet))


@pytest.mark.parametrize("language", LANGUAGES)
def test_app_home_is_a_page_that_slack_takes(language: str) -> None:
    view = home.home_view([], who_may=home.WHO["members"], say=voice_in(language))
    assert broken_view(view, "home") is None
