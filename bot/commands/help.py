"""``/help``: what there is to ask."""

from collections.abc import Sequence

from bot.commands.parse import form
from bot.domain.alert import Card, Section
from bot.domain.command import Command
from bot.locales import Voice, _

COMMAND = Command(name="help", summary=_("What I know"))


def help_card(table: Sequence[Command], say: Voice) -> Card:
    """Return the card that lists every command with its form."""
    lines = tuple(f"{say.apart(form(command))} — {say(command.summary)}" for command in table)
    return Card(
        title=say("Dragoman posts one sourced alert when a negotiation's state changes"),
        sections=(
            Section(title=say("Try"), lines=("/summary istanbul-talks", "/subscribe istanbul-talks", "/stories")),
            Section(title=say("Everything"), lines=lines),
        ),
        foot=say("Quieter: /subscribe … level:key"),
    )
