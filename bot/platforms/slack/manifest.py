"""The manifest that Slack's "create an app" page takes, made of the command table."""

from collections.abc import Sequence
from typing import Any

from bot.domain.command import Command, Option
from bot.platforms.slack.events import EVENTS

#: The command under which all others can be reached.
UMBRELLA = "dragoman"

#: Slash commands are shared by all apps of a workspace, so we take few names;
#: everything else is asked for as ``/dragoman …``.
REGISTERED = (UMBRELLA, "summary", "subscribe", "watch")

#: The fewest rights that do.
SCOPES = ("chat:write", "commands", "channels:read", "files:write", "groups:read", "users:read")

#: What it needs besides, to see who is in a user group that may manage.
GROUPS_SCOPE = "usergroups:read"

#: Where http mode is asked, behind the operator's own host name.
PATH = "/slack/events"

#: Where people of other workspaces install the app, and where Slack sends them back to.
INSTALL = "/slack/install"
REDIRECT = "/slack/oauth_redirect"

NAME = "Dragoman"
SUMMARY = "One sourced alert when a negotiation's state changes"

# Slack's limits for a command's texts.
DESCRIPTION = 2_000
HINT = 1_000


def scopes(*, groups: bool = False) -> list[str]:
    """Return the rights that the app asks for.

    Args:
        groups: Who may manage is told by user groups.
    """
    return [*SCOPES, GROUPS_SCOPE] if groups else [*SCOPES]


def manifest(
    table: Sequence[Command], url: str | None = None, *, shared: bool = False, groups: bool = False
) -> dict[str, Any]:
    """Return the app's manifest, ready for ``json.dumps``.

    Args:
        table: The commands, of which the registered ones are named.
        url: Where Slack reaches us, e.g. ``https://bot.example.org``, for
            signed HTTP; ``None`` for Socket Mode.
        shared: Other workspaces may install it by themselves, at ``url``.
        groups: Who may manage is told by user groups.
    """
    request = f"{url.rstrip('/')}{PATH}" if url else None
    interactivity: dict[str, Any] = {
        "is_enabled": True,
        **({"request_url": request, "message_menu_options_url": request} if request else {}),
    }
    return {
        "display_information": {"name": NAME, "description": SUMMARY},
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": True,
            },
            "bot_user": {"display_name": NAME, "always_online": True},
            "slash_commands": [
                _slash(name, commands, request) for name in REGISTERED if (commands := _under(name, table))
            ],
        },
        "oauth_config": {
            "scopes": {"bot": scopes(groups=groups)},
            **({"redirect_urls": [f"{url.rstrip('/')}{REDIRECT}"]} if url and shared else {}),
        },
        "settings": {
            "event_subscriptions": {"bot_events": list(EVENTS), **({"request_url": request} if request else {})},
            "interactivity": interactivity,
            "org_deploy_enabled": False,
            "socket_mode_enabled": request is None,
            "token_rotation_enabled": False,
        },
    }


def _under(name: str, table: Sequence[Command]) -> list[Command]:
    if name == UMBRELLA:
        return list(table)
    return [command for command in table if command.name.split()[0] == name]


def _slash(name: str, commands: Sequence[Command], request: str | None) -> dict[str, Any]:
    return {
        "command": f"/{name}",
        "description": _description(name, commands)[:DESCRIPTION],
        "usage_hint": _hint(name, commands)[:HINT],
        "should_escape": False,
        **({"url": request} if request else {}),
    }


def _description(name: str, commands: Sequence[Command]) -> str:
    return "Everything that can be asked" if name == UMBRELLA else " · ".join(command.summary for command in commands)


def _hint(name: str, commands: Sequence[Command]) -> str:
    if name == UMBRELLA:
        return " | ".join(dict.fromkeys(command.name.split()[0] for command in commands))
    return " | ".join(
        " ".join([*command.name.split()[1:], *(_argument(option) for option in command.options)])
        for command in commands
    )


def _argument(option: Option) -> str:
    return f"<{option.name}>" if option.required else f"[{option.name}:…]"
