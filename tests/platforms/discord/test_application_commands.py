"""The command table as Discord's application commands, and the link that brings them to a server."""

import subprocess
import sys

import pytest

from bot import commands
from bot.domain.command import Command, Completes, Option
from bot.platforms.discord.commands import Typed, application_commands, choices, digest, listed, read
from bot.platforms.discord.invite import invite
from tests.platforms.discord.limits import wrong_with_commands


def test_our_own_table_is_what_discord_takes() -> None:
    made = application_commands(commands.TABLE)

    assert not wrong_with_commands(made)
    assert {command["name"] for command in made} == {command.name.split()[0] for command in commands.TABLE}


def test_commands_are_called_and_described_in_each_reader_s_language() -> None:
    """Discord shows a person the name in their client's language, and sends us the English one."""
    made = {command["name"]: command for command in application_commands(commands.TABLE)}

    summary, feeds = made["summary"], made["feeds"]
    assert summary["name_localizations"]["de"] == "stand"
    assert summary["description_localizations"]["de"] == "Wie ein Dossier steht"
    [story] = summary["options"]
    assert (story["name_localizations"]["de"], story["description_localizations"]["de"]) == ("dossier", "Ein Dossier")
    assert feeds["name_localizations"]["de"] == "feeds"
    assert feeds["options"][0]["name_localizations"]["de"] == "hinzufügen"
    assert feeds["description_localizations"]["de"].startswith("feeds: hinzufügen, ")


def test_a_group_that_anybody_may_look_into_is_open_and_its_parts_are_in_order() -> None:
    [watch] = [made for made in application_commands(commands.TABLE) if made["name"] == "watch"]

    assert watch["default_member_permissions"] is None
    assert [part["name"] for part in watch["options"]] == ["add", "list", "remove"]
    assert watch["contexts"] == [0]


def test_required_options_come_first_and_long_words_are_cut() -> None:
    command = Command(
        name="say",
        summary="word " * 40,
        options=(Option(name="how", summary="x"), Option(name="what", summary="", required=True)),
    )

    [made] = application_commands([command])

    assert not wrong_with_commands([made])
    assert [option["name"] for option in made["options"]] == ["what", "how"]


@pytest.mark.parametrize("names", [["watch", "watch add"], ["watch add", "watch"], ["one two three"]])
def test_a_name_that_discord_cannot_show_is_told(names: list[str]) -> None:
    with pytest.raises(ValueError, match="one word, or two"):
        application_commands([Command(name=name, summary="s") for name in names])


def test_the_digest_knows_every_word_and_the_application() -> None:
    made = application_commands([Command(name="a", summary="b")])
    other = application_commands([Command(name="a", summary="c")])

    assert digest(made, 1) == digest(application_commands([Command(name="a", summary="b")]), 1)
    assert len({digest(made, 1), digest(other, 1), digest(made, 2)}) == 3


def test_what_was_typed_is_read_through_a_group() -> None:
    option = {"type": 3, "name": "name", "value": "grain", "focused": True}
    data = {"name": "watch", "options": [{"type": 1, "name": "remove", "options": [option]}]}

    assert read(data) == Typed(command="watch remove", arguments={"name": "grain"}, focus="name")
    assert read({"name": "help"}) == Typed(command="help")
    assert read({"name": "watch", "options": [{"type": 1, "name": "list"}]}) == Typed(command="watch list")


def test_choices_keep_discords_limits() -> None:
    made = choices([("v" * 100, "l" * 101), ("v" * 101, "too long"), ("", "empty"), *[("a", "b")] * 40])

    assert len(made) == 25
    assert (len(made[0]["name"]), len(made[0]["value"])) == (100, 100)
    assert made[1] == {"name": "b", "value": "a"}


def test_a_list_of_kinds_is_completed_at_its_end() -> None:
    before, rest = listed(Completes.KIND, "mediation, cea")

    assert (before, rest) == ("mediation,", "cea")
    assert choices([("ceasefire-agreed", "Ceasefire agreed")], before) == [
        {"name": "mediation,Ceasefire agreed", "value": "mediation,ceasefire-agreed"}
    ]
    assert listed(Completes.STORY, "a,b") == ("", "a,b")


def test_the_invite_asks_for_what_alerts_need() -> None:
    link = invite(123)

    assert link.startswith("https://discord.com/oauth2/authorize?client_id=123&scope=bot+applications.commands")
    assert link.endswith(f"permissions={(1 << 10) | (1 << 11) | (1 << 14) | (1 << 15) | (1 << 35) | (1 << 38)}")


def test_the_invite_costs_no_import_of_the_library() -> None:
    program = "import sys, bot.platforms.discord as d; d.invite(1); sys.exit('discord' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0  # noqa: S603 - our own words
