"""A reply finds its way back to who asked: in time, and to nobody whom it does not concern."""

import asyncio
import io
from dataclasses import replace
from typing import Any

import discord

from bot import log
from bot.domain.command import Reply
from bot.domain.picture import Picture
from bot.locales import Voice, _
from bot.platforms.discord.messages import edit_of, fields_of
from bot.platforms.discord.render import Message, render, render_text
from bot.platforms.shorten import shorten

_log = log.get("discord")

# Discord waits 3 s for the first word; whoever sees nothing for longer than
# this presses again.
PATIENCE_SECONDS = 0.4

BELOW = _("The answer stands below.")

#: Discord's limit for the words that stand for a picture.
ALT = 1_024


async def answer(
    interaction: discord.Interaction[Any],
    asking: "asyncio.Future[Reply]",
    say: Voice,
    *,
    private: bool,
    instead: bool,
) -> None:
    """Answer at once if the answer is there; else say that we think, and follow up.

    Args:
        interaction: Who asked.
        asking: What will be answered.
        say: Who asked.
        private: Nobody else may see it, whatever the reply says.
        instead: It takes the place of the message whose button was pressed.
    """
    await asyncio.wait({asking}, timeout=PATIENCE_SECONDS)
    if instead:
        await _answer_instead(interaction, asking, say, private=private)
        return
    if not asking.done():
        try:
            # Whom the answer concerns is not known yet, and what once was
            # shown to all cannot be taken back.
            await interaction.response.defer(ephemeral=True, thinking=True)
        finally:
            reply = await asking
        hidden = private or reply.private
        if not hidden:
            await interaction.edit_original_response(content=say(BELOW))
        await _follow_up(interaction, reply, say, hidden=hidden)
        return
    reply = asking.result()
    if reply.picture:
        # The first answer holds words alone; a picture follows it.
        hidden = private or reply.private
        await interaction.response.defer(ephemeral=hidden, thinking=True)
        await _follow_up(interaction, reply, say, hidden=hidden)
        return
    await reply_with(interaction, reply, say, private=private)


async def reply_with(interaction: discord.Interaction[Any], reply: Reply, say: Voice, *, private: bool = False) -> None:
    """Answer with a message."""
    fields = fields_of(_message(reply, say))
    await interaction.response.send_message(ephemeral=private or reply.private, **fields)


async def _answer_instead(
    interaction: discord.Interaction[Any], asking: "asyncio.Future[Reply]", say: Voice, *, private: bool
) -> None:
    """Put the answer in the place of what it was asked from; what went wrong is said beside it."""
    if asking.done() and not asking.result().picture:
        reply = asking.result()
        if reply.done:
            await interaction.response.edit_message(**edit_of(_message(reply, say)), attachments=[])
        else:
            await reply_with(interaction, reply, say, private=private)
        return
    try:
        await interaction.response.defer()
    finally:
        reply = await asking
    if reply.done:
        await interaction.edit_original_response(**edit_of(_message(reply, say)), attachments=_files(reply.picture))
    else:
        await _follow_up(interaction, reply, say, hidden=private or reply.private)


async def _follow_up(interaction: discord.Interaction[Any], reply: Reply, say: Voice, *, hidden: bool) -> None:
    """Send what comes after the first answer; words alone where a picture may not be."""
    try:
        await interaction.followup.send(
            ephemeral=hidden, **fields_of(_message(reply, say)), files=_files(reply.picture)
        )
    except (discord.Forbidden, discord.HTTPException) as refused:
        if not reply.picture:
            raise
        _log.warning("picture refused", error=str(refused), channel=interaction.channel_id)
        await interaction.followup.send(ephemeral=hidden, **fields_of(_message(replace(reply, picture=None), say)))


def _message(reply: Reply, say: Voice) -> Message:
    """Return the message that a reply becomes."""
    if reply.card is None:
        return render_text(reply.text or say("Done."))
    return render(reply.card, reply.text, image=_name(reply.picture) if reply.picture else "", say=say)


def _files(picture: Picture | None) -> list[discord.File]:
    # Most of Discord is dark.
    if picture is None:
        return []
    return [discord.File(io.BytesIO(picture.dark), filename=_name(picture), description=shorten(picture.alt, ALT))]


def _name(picture: Picture) -> str:
    return f"{picture.name}.png"
