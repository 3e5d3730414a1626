"""Mistakes that a type shows, in words that are not a program's."""

import os
from collections.abc import Callable, Mapping, Sequence
from difflib import get_close_matches
from typing import Any

Place = Sequence[int | str]

#: A validation error's type → what to write instead; the rest is told as it is.
WORDS: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    "missing": lambda facts: "is missing",
    "string_type": lambda facts: "must be a text in quotation marks",
    "bool_type": lambda facts: "must be true or false",
    "bool_parsing": lambda facts: "must be true or false",
    "int_type": lambda facts: "must be a whole number",
    "int_parsing": lambda facts: "must be a whole number",
    "int_from_float": lambda facts: "must be a whole number",
    "greater_than_equal": lambda facts: f"must be {facts['ge']} or more",
    "less_than_equal": lambda facts: f"must be {facts['le']} or less",
    "enum": lambda facts: f"must be {facts['expected']}",
    "literal_error": lambda facts: f"must be {facts['expected']}",
    "model_type": lambda facts: "must be a table",
    "tuple_type": lambda facts: "must be a list",
    "path_type": lambda facts: "must be the name of a folder",
}


def of_type(error: Mapping[str, Any], source: str, root: Any) -> str:
    """Return a mistake as a line: where it stands, what is wrong, and what would be right.

    Args:
        error: As pydantic tells it.
        source: The file's name, for what the environment does not say.
        root: The model of all settings, whose names are offered for wrong ones.
    """
    place = error["loc"]
    what = str(error["msg"]).removeprefix("Value error, ")
    if error["type"] in WORDS:
        what = WORDS[error["type"]](error.get("ctx", {}))
    elif error["type"] == "extra_forbidden":
        near = get_close_matches(str(place[-1]), _siblings(place, root), n=1)
        what = f"there is no such setting. {f'Did you mean `{near[0]}`?' if near else 'Remove it.'}"
    return f"{_where(place, source)}: {what}"


def name_of(place: Place) -> str:
    """Return a place as it is counted by people, e.g. ``feeds.add[1].url``."""
    name = "".join(f"[{step + 1}]" if isinstance(step, int) else f".{step}" for step in place)
    return name.removeprefix(".")


def _where(place: Place, source: str) -> str:
    """Return the variable that says it, else the file and the setting."""
    variable = "DRAGOMAN_" + "__".join(str(step) for step in place).upper()
    for name in (variable, f"{variable}_FILE"):
        if name in os.environ:
            return name
    return f"{source}: {name_of(place)}" if place else source


def _siblings(place: Place, root: Any) -> list[str]:
    """Return the names that are allowed where the last step of a place stands."""
    model = root
    for step in place[:-1]:
        if isinstance(step, str) and step in model.model_fields:
            inner = model.model_fields[step].annotation
            parts = (inner, *getattr(inner, "__args__", ()))
            model = next((part for part in parts if hasattr(part, "model_fields")), model)
    return list(model.model_fields)
