"""The platforms that the settings ask for; each is loaded only when it is."""

import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from bot.clock import machine_now
from bot.commands.parse import parse_line
from bot.config import Settings
from bot.domain.command import Command
from bot.platforms.once import Once
from bot.ports import Platform, Store
from bot.views import stories_seen

# Slack's and Discord's libraries cost 0.9 s and 50 MB, so nothing of a
# platform is imported before somebody wants it.
# ruff: noqa: PLC0415


def platforms(settings: Settings, table: Sequence[Command], store: Store) -> dict[str, Platform]:
    """Return the platforms by name, not yet started."""
    parse = partial(parse_line, table=table)
    chats = tuple(command for command in table if not command.operator)
    found: dict[str, Platform] = {}
    if settings.console:
        from bot.platforms.console import Console

        found["console"] = Console(sys.stdout, parse=parse, language=settings.language)
    if settings.web.enabled:
        from bot.platforms.web import Web

        found["web"] = Web(settings.web.host, settings.web.port, parse=parse)
    if settings.slack.mode != "off":
        from bot.platforms.slack import Slack, SlackOptions
        from bot.platforms.slack.records import Records

        records = Records(store, machine_now, stories_seen)
        typed = partial(parse_line, table=chats)
        found["slack"] = Slack(
            SlackOptions(**settings.slack.revealed(), language=settings.language), chats, typed, records
        )
    if settings.discord.mode != "off":
        from bot.platforms.discord import Discord, DiscordOptions

        found["discord"] = Discord(
            DiscordOptions(**settings.discord.revealed(), language=settings.language),
            chats,
            partial(parse_line, table=chats),
            _beside(settings.database),
            once=Once("discord", store, machine_now),
        )
    return found


def _beside(database: str) -> Path | None:
    """Return the file beside a SQLite database that remembers which commands Discord was told."""
    place = database.removeprefix("sqlite:///")
    return Path(place).with_suffix(".discord") if place != database and place else None
