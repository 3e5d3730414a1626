"""What Discord tells without being asked: servers let us in and throw us out, channels go and open."""

from collections.abc import Mapping
from typing import Any

import discord

from bot import log
from bot.domain.audience import Presence
from bot.locales import _, language_of, voice_in
from bot.platforms.discord.messages import fields_of
from bot.platforms.discord.render import render
from bot.platforms.welcome import welcome
from bot.ports import Heard

_log = log.get("discord")

PLATFORM = "discord"

DELETED = _("the channel is deleted")
REMOVED = _("the bot was removed from the server: invite it again")


class News:
    """Takes in the gateway's events about servers and channels."""

    def __init__(self, heard: Heard, language: str) -> None:
        self._heard = heard
        self._language = language

    async def let_in(self, guild: discord.Guild) -> None:
        """Go on in a server that has let us in, and greet it."""
        await self._heard(Presence(platform=PLATFORM, workspace=str(guild.id)))
        place = where_to_greet(guild)
        if place is None:
            _log.info("nowhere to say first words", guild=guild.id)
            return
        say = voice_in(language_of_server(guild, self._language))
        fields: Mapping[str, Any] = fields_of(render(welcome(say), say=say))
        try:
            await place.send(**fields)
        except (discord.DiscordException, OSError) as refused:
            _log.warning("first words lost", guild=guild.id, error=str(refused))

    async def thrown_out(self, guild: discord.Guild) -> None:
        """Pause every channel of a server; one that is only away for a while is not meant."""
        await self._heard(Presence(platform=PLATFORM, workspace=str(guild.id), why=REMOVED))

    async def channel_deleted(self, channel: discord.abc.GuildChannel) -> None:
        """Pause a channel that is no more."""
        await self._heard(_presence(channel, DELETED))

    async def channel_changed(self, before: discord.abc.GuildChannel, after: discord.abc.GuildChannel) -> None:
        """Go on in a channel that has let us in."""
        if _may_post(after) and not _may_post(before):
            await self._heard(_presence(after, None))


def language_of_server(guild: discord.Guild | None, otherwise: str) -> str:
    """Return what a server has chosen, if Discord lets it choose: only communities may, others are American to it."""
    chosen = str(guild.preferred_locale) if guild is not None and "COMMUNITY" in guild.features else ""
    return language_of(chosen, otherwise)


def where_to_greet(guild: discord.Guild) -> discord.TextChannel | None:
    """Return the channel for news of the server itself, else the first where we may write."""
    places = [guild.system_channel, *sorted(guild.text_channels, key=lambda channel: channel.position)]
    return next((place for place in places if place is not None and _may_post(place)), None)


def _may_post(channel: discord.abc.GuildChannel) -> bool:
    rights = channel.permissions_for(channel.guild.me)
    return rights.view_channel and rights.send_messages and rights.embed_links


def _presence(channel: discord.abc.GuildChannel, why: str | None) -> Presence:
    return Presence(platform=PLATFORM, workspace=str(channel.guild.id), address=str(channel.id), why=why)
