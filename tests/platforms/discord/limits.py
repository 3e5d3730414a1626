"""What Discord refuses in a message or a command, as its documentation lists it."""

import re
from typing import Any

import discord

Json = dict[str, Any]

NAME = re.compile(r"[-_'\w]{1,32}")
LOCALES = {locale.value for locale in discord.Locale}

# All names and descriptions of a command with its parts, each in its longest
# language. Discord's documentation says 8,000; older copies of it half of that.
COMMAND = 4_000


def length(text: str | None) -> int:
    """Return a text's length as JavaScript counts it, the strictest way."""
    return len((text or "").encode("utf-16-le")) // 2


def wrong_with_message(sent: Json) -> list[str]:
    """Return everything that Discord would refuse in a message."""
    embeds = sent.get("embeds") or []
    wrong = [f"content of {length(sent.get('content'))}"] if length(sent.get("content")) > 2_000 else []
    if not (sent.get("content") or embeds or sent.get("components")):
        wrong.append("an empty message")
    if len(embeds) > 10:
        wrong.append("more than 10 embeds")
    if sum(_size(embed) for embed in embeds) > 6_000:
        wrong.append("embeds of more than 6,000 characters")
    if length(sent.get("nonce")) > 25:
        wrong.append("a nonce of more than 25 characters")
    files = sent.get("attachments") or []
    if len(files) > 10 or any(length(file.get("description")) > 1_024 for file in files):
        wrong.append("too many files, or one with too many words")
    shown = {embed["image"]["url"] for embed in embeds if "image" in embed}
    if not shown <= {f"attachment://{file['filename']}" for file in files}:
        wrong.append("a picture that was not sent along")
    for embed in embeds:
        wrong += _wrong_with_embed(embed)
    return wrong + _wrong_with_rows(sent.get("components") or [])


def _size(embed: Json) -> int:
    fields = embed.get("fields") or []
    return (
        length(embed.get("title"))
        + length(embed.get("description"))
        + length((embed.get("footer") or {}).get("text"))
        + length((embed.get("author") or {}).get("name"))
        + sum(length(field["name"]) + length(field["value"]) for field in fields)
    )


def _wrong_with_embed(embed: Json) -> list[str]:
    fields = embed.get("fields") or []
    checks = {
        "an empty embed": not (embed.get("title") or embed.get("description") or fields),
        "a title of more than 256": length(embed.get("title")) > 256,
        "a description of more than 4,096": length(embed.get("description")) > 4_096,
        "a footer of more than 2,048": length((embed.get("footer") or {}).get("text")) > 2_048,
        "more than 25 fields": len(fields) > 25,
        "a field's name": any(not 1 <= length(field["name"]) <= 256 for field in fields),
        "a field's value": any(not 1 <= length(field["value"].strip()) <= 1_024 for field in fields),
    }
    return [name for name, is_wrong in checks.items() if is_wrong]


def _wrong_with_rows(rows: list[Json]) -> list[str]:
    buttons = [button for row in rows for button in row["components"]]
    names = [button["custom_id"] for button in buttons]
    checks = {
        "more than 5 rows": len(rows) > 5,
        "a row without 1 to 5 buttons": any(not 1 <= len(row["components"]) <= 5 for row in rows),
        "a button's label": any(not 1 <= length(button["label"]) <= 80 for button in buttons),
        "a button's id": any(not 1 <= length(name) <= 100 for name in names) or len(set(names)) < len(names),
    }
    return [name for name, is_wrong in checks.items() if is_wrong]


def wrong_with_commands(commands: list[Json]) -> list[str]:
    """Return everything that Discord would refuse in a list of global commands."""
    wrong = ["more than 100 commands"] if len(commands) > 100 else []
    if len({command["name"] for command in commands}) < len(commands):
        wrong.append("two commands of one name")
    for locale in LOCALES:
        names = [command.get("name_localizations", {}).get(locale, command["name"]) for command in commands]
        if len(set(names)) < len(names):
            wrong.append(f"two commands of one name in {locale}")
    for command in commands:
        if _letters(command) > COMMAND:
            wrong.append(f"{command['name']}: {_letters(command)} letters")
        wrong += _wrong_with_option(command, parts=True)
    return wrong


def _letters(option: Json) -> int:
    told = sum(
        max(map(length, (option[name], *option.get(f"{name}_localizations", {}).values())))
        for name in ("name", "description")
    )
    return told + sum(_letters(part) for part in option.get("options") or [])


def _wrong_with_option(option: Json, *, parts: bool) -> list[str]:
    inner = option.get("options") or []
    required = [part.get("required", False) for part in inner]
    checks = {
        "a name": not NAME.fullmatch(option["name"]) or option["name"] != option["name"].lower(),
        "a description": not 1 <= length(option["description"]) <= 100,
        "a name of a locale": not all(
            NAME.fullmatch(name) and name == name.lower() for name in option.get("name_localizations", {}).values()
        ),
        "a description of a locale": not all(
            1 <= length(words) <= 100 for words in option.get("description_localizations", {}).values()
        ),
        "a locale": not {*option.get("name_localizations", {}), *option.get("description_localizations", {})}
        <= LOCALES,
        "more than 25 options": len(inner) > 25,
        "a required option behind one that is not": required != sorted(required, reverse=True),
        "subcommands beside options": len({part["type"] in {1, 2} for part in inner}) > 1,
        "options of options": bool(inner) and not parts,
    }
    wrong = [f"{option['name']}: {name}" for name, is_wrong in checks.items() if is_wrong]
    for part in inner:
        wrong += _wrong_with_option(part, parts=part["type"] in {1, 2})
    return wrong


def wrong_with_form(form: Json) -> list[str]:
    """Return everything that Discord would refuse in a form (a modal)."""
    labels = form.get("components") or []
    names = [label["component"]["custom_id"] for label in labels]
    checks = {
        "a form's title": not 1 <= length(form["title"]) <= 45,
        "a form's id": not 1 <= length(form["custom_id"]) <= 100,
        "a form without 1 to 5 fields": not 1 <= len(labels) <= 5,
        "two fields of one name": len(set(names)) < len(names),
    }
    wrong = [name for name, is_wrong in checks.items() if is_wrong]
    for label in labels:
        wrong += _wrong_with_field(label)
    return wrong


def _wrong_with_field(label: Json) -> list[str]:
    field = label["component"]
    choices = field.get("options") or []
    values = [choice["value"] for choice in choices]
    fits = all(1 <= length(choice["label"]) <= 100 and 1 <= length(choice["value"]) <= 100 for choice in choices)
    is_select = field["type"] == 3
    checks = {
        "a field that is no label's": label["type"] != 18 or field["type"] not in {3, 4},
        "a label": not 1 <= length(label["label"]) <= 45 or length(label.get("description")) > 100,
        "a field's id": not 1 <= length(field["custom_id"]) <= 100,
        "a select without 1 to 25 choices": is_select and not 1 <= len(choices) <= 25,
        "a choice": not fits or len(set(values)) < len(values),
        "more to choose than there is": is_select and field.get("max_values", 1) > len(choices),
        "an optional select that wants one": is_select and not field["required"] and field.get("min_values", 1) > 0,
        "a text of more than 4,000": not is_select and (field.get("max_length") or 4_000) > 4_000,
    }
    return [name for name, is_wrong in checks.items() if is_wrong]
