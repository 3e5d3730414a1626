"""The command table as Discord's application commands, and what people typed into them."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from bot.domain.command import Command, Completes
from bot.platforms.discord.names import local
from bot.platforms.fit import size
from bot.platforms.shorten import shorten

#: Discord's bit for Manage Channels.
MANAGE_CHANNELS = 1 << 4

SUMMARY = 100
CHOICES = 25
CHOICE = 100

# Discord's numbers for what an option is, and for where commands may be used.
SUBCOMMAND, GROUP, STRING = 1, 2, 3
IN_SERVERS = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What somebody typed into a command."""

    command: str
    arguments: Mapping[str, str] = field(default_factory=dict)
    #: The option that is being typed, while choices are asked for.
    focus: str | None = None


def application_commands(table: Sequence[Command]) -> list[dict[str, Any]]:
    """Return the commands as Discord's API wants them; ``watch add`` becomes a part of ``watch``.

    Raises:
        ValueError: If a name has more than two words, or is a command and a group.
    """
    families: dict[str, list[Command]] = {}
    for command in table:
        families.setdefault(command.name.split()[0], []).append(command)
    return [_top(name, commands) for name, commands in families.items()]


def digest(commands: Sequence[Mapping[str, Any]], application: int) -> str:
    """Return a name for exactly these commands of this application."""
    written = json.dumps([application, *commands], sort_keys=True, ensure_ascii=False)
    return sha256(written.encode()).hexdigest()


def read(data: Mapping[str, Any]) -> Typed:
    """Return what an interaction's data hold."""
    words, options = [str(data.get("name", ""))], data.get("options") or []
    while options and options[0].get("type") in {SUBCOMMAND, GROUP}:
        words.append(str(options[0]["name"]))
        options = options[0].get("options") or []
    arguments = {str(option["name"]): str(option.get("value", "")) for option in options}
    focus = next((str(option["name"]) for option in options if option.get("focused")), None)
    return Typed(command=" ".join(words), arguments=arguments, focus=focus)


def listed(what: Completes, typed: str) -> tuple[str, str]:
    """Split what was typed into what is complete and what is being typed; kinds are lists."""
    if what is not Completes.KIND or "," not in typed:
        return "", typed
    complete, _, rest = typed.rpartition(",")
    return f"{complete},", rest.strip()


def choices(found: Iterable[tuple[str, str]], before: str = "") -> list[dict[str, str]]:
    """Return choices within Discord's limits; a value that would have to be cut is left out.

    Args:
        found: Values and labels.
        before: What every value begins with.
    """
    made = [
        {"name": shorten(before + label, CHOICE) or value, "value": before + value}
        for value, label in found
        if 0 < size(before + value) <= CHOICE
    ]
    return made[:CHOICES]


def _top(name: str, commands: Sequence[Command]) -> dict[str, Any]:
    alone = commands[0].name == name and len(commands) == 1
    made = _described(commands[0]) if alone else _group(name, commands)
    # Discord knows one default for a whole group, so a group that anybody may
    # look into stays open; every call is checked again in any case.
    managed = all(command.manages for command in commands)
    return made | {
        "type": 1,
        "contexts": [IN_SERVERS],
        "integration_types": [IN_SERVERS],
        "default_member_permissions": str(MANAGE_CHANNELS) if managed else None,
    }


def _second_word(command: Command) -> str:
    words = command.name.split()
    if len(words) != 2:  # noqa: PLR2004 - a group and what is in it
        message = f"`{command.name}`: Discord wants one word, or two where the first is a group"
        raise ValueError(message)
    return words[1]


def _group(name: str, commands: Sequence[Command]) -> dict[str, Any]:
    parts = [_described(command, _second_word(command)) | {"type": SUBCOMMAND} for command in commands]
    called = {locale: words.split()[0] for locale, words in local(commands[0].name, "command").items()}
    words = [part["name_localizations"] | {"": part["name"]} for part in parts]
    inside = {locale: ", ".join(each[locale] for each in words) for locale in ("", *called)}
    return {
        "name": name,
        "name_localizations": called,
        "description": shorten(f"{name}: {inside['']}", SUMMARY),
        "description_localizations": {
            locale: shorten(f"{word}: {inside[locale]}", SUMMARY) for locale, word in called.items()
        },
        "options": parts,
    }


def _described(command: Command, word: str = "") -> dict[str, Any]:
    """Return a command, or the part of a group that a word names."""
    called = local(command.name, "command")
    return {
        "name": word or command.name,
        "name_localizations": {locale: words.split()[-1] for locale, words in called.items()},
        **_summed_up(command.summary, word or command.name),
        "options": _options(command),
    }


def _summed_up(summary: str, name: str) -> dict[str, Any]:
    told = {locale: shorten(words, SUMMARY) for locale, words in local(summary).items()}
    return {
        "description": shorten(summary, SUMMARY) or name,
        "description_localizations": {locale: words for locale, words in told.items() if words},
    }


def _options(command: Command) -> list[dict[str, Any]]:
    """Return the options, required ones first, as Discord insists; what a form asks for may be left out."""
    return [
        {
            "type": STRING,
            "name": option.name,
            "name_localizations": local(option.name, "option"),
            **_summed_up(option.summary, option.name),
            "required": option.required and not command.form,
            "autocomplete": option.completes is not None,
        }
        for option in sorted(command.options, key=lambda option: not option.required)
    ]
