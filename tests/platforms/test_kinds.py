"""Every kind has its golden message on Slack and on Discord, within every limit."""

import json
from itertools import chain

import pytest

from bot.kinds import CATALOGUE
from tests.platforms.discord.limits import wrong_with_message
from tests.platforms.kinds import DOCS, cards, golden, on_discord, on_slack, pictures
from tests.platforms.slack.limits import broken_limit

CARDS = cards()


def test_every_kind_of_the_catalogue_has_a_card() -> None:
    assert set(CARDS) == set(CATALOGUE)


@pytest.mark.parametrize("kind", CARDS)
def test_a_kind_looks_as_its_golden_messages(kind: str) -> None:
    on = {"discord": on_discord(CARDS[kind]), "slack": on_slack(CARDS[kind])}

    for platform, message in on.items():
        assert message == json.loads(golden(platform, kind).read_text(encoding="utf-8"))
    assert not wrong_with_message(on["discord"])
    assert broken_limit(on["slack"]["blocks"]) is None


def test_the_pictures_of_the_readme_are_drawn_from_golden_messages() -> None:
    for name, picture in pictures().items():
        assert (DOCS / name).read_text(encoding="utf-8") == picture, "run python -m tests.platforms.kinds"
        assert name in (DOCS.parent / "README.md").read_text(encoding="utf-8")


def test_no_golden_message_stands_for_a_kind_that_is_no_more() -> None:
    files = chain(*(golden(platform, "x").parent.glob("*.json") for platform in ("discord", "slack")))

    assert {file.stem for file in files} == set(CATALOGUE)


@pytest.mark.parametrize("kind", CARDS)
def test_a_headline_reads_in_three_seconds(kind: str) -> None:
    title = CARDS[kind].title

    assert len(title) <= 90
    assert not {"!", "?"} & set(title)
