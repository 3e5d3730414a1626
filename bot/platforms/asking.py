"""Typed lines in, replies out: what console and page share."""

from collections.abc import Mapping
from dataclasses import replace

from bot import log
from bot.domain.alert import Button, Card
from bot.domain.audience import Channel
from bot.domain.command import Call, Command, Option, Reply
from bot.errors import BotError
from bot.locales import _, voice_in
from bot.ports import Ask, Parse

_log = log.get("platforms")

# Longer than any command; the rest is a paste gone wrong.
LINE_AT_MOST = 2_000

TOO_LONG = _("That line is too long; a command has {most:,} characters at most.")
BROKEN = _("That did not work, and the reason is in the operator's log. Try again in a minute.")


async def answer_line(  # noqa: PLR0913 - a call and whom it is answered by
    line: str,
    *,
    parse: Parse,
    ask: Ask,
    channel: Channel,
    user: str,
    manager: bool,
    pictures: bool = False,
    language: str = "en",
) -> Reply:
    """Answer a typed line; whatever is wrong with it is told in a sentence."""
    say = voice_in(language)
    if len(line) > LINE_AT_MOST:
        return Reply(text=say(TOO_LONG, most=LINE_AT_MOST), private=True, done=False)
    try:
        command, arguments = parse(line)
    except BotError as wrong:
        return Reply(text=say.told(wrong), private=True, done=False)
    call = Call(
        command=command.name,
        arguments=arguments,
        channel=channel,
        user=user,
        manager=manager,
        pictures=pictures,
        language=language,
    )
    return await answer_call(call, ask)


async def answer_call(call: Call, ask: Ask) -> Reply:
    """Answer a call; nobody sees a trace."""
    say = voice_in(call.language)
    try:
        return await ask(call)
    except BotError as wrong:
        return Reply(text=say.told(wrong), private=True, done=False)
    except Exception:  # noqa: BLE001 - the reader gets a sentence, the operator the trace
        _log.exception("no answer", command=call.command, channel=call.channel.id)
        return Reply(text=say(BROKEN), private=True, done=False)


def lacking(command: Command, known: Mapping[str, str], *, pressed: bool) -> tuple[Option, ...]:
    """Return what a form should ask for before a command can be used, nothing if it can.

    Args:
        command: What is to be done.
        known: What was said already, by option name.
        pressed: A button was pressed, which says little; somebody who types says all that they wish.
    """
    options = [option for option in command.options if option.name not in known]
    if pressed:
        return tuple(option for option in options if option.required or option.asks)
    return tuple(options) if any(option.required for option in options) else ()


def with_working_buttons(card: Card, parse: Parse) -> Card:
    """Return the card without the buttons whose command nobody here answers."""
    return replace(card, buttons=tuple(button for button in card.buttons if _works(button, parse)))


def _works(button: Button, parse: Parse) -> bool:
    try:
        parse(typed(button))
    except BotError:
        return False
    return True


def typed(button: Button) -> str:
    """Return the line that does what a button does."""
    return f"/{button.action} {button.value}".strip()
