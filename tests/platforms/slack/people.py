"""People who type and press, over signed HTTP or down the socket."""

import hashlib
import hmac
import json
import time
from collections.abc import Mapping
from itertools import count
from typing import Any, Protocol
from urllib.parse import urlencode

import aiohttp

from tests.platforms.slack.server import TEAM, FakeSlack

SECRET = "signed by nobody else"  # noqa: S105 - the fake workspace's own

_triggers = count(1)


def sign(body: str, *, secret: str = SECRET, age_s: float = 0) -> dict[str, str]:
    """Return the headers with which Slack signs a request."""
    stamp = str(int(time.time() - age_s))
    digest = hmac.new(secret.encode(), f"v0:{stamp}:{body}".encode(), hashlib.sha256).hexdigest()
    return {
        "X-Slack-Request-Timestamp": stamp,
        "X-Slack-Signature": f"v0={digest}",
        "Content-Type": "application/x-www-form-urlencoded",
    }


def slash(slack: FakeSlack, line: str, **fields: str) -> dict[str, str]:
    """Return what Slack sends when somebody types a slash command."""
    command, _, text = line.partition(" ")
    return {
        "command": command,
        "text": text,
        "team_id": TEAM,
        "channel_id": "C0DESK",
        "channel_name": "desk",
        "user_id": "U0ANA",
        "response_url": slack.response_url(),
        "trigger_id": f"trigger.{next(_triggers)}",
        **fields,
    }


def press(slack: FakeSlack, action_id: str, value: str, **fields: Any) -> dict[str, Any]:
    """Return what Slack sends when somebody presses a button of a message."""
    return {
        "type": "block_actions",
        "team": {"id": TEAM},
        "user": {"id": "U0ANA", "team_id": TEAM},
        "channel": {"id": "C0DESK", "name": "desk"},
        "container": {"type": "message", "message_ts": "1747262460.000001", "channel_id": "C0DESK"},
        "actions": [{"type": "button", "action_id": action_id, "block_id": "b", "value": value}],
        "response_url": slack.response_url(),
        "trigger_id": f"trigger.{next(_triggers)}",
        **fields,
    }


def typing(view: dict[str, Any], field: str, value: str = "", user: str = "U0ANA", team: str = TEAM) -> dict[str, Any]:
    """Return what Slack sends while somebody types into a form's field."""
    [block] = [block for block in view["blocks"] if block.get("block_id") == field]
    return {
        "type": "block_suggestion",
        "team": {"id": team},
        "user": {"id": user, "team_id": team},
        "action_id": block["element"]["action_id"],
        "block_id": field,
        "value": value,
        "view": {"id": "V1", **view},
    }


def submit(view: dict[str, Any], values: Mapping[str, Any], user: str = "U0ANA", team: str = TEAM) -> dict[str, Any]:
    """Return what Slack sends when somebody sends a form off; values by field, a list for several choices."""
    state = {
        block["block_id"]: {block["element"]["action_id"]: _filled(block["element"]["type"], values[block["block_id"]])}
        for block in view["blocks"]
        if block["type"] == "input" and block["block_id"] in values
    }
    return {
        "type": "view_submission",
        "team": {"id": team},
        "user": {"id": user, "team_id": team},
        "trigger_id": f"trigger.{next(_triggers)}",
        "view": {"id": "V1", **view, "state": {"values": state}},
    }


def _filled(kind: str, value: Any) -> dict[str, Any]:
    match kind:
        case "plain_text_input":
            return {"type": kind, "value": value}
        case "conversations_select":
            return {"type": kind, "selected_conversation": value}
        case "multi_external_select":
            return {"type": kind, "selected_options": [{"value": each} for each in value]}
        case _:
            return {"type": kind, "selected_option": {"value": value}}


_events = count(1)


def event(kind: str, team: str = TEAM, **fields: Any) -> dict[str, Any]:
    """Return what Slack sends when something happens in a workspace."""
    return {
        "type": "event_callback",
        "event_id": f"Ev{next(_events)}",
        "team_id": team,
        "api_app_id": "A0APP",
        "event": {"type": kind, **fields},
    }


class Wire(Protocol):
    """How what people do reaches the bot."""

    async def types(self, payload: dict[str, str]) -> None: ...
    async def presses(self, payload: dict[str, Any]) -> None: ...
    async def tells(self, payload: dict[str, Any]) -> None: ...
    async def fills(self, payload: dict[str, Any]) -> dict[str, Any]: ...


class SignedHttp:
    """Requests to Bolt's listener, signed with the secret."""

    def __init__(self, url: str) -> None:
        self.url = url

    async def post(self, body: str, headers: dict[str, str]) -> int:
        """Return the status that the listener answers."""
        async with aiohttp.ClientSession() as session, session.post(self.url, data=body, headers=headers) as answer:
            return answer.status

    async def types(self, payload: dict[str, str]) -> None:
        body = urlencode(payload)
        assert await self.post(body, sign(body)) == 200

    async def presses(self, payload: dict[str, Any]) -> None:
        body = urlencode({"payload": json.dumps(payload)})
        assert await self.post(body, sign(body)) == 200

    async def fills(self, payload: dict[str, Any]) -> dict[str, Any]:
        body = urlencode({"payload": json.dumps(payload)})
        async with (
            aiohttp.ClientSession() as session,
            session.post(self.url, data=body, headers=sign(body)) as answer,
        ):
            assert answer.status == 200
            return json.loads(await answer.text() or "{}") or {}

    async def tells(self, payload: dict[str, Any]) -> None:
        body = json.dumps(payload)
        assert await self.post(body, {**sign(body), "Content-Type": "application/json"}) == 200


class Socket:
    """Envelopes down the socket, each acknowledged in time."""

    def __init__(self, slack: FakeSlack) -> None:
        self._slack = slack

    async def types(self, payload: dict[str, str]) -> None:
        await self._slack.push("slash_commands", payload)

    async def presses(self, payload: dict[str, Any]) -> None:
        await self._slack.push("interactive", payload)

    async def tells(self, payload: dict[str, Any]) -> None:
        await self._slack.push("events_api", payload)

    async def fills(self, payload: dict[str, Any]) -> dict[str, Any]:
        return await self._slack.push("interactive", payload)
