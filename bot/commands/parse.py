"""A typed line becomes a command and its arguments."""

import shlex
from collections.abc import Sequence
from difflib import get_close_matches

from bot.domain.command import Command, Option
from bot.errors import CommandError, MissingArgumentError
from bot.locales import _

#: What people may type before a command; Slack's umbrella is one more.
UMBRELLAS = ("dragoman",)


def parse_line(line: str, table: Sequence[Command]) -> tuple[Command, dict[str, str]]:
    """Return the command that a line names, and its arguments by option name.

    ``/subscribe istanbul-talks level:key`` fills the options in their order;
    ``name:value`` fills the one it names; an option that takes the rest takes
    every word that is left, quotation marks included.

    Raises:
        CommandError: Telling the right form.
    """
    words = _words(line.strip().removeprefix("/"))
    if words and words[0].lower() in UMBRELLAS:
        words = words[1:]
    command, rest = _command(words, table)
    return command, _arguments(command, rest)


def form(command: Command) -> str:
    """Return how a command is written, e.g. ``/subscribe <story> [level:…]``."""
    return " ".join([f"/{command.name}", *(_option_form(option) for option in command.options)])


def _words(line: str) -> list[str]:
    """Cut a line at spaces, keeping what stands in quotation marks together, marks included."""
    cutter = shlex.shlex(line.replace("“", '"').replace("”", '"'), posix=False)
    cutter.whitespace_split = True
    cutter.quotes = '"'
    cutter.commenters = ""
    try:
        return list(cutter)
    except ValueError:
        return line.split()


def _command(words: Sequence[str], table: Sequence[Command]) -> tuple[Command, list[str]]:
    names = {command.name: command for command in table}
    for size in (2, 1):
        name = " ".join(words[:size]).lower()
        if len(words) >= size and name in names:
            return names[name], list(words[size:])
    typed = words[0].lower() if words else ""
    inside = [command for command in table if command.name.split()[0] == typed]
    if inside:
        forms = ", ".join(f"`{form(command)}`" for command in inside)
        raise CommandError("`/{typed}` needs one of: {forms}.", typed=typed, forms=forms)
    if not typed:
        raise CommandError("Type a command. `/help` lists what I know.")
    near = get_close_matches(typed, [name.split()[0] for name in names], n=1)
    if near:
        raise CommandError("There is no command `/{typed}`. Did you mean `/{near}`?", typed=typed, near=near[0])
    raise CommandError("There is no command `/{typed}`. `/help` lists what I know.", typed=typed)


def _arguments(command: Command, words: Sequence[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    options = {option.name: option for option in command.options}
    for place, word in enumerate(words):
        name, colon, value = word.partition(":")
        if colon and value and name in options:
            found[name] = value.strip('"')
            continue
        free = [option for option in command.options if option.name not in found and _is_positional(option)]
        if not free:
            raise CommandError("`{word}` is one word too many. Write `{form}`.", word=word, form=form(command))
        if free[0].rest:
            found[free[0].name] = " ".join(words[place:])
            break
        found[free[0].name] = word.strip('"')
    missing = [option.name for option in command.options if option.required and option.name not in found]
    if missing:
        lacks = _("`{option}` is missing. Write `{form}`.")
        raise MissingArgumentError(command.name, found, lacks, option=missing[0], form=form(command))
    return found


def _is_positional(option: Option) -> bool:
    return option.required or option.rest


def _option_form(option: Option) -> str:
    if option.required:
        return f"<{option.name}>" if not option.rest else f"<{option.name} …>"
    return f"[{option.name}]" if option.rest else f"[{option.name}:…]"
