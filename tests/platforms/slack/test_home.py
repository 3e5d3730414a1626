"""App Home: each reader's own page, and what is changed there."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.domain.audience import Channel, Level, Subscription, Watch
from bot.platforms.slack.home import LEVEL, STOP, Hears, home_view
from tests.platforms.slack.limits import broken_view
from tests.platforms.slack.office import Office, office
from tests.platforms.slack.people import event, press
from tests.platforms.slack.stand import Mode, channel, until

T = datetime(2025, 5, 14, tzinfo=UTC)


@pytest.fixture(params=["http", "socket"])
async def desk(request: pytest.FixtureRequest) -> AsyncIterator[Office]:
    """Return the newsroom, connected in each mode; its desk follows a story and watches for words."""
    mode: Mode = request.param
    async with office(mode) as desk:
        await desk.house.ask("/subscribe istanbul-talks kinds:ceasefire-agreed", channel=channel("C0DESK"))
        await desk.house.ask("/watch add grain corridor", channel=channel("C0DESK"))
        yield desk


async def page(desk: Office, user: str = "U0ANA") -> dict[str, Any]:
    """Open the page and return it."""
    before = len(desk.slack.pages.get(user, []))
    await desk.wire.tells(event("app_home_opened", user=user, channel="D1", tab="home"))
    await until(lambda: len(desk.slack.pages.get(user, [])) > before)
    return desk.slack.pages[user][-1]


def row(view: dict[str, Any], action: str) -> dict[str, Any]:
    found: list[dict[str, Any]] = [
        block for block in view["blocks"] if block.get("accessory", {}).get("action_id") == action
    ]
    assert len(found) == 1
    return found[0]


def choose(desk: Office, block: dict[str, Any], value: str, user: str = "U0ANA") -> dict[str, Any]:
    """Return what Slack sends when somebody chooses or presses on the page."""
    action = {
        "type": block["accessory"]["type"],
        "action_id": block["accessory"]["action_id"],
        "block_id": block["block_id"],
        "selected_option": {"value": value},
        "value": value,
    }
    return press(
        desk.slack,
        "",
        "",
        channel=None,
        actions=[action],
        user={"id": user, "team_id": "T0DESK"},
        view={"type": "home"},
    )


async def test_the_page_says_what_it_does_and_three_things_to_try() -> None:
    async with office() as desk:
        shown = str(await page(desk))

        assert "posts one short, sourced alert" in shown
        assert "Three things to try" in shown
        assert "Nothing yet" in shown
        assert "Follow a story" in shown


async def test_the_page_is_in_the_language_of_its_reader(desk: Office) -> None:
    desk.slack.locales["U0ANA"] = "de-DE"
    view = await page(desk)

    assert "Ein Dossier verfolgen" in str(view)
    assert "Wer in einem Kanal ist, darf ändern, was er hört." in str(view)
    options = row(view, LEVEL)["accessory"]["options"]
    assert [each["text"]["text"] for each in options] == ["wesentlich", "normal", "alles", "nicht mehr verfolgen"]
    assert not broken_view(view, "home")


async def test_the_reader_sees_what_their_channels_hear(desk: Office) -> None:
    view = await page(desk)

    assert "<#C0DESK>" in str(view)
    assert "ceasefire-agreed" in str(view)
    assert row(view, LEVEL)["accessory"]["initial_option"]["value"] == "normal"
    assert "grain: corridor" in str(view)
    assert "Three things to try" not in str(view)


async def test_channels_that_the_reader_is_not_in_are_not_named(desk: Office) -> None:
    desk.slack.members["C0DESK"] = {"U0BOSS"}

    view = await page(desk)

    assert "C0DESK" not in str(view)
    assert "grain" not in str(view)


async def test_another_workspaces_channels_are_not_named(desk: Office) -> None:
    elsewhere = replace(channel("C0DESK", "T0ELSE"), name="plans")
    await desk.house.ask("/subscribe russia-us-talks", channel=elsewhere)
    await desk.house.ask("/watch add merger takeover", channel=elsewhere)

    view = await page(desk)

    assert "takeover" not in str(view)
    assert str(view).count("<#C0DESK>") == 1


async def test_a_story_is_called_as_the_workspace_calls_it(desk: Office) -> None:
    await desk.house.ask("/story rename istanbul-talks dolmabahce The Dolmabahce round", channel=channel("C0DESK"))

    assert "Dolmabahce round" in str(await page(desk))


async def test_a_level_is_changed_and_its_kinds_stay(desk: Office) -> None:
    view = await page(desk)

    await desk.wire.presses(choose(desk, row(view, LEVEL), "key"))

    await until(lambda: len(desk.slack.pages["U0ANA"]) > 1)
    assert row(desk.slack.pages["U0ANA"][-1], LEVEL)["accessory"]["initial_option"]["value"] == "key"
    async with desk.house.store.read() as session:
        [subscription] = await session.channels.subscriptions()
    assert (subscription.level, subscription.kinds) == (Level.KEY, frozenset({"ceasefire-agreed"}))


async def test_a_story_and_a_watch_are_let_go(desk: Office) -> None:
    view = await page(desk)

    await desk.wire.presses(choose(desk, row(view, LEVEL), "stop"))
    await desk.wire.presses(choose(desk, row(view, STOP), "grain"))

    await until(lambda: "Nothing yet" in str(desk.slack.pages["U0ANA"][-1]))


async def test_a_row_from_another_channel_changes_nothing(desk: Office) -> None:
    block = row(await page(desk), LEVEL)
    desk.slack.channels["C0SECRET"] = None
    desk.slack.members["C0SECRET"] = {"U0BOSS"}
    await desk.house.ask("/subscribe istanbul-talks", channel=channel("C0SECRET"))
    forged = {**block, "block_id": block["block_id"].replace("C0DESK", "C0SECRET")}

    await desk.wire.presses(choose(desk, forged, "stop"))

    await until(lambda: desk.slack.forms)
    assert "may manage" in str(desk.slack.forms[-1])
    async with desk.house.store.read() as session:
        assert len(await session.channels.subscriptions("slack:T0DESK:C0SECRET")) == 1


async def test_a_page_that_shows_the_same_already_is_not_published_again(desk: Office) -> None:
    await page(desk)
    for _ in range(3):
        await desk.wire.tells(event("app_home_opened", user="U0ANA", tab="home", view={"id": "V1"}))
    await page(desk)

    assert len(desk.slack.pages["U0ANA"]) == 2


async def test_what_a_conversation_with_us_follows_is_its_persons_own(desk: Office) -> None:
    await desk.house.ask("/subscribe russia-us-talks", channel=channel("D0ANA"), user="U0ANA")
    desk.slack.members["C0DESK"] = set()

    view = await page(desk)
    assert "Our conversation" in str(view)
    assert "Our conversation" not in str(await page(desk, "U0BOSS"))

    await desk.wire.presses(choose(desk, row(view, LEVEL), "stop", user="U0BOSS"))
    await until(lambda: desk.slack.forms)
    assert "may manage" in str(desk.slack.forms[-1])
    await desk.wire.presses(choose(desk, row(view, LEVEL), "stop"))
    await until(lambda: "Nothing yet" in str(desk.slack.pages["U0ANA"][-1]))


async def test_who_may_is_told() -> None:
    async with office(who_may="admins") as desk:
        assert "Admins and owners" in str(await page(desk))
    async with office(managers=("U1",)) as desk:
        assert "named" in str(await page(desk))


def test_a_page_keeps_every_limit_whatever_it_holds() -> None:
    long = "<!channel> *x* " * 400
    where = Channel(id="slack:T:C", platform="slack", workspace="T", address="C", paused=long)
    follows = Subscription(channel=where.id, story=long, kinds=frozenset({long}), since=T)
    watch = Watch(name=long, channel=where.id, query=long, since=T)
    full = Hears(channel=where, subscriptions=[(follows, long, long)] * 3, watches=[watch] * 3)
    short = Hears(channel=replace(where, paused=None), watches=[replace(watch, name="w", query="q")])

    view = home_view([full], who_may=long)
    many = home_view([replace(short, channel=replace(where, address=f"C{n}")) for n in range(80)], who_may="x")

    assert broken_view(view, "home") is None
    assert "<!channel>" not in str(view)
    assert broken_view(many, "home") is None
    assert len(many["blocks"]) == 100
    assert "more; /dragoman subscriptions" in str(many)
