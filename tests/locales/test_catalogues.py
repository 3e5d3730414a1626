import gettext
import re
import string
from collections.abc import Iterable

import pytest
from babel import Locale
from babel.messages import Catalog

from bot.locales import LANGUAGES
from bot.locales.languages import WRITTEN
from tests.locales.gather import ROOT, missing, read, source, template

FOREIGN = sorted(set(LANGUAGES) - {WRITTEN})

Keys = set[tuple[str | None, str]]


def keys(catalog: Catalog) -> Keys:
    return {(message.context, forms(message.id)[0]) for message in catalog if message.id}


def forms(text: str | Iterable[str] | None) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text or ())


def facts(text: str) -> set[str]:
    """Return what a message's facts are called, with how they are written."""
    return {f"{name}:{form}" for _, name, form, _ in string.Formatter().parse(text) if name is not None}


def typed(text: str) -> list[str]:
    """Return what a message lets people type, which is the same in every language."""
    return sorted(re.findall(r"(?<![\w:/<.])/[a-z{][^\s`.,;:()?؟؛]*", text))


@pytest.mark.parametrize("language", FOREIGN)
def test_a_catalogue_holds_exactly_what_is_said_and_translates_all_of_it(language: str) -> None:
    """``make messages`` brings a catalogue up to date."""
    catalog = read(language)
    assert keys(catalog) == keys(template())
    assert missing(catalog) == []


@pytest.mark.parametrize("language", FOREIGN)
def test_a_translation_names_the_same_facts_and_commands_as_its_message(language: str) -> None:
    for message in read(language):
        if not message.id:
            continue
        wanted = facts(forms(message.id)[-1])
        for told in forms(message.string):
            # One thing, or two, may be said without their number.
            counted = {"number:,", "number:", "figure:"} if message.pluralizable else set()
            assert wanted - counted <= facts(told) <= wanted, told
            assert typed(told) == typed(forms(message.id)[0]), told


@pytest.mark.parametrize("language", FOREIGN)
def test_every_number_finds_the_plural_form_that_its_language_wants(language: str) -> None:
    """Ours come from Babel's tables for gettext; those of CLDR must part the same numbers alike."""
    catalog, rule = read(language), Locale.parse(language).plural_form
    with source(language).with_suffix(".mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    for message in catalog:
        if message.pluralizable:
            one, several = forms(message.id)
            assert len(forms(message.string)) == catalog.num_plurals
            told = {number: compiled.ngettext(one, several, number) for number in range(1, 125)}
            for number, words in told.items():
                same = next(other for other in told if rule(other) == rule(number))
                assert words == told[same], (number, words, told[same])


@pytest.mark.parametrize("language", FOREIGN)
def test_what_is_compiled_is_what_is_written(language: str) -> None:
    with source(language).with_suffix(".mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    for message in read(language):
        if not message.id:
            continue
        if message.pluralizable:
            one, several = forms(message.id)
            assert compiled.ngettext(one, several, 1) in forms(message.string)
        elif message.context:
            assert compiled.pgettext(message.context, str(message.id)) == message.string
        else:
            assert compiled.gettext(str(message.id)) == message.string


@pytest.mark.parametrize("language", FOREIGN)
def test_a_name_is_one_word_in_small_letters_and_nobody_else_s(language: str) -> None:
    """As Discord wants names of commands and options."""
    names: dict[str, list[str]] = {"command": [], "option": []}
    groups: dict[str, str] = {}
    for message in read(language):
        if message.context in names:
            told = str(message.string).split()
            english = str(message.id).split()
            assert len(told) == len(english), message.id
            assert all(word == word.lower() and word.replace("-", "").isalnum() and len(word) <= 32 for word in told)
            names[message.context].append(" ".join(told))
            if len(english) > 1:
                assert groups.setdefault(english[0], told[0]) == told[0], message.id
    for told_names in names.values():
        assert len(told_names) == len(set(told_names))
    alone = {name for name in names["command"] if " " not in name}
    assert not alone & set(groups.values())
    assert len(set(groups.values())) == len(groups)


def test_no_sentence_has_its_facts_in_it_before_it_is_said() -> None:
    """Such a one is in no catalogue; at the command line alone nobody is told another language than English."""
    said = re.compile(r"\b(?:say|say\.many|say\.named|CommandError|BotError|_)\(\s*(?:\w+, )*f[\"']")
    # Nor is what is said inside of a string: tools that gather messages do not look there.
    inside = re.compile(r"f\"[^\"\n]*\{[^\"\n]*\bsay(?:\.many)?\('")
    rooms = [path for path in (ROOT / "bot").rglob("*.py") if path.parent.name != "cli"]
    texts = {str(path): path.read_text(encoding="utf-8") for path in rooms}
    assert [path for path, text in texts.items() if said.search(text) or inside.search(text)] == []
