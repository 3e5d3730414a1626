"""The demo week as it stands in seeds/demo: outlets and what they publish when."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from importlib.resources.abc import Traversable
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """An entry as it reads from a moment on, until a later version."""

    id: str
    url: str
    #: When it appears in the feed.
    at: datetime
    published: datetime
    title: str
    summary: str | None = None
    content: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """An invented outlet with all that it publishes in the week, in order of time."""

    id: str
    name: str
    #: ``rss``, ``atom`` or ``json``.
    format: str
    language: str
    home: str
    versions: tuple[Version, ...]

    def entries(self, now: datetime) -> list[Version]:
        """Return the entries out by now as they read now, newest first."""
        current: dict[str, Version] = {}
        for version in self.versions:
            if version.at <= now:
                current[version.id] = version
        return sorted(current.values(), key=lambda version: version.published, reverse=True)


def read_week(folder: Traversable) -> tuple[Outlet, ...]:
    """Return the outlets of a folder, one for each TOML file."""
    files = sorted((file for file in folder.iterdir() if file.name.endswith(".toml")), key=lambda file: file.name)
    return tuple(
        _outlet(file.name.removesuffix(".toml"), tomllib.loads(file.read_text(encoding="utf-8"))) for file in files
    )


def _outlet(id_: str, table: Mapping[str, Any]) -> Outlet:
    about = table["outlet"]
    versions = [version for row in table["entry"] for version in _versions(row, about["home"])]
    return Outlet(
        id=id_,
        name=about["name"],
        format=about["format"],
        language=about["language"],
        home=about["home"],
        versions=tuple(sorted(versions, key=lambda version: version.at)),
    )


def _versions(row: Mapping[str, Any], home: str) -> Iterator[Version]:
    version = Version(
        id=row["id"],
        url=row.get("url") or _address(row["id"], home),
        at=row["at"],
        published=row.get("published", row["at"]),
        title=row["title"],
        summary=row.get("summary"),
        content=row.get("content"),
    )
    yield version
    for edit in row.get("edit", ()):
        version = replace(version, **edit)
        yield version


def _address(id_: str, home: str) -> str:
    """Return where an entry is read; some outlets' ids are addresses already, some tag: URIs that end in a name."""
    if id_.startswith("http"):
        return id_
    return f"{home.rstrip('/')}/{id_.rpartition(':')[2].lstrip('/') if id_.startswith('tag:') else id_.lstrip('/')}"
