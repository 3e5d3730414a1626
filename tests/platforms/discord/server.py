"""A small honest Discord on loopback: REST and gateway, with limits, nonces and faults."""

import asyncio
import json
import re
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Self

import aiohttp
from aiohttp import web
from aiohttp.test_utils import TestServer
from nacl.signing import SigningKey

from tests.platforms.discord.gateway import Gateway
from tests.platforms.discord.limits import wrong_with_commands, wrong_with_form, wrong_with_message
from tests.platforms.discord.shapes import (
    APPLICATION,
    BOT,
    DESK,
    MANAGE_CHANNELS,
    VIEW_AND_SEND,
    Json,
    application,
    channel,
    interaction,
    message,
    thread,
    user,
)

TOKEN = "fake.bot.token"  # noqa: S105 - of a fake
EPHEMERAL = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Something goes wrong with the next request that fits."""

    method: str
    path: str
    status: int = 500
    body: Json = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    #: The request is done all the same, before it goes wrong.
    accepted: bool = False
    #: No answer at all: the connection is reset.
    reset: bool = False
    #: The answer comes when nobody waits for it any more.
    late: bool = False


def rate_limit(method: str, path: str, seconds: float) -> Fault:
    """Return a 429 as Discord itself sends it."""
    body = {"message": "You are being rate limited.", "retry_after": seconds, "global": False}
    headers = {"Via": "1.1 google", "Retry-After": str(seconds)}
    return Fault(method=method, path=path, status=429, body=body, headers=headers)


@dataclass(slots=True)
class Asked:
    """One interaction and all that came back for it."""

    sent: Json
    #: The callback's type: 4 an answer, 5 thinking, 6 and 7 in place of what was there, 8 choices, 9 a form.
    type: int = 0
    choices: list[Json] = field(default_factory=list)
    form: Json | None = None
    #: What the person sees, the original first; each with its flags.
    messages: list[Json] = field(default_factory=list)
    callbacks: int = 0
    changed: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def loading(self) -> bool:
        """The person sees that the bot is thinking."""
        return bool(self.messages) and self.messages[0].get("loading", False)

    @property
    def seen(self) -> str:
        """All that is shown, as text."""
        return json.dumps([shown for shown in self.messages if not shown.get("loading")], ensure_ascii=False)


class DiscordServer:
    """Keeps channels with their messages, and a full record of what was asked."""

    def __init__(self) -> None:
        self.requests: list[tuple[str, str, Json | list[Json] | None]] = []
        self.faults: list[Fault] = []
        self.commands: list[Json] = []
        self.channels: dict[str, dict[str, Json]] = {DESK: {}}
        self.threads: dict[str, Json] = {}
        self.asked: dict[str, Asked] = {}
        #: In which language the person's client runs.
        self.locale = "en-GB"
        #: Where interactions go as signed requests; empty: through the gateway.
        self.endpoint = ""
        self.signing = SigningKey.generate()
        self.gateway = Gateway(TOKEN, [channel(DESK, "desk")])
        #: So long a channel rests after a post, as every answer to one says; what comes sooner is refused.
        self.rest_seconds = 0.0
        self.refused = 0
        self._opens: dict[str, float] = {}
        self._nonces: dict[tuple[str, str], str] = {}
        self._server: TestServer | None = None

    @property
    def api(self) -> str:
        """Where the API is."""
        return str(self._where("/api/v10"))

    async def start(self) -> None:
        """Listen on a free port."""
        app = web.Application()
        app.router.add_get("/gateway", self.gateway.handle)
        app.router.add_route("*", "/api/v10/{path:.*}", self._answer)
        self._server = TestServer(app)
        await self._server.start_server()
        self.gateway.url = str(self._where("/gateway")).replace("http://", "ws://")

    @asynccontextmanager
    async def running(self) -> AsyncIterator[Self]:
        """Listen while the block runs."""
        await self.start()
        try:
            yield self
        finally:
            await self.close()

    async def close(self) -> None:
        """Stop listening."""
        await self.gateway.close()
        if self._server:
            await self._server.close()

    def shown(self, where: str = DESK) -> str:
        """Return everything that a channel and its threads show, as text."""
        places = [where, *(number for number, made in self.threads.items() if made["parent_id"] == where)]
        return json.dumps([list(self.channels[place].values()) for place in places], ensure_ascii=False)

    def count(self, method: str, path: str) -> int:
        """Return how often a path was asked for."""
        return sum(asked == method and bool(re.fullmatch(path, where)) for asked, where, _ in self.requests)

    async def use(self, name: str, /, *, permissions: int = VIEW_AND_SEND, wait: bool = True, **options: str) -> Asked:
        """Use a slash command as a person does, and return what came back."""
        return await self.send(interaction(2, _typed(name, options), permissions=permissions), wait=wait)

    async def press(
        self, custom_id: str, *, permissions: int = VIEW_AND_SEND, on: Json | None = None, wait: bool = True
    ) -> Asked:
        """Press a button, of a post or of a message that was seen."""
        made = interaction(3, {"custom_id": custom_id, "component_type": 2}, permissions=permissions)
        return await self.send(made | ({"message": on} if on else {}), wait=wait)

    async def fill(self, asked: Asked, *, permissions: int = MANAGE_CHANNELS, **values: str | list[str]) -> Asked:
        """Fill in the form that came back, as a person does, and send it."""
        assert asked.form is not None
        components = [
            {"type": 18, "component": _filled(label["component"], values.get(label["component"]["custom_id"]))}
            for label in asked.form["components"]
        ]
        data = {"custom_id": asked.form["custom_id"], "components": components}
        made = interaction(5, data, permissions=permissions)
        return await self.send(made | ({"message": asked.sent["message"]} if "message" in asked.sent else {}))

    async def type(self, name: str, option: str, typed: str) -> Asked:
        """Type into an option that offers choices."""
        data = _typed(name, {option: typed})
        inner = data["options"][0]
        (inner["options"][0] if inner["type"] == 1 else inner)["focused"] = True
        return await self.send(interaction(4, data))

    async def send(self, made: Json, *, wait: bool = True) -> Asked:
        """Send an interaction through the gateway, and wait for its answer."""
        made["locale"] = self.locale
        asked = self.asked.setdefault(made["token"], Asked(sent=made))
        if self.endpoint:
            status, answer = await self.knock(made)
            if status == 200:
                self._callback(made["token"], answer, wants=False)
        else:
            await self.gateway.dispatch("INTERACTION_CREATE", made)
        if wait:
            await settled(asked)
        return asked

    async def knock(
        self, made: Json, *, age: int = 0, key: SigningKey | None = None, **headers: str
    ) -> tuple[int, Any]:
        """Send something as a signed request, and return the status and what came back."""
        body, stamp = json.dumps(made).encode(), str(int(time.time()) - age)
        signed = {
            "X-Signature-Timestamp": stamp,
            "X-Signature-Ed25519": (key or self.signing).sign(stamp.encode() + body).signature.hex(),
            "Content-Type": "application/json",
        }
        async with (
            aiohttp.ClientSession() as session,
            session.post(self.endpoint, data=body, headers=signed | headers) as answer,
        ):
            is_json = answer.content_type == "application/json"
            return answer.status, await answer.json() if is_json else await answer.text()

    def _where(self, path: str) -> Any:
        assert self._server is not None
        return self._server.make_url(path)

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        path = "/" + request.match_info["path"]
        body = await _body(request)
        self.requests.append((request.method, path, body))
        fault = next(
            (one for one in self.faults if one.method == request.method and re.fullmatch(one.path, path)), None
        )
        if fault:
            self.faults.remove(fault)
            if fault.accepted:
                self._do(request, path, body)
            if fault.reset and request.transport:
                request.transport.abort()
            if fault.late:
                await asyncio.sleep(1)
            return _json(fault.status, fault.body, fault.headers)
        if self.rest_seconds and request.method == "POST" and re.fullmatch(r"/channels/\d+/messages", path):
            return self._limited(request, path, body)
        return _json(*self._do(request, path, body))

    def _limited(self, request: web.Request, path: str, body: Any) -> web.Response:
        """Post within a limit of one message, or refuse to."""
        left = self._opens.get(path, 0.0) - time.monotonic()
        limit = {"X-RateLimit-Limit": "1", "X-RateLimit-Remaining": "0", "X-RateLimit-Bucket": "posts"}
        if left > 0:
            self.refused += 1
            told = rate_limit(request.method, path, left)
            return _json(told.status, told.body, {**told.headers, **limit, "X-RateLimit-Reset-After": f"{left:.3f}"})
        self._opens[path] = time.monotonic() + self.rest_seconds
        rest = {"X-RateLimit-Reset-After": f"{self.rest_seconds:.3f}", "X-RateLimit-Reset": f"{time.time():.3f}"}
        return _json(*self._do(request, path, body), {**limit, **rest})

    def _do(self, request: web.Request, path: str, body: Any) -> tuple[int, Any]:
        """Do what is asked, which answers of interactions need no token for."""
        match request.method, path.strip("/").split("/"):
            case "POST", ["interactions", _, token, "callback"]:
                return self._callback(token, body, wants=request.query.get("with_response") == "1")
            case "POST", ["webhooks", _, token]:
                return self._follow_up(token, body)
            case "PATCH", ["webhooks", _, token, "messages", "@original"]:
                return self._change_original(token, body)
            case method, parts if request.headers.get("Authorization") == f"Bot {TOKEN}":
                return self._do_as_bot(method, parts, body)
            case _:
                return 401, {"code": 0, "message": "401: Unauthorized"}

    def _do_as_bot(self, method: str, parts: list[str], body: Any) -> tuple[int, Any]:
        match method, parts:
            case "GET", ["users", "@me"]:
                return 200, user(BOT, "Dragoman", bot=True)
            case "GET", ["oauth2", "applications", "@me"]:
                return 200, application()
            case "PUT", ["applications", number, "commands"] if number == APPLICATION:
                return self._commands(body)
            case _, ["channels", where, *rest] if where in self.channels:
                return self._channel(method, where, rest, body)
            case _:
                return 404, {"code": 10003, "message": "Unknown Channel"}

    def _commands(self, body: list[Json]) -> tuple[int, Any]:
        wrong = wrong_with_commands(body)
        if wrong:
            return 400, {"code": 50035, "message": "; ".join(wrong)}
        self.commands = body
        return 200, [{"id": str(number), **command} for number, command in enumerate(body, 1)]

    def _channel(self, method: str, where: str, rest: list[str], body: Json) -> tuple[int, Any]:
        messages = self.channels[where]
        match method, rest:
            case "POST", ["messages"]:
                return self._post(where, body)
            case "PATCH", ["messages", number] if number in messages:
                edited = {**messages[number], **{name: value or "" for name, value in body.items()}}
                wrong = wrong_with_message(edited)
                if wrong or body.get("allowed_mentions", {}).get("parse") != []:
                    return 400, {"code": 50035, "message": "; ".join(wrong) or "somebody may be pinged"}
                messages[number] = message(where, edited) | {"id": number}
                return 200, messages[number]
            case "POST", ["messages", number, "threads"] if number in messages:
                if number in self.threads:
                    return 400, {"code": 160004, "message": "A thread has already been created for this message"}
                self.threads[number] = thread(number, where, body["name"])
                self.channels[number] = {}
                return 201, self.threads[number]
            case _:
                return 404, {"code": 10008, "message": "Unknown Message"}

    def _post(self, where: str, body: Json) -> tuple[int, Any]:
        wrong = wrong_with_message(body)
        if body.get("allowed_mentions", {}).get("parse") != []:
            wrong.append("somebody may be pinged")
        if wrong:
            return 400, {"code": 50035, "message": "; ".join(wrong)}
        nonce = (where, str(body.get("nonce")))
        if body.get("enforce_nonce") and nonce in self._nonces:
            return 200, self.channels[where][self._nonces[nonce]]
        posted = message(where, body)
        self.channels[where][posted["id"]] = posted
        self._nonces[nonce] = posted["id"]
        return 200, posted

    def _callback(self, token: str, body: Json, *, wants: bool) -> tuple[int, Any]:
        asked = self.asked[token]
        asked.callbacks += 1
        if asked.callbacks > 1:
            return 400, {"code": 40060, "message": "Interaction has already been acknowledged."}
        data = body.get("data") or {}
        if body["type"] == 9:
            if wrong := wrong_with_form(data):
                return 400, {"code": 50035, "message": "; ".join(wrong)}
            asked.form = data
        elif body["type"] == 6:
            pass
        elif body["type"] == 8:
            asked.choices = data["choices"]
            assert len(asked.choices) <= 25
            assert all(len(choice["name"]) <= 100 and len(choice["value"]) <= 100 for choice in asked.choices)
        else:
            if body["type"] in {4, 7} and (wrong := wrong_with_message(data)):
                return 400, {"code": 50035, "message": "; ".join(wrong)}
            asked.messages.append({**message(DESK, data), "loading": body["type"] == 5})
        asked.type = body["type"]
        asked.changed.set()
        made = {"interaction": {"id": asked.sent["id"], "type": asked.sent["type"]}}
        return (200, made) if wants else (204, None)

    def _change_original(self, token: str, body: Json) -> tuple[int, Any]:
        asked = self.asked[token]
        flags = asked.messages[0]["flags"] if asked.messages else EPHEMERAL
        asked.messages[:1] = [{**message(DESK, body), "flags": flags}]
        asked.changed.set()
        return 200, asked.messages[0]

    def _follow_up(self, token: str, body: Json) -> tuple[int, Any]:
        """Take a follow-up; the first after thinking takes its place and its privacy."""
        asked = self.asked[token]
        if wrong := wrong_with_message(body):
            return 400, {"code": 50035, "message": "; ".join(wrong)}
        sent = message(DESK, body)
        if asked.loading:
            asked.messages[0] = {**sent, "flags": asked.messages[0]["flags"]}
        else:
            asked.messages.append(sent)
        asked.changed.set()
        return 200, sent


async def settled(asked: Asked, messages: int = 1) -> None:
    """Return once an answer is there and nobody thinks any more.

    Raises:
        TimeoutError: If that takes longer than Discord's patience.
    """
    async with asyncio.timeout(3):
        while not asked.callbacks or asked.loading or (asked.type not in {8, 9} and len(asked.messages) < messages):
            asked.changed.clear()
            await asked.changed.wait()


def is_private(shown: Json) -> bool:
    """Return whether a message is shown to one person alone."""
    return bool(shown["flags"] & EPHEMERAL)


def _typed(name: str, options: dict[str, str]) -> Json:
    written = [{"type": 3, "name": option, "value": value} for option, value in options.items()]
    top, _, second = name.partition(" ")
    inner = [{"type": 1, "name": second, "options": written}] if second else written
    return {"id": "1", "name": top, "type": 1, "options": inner}


def _filled(field: Json, value: str | list[str] | None) -> Json:
    """Return a field as Discord sends it back."""
    if field["type"] == 4:
        return {"type": 4, "custom_id": field["custom_id"], "value": value or ""}
    chosen = [value] if isinstance(value, str) else value or []
    assert set(chosen) <= {choice["value"] for choice in field["options"]}, "a choice that was not offered"
    return {"type": 3, "custom_id": field["custom_id"], "values": chosen}


async def _body(request: web.Request) -> Any:
    """Return what was sent; files stand under their field's name, as Discord's documentation has it."""
    if not request.content_type.startswith("multipart/"):
        return await request.json() if await request.read() else None
    form = await request.post()
    body = json.loads(str(form["payload_json"]))
    for made in body.get("attachments", []):
        file = form[f"files[{made['id']}]"]
        assert isinstance(file, web.FileField)
        made["content"] = file.file.read()
    return body


def _json(status: int, body: Any, headers: dict[str, str] | None = None) -> web.Response:
    if body is None:
        return web.Response(status=status)
    content = json.dumps(body).encode()
    return web.Response(status=status, body=content, headers={"Content-Type": "application/json", **(headers or {})})
