"""How a replayed week compares with its gold file: ``python -m benchmarks.bench_week [NAME]``.

A post is right if an unmatched gold change of the same story lists one of its
entries and the post's kind, or one of the change's other right kinds. Printed
are recall over the changes that every desk would want and over all, precision
of posts, posts per change, and each miss and false post by name.
"""

import argparse
import asyncio
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from benchmarks import final_state
from benchmarks.final_state import Row, compare
from bot import seeds
from bot.announce.names import Names
from bot.announce.summary import Summary, summarise
from bot.classify import Classifier
from bot.clock import machine_now
from bot.demo import recording
from bot.domain.actor import Gazetteer
from bot.domain.alert import Alert, Mode
from bot.domain.audience import Level
from bot.domain.story import Story, StoryState
from bot.feeds.article import make_article
from bot.ports import Store
from bot.services.ingest import Ingest
from bot.services.replay import read_entry, replay
from bot.services.seeding import Wanted, seed
from bot.store import open_store
from bot.track.fold import cities_of, fold

STORIES = Path(__file__).parent.parent / "tests" / "stories"


@dataclass(slots=True)
class Score:
    """What became of every post and every gold change."""

    right: list[tuple[Alert, str]] = field(default_factory=list)
    doubled: list[tuple[Alert, str]] = field(default_factory=list)
    wrong_kind: list[tuple[Alert, str]] = field(default_factory=list)
    false: list[tuple[Alert, str]] = field(default_factory=list)
    missed: list[Mapping[str, Any]] = field(default_factory=list)


def score(posts: Sequence[tuple[Alert, Story]], gold: Mapping[str, Any]) -> Score:
    """Return how posts compare with a gold file."""
    result = Score()
    found: set[str] = set()
    told: set[str] = set()
    traps = {trap["entry"] for trap in gold.get("trap", ())}
    for alert, story in posts:
        near = [change for change in gold["change"] if _same_story(story, change) and _shares(alert, change)]
        fits = [change for change in near if alert.kind in _kinds(change)]
        fresh = [change for change in fits if change["id"] not in told]
        if fresh:
            # One post answers for all that its entry changed; told again is only what it held itself.
            found |= {change["id"] for change in near}
            held = {alert.kind, *(change.kind for change in alert.changes)}
            told |= {change["id"] for change in near if held & _kinds(change)}
            result.right.append((alert, fresh[0]["id"]))
        elif fits:
            result.doubled.append((alert, fits[0]["id"]))
        elif near:
            result.wrong_kind.append((alert, f"{near[0]['id']} is {near[0]['kind']}"))
        else:
            is_trap = any(_name(ref.feed, ref.id) in traps for ref in alert.entries)
            result.false.append((alert, "a trap" if is_trap else "no change of this story"))
    result.missed = [change for change in gold["change"] if change["id"] not in found]
    return result


def report(result: Score, gold: Mapping[str, Any]) -> str:
    """Return the figures and every miss and false post."""
    posts = len(result.right) + len(result.doubled) + len(result.wrong_kind) + len(result.false)
    missed = {change["id"] for change in result.missed}
    must = [change for change in gold["change"] if change["must"]]
    lines = [
        f"must changes  {len(must)}, told {_share(sum(change['id'] not in missed for change in must), len(must))}",
        f"all changes   {len(gold['change'])}, told {_share(len(gold['change']) - len(missed), len(gold['change']))}",
        f"posts         {posts}, right {_share(len(result.right), posts)}",
        f"per told change {posts / max(1, len(gold['change']) - len(missed)):.2f} posts",
        f"              doubled {len(result.doubled)}, wrong kind {len(result.wrong_kind)}, false {len(result.false)}",
        "",
        *(
            f"missed  {'MUST' if change['must'] else '    '} {change['kind']:22} {change['says']}"
            for change in result.missed
        ),
        "",
    ]
    for title, group in (("false", result.false), ("doubled", result.doubled), ("kind", result.wrong_kind)):
        lines += [
            f"{title:8} {alert.at:%d %H:%M} {alert.story} {alert.kind}: {alert.headline} [{why}; {alert.entries[0].id}]"
            for alert, why in group
        ]
    return "\n".join(lines)


