"""A small honest Slack on loopback: Web API, response URLs, Socket Mode.

It keeps what it was sent, checks tokens, scopes and the limits of blocks, and
can be told to limit rates, to fail after it has taken a message, or to hang up.
"""

import asyncio
import json
from base64 import b64encode
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import count
from typing import Any

from aiohttp import WSMsgType, web

from tests.platforms.slack.limits import broken_limit, broken_view

TEAM = "T0DESK"
BOT_TOKEN = "xoxb-1-bot"  # noqa: S105 - opens the fake alone
CLIENT_ID = "1.2"
CLIENT_SECRET = "the app's own secret"  # noqa: S105 - the fake's own
APP_TOKEN = "xapp-1-app"  # noqa: S105 - opens the fake alone
SCOPES = frozenset({"chat:write", "commands", "channels:read", "files:write", "groups:read", "users:read"})

#: The right that each method needs.
NEEDS = {
    "chat.postMessage": "chat:write",
    "chat.postEphemeral": "chat:write",
    "chat.update": "chat:write",
    "conversations.info": "channels:read",
    "users.info": "users:read",
    "files.getUploadURLExternal": "files:write",
    "files.completeUploadExternal": "files:write",
    "users.conversations": "channels:read",
    "usergroups.users.list": "usergroups:read",
}


class Fault(StrEnum):
    """What can go wrong with the next call of a method."""

    LIMITED = "429 with Retry-After"
    BROKEN = "500 after the message was taken"
    RESET = "the connection closes after the message was taken"
    SILENT = "no answer comes after the message was taken"
    INTERNAL = "internal_error after the message was taken"
    UNFIT = "blocks that Slack will not have, for reasons of its own"
    GIBBERISH = "a page of HTML, as a proxy gives"


@dataclass
class Posted:
    """A message as the channel shows it."""

    ts: str
    channel: str
    text: str
    blocks: list[dict[str, Any]]
    thread_ts: str | None = None
    metadata: dict[str, Any] = field(default_factory=dict)
    body: dict[str, Any] = field(default_factory=dict)
    edits: int = 0


