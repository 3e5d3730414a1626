import re
import tomllib
from pathlib import Path

import pytest

from bot import seeds
from bot.errors import SeedError


def test_our_seeds_name_only_actors_and_persons_that_they_define() -> None:
    gazetteer = seeds.gazetteer(seeds.packaged())
    actors = {actor.id for actor in gazetteer.actors}
    persons = {person.id for person in gazetteer.persons}
    assert {person.party for person in gazetteer.persons if person.party} <= actors
    assert {place.country for place in gazetteer.places if place.country} <= actors
    for story in seeds.stories(seeds.packaged() / "stories"):
        assert {*story.parties, *story.mediators, *story.hosts} <= actors, story.slug
        assert set(story.persons) <= persons, story.slug


def test_at_least_twelve_stories_are_defined_and_their_slugs_are_unique() -> None:
    stories = seeds.stories(seeds.packaged() / "stories")
    names = [name for story in stories for name in (story.slug, *story.aliases)]
    assert len(stories) >= 12
    assert len(names) == len(set(names))


def test_a_folder_of_the_operator_adds_and_replaces(tmp_path: Path) -> None:
    (tmp_path / "actors").mkdir()
    (tmp_path / "actors" / "own.toml").write_text(
        '[[actor]]\nid = "vst"\nname = "Vestria"\ntype = "state"\n[[actor]]\nid = "tur"\nname = "Türkiye"\ntype = "state"\n'
    )
    names = {actor.id: actor.name for actor in seeds.gazetteer(seeds.packaged(), tmp_path).actors}
    assert names["vst"] == "Vestria"
    assert names["tur"] == "Türkiye"


def test_a_broken_seed_file_is_named_with_the_place(tmp_path: Path) -> None:
    (tmp_path / "bad.toml").write_text("title = [")
    with pytest.raises(SeedError, match=r"bad\.toml: not valid TOML"):
        seeds.stories(tmp_path)


def test_a_row_without_what_it_needs_is_named(tmp_path: Path) -> None:
    (tmp_path / "vestria.toml").write_text('slug = "vestria"\n')
    with pytest.raises(SeedError, match=r"vestria: `title` is missing"):
        seeds.stories(tmp_path)


def test_the_starter_feeds_are_told_apart_and_each_address_was_seen_twice() -> None:
    rows = tomllib.loads((seeds.packaged() / "feeds.toml").read_text(encoding="utf-8"))["feed"]
    addresses = {row["url"].rstrip("/").casefold() for row in rows}
    assert len({row["id"] for row in rows}) == len(addresses) == len(rows)
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", row["id"]) for row in rows)
    for row in rows:
        assert len(set(row["seen"])) >= 2, row["id"]


def test_the_starter_feeds_are_read_over_tls_but_for_one_that_has_none() -> None:
    starters = seeds.feeds(seeds.packaged())
    assert [feed.id for feed in starters if not feed.url.startswith("https://")] == ["kremlin"]


def test_the_starter_feeds_name_known_actors_kinds_and_languages() -> None:
    actors = {actor.id for actor in seeds.gazetteer(seeds.packaged()).actors}
    for feed in seeds.feeds(seeds.packaged()):
        assert feed.country is None or feed.country in actors, feed.id
        assert feed.kind in {"outlet", "agency", "ministry", "body", "mediator"}, feed.id
        assert re.fullmatch(r"[a-z]{2}", feed.language or ""), feed.id


def test_a_surname_is_known_as_aliases_spell_it() -> None:
    umerov = next(person for person in seeds.gazetteer(seeds.packaged()).persons if person.id == "rustem-umerov")

    assert umerov.surnames == ("Umerov", "Umierov")
