"""Commands and their options are called in the reader's language, as Discord's own pickers show them."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache

from bot.domain.alert import Card
from bot.domain.command import Command, Reply
from bot.locales import LANGUAGES, Voice, voice_in

#: Our languages, by the codes under which Discord's clients run in them; it has none in Arabic.
LOCALES = {"de": ("de",), "es": ("es-ES", "es-419"), "fr": ("fr",), "ru": ("ru",), "tr": ("tr",), "uk": ("uk",)}

Renames = tuple[re.Pattern[str], dict[str, str]]


def local(text: str, context: str = "") -> dict[str, str]:
    """Return a text of ours by Discord's locale.

    Args:
        text: In English.
        context: ``command`` or ``option`` for a name, nothing for a sentence.
    """
    found: dict[str, str] = {}
    for language in LANGUAGES:
        say = voice_in(language)
        for locale in LOCALES.get(language, ()):
            found[locale] = say.named(context, text) if context else say(text)
    return found


def localised(reply: Reply, table: Sequence[Command], language: str) -> Reply:
    """Return a reply that calls commands and options as its reader finds them; words of sources stay."""
    if language not in LOCALES:
        return reply
    names = _renames(tuple(table), language)
    card = _localised_card(reply.card, names) if reply.card else None
    return replace(reply, text=_renamed(reply.text, names), card=card)


def _localised_card(card: Card, names: Renames) -> Card:
    sections = tuple(
        replace(section, lines=tuple(_renamed(line, names) for line in section.lines)) for section in card.sections
    )
    facts = tuple(replace(fact, after=_renamed(fact.after, names)) for fact in card.facts)
    return replace(
        card, title=_renamed(card.title, names), facts=facts, sections=sections, foot=_renamed(card.foot, names)
    )


def _renamed(text: str, names: Renames) -> str:
    pattern, words = names
    return pattern.sub(lambda found: words[found[0]], text)


@cache
def _renames(table: tuple[Command, ...], language: str) -> Renames:
    """Return what finds names in our sentences, and what each is called in a language."""
    say = voice_in(language)
    words = {f"/{command.name}": f"/{say.named('command', command.name)}" for command in table}
    groups = {command.name.split()[0] for command in table} - {command.name for command in table}
    words |= {f"/{group}": f"/{_group(group, table, say)}" for group in groups}
    options = {option.name: say.named("option", option.name) for command in table for option in command.options}
    words |= {f"{name}:": f"{called}:" for name, called in options.items()}
    words |= {f"<{name}": f"<{called}" for name, called in options.items()}
    # Only where a command or an option can begin: never inside an address, a path or a sentence.
    commands = rf"(?<![^\s`(“])(?:{_any_of(word for word in words if word[0] == '/')})(?![\w/-])"
    typed = rf"(?<![^\s`\[])(?:{_any_of(f'{name}:' for name in options)})(?=[\w…])"
    shown = rf"(?:{_any_of(f'<{name}' for name in options)})(?=[ >])"
    return re.compile(f"{commands}|{typed}|{shown}"), words


def _any_of(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def _group(group: str, table: Sequence[Command], say: Voice) -> str:
    """Return what a group of commands is called: what they all begin with."""
    first = next(command for command in table if command.name.startswith(f"{group} "))
    return say.named("command", first.name).split()[0]