class FakeSlack:
    """One workspace with a few channels."""

    def __init__(self) -> None:
        self.scopes = set(SCOPES)
        self.revoked: str | None = None
        #: Bot token → the workspace that it opens.
        self.tokens = {BOT_TOKEN: TEAM}
        #: What Slack's page handed out: code → bot token, each good once.
        self.codes: dict[str, str] = {}
        #: Who is in which channel; and who administers the workspace.
        self.members: dict[str, set[str]] = {"C0DESK": {"U0ANA", "U0BOSS"}, "C0OTHER": {"U0ANA"}}
        self.admins = {"U0BOSS"}
        #: Who is in which user group.
        self.groups: dict[str, set[str]] = {"S0EDITORS": {"U0BOSS"}}
        #: In which language somebody's client runs.
        self.locales: dict[str, str] = {}
        #: The workspace of a channel, if it is not the first one's.
        self.homes: dict[str, str] = {}
        #: Channel id → why nothing can be posted there, or ``None``.
        self.channels: dict[str, str | None] = {
            "C0DESK": None,
            "C0OTHER": "not_in_channel",
            "C0PAST": "is_archived",
        }
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.messages: list[Posted] = []
        self.answers: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.faults: dict[str, deque[Fault]] = {}
        self.sockets: list[web.WebSocketResponse] = []
        self.connected = asyncio.Event()
        self.port = 0
        #: Files by number, with their contents, and the channel once they are shown.
        self.files: dict[str, dict[str, Any]] = {}
        self.shown = asyncio.Event()
        #: The forms that were opened, and each person's pages, latest last.
        self.forms: list[dict[str, Any]] = []
        self.pages: dict[str, list[dict[str, Any]]] = {}
        self._spent: set[str] = set()
        #: How many channels the fake gives at once.
        self.page = 200
        self._acks: dict[str, asyncio.Future[dict[str, Any]]] = {}
        self._hanging = asyncio.Event()
        self._numbers = count(1)

    @property
    def api(self) -> str:
        return f"http://127.0.0.1:{self.port}/api/"

    def response_url(self) -> str:
        return f"http://127.0.0.1:{self.port}/answers/{next(self._numbers)}"

    def fail(self, method: str, *faults: Fault) -> None:
        """Make the next calls of a method fail, one fault each."""
        self.faults.setdefault(method, deque()).extend(faults)

    def called(self, method: str) -> int:
        return sum(name == method for name, _ in self.calls)

    @asynccontextmanager
    async def running(self) -> AsyncIterator["FakeSlack"]:
        app = web.Application()
        app.router.add_route("*", "/api/{method}", self._api)
        app.router.add_post("/answers/{number}", self._answer)
        app.router.add_get("/socket", self._socket)
        app.router.add_post("/files/{number}", self._take_file)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        self.port = runner.addresses[0][1]
        try:
            yield self
        finally:
            self._hanging.set()
            for socket in self.sockets:
                await socket.close()
            await runner.cleanup()

    # ------------------------------------------------------------ Web API

    async def _api(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        body = await _body(request)
        self.calls.append((method, body))
        faults = self.faults.get(method)
        fault = faults.popleft() if faults else None
        if fault is Fault.LIMITED:
            return web.json_response({"ok": False, "error": "ratelimited"}, status=429, headers={"Retry-After": "7"})
        if fault is Fault.UNFIT:
            return web.json_response(_refused("msg_blocks_too_long"))
        if fault is Fault.GIBBERISH:
            return web.Response(text="<html>Bad gateway</html>", content_type="text/html", status=502)
        answer = self._do(method, body, request.headers.get("Authorization", "").removeprefix("Bearer "))
        match fault:
            case Fault.BROKEN:
                return web.json_response({"ok": False}, status=500)
            case Fault.INTERNAL:
                return web.json_response({"ok": False, "error": "internal_error"})
            case Fault.RESET:
                assert request.transport is not None
                request.transport.abort()
            case Fault.SILENT:
                await self._hanging.wait()
            case _:
                pass
        return web.json_response(answer)

    def _do(self, method: str, body: dict[str, Any], token: str) -> dict[str, Any]:  # noqa: PLR0911 - a refusal each
        if method == "apps.connections.open":
            error = None if token == APP_TOKEN else "invalid_auth"
            return _refused(error) if error else {"ok": True, "url": f"ws://127.0.0.1:{self.port}/socket"}
        if method == "oauth.v2.access":
            return self._grant(body, token)
        error = ("not_authed" if not token else "invalid_auth") if token not in self.tokens else self.revoked
        if error:
            return _refused(error)
        team = self.tokens[token]
        if method == "auth.test":
            return self._who(team)
        if method == "users.conversations":
            return self._places(body, team)
        channel = str(body.get("channel", ""))
        if channel.startswith("C") and self.homes.get(channel, TEAM) != team:
            return _refused("channel_not_found")
        if method in NEEDS and NEEDS[method] not in self.scopes:
            return _refused("missing_scope")
        methods = {
            "chat.postMessage": self._post,
            "chat.update": self._update,
            "chat.postEphemeral": self._whisper,
            "users.info": self._user,
            "usergroups.users.list": self._group,
            "views.open": self._open,
            "views.publish": self._publish,
            "conversations.info": self._conversation,
            "files.getUploadURLExternal": self._place_for_file,
            "files.completeUploadExternal": self._show_file,
        }
        return methods[method](body) if method in methods else _refused("unknown_method")

    def _who(self, team: str) -> dict[str, Any]:
        return {"ok": True, "team_id": team, "user_id": "U0BOT", "bot_id": "B0BOT", "user": "dragoman"}

    def _grant(self, body: dict[str, Any], secret: str) -> dict[str, Any]:
        token = self.codes.pop(str(body.get("code")), None)
        if secret != f"Basic {b64encode(f'{CLIENT_ID}:{CLIENT_SECRET}'.encode()).decode()}":
            return _refused("bad_client_secret")
        if token is None:
            return _refused("invalid_code")
        return {
            "ok": True,
            "access_token": token,
            "token_type": "bot",
            "scope": ",".join(sorted(self.scopes)),
            "bot_user_id": "U0BOT",
            "app_id": "A0APP",
            "team": {"id": self.tokens[token], "name": "A newsroom"},
            "enterprise": None,
            "is_enterprise_install": False,
            "authed_user": {"id": "U0INSTALLER"},
        }

    def _places(self, body: dict[str, Any], team: str) -> dict[str, Any]:
        """A page of the channels that a person is in, private ones only if the bot is there too."""
        found = [
            {"id": channel, "name": channel.lower()}
            for channel, people in sorted(self.members.items())
            if body.get("user") in people and self.homes.get(channel, TEAM) == team
        ]
        start, size = int(body.get("cursor") or 0), min(int(body.get("limit") or 100), self.page)
        following = str(start + size) if start + size < len(found) else ""
        page = found[start : start + size]
        return {"ok": True, "channels": page, "response_metadata": {"next_cursor": following}}

    def _user(self, body: dict[str, Any]) -> dict[str, Any]:
        user = str(body.get("user"))
        person = {"id": user, "tz": "Europe/Istanbul", "is_admin": user in self.admins}
        if str(body.get("include_locale")).lower() == "true":
            person["locale"] = self.locales.get(user, "en-GB")
        return {"ok": True, "user": person}

    def _group(self, body: dict[str, Any]) -> dict[str, Any]:
        people = self.groups.get(str(body.get("usergroup")))
        return _refused("no_such_subteam") if people is None else {"ok": True, "users": sorted(people)}

    def _whisper(self, body: dict[str, Any]) -> dict[str, Any]:
        self.answers.put_nowait({**body, "response_type": "ephemeral"})
        return {"ok": True, "message_ts": "1.0"}

    def _conversation(self, body: dict[str, Any]) -> dict[str, Any]:
        channel = str(body.get("channel"))
        if channel not in self.channels:
            return _refused("channel_not_found")
        member = self.channels[channel] != "not_in_channel"
        return {"ok": True, "channel": {"id": channel, "name": channel.lower(), "is_member": member}}

    def _place_for_file(self, body: dict[str, Any]) -> dict[str, Any]:
        number = f"F{next(self._numbers):07}"
        self.files[number] = {"name": body["filename"], "length": int(body["length"]), "alt": body.get("alt_txt", "")}
        return {"ok": True, "file_id": number, "upload_url": f"http://127.0.0.1:{self.port}/files/{number}"}

    async def _take_file(self, request: web.Request) -> web.Response:
        file, content = self.files[request.match_info["number"]], await request.read()
        if len(content) != file["length"] or len(file["alt"]) > 1_000:
            return web.Response(status=400)
        file["content"] = content
        return web.Response(text=f"OK - {len(content)}")

    def _show_file(self, body: dict[str, Any]) -> dict[str, Any]:
        shown = json.loads(body["files"]) if isinstance(body["files"], str) else body["files"]
        where = str(body.get("channel_id", ""))
        if where and self.channels.get(where, "channel_not_found"):
            return _refused("not_in_channel")
        for one in shown:
            if "content" not in self.files.get(one["id"], {}):
                return _refused("file_not_found")
            self.files[one["id"]] |= {"channel": where, "title": one["title"]}
        self.shown.set()
        return {"ok": True, "files": shown}

    def _post(self, body: dict[str, Any]) -> dict[str, Any]:
        error = self._refusal(body)
        if error:
            return _refused(error)
        posted = Posted(
            ts=f"1747262460.{next(self._numbers):06}",
            channel=str(body["channel"]),
            text=str(body.get("text", "")),
            blocks=body.get("blocks") or [],
            thread_ts=body.get("thread_ts"),
            metadata=body.get("metadata") or {},
            body=body,
        )
        self.messages.append(posted)
        return {"ok": True, "channel": posted.channel, "ts": posted.ts}

    def _update(self, body: dict[str, Any]) -> dict[str, Any]:
        error = self._refusal(body)
        if error:
            return _refused(error)
        for message in self.messages:
            if (message.channel, message.ts) == (body["channel"], body.get("ts")):
                message.text, message.blocks = str(body.get("text", "")), body.get("blocks") or []
                message.edits += 1
                return {"ok": True, "channel": message.channel, "ts": message.ts}
        return _refused("message_not_found")

    def _open(self, body: dict[str, Any]) -> dict[str, Any]:
        view, trigger = _view(body), str(body.get("trigger_id"))
        if trigger in self._spent or not trigger.startswith("trigger."):
            return _refused("expired_trigger_id")
        self._spent.add(trigger)
        error = broken_view(view, "modal")
        if error:
            return {**_refused("invalid_arguments"), "response_metadata": {"messages": [error]}}
        self.forms.append(view)
        return {"ok": True, "view": view}

    def _publish(self, body: dict[str, Any]) -> dict[str, Any]:
        view = _view(body)
        error = broken_view(view, "home")
        if error:
            return {**_refused("invalid_arguments"), "response_metadata": {"messages": [error]}}
        self.pages.setdefault(str(body.get("user_id")), []).append(view)
        return {"ok": True, "view": view}

    def _refusal(self, body: dict[str, Any]) -> str | None:
        channel = str(body.get("channel"))
        if channel.startswith("U"):  # a direct message to a person
            return broken_limit(body.get("blocks") or [])
        if channel not in self.channels:
            return "channel_not_found"
        if self.channels[channel]:
            return self.channels[channel]
        if body.get("thread_ts") and body["thread_ts"] not in {message.ts for message in self.messages}:
            return "thread_not_found"
        if not body.get("text") and not body.get("blocks"):
            return "no_text"
        return broken_limit(body.get("blocks") or [])

    async def _answer(self, request: web.Request) -> web.Response:
        answer = await request.json()
        if answer.get("blocks") and self.faults.get("answer") and self.faults["answer"].popleft() is Fault.UNFIT:
            return web.Response(text="invalid_blocks", status=400)
        self.answers.put_nowait(answer)
        return web.Response(text="ok")

    async def answer(self) -> dict[str, Any]:
        """Return the next answer that comes back to a person."""
        return await asyncio.wait_for(self.answers.get(), 5)

    # -------------------------------------------------------- Socket Mode

    async def _socket(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        self.sockets.append(socket)
        await socket.send_json({"type": "hello", "num_connections": 1, "connection_info": {"app_id": "A0APP"}})
        self.connected.set()
        async for message in socket:
            if message.type is WSMsgType.TEXT:
                ack = json.loads(message.data)
                waiting = self._acks.pop(ack.get("envelope_id", ""), None)
                if waiting and not waiting.done():
                    waiting.set_result(ack.get("payload") or {})
        return socket

    async def push(self, kind: str, payload: dict[str, Any], envelope: str | None = None) -> dict[str, Any]:
        """Send an envelope down the newest socket and return what its ack holds; 3 s, as Slack waits."""
        envelope = envelope or f"envelope-{next(self._numbers)}"
        waiting = self._acks[envelope] = asyncio.get_running_loop().create_future()
        await self.sockets[-1].send_json(
            {"type": kind, "envelope_id": envelope, "payload": payload, "accepts_response_payload": True}
        )
        return await asyncio.wait_for(waiting, 3)

    async def refresh(self) -> None:
        """Ask for a new connection, as Slack does every few hours, and wait for it."""
        self.connected.clear()
        await self.sockets[-1].send_json({"type": "disconnect", "reason": "refresh_requested"})
        await asyncio.wait_for(self.connected.wait(), 5)

    async def drop(self) -> None:
        """Close the connection from our side, and wait for the next."""
        self.connected.clear()
        await self.sockets[-1].close()
        await asyncio.wait_for(self.connected.wait(), 5)


async def _body(request: web.Request) -> dict[str, Any]:
    if request.method == "GET":
        return dict(request.query)
    if request.content_type == "application/json":
        found: dict[str, Any] = await request.json()
        return found
    return {**request.query, **await request.post()}


def _refused(error: str) -> dict[str, Any]:
    return {"ok": False, "error": error}


def _view(body: dict[str, Any]) -> dict[str, Any]:
    view = body.get("view")
    found: dict[str, Any] = json.loads(view) if isinstance(view, str) else view or {}
    return found
