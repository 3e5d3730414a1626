"""``/help``: what there is to ask."""

from collections.abc import Sequence

from bot.commands.parse import form
from bot.domain.alert import Card, Section
from bot.domain.command import Command

COMMAND = Command(name="help", summary="What I know")


def help_card(table: Sequence[Command]) -> Card:
    """Return the card that lists every command with its form."""
    lines = tuple(f"{form(command)} — {command.summary}" for command in table)
    return Card(
        title="Dragoman posts one sourced alert when a negotiation's state changes",
        sections=(
            Section(title="Try", lines=("/summary istanbul-talks", "/subscribe istanbul-talks", "/stories")),
            Section(title="Everything", lines=lines),
        ),
        foot="Quieter: /subscribe … level:key",
    )
