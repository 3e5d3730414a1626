"""The nouns as JSON and back, led by their fields and type hints.

A field that holds its default is left out, so documents stay short and a
field added later reads as its default in what was written before. Moments
are written in UTC.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import UTC, date, datetime
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")

#: ``None`` stands for "as JSON has it".
Decoder = Callable[[Any], Any] | None


def encode(noun: Any) -> str:
    """Return a dataclass, or a collection of them, as a line of ASCII JSON."""
    return _JSON.encode(noun)


def decode(shape: type[T], document: str) -> T:
    """Return what `encode` wrote as the dataclass that it was.

    Raises:
        ValueError: If the document is no JSON or not of this shape.
    """
    anything: Any = shape
    read = _decoder(anything)
    found = json.loads(document)
    try:
        noun: T = found if read is None else read(found)
    except (TypeError, KeyError, AttributeError) as wrong:
        raise ValueError(f"this is no {shape.__name__}: {document[:80]}") from wrong
    return noun


# ---------------------------------------------------------------- writing


def _plain(noun: Any) -> Any:
    """Return what JSON knows for something that it does not; one level deep."""
    if is_dataclass(noun):
        shape: Any = type(noun)
        return {
            name: value
            for name, default, factory in _written(shape)
            if not _is_default(value := getattr(noun, name), default, factory)
        }
    if isinstance(noun, datetime):
        return _moment(noun)
    if isinstance(noun, date):
        return noun.isoformat()
    if isinstance(noun, frozenset):
        return sorted(noun)
    if isinstance(noun, Mapping):
        return dict(noun)
    if isinstance(noun, Enum):
        return noun.value
    raise TypeError(f"{type(noun).__name__} has no place in a document")


def _is_default(value: Any, default: Any, factory: Any) -> bool:
    if factory is not MISSING:
        return bool(value == factory())
    # The type is compared as well, since True == 1 == 1.0.
    return value is default or (value == default and type(value) is type(default))


def _moment(moment: datetime) -> str:
    if moment.tzinfo is None:
        raise ValueError(f"{moment.isoformat()} names no zone")
    return (moment if moment.tzinfo is UTC else moment.astimezone(UTC)).isoformat()


@cache
def _written(shape: type) -> tuple[tuple[str, Any, Any], ...]:
    return tuple((field.name, field.default, field.default_factory) for field in fields(shape))


_JSON = json.JSONEncoder(default=_plain, separators=(",", ":"), check_circular=False)


# ---------------------------------------------------------------- reading


@cache
def _decoder(shape: Any) -> Decoder:
    """Return how to read a shape from JSON, made once for each shape."""
    origin, arguments = get_origin(shape), get_args(shape)
    if origin in (Union, UnionType):
        return _union(arguments)
    if origin in (tuple, frozenset):
        return _several(origin, arguments[0])
    if origin is not None and isinstance(origin, type) and issubclass(origin, Mapping):
        return _mapping(arguments[1])
    if isinstance(shape, type):
        return _single(shape)
    raise TypeError(f"{shape} has no place in a document")


def _single(shape: type) -> Decoder:
    if is_dataclass(shape):
        return _noun(shape)
    if issubclass(shape, datetime):
        return datetime.fromisoformat
    if issubclass(shape, date):
        return date.fromisoformat
    if issubclass(shape, Enum):
        return shape
    if shape in (str, int, float, bool, NoneType):
        return None
    raise TypeError(f"{shape.__name__} has no place in a document")


def _noun(shape: type) -> Decoder:
    hints = get_type_hints(shape)
    # Made at the first use: a shape may hold itself.
    readers: dict[str, Decoder] = {}

    def read(document: Mapping[str, Any]) -> Any:
        if not readers:
            readers.update({field.name: _decoder(hints[field.name]) for field in fields(shape)})
        return shape(
            **{
                name: value if (reader := readers[name]) is None else reader(value)
                for name, value in document.items()
                if name in readers
            }
        )

    return read


def _several(container: Callable[[Iterable[Any]], Any], member: Any) -> Decoder:
    read = _decoder(member)
    if read is None:
        return container
    return lambda values: container(map(read, values))


def _mapping(member: Any) -> Decoder:
    read = _decoder(member)
    if read is None:
        return None
    return lambda values: {name: read(value) for name, value in values.items()}


def _union(members: tuple[Any, ...]) -> Decoder:
    """Read a choice by what JSON makes of each: a text, a list, an object."""
    by_form: dict[str, Decoder] = {}
    for member in members:
        form, read = _form(member), _decoder(member)
        if form in by_form and not (read is None and by_form[form] is None):
            raise TypeError(f"{members} cannot be told apart in a document")
        by_form[form] = read
    if all(read is None for read in by_form.values()):
        return None

    def choose(value: Any) -> Any:
        read = by_form[_FORMS.get(type(value), "plain")]
        return value if read is None else read(value)

    return choose


Form = Literal["plain", "text", "list", "object", "nothing"]
_FORMS: Mapping[type, Form] = {str: "text", list: "list", dict: "object", NoneType: "nothing"}


def _form(shape: Any) -> Form:
    kind = get_origin(shape) or shape
    if kind is NoneType:
        return "nothing"
    if issubclass(kind, (str, date, Enum)):
        return "text"
    if issubclass(kind, (tuple, frozenset)):
        return "list"
    if is_dataclass(kind) or issubclass(kind, Mapping):
        return "object"
    return "plain"
