"""Who hears what."""

import pytest

from bot.announce.audience import hears
from bot.domain.alert import Alert
from bot.domain.audience import Level, Subscription
from tests.builders import MONDAY


def an_alert(level: str, kind: str = "talks-held") -> Alert:
    return Alert(id="1", at=MONDAY, story="istanbul-talks", kind=kind, headline="", level=level)


def following(story: str = "istanbul-talks", level: Level = Level.NORMAL, *kinds: str) -> Subscription:
    return Subscription(channel="here", story=story, level=level, kinds=frozenset(kinds), since=MONDAY)


@pytest.mark.parametrize(
    ("level", "heard"),
    [
        (Level.KEY, ["key"]),
        (Level.NORMAL, ["key", "normal"]),
        (Level.EVERYTHING, ["key", "normal", "everything"]),
    ],
)
def test_a_level_hears_its_own_and_the_louder_ones(level: Level, heard: list[str]) -> None:
    told = [name for name in ("key", "normal", "everything") if hears(following(level=level), an_alert(name))]

    assert told == heard


def test_a_channel_hears_its_story_alone_or_all_of_them() -> None:
    assert hears(following("all"), an_alert("key"))
    assert not hears(following("gaza-ceasefire"), an_alert("key"))


def test_kinds_narrow_what_is_heard() -> None:
    assert hears(following("all", Level.NORMAL, "talks-held"), an_alert("key"))
    assert not hears(following("all", Level.NORMAL, "ceasefire-agreed"), an_alert("key"))
