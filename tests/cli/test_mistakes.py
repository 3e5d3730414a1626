"""Every mistake of a configuration is told at once, with its place and its mend."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot import seeds
from bot.config import load
from bot.errors import ConfigError
from bot.setup import wanted

BROKEN = """
database = "mysql://x"
engine = "postgres"
console = "maybe"
colour = 1
seeds = "nowhere"
[web]
port = "x"
[feeds]
internal = ["foo"]
[[feeds.add]]
outlet = "x"
[[feeds.add]]
url = "courier.example/feed"
id = "courier"
[[feeds.add]]
url = "https://courier.example/feed"
id = "courier"
[slack]
mode = "socket"
[[subscriptions]]
channel = "slack:T"
story = "istambul-talks"
kinds = ["ceasefire-agred"]
[[subscriptions]]
channel = "irc:a:b"
level = "loud"
[[watches]]
channel = "slack:T0123:C1"
name = "grain"
query = "(Odesa AND"
[[watches]]
channel = "slack:T0123:C1"
name = "grain"
query = ""
"""

TOLD = """
database: write sqlite:///path or postgresql://user@host/name
console: must be true or false
feeds.add[1].url: is missing
feeds.internal[1]: `foo` is no network; write one like 10.1.2.0/24
web.port: must be a whole number
slack: this mode needs `bot_token` and `app_token`; better set in the environment than in the file
subscriptions[2].level: must be 'key', 'normal' or 'everything'
colour: there is no such setting. Remove it.
seeds: there is no folder nowhere
feeds.add[2].url: `courier.example/feed` starts with neither http:// nor https://
feeds.add[3].id: `courier` is another feed's; give each its own
subscriptions[1].channel: write `slack:T` as <platform>:<workspace>:<channel>, e.g. slack:T0123:C0456
subscriptions[1].story: there is no story `istambul-talks`. Did you mean `istanbul-talks`?
subscriptions[1].kinds: `ceasefire-agred` is not a kind; choose from ceasefire-agreed
subscriptions[2].channel: write `irc:a:b` as <platform>:<workspace>:<channel>, e.g. slack:T0123:C0456
watches[1].query: something is missing at the end
watches[2].query: write at least one word
watches[2].name: `grain` is another watch's of this channel; give each its own
"""


def mistakes(text: str, folder: Path) -> tuple[str, ...]:
    file = folder / "config.toml"
    file.write_text(text)
    with pytest.raises(ConfigError) as caught:
        load(file)
    return tuple(line.removeprefix(f"{file}: ") for line in caught.value.mistakes)


def test_all_mistakes_are_told_at_once_whatever_is_wrong_with_the_types(tmp_path: Path) -> None:
    found = mistakes(BROKEN, tmp_path)
    for line in TOLD.strip().splitlines():
        assert any(mistake.startswith(line) for mistake in found), (line, found)


def test_what_no_type_shows_is_told_where_all_types_hold(tmp_path: Path) -> None:
    [found] = mistakes('[[subscriptions]]\nchannel = "slack:T1:C1"\nstory = "nope"\n', tmp_path)
    assert found.startswith("subscriptions[1].story: there is no story `nope`.")


def test_a_mistake_of_the_environment_names_its_variable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DRAGOMAN_WEB__PORT", "abc")
    assert mistakes("", tmp_path) == ("DRAGOMAN_WEB__PORT: must be a whole number",)
    monkeypatch.setenv("DRAGOMAN_SLACK", "xoxb-canary")
    [found] = mistakes("", tmp_path)
    assert found == "DRAGOMAN_SLACK: not valid JSON; set its parts one by one, e.g. DRAGOMAN_SLACK__…"


def test_a_story_s_alias_is_followed_as_the_story(tmp_path: Path) -> None:
    folders = (seeds.packaged(),)
    story = next(story for story in seeds.stories(folders[0] / "stories") if story.aliases)
    file = tmp_path / "config.toml"
    file.write_text(f'[[subscriptions]]\nchannel = "slack:T1:C1"\nstory = "{story.aliases[0]}"\n')
    followed = wanted(load(file), folders, datetime(2025, 5, 14, tzinfo=UTC)).subscriptions
    assert [each.story for each in followed if each.channel == "slack:T1:C1"] == [story.id]


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ('mode = "http"\nsigning_secret = "s"\nclient_id = "1.2"', "`client_secret` and `url` and `key`"),
        ('mode = "socket"\nbot_token = "b"\napp_token = "a"\nclient_id = "1.2"', "http mode alone"),
        ('key = "short"', "dragoman slack key"),
        ('url = "bot.example.org"', "write https://"),
        ('who_may = "everybody"', "'members' or 'admins'"),
    ],
)
def test_slack_for_several_workspaces_says_what_it_needs(written: str, told: str, tmp_path: Path) -> None:
    [found] = mistakes(f"[slack]\n{written}\n", tmp_path)

    assert told in found
    assert "short" not in found
