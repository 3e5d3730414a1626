"""Long lists are shown a page at a time."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from bot.domain.alert import Button, Card
from bot.domain.command import Call, Option
from bot.errors import CommandError
from bot.locales import _, voice_in

Row = TypeVar("Row")

#: The option that every command with a long list has.
PAGE = Option(name="page", summary=_("Which page of a long list, from 1"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Page(Generic[Row]):
    """A part of a list."""

    rows: Sequence[Row]
    #: From 1.
    number: int
    of: int
    #: Rows in the whole list.
    total: int


def page_of(rows: Sequence[Row], call: Call, size: int) -> Page[Row]:
    """Return the page of a list that was asked for; the last one if the list has grown shorter.

    Raises:
        CommandError: If what was asked for is no number.
    """
    written = call.arguments.get("page", "1")
    if not (written.isascii() and written.isdigit() and int(written[:9]) > 0):
        raise CommandError("`page:{written}` is no page; write a number from 1.", written=written)
    of = max(1, -(-len(rows) // size))
    number = min(int(written[:9]), of)
    return Page(rows=rows[(number - 1) * size : number * size], number=number, of=of, total=len(rows))


def turning(card: Card, page: Page[Row], call: Call, labels: tuple[str, str] = (_("Previous"), _("Next"))) -> Card:
    """Return the card with its page told, and with buttons that turn it."""
    if page.of == 1:
        return card
    say = voice_in(call.language)
    others = " ".join(value for name, value in call.arguments.items() if name != "page")
    numbers = [
        (labels[0], page.number - 1) if page.number > 1 else None,
        (labels[1], page.number + 1) if page.number < page.of else None,
    ]
    turns = tuple(
        Button(action=call.command, label=say(turn[0]), value=f"{others} page:{turn[1]}".strip())
        for turn in numbers
        if turn
    )
    told = say("page {number:,} of {of:,}", number=page.number, of=page.of)
    return replace(card, foot=" · ".join(filter(None, (told, card.foot))), buttons=(*card.buttons, *turns))
