"""Mistakes that no type shows: names of nothing, and things named twice.

The tables are read as they were written, whatever is wrong with their types,
so that all mistakes can be told at once.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from bot import seeds
from bot.commands.desk import nearest
from bot.commands.subscribe import ALL, read_kinds
from bot.domain.story import Story
from bot.errors import CommandError, Either, QueryError, SeedError
from bot.mistakes.types import Place, name_of
from bot.watch.query import parse

PLATFORMS = ("slack", "discord", "console", "web")

Mistake = tuple[Place, str]


def without_sense(tables: Mapping[str, Any]) -> Iterator[str]:
    """Yield each mistake with its place.

    Args:
        tables: Every setting by name, tables within tables.
    """
    for find in (_folder, _feeds, _subscriptions, _watches):
        for place, what in find(tables):
            yield f"{name_of(place)}: {what}"


def _folder(tables: Mapping[str, Any]) -> Iterator[Mistake]:
    folder = tables.get("seeds")
    if isinstance(folder, str | Path) and not Path(folder).is_dir():
        yield ("seeds",), f"there is no folder {folder}"


def _feeds(tables: Mapping[str, Any]) -> Iterator[Mistake]:
    part = tables.get("feeds")
    taken: set[str] = set()
    for number, row in _rows(part if isinstance(part, Mapping) else {}, "add"):
        place = ("feeds", "add", number)
        url, name = row.get("url"), row.get("id")
        if isinstance(url, str) and not url.startswith(("http://", "https://")):
            yield (*place, "url"), f"`{url}` starts with neither http:// nor https://"
        if isinstance(name, str):
            if name in taken:
                yield (*place, "id"), f"`{name}` is another feed's; give each its own"
            taken.add(name)


def _subscriptions(tables: Mapping[str, Any]) -> Iterator[Mistake]:
    known: tuple[Story, ...] | None = None
    for number, row in _rows(tables, "subscriptions"):
        place = ("subscriptions", number)
        yield from _channel(place, row)
        story, kinds = row.get("story"), row.get("kinds")
        if isinstance(story, str) and story != ALL:
            known = _stories(tables) if known is None else known
            if all(story not in {each.slug, each.id, *each.aliases} for each in known):
                near = nearest(story, known)
                hint = f"Did you mean {Either(near)}?" if near else "`dragoman stories` lists them."
                yield (*place, "story"), f"there is no story `{story}`. {hint}"
        if isinstance(kinds, Sequence) and not isinstance(kinds, str):
            for kind in kinds:
                try:
                    read_kinds(str(kind))
                except CommandError as unknown:
                    yield (*place, "kinds"), str(unknown)


def _watches(tables: Mapping[str, Any]) -> Iterator[Mistake]:
    taken: set[tuple[object, object]] = set()
    for number, row in _rows(tables, "watches"):
        place = ("watches", number)
        yield from _channel(place, row)
        query, name = row.get("query"), row.get("name")
        if isinstance(query, str):
            try:
                parse(query)
            except QueryError as broken:
                yield (*place, "query"), str(broken)
        if isinstance(name, str):
            if (row.get("channel"), name) in taken:
                yield (*place, "name"), f"`{name}` is another watch's of this channel; give each its own"
            taken.add((row.get("channel"), name))


def _channel(place: Place, row: Mapping[str, Any]) -> Iterator[Mistake]:
    channel = row.get("channel")
    if not isinstance(channel, str):
        return
    parts = channel.split(":")
    if len(parts) != 3 or not all(parts) or parts[0] not in PLATFORMS:  # noqa: PLR2004 - as the sentence says
        yield (
            (*place, "channel"),
            f"write `{channel}` as <platform>:<workspace>:<channel>, e.g. slack:T0123:C0456",
        )


def _rows(table: Mapping[str, Any], name: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
    rows = table.get(name)
    for number, row in enumerate(rows if isinstance(rows, list | tuple) else ()):
        if isinstance(row, Mapping):
            yield number, row


def _stories(tables: Mapping[str, Any]) -> tuple[Story, ...]:
    own = tables.get("seeds")
    folders = [seeds.packaged(), *([Path(own)] if isinstance(own, str | Path) else [])]
    try:
        return tuple(story for folder in folders for story in seeds.stories(folder / "stories"))
    except SeedError:
        return ()  # the seeds tell their own mistake
