"""Gathers what the program says into its catalogues, and compiles them: ``python -m tests.locales.gather``.

What is said stands in the code (`bot.locales` tells how) and in its tables:
names of commands and options, levels, kinds, families. A message that is new
has no translation yet, and one that is gone leaves its catalogue.
"""

from datetime import UTC, datetime
from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from bot.commands import TABLE
from bot.domain.audience import Level
from bot.kinds import CATALOGUE
from bot.locales import LANGUAGES
from bot.locales.languages import WRITTEN
from bot.locales.voice import DOMAIN
from bot.platforms.marks import MARKS

ROOT = Path(__file__).parent.parent.parent
LOCALES = ROOT / "bot" / "locales"

#: Our ways to say something, and where the message stands among the arguments.
KEYWORDS = {
    "_": None,
    "say": None,
    "many": (1, 2),
    "named": ((1, "c"), 2),
    "CommandError": None,
    "BotError": None,
    "__init__": None,
    "QueryError": (3,),
    "FeedListError": (2,),
    "UnreachableFeedError": (2,),
    "UnreadableFeedError": (2,),
    "ForbiddenAddressError": (2,),
}
# Dates that say nothing, as git knows better; they would change where no word does.
NEVER = datetime(2026, 11, 23, tzinfo=UTC)
METHODS = [("**.py", "python"), ("**/templates/**.html", "jinja2")]


def template() -> Catalog:
    """Return every message that the program can say."""
    catalog = Catalog(domain=DOMAIN)
    for file, line, message, comments, context in extract_from_dir(
        ROOT / "bot", METHODS, keywords=KEYWORDS, comment_tags=("Translators:",)
    ):
        if not "".join(message).strip():
            continue  # what joins messages is none
        catalog.add(message, locations=[(f"bot/{file}", line)], auto_comments=comments, context=context)
    for context, words in tables().items():
        for word in words:
            catalog.add(word, context=context)
    return catalog


def tables() -> dict[str, list[str]]:
    """Return the words that stand in tables, by what they are."""
    return {
        "command": [command.name for command in TABLE],
        "option": sorted({option.name for command in TABLE for option in command.options}),
        "level": [level.value for level in Level],
        "kind": [kind.title for kind in CATALOGUE.values()],
        "family": sorted(mark.word for mark in MARKS.values()),
    }


def source(language: str) -> Path:
    """Return where a language's catalogue stands."""
    return LOCALES / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def read(language: str) -> Catalog:
    """Return a language's catalogue; a new one for a new language."""
    path = source(language)
    if not path.exists():
        return _empty(language)
    with path.open("rb") as file:
        return read_po(file, locale=language, domain=DOMAIN)


def updated(language: str) -> Catalog:
    """Return a language's catalogue with exactly the messages that are said, those translated that were."""
    known, fresh = read(language), _empty(language)
    for message in template():
        if message.id:
            told = known.get(message.id[0] if message.pluralizable else message.id, message.context)
            kept = told.string if told is not None and told.pluralizable == message.pluralizable else None
            fresh.add(message.id, kept, auto_comments=message.auto_comments, context=message.context)
    return fresh


def missing(catalog: Catalog) -> list[str]:
    """Return what a catalogue does not translate, or not in every plural form."""
    return [str(message.id) for message in catalog if message.id and not all(_forms(message.string))]


def _forms(string: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    return tuple(string) if isinstance(string, tuple | list) else (string or "",)


def _empty(language: str) -> Catalog:
    return Catalog(
        locale=language,
        domain=DOMAIN,
        project="Dragoman",
        version="0",
        msgid_bugs_address="",
        last_translator="",
        language_team=language,
        creation_date=NEVER,
        revision_date=NEVER,
        fuzzy=False,
        header_comment=f"# Dragoman in {LANGUAGES[language]}; the keys are its English sentences.",
    )


def main() -> None:
    """Write every catalogue anew, and tell what is missing."""
    for language in LANGUAGES:
        if language == WRITTEN:
            continue
        catalog, path = updated(language), source(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            write_po(file, catalog, width=120, no_location=True, sort_output=True)
        with path.with_suffix(".mo").open("wb") as file:
            write_mo(file, catalog)
        print(f"{language}: {len(catalog)} messages, {len(missing(catalog))} without translation")  # noqa: T201


if __name__ == "__main__":
    main()
