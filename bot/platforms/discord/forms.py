"""A command that lacks something is asked for in a form; Discord calls it a modal."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import discord
from discord import ui

from bot.domain.audience import Channel
from bot.domain.command import Command, Completes, Option
from bot.locales import Voice
from bot.platforms.fit import size
from bot.platforms.shorten import shorten
from bot.ports import Complete

#: Discord's limits: fields of a form, its title, a field's label and description, choices and their letters.
FIELDS = 5
TITLE = 45
LABEL = 45
DESCRIPTION = 100
CHOICES = 25
CHOICE = 100
CUSTOM_ID = 100
WORDS = 1_000

#: What Discord calls a label, which holds a field.
IN_LABEL = 18


def form_of(  # noqa: PLR0913, PLR0917 - what it asks, for what, and whom
    command: Command, asked: Sequence[Option], custom_id: str, complete: Complete, channel: Channel, say: Voice
) -> ui.Modal | None:
    """Return the form for what a command lacks; ``None`` if what is known has no room in it.

    Args:
        command: What is to be done.
        asked: What the form asks for.
        custom_id: What Discord hands back with the answers; it tells what is known.
        complete: Choices for each field.
        channel: Where somebody asks.
        say: Who is asked.
    """
    if size(custom_id) > CUSTOM_ID:
        return None
    modal = ui.Modal(title=shorten(say(command.summary), TITLE), timeout=None, custom_id=custom_id)
    # Required ones come first, so that none is lost where there are too many.
    for option in sorted(asked, key=lambda option: not option.required)[:FIELDS]:
        modal.add_item(_field(option, complete, channel, say))
    # We answer a form by what it carries, so the library need not remember it.
    modal.stop()
    return modal


def filled(components: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Return what somebody filled in, by option name; several choices stand with commas, empty fields not at all."""
    fields = (part.get("component", {}) if part.get("type") == IN_LABEL else part for part in components)
    values = {
        str(field.get("custom_id", "")): ",".join(map(str, field.get("values") or ())) or str(field.get("value") or "")
        for field in fields
    }
    return {name: value.strip() for name, value in values.items() if value.strip()}


def _field(option: Option, complete: Complete, channel: Channel, say: Voice) -> ui.Label[Any]:
    found = complete(option.completes, "", channel, say.language) if option.completes else ()
    choices = [(value, label) for value, label in found if 0 < size(value) <= CHOICE][:CHOICES]
    component: ui.Item[Any] = _select(option, choices) if choices else _text(option)
    return ui.Label(
        text=shorten(_called(option, say), LABEL),
        description=shorten(say(option.summary), DESCRIPTION),
        component=component,
    )


def _called(option: Option, say: Voice) -> str:
    name = say.named("option", option.name)
    return name[:1].upper() + name[1:]


def _select(option: Option, choices: Sequence[tuple[str, str]]) -> ui.Select[Any]:
    many = option.completes is Completes.KIND
    return ui.Select(
        custom_id=option.name,
        min_values=1 if option.required else 0,
        max_values=len(choices) if many else 1,
        options=[discord.SelectOption(value=value, label=shorten(label, CHOICE) or value) for value, label in choices],
        required=option.required,
    )


def _text(option: Option) -> ui.TextInput[Any]:
    return ui.TextInput(
        custom_id=option.name,
        style=discord.TextStyle.paragraph if option.rest else discord.TextStyle.short,
        required=option.required,
        max_length=WORDS,
    )