def _kinds(change: Mapping[str, Any]) -> set[str]:
    return {change["kind"], *change.get("also", ())}


def _same_story(story: Story, change: Mapping[str, Any]) -> bool:
    wanted = change["story"]
    return not story.defined if wanted.startswith("?") else story.slug == wanted


def _shares(alert: Alert, change: Mapping[str, Any]) -> bool:
    return any(_name(ref.feed, ref.id) in change["entries"] for ref in alert.entries)


def _name(feed: str, id_: str) -> str:
    return f"{feed}/{id_}"


def _share(part: int, whole: int) -> str:
    return f"{part} ({part / max(1, whole):.2f})"


@dataclass(frozen=True, slots=True)
class End:
    """Where a story stands at the week's end, and the entries that its log rests on."""

    story: Story
    summary: Summary
    state: StoryState
    entries: frozenset[str]


@dataclass(frozen=True, slots=True)
class Week:
    """What a recording makes: its posts, and where each story stands at its end."""

    posts: list[tuple[Alert, Story]]
    stories: Mapping[str, End]


async def play(lines: Iterable[str], level: Level) -> Week:
    """Return what a recording makes at a level."""
    gazetteer = seeds.gazetteer(seeds.packaged())
    store = open_store("sqlite://")
    await store.open()
    try:
        ingest = Ingest(store, Classifier(gazetteer), make_article, gazetteer)
        await seed(store, Wanted(stories=seeds.stories(seeds.packaged() / "stories")), machine_now())
        entries = [read_entry(number, line) for number, line in enumerate(lines, 1)]
        said = [pair async for pair in replay(entries, store, ingest, level)]
        stories = await _ends(store, gazetteer, entries[-1].fetched)
    finally:
        await store.close()
    return Week(posts=[(alert, story) for alert, story in said if alert.mode is Mode.POST], stories=stories)


async def _ends(store: Store, gazetteer: Gazetteer, now: datetime) -> dict[str, End]:
    """Return where each story stands, by slug."""
    names, cities = Names(gazetteer), cities_of(gazetteer)
    ends = {}
    async with store.read() as session:
        for story in await session.stories.all():
            log = await session.stories.log(story.id)
            state = fold(log, cities=cities)
            refs = {entry.report.source.ref for entry in log if entry.report is not None}
            ends[story.slug] = End(
                story=story,
                summary=summarise(story, state, log, {}, (), now, names),
                state=state,
                entries=frozenset(_name(ref.feed, ref.id) for ref in refs),
            )
    return ends


def finals(week: Week, gold: Mapping[str, Any]) -> dict[str, list[Row]]:
    """Return the comparison of each story whose end the gold file tells; ``?`` marks one that nobody defined."""
    rows = {}
    for slug, right in gold.get("final", {}).items():
        end = _discovered(week, gold, slug) if slug.startswith("?") else week.stories.get(slug)
        rows[slug] = compare(right, end.summary if end else None, end.state.slots if end else {})
    return rows


def _discovered(week: Week, gold: Mapping[str, Any], slug: str) -> End | None:
    """Return the discovered story that shares most entries with the changes of a story that nobody defined."""
    wanted = {entry for change in gold["change"] if change["story"] == slug for entry in change["entries"]}
    found = [end for end in week.stories.values() if not end.story.defined and end.entries & wanted]
    return max(found, key=lambda end: (len(end.entries & wanted), end.story.slug), default=None)


def main() -> None:
    """Replay a week and print how it compares."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("name", nargs="?", default="demo-week")
    asked.add_argument("--level", type=Level, default=Level.EVERYTHING)
    given = asked.parse_args()
    gold = tomllib.loads((STORIES / f"{given.name}.gold.toml").read_text(encoding="utf-8"))
    own = STORIES / f"{given.name}.jsonl"
    lines = own.read_text(encoding="utf-8").splitlines() if own.exists() else recording()
    week = asyncio.run(play(lines, given.level))
    print(report(score(week.posts, gold), gold))
    print("\n".join(["", *final_state.lines(finals(week, gold))]))


if __name__ == "__main__":
    main()
