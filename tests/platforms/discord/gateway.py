"""The fake's gateway: greets, identifies, resumes and replays."""

import asyncio
import json
from typing import Any

from aiohttp import WSMsgType, web

from tests.platforms.discord.shapes import APPLICATION, BOT, Json, guild, user

# Discord's numbers for what a frame is.
DISPATCH, HEARTBEAT, RECONNECT, HELLO, ACK = 0, 1, 7, 10, 11


class Gateway:
    """One session that survives its connections."""

    def __init__(self, token: str, channels: list[Json]) -> None:
        self.url = ""
        self.identified: list[Json] = []
        self.resumed: list[Json] = []
        #: The servers that the bot is on.
        self.guilds = [guild(channels)]
        self._token = token
        self._sockets: list[web.WebSocketResponse] = []
        self._sent: list[Json] = []
        self._connected = asyncio.Event()
        self._beat = asyncio.Event()
        self._away = False

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Serve one connection until it closes."""
        if self._away:
            self._away = False
            return web.Response(status=503)
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        self._sockets.append(socket)
        await _send(socket, HELLO, {"heartbeat_interval": 20_000})
        async for frame in socket:
            if frame.type is WSMsgType.TEXT:
                await self._take(socket, json.loads(frame.data))
        return socket

    async def dispatch(self, event: str, data: Json) -> None:
        """Send an event; it is kept for a replay, and sent then if nobody is connected."""
        self._sent.append({"op": DISPATCH, "t": event, "s": len(self._sent) + 1, "d": data})
        if self._connected.is_set():
            await self._sockets[-1].send_str(json.dumps(self._sent[-1]))

    async def drop(self) -> None:
        """Ask for a reconnect and close, as Discord does when it moves a session."""
        self._connected.clear()
        await _send(self._sockets[-1], RECONNECT, None)

    async def refuse(self) -> None:
        """Close as Discord does when a token is not valid any more."""
        await self._sockets[-1].close(code=4004, message=b"Authentication failed.")

    async def cut(self) -> None:
        """Close for no reason, and be away for the next who knocks."""
        self._away = True
        self._connected.clear()
        await self._sockets[-1].close(code=1000)

    async def settle(self) -> None:
        """Return once everything that was sent is read: the client has answered a heartbeat behind it."""
        self._beat.clear()
        await _send(self._sockets[-1], HEARTBEAT, None)
        async with asyncio.timeout(5):
            await self._beat.wait()

    async def back(self) -> None:
        """Return once the session is connected."""
        async with asyncio.timeout(5):
            await self._connected.wait()

    async def close(self) -> None:
        """Close every connection."""
        for socket in self._sockets:
            await socket.close()

    async def _take(self, socket: web.WebSocketResponse, frame: Json) -> None:
        data = frame["d"]
        match frame["op"]:
            case 1:
                self._beat.set()
                await _send(socket, ACK, None)
            case 2 if data["token"] != self._token:
                await socket.close(code=4004, message=b"Authentication failed.")
            case 2:
                self.identified.append(data)
                self._connected.set()
                await self.dispatch("READY", self._ready())
                for there in self.guilds:
                    await self.dispatch("GUILD_CREATE", there)
            case 6:
                self.resumed.append(data)
                # Discord may replay what we have seen already: one event more than asked for.
                for sent in self._sent[max(data["seq"] - 1, 0) :]:
                    await socket.send_str(json.dumps(sent))
                self._connected.set()
                await self.dispatch("RESUMED", {})
            case _:
                pass

    def _ready(self) -> Json:
        return {
            "v": 10,
            "user": user(BOT, "Dragoman", bot=True),
            "guilds": [{"id": there["id"], "unavailable": True} for there in self.guilds],
            "session_id": "session-1",
            "resume_gateway_url": self.url,
            "application": {"id": APPLICATION, "flags": 0},
        }


async def _send(socket: web.WebSocketResponse, op: int, data: Any) -> None:
    await socket.send_str(json.dumps({"op": op, "d": data, "s": None, "t": None}))
