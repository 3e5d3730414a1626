"""The manifest: what Slack's page is given, for both modes."""

import json
import subprocess
import sys

from bot.domain.command import Command, Option
from bot.platforms.slack.manifest import manifest
from bot.platforms.slack.replies import localised

STORY = Option(name="story", summary="A story", required=True)
TABLE = (
    Command(name="summary", summary="Where a story stands", options=(STORY,)),
    Command(name="stories", summary="The stories that are followed"),
    Command(name="subscribe", summary="Follow a story", options=(STORY, Option(name="level", summary="How much"))),
    Command(name="watch add", summary="Watch for words", options=(Option(name="name", summary="N", required=True),)),
    Command(name="watch list", summary="The watches"),
)


def test_few_names_are_taken_and_each_tells_its_form() -> None:
    made = manifest(TABLE)

    assert {slash["command"]: slash["usage_hint"] for slash in made["features"]["slash_commands"]} == {
        "/dragoman": "summary | stories | subscribe | watch",
        "/summary": "<story>",
        "/subscribe": "<story> [level:…]",
        "/watch": "add <name> | list",
    }


def test_socket_mode_needs_no_address() -> None:
    made = manifest(TABLE)

    assert made["settings"]["socket_mode_enabled"] is True
    assert "url" not in json.dumps(made)


def test_http_mode_names_our_address_everywhere() -> None:
    made = manifest(TABLE, "https://bot.example.org/")

    assert made["settings"]["socket_mode_enabled"] is False
    assert made["settings"]["interactivity"]["request_url"] == "https://bot.example.org/slack/events"
    assert {slash["url"] for slash in made["features"]["slash_commands"]} == {"https://bot.example.org/slack/events"}


def test_the_fewest_rights_are_asked_for() -> None:
    assert manifest(TABLE)["oauth_config"]["scopes"]["bot"] == [
        "chat:write",
        "commands",
        "channels:read",
        "files:write",
        "groups:read",
        "users:read",
    ]
    assert manifest(TABLE, groups=True)["oauth_config"]["scopes"]["bot"][-1] == "usergroups:read"


def test_an_app_for_several_workspaces_names_the_way_back() -> None:
    made = manifest(TABLE, "https://bot.example.org/", shared=True)

    assert made["oauth_config"]["redirect_urls"] == ["https://bot.example.org/slack/oauth_redirect"]
    assert "redirect_urls" not in manifest(TABLE, "https://bot.example.org/")["oauth_config"]


def test_the_app_is_told_when_channels_and_installations_come_and_go() -> None:
    for made in (manifest(TABLE), manifest(TABLE, "https://bot.example.org")):
        told = made["settings"]["event_subscriptions"]["bot_events"]
        assert {"app_home_opened", "app_uninstalled", "tokens_revoked", "channel_archive", "group_left"} <= set(told)
        # Slack then asks for rights to read messages, which we do not want.
        assert not {name for name in told if name.startswith("message") or name == "app_mention"}


def test_a_command_that_does_not_exist_is_not_registered() -> None:
    names = [slash["command"] for slash in manifest(TABLE[:2])["features"]["slash_commands"]]

    assert names == ["/dragoman", "/summary"]


def test_printing_the_manifest_loads_no_vendor() -> None:
    code = (
        "import sys, bot.platforms.slack, bot.platforms.slack.manifest\n"
        "print([name for name in ('slack_bolt', 'slack_sdk', 'aiohttp') if name in sys.modules])"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603 - ourselves

    assert done.stdout.strip() == "[]"


def test_hints_name_commands_as_slack_knows_them() -> None:
    told = "`/stories` lists them; /summary x; https://a.example/stories /stories-of (/stories)"

    assert localised(told, TABLE) == (
        "`/dragoman stories` lists them; /summary x; https://a.example/stories /stories-of (/dragoman stories)"
    )
