"""What Slack tells without being asked, over signed HTTP and down the socket."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.domain.audience import Presence
from tests.platforms.slack.people import event, press, slash
from tests.platforms.slack.stand import Mode, Stand, connected, until


@pytest.fixture(params=["http", "socket"])
async def stand(request: pytest.FixtureRequest) -> AsyncIterator[Stand]:
    """Return the adapter, connected in each mode."""
    mode: Mode = request.param
    async with connected(mode) as stand:
        yield stand


@pytest.mark.parametrize(
    ("kind", "fields", "lost"),
    [
        ("channel_archive", {"channel": "C0DESK"}, "archived"),
        ("channel_deleted", {"channel": "C0DESK"}, "deleted"),
        ("group_left", {"channel": "C0DESK"}, "invite"),
        ("channel_left", {"channel": "C0DESK"}, "invite"),
        ("group_unarchive", {"channel": "C0DESK"}, None),
        ("member_joined_channel", {"channel": "C0DESK", "user": "U0BOT"}, None),
    ],
)
async def test_where_we_may_post_is_known_before_the_next_alert(
    stand: Stand, kind: str, fields: dict[str, Any], lost: str | None
) -> None:
    await stand.wire.tells(event(kind, **fields))

    await until(lambda: stand.heard)
    [presence] = stand.heard
    assert (presence.workspace, presence.address) == ("T0DESK", "C0DESK")
    assert lost in presence.why if lost and presence.why else presence.why is None is lost


async def test_that_others_join_says_nothing(stand: Stand) -> None:
    await stand.wire.tells(event("member_joined_channel", channel="C0DESK", user="U0ANA"))

    await asyncio.sleep(0.05)
    assert stand.heard == []
    assert stand.slack.messages == []


async def test_whoever_invites_us_reads_first_words(stand: Stand) -> None:
    await stand.wire.tells(event("member_joined_channel", channel="C0DESK", user="U0BOT"))

    await until(lambda: stand.slack.messages)
    [message] = stand.slack.messages
    assert message.channel == "C0DESK"
    assert "Three things to try" in str(message.blocks)
    assert "/dragoman stories" in str(message.blocks)


async def test_the_same_event_twice_is_heard_once(stand: Stand) -> None:
    news = event("channel_archive", channel="C0DESK")
    for _ in range(2):
        await stand.wire.tells(news)

    await asyncio.sleep(0.05)
    assert len(stand.heard) == 1


async def test_a_workspace_of_the_settings_throws_us_out(stand: Stand) -> None:
    stand.slack.tokens.clear()

    await stand.wire.tells(event("app_uninstalled"))

    await until(lambda: stand.heard)
    assert stand.heard == [
        Presence(platform="slack", workspace="T0DESK", why="the app was removed from the workspace: install it again")
    ]


async def test_who_presses_from_outside_of_the_channel_changes_nothing(stand: Stand) -> None:
    stand.slack.members["C0DESK"].discard("U0ANA")
    await stand.wire.presses(press(stand.slack, "subscribe:0", "istanbul-talks"))
    await stand.slack.answer()
    await stand.wire.presses(
        press(stand.slack, "subscribe:0", "istanbul-talks", user={"id": "U0BOSS", "team_id": "T0DESK"})
    )
    await stand.slack.answer()

    assert [call.manager for call in stand.desk.calls] == [False, True]


async def test_admins_alone_if_the_settings_say_so() -> None:
    async with connected("http", who_may="admins") as stand:
        for user in ("U0ANA", "U0BOSS"):
            await stand.wire.types(slash(stand.slack, "/subscribe istanbul-talks", user_id=user))
            await stand.slack.answer()

        assert [call.manager for call in stand.desk.calls] == [False, True]


async def test_who_is_in_a_user_group_may_if_the_settings_name_it() -> None:
    async with connected("http", managers=("S0NOWHERE", "S0EDITORS", "U0CHIEF")) as stand:
        stand.slack.scopes.add("usergroups:read")
        for user in ("U0ANA", "U0BOSS", "U0CHIEF", "U0BOSS"):
            await stand.wire.types(slash(stand.slack, "/subscribe istanbul-talks", user_id=user))
            await stand.slack.answer()

        assert [call.manager for call in stand.desk.calls] == [False, True, True, True]
        asked = [body["usergroup"] for method, body in stand.slack.calls if method == "usergroups.users.list"]
        assert asked == ["S0NOWHERE", "S0EDITORS"]


async def test_without_the_right_to_see_who_is_in_a_group_nobody_is() -> None:
    async with connected("http", managers=("S0EDITORS",)) as stand:
        await stand.wire.types(slash(stand.slack, "/subscribe istanbul-talks", user_id="U0BOSS"))
        await stand.slack.answer()

        assert not stand.desk.calls[0].manager


async def test_if_slack_does_not_say_who_somebody_is_they_change_nothing() -> None:
    async with connected("http", who_may="admins") as stand:
        stand.slack.scopes.discard("users:read")
        await stand.wire.types(slash(stand.slack, "/subscribe istanbul-talks", user_id="U0BOSS"))
        await stand.slack.answer()

        assert not stand.desk.calls[0].manager


async def test_somebody_in_very_many_channels_is_found_in_the_last() -> None:
    async with connected("http") as stand:
        stand.slack.page = 2
        stand.slack.members |= {f"C0{number}": {"U0BOSS"} for number in range(9)}
        boss = {"id": "U0BOSS", "team_id": "T0DESK"}
        await stand.wire.presses(press(stand.slack, "subscribe:0", "istanbul-talks", user=boss))
        await stand.slack.answer()

        assert stand.desk.calls[0].manager
