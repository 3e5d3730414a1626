"""A reply finds its way back to who asked: in time, and to nobody whom it does not concern."""

import asyncio
from typing import Any

import discord

from bot.domain.command import Reply
from bot.platforms.discord.messages import edit_of, fields_of
from bot.platforms.discord.render import Message, render, render_text

# Discord waits 3 s for the first word; whoever sees nothing for longer than
# this presses again.
PATIENCE_SECONDS = 0.4

BELOW = "The answer stands below."


async def answer(
    interaction: discord.Interaction[Any], asking: "asyncio.Future[Reply]", *, private: bool, instead: bool
) -> None:
    """Answer at once if the answer is there; else say that we think, and follow up.

    Args:
        interaction: Who asked.
        asking: What will be answered.
        private: Nobody else may see it, whatever the reply says.
        instead: It takes the place of the message whose button was pressed.
    """
    await asyncio.wait({asking}, timeout=PATIENCE_SECONDS)
    if asking.done():
        reply = asking.result()
        if instead and reply.done:
            await interaction.response.edit_message(**edit_of(message_of(reply)))
        else:
            await say(interaction, reply, private=private)
        return
    try:
        if instead:
            await interaction.response.defer()
        else:
            # Whom the answer concerns is not known yet, and what once was
            # shown to all cannot be taken back.
            await interaction.response.defer(ephemeral=True, thinking=True)
    finally:
        reply = await asking
    if instead and reply.done:
        await interaction.edit_original_response(**edit_of(message_of(reply)))
    else:
        await _follow_up(interaction, reply, private=private, thinking=not instead)


async def say(interaction: discord.Interaction[Any], reply: Reply, *, private: bool = False) -> None:
    """Answer with a message."""
    fields = fields_of(message_of(reply))
    await interaction.response.send_message(ephemeral=private or reply.private, **fields)


def message_of(reply: Reply) -> Message:
    """Return the message that a reply becomes."""
    return render(reply.card, reply.text) if reply.card else render_text(reply.text or "Done.")


async def _follow_up(interaction: discord.Interaction[Any], reply: Reply, *, private: bool, thinking: bool) -> None:
    """Send a late answer; the first message after a private wait is private whatever we ask for."""
    hidden = private or reply.private
    if not hidden and thinking:
        await interaction.edit_original_response(content=BELOW)
    await interaction.followup.send(ephemeral=hidden, **fields_of(message_of(reply)))
