"""What people ask on Discord is answered: in time, once, and to whom it concerns."""

import asyncio
from collections import OrderedDict
from collections.abc import Sequence
from typing import Any

import discord

from bot import log
from bot.domain.audience import Channel
from bot.domain.command import Call, Command, Reply
from bot.platforms.asking import answer_call
from bot.platforms.discord.commands import choices, listed, read
from bot.platforms.discord.messages import fields_of
from bot.platforms.discord.render import Message, render, render_text
from bot.ports import Ask, Complete

_log = log.get("discord")

# Discord waits 3 s for the first word; whoever sees nothing for longer than
# this presses again.
PATIENCE_SECONDS = 0.4

# After a reconnect Discord replays what it is not sure that we saw.
REMEMBERED = 5_000

ONLY_IN_SERVERS = "I work in a server's channels, not in direct messages."
GONE = "That button is from an older version of mine and does nothing any more."
BELOW = "The answer stands below."


class Answers:
    """Answers interactions; each of them once."""

    def __init__(self, table: Sequence[Command], ask: Ask, complete: Complete) -> None:
        self._commands = {command.name: command for command in table}
        self._ask = ask
        self._complete = complete
        self._seen: OrderedDict[int, None] = OrderedDict()

    async def answer(self, interaction: discord.Interaction[Any]) -> None:
        """Answer a command, a button or somebody who is typing; never raises for what Discord does."""
        if interaction.id in self._seen:
            return
        self._seen[interaction.id] = None
        if len(self._seen) > REMEMBERED:
            self._seen.popitem(last=False)
        try:
            match interaction.type:
                case discord.InteractionType.autocomplete:
                    await self._suggest(interaction)
                case discord.InteractionType.application_command:
                    await self._command(interaction)
                case discord.InteractionType.component:
                    await self._button(interaction)
                case _:
                    _log.info("interaction of no use", type=str(interaction.type))
        except (TimeoutError, discord.DiscordException, OSError) as failure:
            _log.warning("answer did not arrive", error=str(failure), interaction=interaction.id)

    async def _suggest(self, interaction: discord.Interaction[Any]) -> None:
        typed = read(_data(interaction))
        command, channel = self._commands.get(typed.command), channel_of(interaction)
        options = command.options if command else ()
        what = next((option.completes for option in options if option.name == typed.focus), None)
        found: list[dict[str, str]] = []
        if what and channel and typed.focus:
            before, rest = listed(what, typed.arguments.get(typed.focus, ""))
            found = choices(self._complete(what, rest, channel), before)
        await interaction.response.autocomplete([discord.app_commands.Choice(**choice) for choice in found])

    async def _command(self, interaction: discord.Interaction[Any]) -> None:
        typed, channel = read(_data(interaction)), channel_of(interaction)
        if channel is None:
            await _say(interaction, Reply(text=ONLY_IN_SERVERS, private=True))
            return
        call = Call(
            command=typed.command,
            arguments=typed.arguments,
            channel=channel,
            user=str(interaction.user.id),
            manager=_is_manager(interaction),
        )
        await self._reply(interaction, call)

    async def _button(self, interaction: discord.Interaction[Any]) -> None:
        """Do what the button's command does, its value being the first option; told to who pressed it."""
        action, _, value = str(_data(interaction).get("custom_id", "")).partition(":")
        command, channel = self._commands.get(action), channel_of(interaction)
        if command is None or channel is None:
            await _say(interaction, Reply(text=GONE, private=True))
            return
        call = Call(
            command=action,
            arguments={option.name: value for option in command.options[:1] if value},
            channel=channel,
            user=str(interaction.user.id),
            manager=_is_manager(interaction),
        )
        await self._reply(interaction, call, private=True)

    async def _reply(self, interaction: discord.Interaction[Any], call: Call, *, private: bool = False) -> None:
        """Answer at once if the answer is there; else say that we think, and follow up."""
        asking = asyncio.ensure_future(answer_call(call, self._ask))
        await asyncio.wait({asking}, timeout=PATIENCE_SECONDS)
        if asking.done():
            await _say(interaction, asking.result(), private=private)
            return
        try:
            # Whom the answer concerns is not known yet, and what once was
            # shown to all cannot be taken back.
            await interaction.response.defer(ephemeral=True, thinking=True)
        finally:
            reply = await asking
        await _follow_up(interaction, reply, private=private)


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


def _is_manager(interaction: discord.Interaction[Any]) -> bool:
    permissions = interaction.permissions
    return permissions.manage_channels or permissions.administrator


def _data(interaction: discord.Interaction[Any]) -> dict[str, Any]:
    return dict(interaction.data or {})


async def _say(interaction: discord.Interaction[Any], reply: Reply, *, private: bool = False) -> None:
    fields = fields_of(_message(reply))
    await interaction.response.send_message(ephemeral=private or reply.private, **fields)


async def _follow_up(interaction: discord.Interaction[Any], reply: Reply, *, private: bool) -> None:
    """Send a late answer; the first message after a private wait is private whatever we ask for."""
    hidden = private or reply.private
    if not hidden:
        await interaction.edit_original_response(content=BELOW)
    await interaction.followup.send(ephemeral=hidden, **fields_of(_message(reply)))


def _message(reply: Reply) -> Message:
    return render(reply.card, reply.text) if reply.card else render_text(reply.text or "Done.")
