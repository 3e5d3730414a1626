"""What people ask on Discord is answered: once, by who may be told, with what they may do."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any

import discord

from bot import log
from bot.domain.audience import Channel
from bot.domain.command import Call, Command, Option, Reply
from bot.errors import BotError, CommandError, MissingArgumentError
from bot.locales import _, language_of, voice_in
from bot.platforms.asking import answer_call, lacking
from bot.platforms.discord.commands import choices, listed, read
from bot.platforms.discord.forms import filled, form_of
from bot.platforms.discord.names import localised
from bot.platforms.discord.replies import answer, reply_with
from bot.platforms.once import Once
from bot.ports import Ask, Complete, Parse

_log = log.get("discord")

# What Discord says of servers that cannot choose a language, or have not.
UNCHOSEN = "en-US"

ONLY_IN_SERVERS = _("I work in a server's channels, not in direct messages.")
GONE = _("That button is from an older version of mine and does nothing any more.")


class Answers:
    """Answers interactions; each of them once."""

    def __init__(  # noqa: PLR0913 - what it asks, whom, and in which language
        self,
        table: Sequence[Command],
        *,
        parse: Parse,
        ask: Ask,
        complete: Complete,
        once: Once,
        language: str,
    ) -> None:
        self._table = tuple(table)
        self._commands = {command.name: command for command in table}
        self._parse = parse
        self._ask = ask
        self._complete = complete
        self._once = once
        self._language = language

    async def answer(self, interaction: discord.Interaction[Any]) -> None:
        """Answer a command, a button, a form or somebody who is typing; never raises for what Discord does."""
        # Who is typing is helped, however often Discord asks.
        is_typing = interaction.type is discord.InteractionType.autocomplete
        name = str(interaction.id)
        # After a reconnect Discord replays what it is not sure that we saw, also to who comes after us.
        if not (self._once.is_new_here(name) if is_typing else await self._once.is_new(name)):
            return
        try:
            await self._answer(interaction)
        except (TimeoutError, discord.DiscordException, OSError) as failure:
            _log.warning("answer did not arrive", error=str(failure), interaction=interaction.id)

    async def _answer(self, interaction: discord.Interaction[Any]) -> None:
        channel = channel_of(interaction)
        match interaction.type:
            case discord.InteractionType.autocomplete:
                await self._suggest(interaction, channel)
            case _ if channel is None:
                await self._tell(interaction, ONLY_IN_SERVERS)
            case discord.InteractionType.application_command:
                await self._command(interaction, channel)
            case discord.InteractionType.component:
                await self._button(interaction, channel)
            case discord.InteractionType.modal_submit:
                await self._form(interaction, channel)
            case _:
                _log.info("interaction of no use", type=str(interaction.type))

    async def _suggest(self, interaction: discord.Interaction[Any], channel: Channel | None) -> None:
        typed = read(_data(interaction))
        command = self._commands.get(typed.command)
        options = command.options if command else ()
        what = next((option.completes for option in options if option.name == typed.focus), None)
        found: list[dict[str, str]] = []
        if what and channel and typed.focus:
            before, rest = listed(what, typed.arguments.get(typed.focus, ""))
            found = choices(self._complete(what, rest, channel, language_in(interaction, self._language)), before)
        await interaction.response.autocomplete([discord.app_commands.Choice(**choice) for choice in found])

    async def _command(self, interaction: discord.Interaction[Any], channel: Channel) -> None:
        typed = read(_data(interaction))
        command = self._commands.get(typed.command)
        asked = lacking(command, typed.arguments, pressed=False) if command else ()
        if command and asked:
            words = " ".join(f"{name}:{value}" for name, value in typed.arguments.items())
            if await self._asked(interaction, channel, command, asked, words):
                return
        await self._reply(interaction, channel, typed.command, typed.arguments)

    async def _button(self, interaction: discord.Interaction[Any], channel: Channel) -> None:
        """Do what the button's command does with the button's words; what it lacks is asked for."""
        action, _, words = _custom_id(interaction).partition(":")
        if action not in self._commands:
            await self._tell(interaction, GONE)
            return
        try:
            command, arguments = self._parse(f"{action} {words}")
        except MissingArgumentError as missing:
            command, arguments = self._commands[missing.command], missing.arguments
        except CommandError as wrong:
            await self._tell(interaction, wrong.text, **wrong.facts)
            return
        asked = lacking(command, arguments, pressed=True)
        if asked and await self._asked(interaction, channel, command, asked, words):
            return
        # What only this person sees is turned like a page.
        instead = interaction.message is not None and interaction.message.flags.ephemeral
        await self._reply(interaction, channel, command.name, arguments, private=True, instead=instead)

    async def _form(self, interaction: discord.Interaction[Any], channel: Channel) -> None:
        """Do what the form was opened for."""
        action, _, words = _custom_id(interaction).partition(":")
        if action not in self._commands:
            await self._tell(interaction, GONE)
            return
        try:
            _, known = self._parse(f"{action} {words}")
        except MissingArgumentError as missing:
            known = missing.arguments
        except CommandError as wrong:
            await self._tell(interaction, wrong.text, **wrong.facts)
            return
        arguments = {**known, **filled(_data(interaction).get("components") or ())}
        # A form that a button opened concerns who pressed it.
        await self._reply(interaction, channel, action, arguments, private=interaction.message is not None)

    async def _asked(
        self,
        interaction: discord.Interaction[Any],
        channel: Channel,
        command: Command,
        asked: Sequence[Option],
        words: str,
    ) -> bool:
        """Open a form for what a command lacks; ``False`` for who may not use it, or if none can be opened."""
        if command.manages and not _is_manager(interaction):
            return False
        form = form_of(
            command,
            asked,
            f"{command.name}:{words}",
            self._complete,
            channel,
            voice_in(language_in(interaction, self._language)),
        )
        if form is None:
            return False
        await interaction.response.send_modal(form)
        return True

    async def _reply(  # noqa: PLR0913 - who asks what, and who may see the answer
        self,
        interaction: discord.Interaction[Any],
        channel: Channel,
        command: str,
        arguments: Mapping[str, str],
        *,
        private: bool = False,
        instead: bool = False,
    ) -> None:
        call = Call(
            command=command,
            arguments=arguments,
            channel=channel,
            user=str(interaction.user.id),
            manager=_is_manager(interaction),
            pictures=True,
            language=language_in(interaction, self._language),
        )
        asking = asyncio.ensure_future(self._answered(call))
        await answer(interaction, asking, voice_in(call.language), private=private, instead=instead)

    async def _answered(self, call: Call) -> Reply:
        return localised(await answer_call(call, self._ask), self._table, call.language)

    async def _tell(self, interaction: discord.Interaction[Any], text: str, **facts: Any) -> None:
        """Tell who asks something, and nobody else."""
        say = voice_in(language_in(interaction, self._language))
        reply = Reply(text=say.told(BotError(text, **facts)), private=True)
        await reply_with(interaction, localised(reply, self._table, say.language), say)


def channel_of(interaction: discord.Interaction[Any]) -> Channel | None:
    """Return where somebody asks; ``None`` outside of servers."""
    guild, channel = interaction.guild_id, interaction.channel_id
    if guild is None or channel is None:
        return None
    name = getattr(interaction.channel, "name", None)
    return Channel(
        id=f"discord:{guild}:{channel}",
        platform="discord",
        workspace=str(guild),
        address=str(channel),
        name=str(name or ""),
    )


def language_in(interaction: discord.Interaction[Any], otherwise: str) -> str:
    """Return what who asks reads: their client's language if it is ours, else their server's.

    Args:
        interaction: What they ask.
        otherwise: What is spoken where both are none of ours, or the server has chosen none.
    """
    server = str(interaction.guild_locale or "")
    return language_of(str(interaction.locale), "" if server == UNCHOSEN else server, otherwise)


def _is_manager(interaction: discord.Interaction[Any]) -> bool:
    """Tell whether who asks may manage this very channel, as Discord says with each interaction."""
    permissions = interaction.permissions
    return permissions.manage_channels or permissions.administrator


def _data(interaction: discord.Interaction[Any]) -> dict[str, Any]:
    return dict(interaction.data or {})


def _custom_id(interaction: discord.Interaction[Any]) -> str:
    return str(_data(interaction).get("custom_id", ""))
