"""Slack's Web API as others have rebuilt it, with rights checked: what we send is taken, what we are told is understood."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any

import aiohttp
import pytest

from bot import commands
from bot.clock import machine_now
from bot.commands.complete import Choices
from bot.commands.parse import parse_line
from bot.domain.audience import Channel
from bot.domain.delivery import Parcel, Refused, Sent
from bot.platforms.slack import Slack, SlackOptions
from bot.platforms.slack.records import Records
from bot.platforms.slack.vault import new_key
from bot.views import stories_seen
from tests.house import House, open_house
from tests.peers.conftest import CLIENT_ID, CLIENT_SECRET, RETURN, Emulated
from tests.platforms.cards import ALERT, ARABIC, CORRECTION, HOSTILE, SUMMARY
from tests.platforms.slack.people import SECRET, SignedHttp, event

TEAM = "T000000001"
CARDS = {"alert": ALERT, "summary": SUMMARY, "correction": CORRECTION, "hostile": HOSTILE, "arabic": ARABIC}


@dataclass
class Newsroom:
    """Our adapter between the emulator and a house, installed by OAuth."""

    slack: Emulated
    platform: Slack
    house: House
    wire: SignedHttp

    async def channel(self, name: str = "desk") -> Channel:
        address = await self.slack.channel(name)
        return Channel(id=f"slack:{TEAM}:{address}", platform="slack", workspace=TEAM, address=address)

    async def types(self, command: str, text: str = "", **fields: str) -> None:
        """Somebody types a slash command; its answer goes to the channel, for the emulator has no response URLs."""
        payload = {
            "command": command,
            "text": text,
            "team_id": TEAM,
            "channel_id": await self.slack.channel("desk"),
            "channel_name": "desk",
            "user_id": await self.slack.user("ana"),
            "trigger_id": (await self.slack.ask("views.generateTriggerId"))["trigger_id"],
            "response_url": "",
            **fields,
        }
        await self.wire.types(payload)


@pytest.fixture
async def newsroom(emulated: Emulated) -> AsyncIterator[Newsroom]:
    """Return a newsroom that has installed the app."""
    async with connected(emulated) as newsroom:
        await install(newsroom)
        yield newsroom


@asynccontextmanager
async def connected(slack: Emulated) -> AsyncIterator[Newsroom]:
    async with open_house() as house:
        options = SlackOptions(
            mode="http",
            signing_secret=SECRET,
            port=0,
            api=slack.api,
            client_id=CLIENT_ID,
            client_secret=CLIENT_SECRET,
            key=new_key(),
            url=RETURN.removesuffix("/slack/oauth_redirect"),
        )
        choices = Choices(house.store)
        await choices.refresh()
        parse = partial(parse_line, table=commands.TABLE)
        platform = Slack(options, commands.TABLE, parse, Records(house.store, machine_now, stories_seen))
        await platform.start(house.answer, choices.complete)
        try:
            yield Newsroom(slack, platform, house, SignedHttp(platform.url))
        finally:
            await platform.close()


async def install(newsroom: Newsroom) -> None:
    """Go the whole way of somebody who clicks on Add to Slack."""
    base = newsroom.platform.url.removesuffix("/slack/events")
    async with aiohttp.ClientSession() as browser:
        async with browser.get(f"{base}/slack/install") as page:
            cookie = page.headers["Set-Cookie"].split(";")[0]
        state = cookie.partition("=")[2]
        code = await newsroom.slack.agrees(state, await newsroom.slack.user("ana"))
        async with browser.get(
            f"{base}/slack/oauth_redirect?code={code}&state={state}", headers={"Cookie": cookie}
        ) as back:
            assert back.status == 200, await back.text()


async def until_said(newsroom: Newsroom, words: str) -> dict[str, Any]:
    """Return the message of the desk that holds some words, once it is there."""
    channel = await newsroom.slack.channel("desk")
    for _ in range(100):
        for message in await newsroom.slack.history(channel):
            if words in str(message):
                return message
    raise AssertionError(await newsroom.slack.history(channel))


async def test_a_workspace_installs_and_reads_first_words(newsroom: Newsroom) -> None:
    async with newsroom.house.store.read() as session:
        [installation] = await session.installations.all("slack")

    assert installation.workspace == TEAM
    assert "xoxb" not in installation.sealed


@pytest.mark.parametrize("name", CARDS)
async def test_every_golden_message_is_taken_as_it_is(newsroom: Newsroom, name: str) -> None:
    channel = await newsroom.channel()

    outcome = await newsroom.platform.send(channel, Parcel(nonce="a" * 24, part="post", card=CARDS[name]))

    assert isinstance(outcome, Sent)
    [message] = await newsroom.slack.history(channel.address)
    assert message["ts"] == outcome.message
    assert message["blocks"][0]["type"] == "header"
    assert message["metadata"]["event_payload"] == {"nonce": "a" * 24}


async def test_an_edit_and_a_line_reach_their_post(newsroom: Newsroom) -> None:
    channel = await newsroom.channel()
    post = await newsroom.platform.send(channel, Parcel(nonce="a" * 24, part="post", card=ALERT))
    assert isinstance(post, Sent)

    edit = Parcel(nonce="b" * 24, part="edit", card=CORRECTION, message=post.message)
    line = Parcel(nonce="c" * 24, part="line:1", text="Also Straits Daily, 22:52.", message=post.message)
    assert isinstance(await newsroom.platform.send(channel, edit), Sent)
    assert isinstance(await newsroom.platform.send(channel, line), Sent)

    replies = (await newsroom.slack.ask("conversations.replies", channel=channel.address, ts=post.message))["messages"]
    assert "Correction" in replies[0]["text"]
    assert replies[1]["text"] == "Also Straits Daily, 22:52."


async def test_an_archived_or_unknown_channel_is_lost(newsroom: Newsroom) -> None:
    past = await newsroom.channel("past")
    await newsroom.slack.ask("conversations.archive", channel=past.address)
    nowhere = Channel(id=f"slack:{TEAM}:C0NOWHERE", platform="slack", workspace=TEAM, address="C0NOWHERE")

    for channel in (past, nowhere):
        outcome = await newsroom.platform.send(channel, Parcel(nonce="a" * 24, part="post", card=ALERT))
        assert isinstance(outcome, Refused)
        assert outcome.channel_lost


async def test_a_slash_command_is_answered_in_the_channel(newsroom: Newsroom) -> None:
    await newsroom.types("/subscribe", "istanbul-talks level:key")

    assert "Istanbul" in str(await until_said(newsroom, "This channel follows"))


async def test_a_form_opens(newsroom: Newsroom) -> None:
    await newsroom.types("/watch")

    assert "used" in await until_viewed(newsroom, "Post every article that matches a query")


async def test_the_page_is_published_for_who_is_in_the_channel(newsroom: Newsroom) -> None:
    channel, ana = await newsroom.channel(), await newsroom.slack.user("ana")
    await newsroom.house.ask("/watch add grain corridor", channel=channel)

    await newsroom.wire.tells(event("app_home_opened", team=TEAM, user=ana, tab="home"))

    assert "Three things to try" not in await until_viewed(newsroom, "grain: corridor")


async def test_the_page_names_no_channel_to_who_is_not_in_it(newsroom: Newsroom) -> None:
    channel, ana = await newsroom.channel(), await newsroom.slack.user("ana")
    await newsroom.house.ask("/watch add grain corridor", channel=channel)
    await newsroom.slack.ask("conversations.leave", channel=channel.address)

    await newsroom.wire.tells(event("app_home_opened", team=TEAM, user=ana, tab="home"))

    assert "grain" not in await until_viewed(newsroom, "Nothing yet")


async def until_viewed(newsroom: Newsroom, words: str) -> str:
    """Return the emulator's page of forms and pages, once it holds some words."""
    async with aiohttp.ClientSession() as browser:
        for _ in range(200):
            async with browser.get(f"{newsroom.slack.url}/?tab=views") as page:
                shown = await page.text()
            if words in shown:
                return shown
    raise AssertionError(shown[-2_000:])
