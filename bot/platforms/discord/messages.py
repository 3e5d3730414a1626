"""Rendered messages in the library's own types."""

from typing import Any

import discord
from discord import ui

from bot.platforms.discord.render import Component, Message


def fields_of(message: Message, *, changes: bool = False) -> dict[str, Any]:
    """Return a message as the arguments of the library's send functions; nobody is pinged by it.

    Args:
        message: What to send.
        changes: An edit may give it an embed later.
    """
    fields: dict[str, Any] = {"allowed_mentions": discord.AllowedMentions.none()}
    if message.content:
        fields["content"] = message.content
    if message.embeds:
        fields["embeds"] = [discord.Embed.from_dict(embed) for embed in message.embeds]
    elif not changes:
        # Nothing that a text mentions grows a preview; the flag would hide our own embeds too.
        fields["suppress_embeds"] = True
    if message.components:
        fields["view"] = buttons(message.components)
    return fields


def edit_of(message: Message) -> dict[str, Any]:
    """Return a message as the arguments of an edit, which replaces everything."""
    return {
        "content": message.content or None,
        "embeds": [discord.Embed.from_dict(embed) for embed in message.embeds],
        "view": buttons(message.components) if message.components else None,
        "allowed_mentions": discord.AllowedMentions.none(),
    }


def buttons(rows: tuple[Component, ...]) -> ui.View:
    """Return the buttons as a view that the library forgets at once.

    We answer buttons by what they carry, so they work after a restart and
    take no memory.
    """
    view = ui.View(timeout=None)
    for number, row in enumerate(rows):
        for button in row["components"]:
            view.add_item(ui.Button(label=button["label"], custom_id=button["custom_id"], row=number))
    view.stop()
    return view
