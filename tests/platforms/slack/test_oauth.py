"""Other workspaces install the app by themselves, and no two of them meet."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import aiohttp
import pytest

from bot.domain.audience import Presence
from bot.domain.delivery import Refused, Sent
from bot.domain.installation import Installation
from bot.errors import PlatformError
from bot.platforms.slack import vault as vault_
from bot.platforms.slack.records import Records
from bot.platforms.slack.vault import Vault, new_key
from bot.ports import Store
from bot.store import open_store
from bot.views import stories_seen
from tests.platforms.slack.people import SignedHttp, event, press, slash
from tests.platforms.slack.server import CLIENT_ID, CLIENT_SECRET, TEAM
from tests.platforms.slack.stand import Stand, a_post, channel, connected, until

KEY = new_key()
OTHER, OTHER_TOKEN = "T0ELSE", "xoxb-2-canary"
NOW = datetime(2025, 5, 14, 8, tzinfo=UTC)


@asynccontextmanager
async def shared(store: Store, **fields: Any) -> AsyncIterator[Stand]:
    """Return an adapter without a token of its own, that any workspace may install."""
    given: dict[str, Any] = {
        "bot_token": None,
        "client_id": CLIENT_ID,
        "client_secret": CLIENT_SECRET,
        "key": KEY,
        "url": "https://bot.example.org",
        "records": Records(store, lambda: NOW, stories_seen),
        **fields,
    }
    async with connected("http", **given) as stand:
        stand.slack.tokens |= {OTHER_TOKEN: OTHER}
        stand.slack.homes["C0ELSE"] = OTHER
        stand.slack.channels["C0ELSE"] = None
        stand.slack.members["C0ELSE"] = {"U9ZOE"}
        yield stand


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    """Return a store in a file."""
    store = open_store(f"sqlite:///{tmp_path}/store.sqlite3")
    await store.open()
    yield store
    await store.close()


class Browser:
    """Somebody's browser: goes to the page, agrees on Slack's, and comes back."""

    def __init__(self, stand: Stand) -> None:
        self.base = stand.platform.url.removesuffix("/slack/events")
        self.cookie = ""

    async def sets_out(self) -> str:
        """Open our page and return the signed word that it sends along."""
        status, headers, page = await self.get("/slack/install")
        assert status == 200
        self.cookie = headers["Set-Cookie"].split(";")[0]
        [link] = [part.split('"')[0] for part in page.split('href="') if part.startswith("https://slack.com/oauth")]
        asked = parse_qs(urlsplit(link.replace("&amp;", "&")).query)
        assert asked["client_id"] == [CLIENT_ID]
        assert asked["redirect_uri"] == ["https://bot.example.org/slack/oauth_redirect"]
        return asked["state"][0]

    async def comes_back(self, code: str, state: str, cookie: str | None = None) -> int:
        status, _, _ = await self.get(
            f"/slack/oauth_redirect?code={code}&state={state}", self.cookie if cookie is None else cookie
        )
        return status

    async def get(self, path: str, cookie: str = "") -> tuple[int, Any, str]:
        async with (
            aiohttp.ClientSession() as session,
            session.get(self.base + path, headers={"Cookie": cookie} if cookie else {}) as answer,
        ):
            return answer.status, answer.headers, await answer.text()


async def install(stand: Stand, token: str = OTHER_TOKEN) -> None:
    stand.slack.codes["good"] = token
    browser = Browser(stand)
    assert await browser.comes_back("good", await browser.sets_out()) == 200


async def test_a_workspace_installs_the_app_and_is_answered_and_alerted(store: Store) -> None:
    async with shared(store) as stand:
        await install(stand)

        assert stand.heard == [Presence(platform="slack", workspace=OTHER)]
        [welcome] = stand.slack.messages
        assert welcome.channel == "U0INSTALLER"
        assert "Three things to try" in str(welcome.blocks)

        assert isinstance(await stand.platform.send(channel("C0ELSE", OTHER), a_post()), Sent)
        await stand.wire.types(slash(stand.slack, "/summary istanbul-talks", team_id=OTHER, channel_id="C0ELSE"))
        await stand.slack.answer()
        assert stand.desk.calls[0].channel.id == "slack:T0ELSE:C0ELSE"


async def test_the_token_is_kept_sealed_and_found_again_after_a_restart(store: Store, tmp_path: Path) -> None:
    async with shared(store) as stand:
        await install(stand)
    with sqlite3.connect(tmp_path / "store.sqlite3") as kept:
        dump = "\n".join(kept.iterdump())
    kept.close()
    assert OTHER in dump
    assert OTHER_TOKEN not in dump
    assert KEY not in dump

    async with shared(store) as stand:
        assert isinstance(await stand.platform.send(channel("C0ELSE", OTHER), a_post()), Sent)


async def test_only_the_browser_that_set_out_comes_back_once(store: Store) -> None:
    async with shared(store) as stand:
        stand.slack.codes |= {"one": OTHER_TOKEN, "two": OTHER_TOKEN}
        browser = Browser(stand)
        state = await browser.sets_out()

        assert await browser.comes_back("one", state, cookie="") == 400
        assert await browser.comes_back("one", f"{state}x", cookie=f"{browser.cookie}x") == 401
        assert await browser.comes_back("one", state) == 200
        assert await browser.comes_back("two", state) == 401
        assert await browser.comes_back("never", await browser.sets_out()) == 401


async def test_who_says_no_on_slacks_page_is_told_so_and_nothing_is_kept(store: Store) -> None:
    async with shared(store) as stand:
        _, _, page = await Browser(stand).get("/slack/oauth_redirect?error=<b>access_denied</b>")

        assert "access_denied" in page
        assert "<b>" not in page.split("reason")[1]
        async with store.read() as session:
            assert not await session.installations.all("slack")


def test_a_word_that_is_ten_minutes_old_is_not_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    vault = Vault([KEY])
    monkeypatch.setattr(vault_, "STATE_SECONDS", -1)

    assert not vault.take_state(vault.new_state())


async def test_a_workspace_that_has_not_let_us_in_is_not_answered_nor_written_to(store: Store) -> None:
    async with shared(store) as stand:
        assert isinstance(stand.wire, SignedHttp)
        await stand.wire.types(slash(stand.slack, "/subscribe istanbul-talks", team_id="T0WHO"))

        answer = await stand.slack.answer()
        assert "install" in answer["text"]
        outcome = await stand.platform.send(channel("C0WHO", "T0WHO"), a_post())
        assert isinstance(outcome, Refused)
        assert outcome.channel_lost
        assert stand.desk.calls == []


async def test_no_workspace_writes_with_anothers_token(store: Store) -> None:
    async with shared(store, bot_token="xoxb-1-bot") as stand:  # noqa: S106 - the fake's own
        await install(stand)

        crossed = await stand.platform.send(channel("C0DESK", OTHER), a_post())
        also = await stand.platform.send(channel("C0ELSE", TEAM), a_post("b" * 24))

        assert isinstance(crossed, Refused)
        assert isinstance(also, Refused)
        assert not [message for message in stand.slack.messages if message.channel.startswith("C")]


async def test_people_of_one_workspace_manage_nothing_in_another(store: Store) -> None:
    async with shared(store, bot_token="xoxb-1-bot") as stand:  # noqa: S106 - the fake's own
        await install(stand)
        stand.slack.members["C0ELSE"].add("U0ANA")
        stranger = press(
            stand.slack,
            "subscribe:0",
            "istanbul-talks",
            team={"id": OTHER},
            user={"id": "U0ANA", "team_id": TEAM},
            channel={"id": "C0ELSE", "name": "else"},
        )

        await stand.wire.presses(stranger)
        await stand.slack.answer()

        assert not stand.desk.calls[0].manager


@pytest.mark.parametrize(
    "gone", [{"kind": "app_uninstalled"}, {"kind": "tokens_revoked", "tokens": {"bot": ["U0BOT"]}}]
)
async def test_a_workspace_that_throws_us_out_is_forgotten_but_for_what_people_set_up(
    store: Store, gone: dict[str, Any]
) -> None:
    async with shared(store) as stand:
        await install(stand)
        del stand.slack.tokens[OTHER_TOKEN]

        await stand.wire.tells(event(team=OTHER, **gone))

        await until(lambda: len(stand.heard) > 1)
        assert stand.heard[-1].workspace == OTHER
        assert "install it again" in (stand.heard[-1].why or "")
        async with store.read() as session:
            assert await session.installations.get("slack", OTHER) is None


async def test_late_news_of_a_removal_does_not_undo_a_new_installation(store: Store) -> None:
    async with shared(store) as stand:
        await install(stand)

        await stand.wire.tells(event("app_uninstalled", team=OTHER))
        await stand.wire.tells(event("tokens_revoked", team=OTHER, tokens={"oauth": ["U0ANA"]}))
        await asyncio.sleep(0.05)

        assert isinstance(await stand.platform.send(channel("C0ELSE", OTHER), a_post()), Sent)
        assert len(stand.heard) == 1


def test_keys_change_without_a_new_installation_and_no_token_opens_elsewhere() -> None:
    before, after = new_key(), new_key()
    sealed = Vault([before]).seal(OTHER, OTHER_TOKEN)

    assert Vault([after, before]).open(OTHER, sealed) == OTHER_TOKEN
    for vault, team in ((Vault([after]), OTHER), (Vault([before]), TEAM)):
        with pytest.raises(PlatformError, match="cannot be opened") as raised:
            vault.open(team, sealed)
        assert OTHER_TOKEN not in str(raised.value)
    with pytest.raises(PlatformError, match="dragoman slack key"):
        Vault(["short"])


async def test_a_row_that_was_moved_to_another_workspace_opens_nothing(store: Store) -> None:
    async with shared(store) as stand:
        stolen = Installation(
            platform="slack", workspace="T0THIEF", sealed=Vault([KEY]).seal(OTHER, OTHER_TOKEN), at=NOW
        )
        async with store.write() as session:
            await session.installations.put(stolen)

        outcome = await stand.platform.send(channel("C0ELSE", "T0THIEF"), a_post())

        assert isinstance(outcome, Refused)
        assert not stand.slack.messages
