"""The seeds that people edit: actors, places, stories and starter feeds, read from TOML.

They travel inside the package; a user's own folder, laid out the same way,
adds to them, and a row with a known id or slug replaces ours.
"""

import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from bot.domain.actor import ActorType, Gazetteer, KnownActor, KnownPerson, Office, Place, Rank, Title
from bot.domain.feed import Feed
from bot.domain.story import Story
from bot.errors import SeedError

Row = Mapping[str, Any]


def packaged() -> Traversable:
    """Return the folder of the seeds that travel with the program."""
    inside = resources.files("bot") / "seeds_data"
    return inside if inside.is_dir() else Path(__file__).parent.parent / "seeds"


def gazetteer(*folders: Traversable) -> Gazetteer:
    """Return all actors, persons, titles and places of the folders, later folders winning.

    Raises:
        SeedError: If a file is no TOML or a row lacks what it needs.
    """
    actors: dict[str, KnownActor] = {}
    persons: dict[str, KnownPerson] = {}
    titles: dict[str, Title] = {}
    places: dict[str, Place] = {}
    for folder in folders:
        for where, table in _tables(folder / "actors"):
            actors |= {row["id"]: _actor(where, row) for row in table.get("actor", ())}
            persons |= {row["id"]: _person(where, row) for row in table.get("person", ())}
            titles |= {row["name"]: _title(where, row) for row in table.get("title", ())}
        for where, table in _tables(folder, only="places.toml"):
            places |= {row["name"]: _place(where, row) for row in table.get("place", ())}
    return Gazetteer(
        actors=tuple(actors.values()),
        persons=tuple(persons.values()),
        titles=tuple(titles.values()),
        places=tuple(places.values()),
    )


def stories(folder: Traversable) -> tuple[Story, ...]:
    """Return the defined stories of a folder such as ``seeds/stories``."""
    return tuple(_story(where, table) for where, table in _tables(folder))


def feeds(folder: Traversable) -> tuple[Feed, ...]:
    """Return the starter feeds of ``feeds.toml`` in a seeds folder."""
    return tuple(
        _feed(where, row) for where, table in _tables(folder, only="feeds.toml") for row in table.get("feed", ())
    )


def _tables(folder: Traversable, only: str | None = None) -> Iterator[tuple[str, Row]]:
    if not folder.is_dir():
        return
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        if not file.name.endswith(".toml") or (only is not None and file.name != only):
            continue
        try:
            yield file.name, tomllib.loads(file.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as broken:
            raise SeedError(file.name, f"not valid TOML: {broken}") from broken


def _actor(where: str, row: Row) -> KnownActor:
    return KnownActor(
        id=_need(where, row, "id"),
        name=_need(where, row, "name"),
        type=ActorType(_need(where, row, "type")),
        aliases=_words(row, "aliases"),
        adjectives=_words(row, "adjectives"),
        metonyms=_words(row, "metonyms"),
        ambiguous=_words(row, "ambiguous"),
        home=row.get("in"),
    )


def _person(where: str, row: Row) -> KnownPerson:
    name = _need(where, row, "name")
    return KnownPerson(
        id=_need(where, row, "id"),
        name=name,
        surname=row.get("surname") or name.split()[-1],
        aliases=_words(row, "aliases"),
        party=row.get("for"),
        offices=tuple(
            Office(title=_need(where, office, "title"), since=_day(office.get("from")), until=_day(office.get("to")))
            for office in row.get("offices", ())
        ),
        common=bool(row.get("common", False)),
    )


def _title(where: str, row: Row) -> Title:
    return Title(name=_need(where, row, "name"), rank=Rank(_need(where, row, "rank")), aliases=_words(row, "aliases"))


def _place(where: str, row: Row) -> Place:
    return Place(
        name=_need(where, row, "name"),
        kind=row.get("kind", "city"),
        aliases=_words(row, "aliases"),
        country=row.get("country"),
        city=row.get("in"),
    )


def _story(where: str, row: Row) -> Story:
    slug = row.get("slug") or where.removesuffix(".toml")
    return Story(
        id=slug,
        slug=slug,
        title=_need(where, row, "title"),
        about=row.get("about", ""),
        defined=True,
        aliases=_words(row, "aliases"),
        parties=_words(row, "parties"),
        mediators=_words(row, "mediators"),
        hosts=_words(row, "hosts"),
        places=_words(row, "places"),
        persons=_words(row, "persons"),
        terms=_words(row, "terms"),
        excludes=_words(row, "excludes"),
        since=_day(row.get("since")),
    )


def _feed(where: str, row: Row) -> Feed:
    return Feed(
        id=_need(where, row, "id"),
        url=_need(where, row, "url"),
        outlet=_need(where, row, "outlet"),
        language=row.get("language"),
        country=row.get("country"),
        kind=row.get("kind", "outlet"),
        full_text=row.get("full_text"),
    )


def _need(where: str, row: Row, key: str) -> str:
    value = row.get(key)
    if not isinstance(value, str) or not value:
        label = row.get("id") or row.get("name") or row.get("slug") or "a row"
        raise SeedError(where, f"{label}: `{key}` is missing or is no text")
    return value


def _words(row: Row, key: str) -> tuple[str, ...]:
    return tuple(row.get(key, ()))


def _day(value: object) -> date | None:
    return value if isinstance(value, date) else None
