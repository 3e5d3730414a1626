"""Slack, Discord and 500 publishers, played by another process: ``python -m benchmarks.platform_fakes``.

Prints where they are as a line of JSON, then answers each line of standard
input with a line: what was counted or measured.
"""

import asyncio
import json
import math
import os
import sys
import time
from collections.abc import Awaitable, Callable
from email.utils import formatdate
from typing import Any

from aiohttp import web

from tests.platforms.discord.server import Asked, DiscordServer
from tests.platforms.discord.shapes import GUILD, channel, guild, interaction
from tests.platforms.slack.people import SECRET, SignedHttp, slash
from tests.platforms.slack.server import FakeSlack

#: One message a second in each channel, as Slack has it; Discord's fake is told the same.
PACE_SECONDS = 1.0
# What clocks of two processes and a socket may differ by.
TOLERANCE_SECONDS = 0.002

SLACK_CHANNELS = [f"C{number:07}" for number in range(100)]
DISCORD_CHANNELS = [f"{870_000_000_000_000_000 + number}" for number in range(100)]
GUILDS, CHANNELS_EACH, ROLES_EACH = 1_000, 20, 8

FEEDS = 500
ENTRIES = 10
SENTENCES = (
    "The foreign ministry of Vestria said on Wednesday that its delegation to the talks will be led by {name}.",
    "Korland's president said that he would not attend the summit in Geneva unless the ceasefire holds.",
    "Shares rose in early trade as investors weighed the outlook for interest rates and energy prices.",
    "The two sides agreed to meet again next week, a spokesman for the mediators told reporters in Doha.",
    "The football club confirmed that its captain will miss the final after an injury in training.",
)


class Paced:
    """Remembers when each channel took a message; refuses what comes within the pace."""

    def __init__(self) -> None:
        self.taken: dict[str, list[tuple[float, str]]] = {}
        self.refused = 0

    def wait(self, where: str) -> float:
        """Return how long a channel wants to rest, 0 if it takes a message now."""
        last = self.taken.get(where, [])
        wait = last[-1][0] + PACE_SECONDS - TOLERANCE_SECONDS - time.monotonic() if last else 0.0
        self.refused += wait > 0
        return max(wait, 0.0)

    def take(self, where: str, title: str) -> None:
        """Note a message that was taken."""
        self.taken.setdefault(where, []).append((time.monotonic(), title))


class PacedSlack(FakeSlack):
    """Slack with its limit of a message a second in a channel."""

    def __init__(self) -> None:
        super().__init__()
        self.paced = Paced()
        self.channels |= dict.fromkeys(SLACK_CHANNELS)

    async def _api(self, request: web.Request) -> web.StreamResponse:
        if request.match_info["method"] == "chat.postMessage":
            body = await request.json()
            wait = self.paced.wait(str(body["channel"]))
            if wait > 0:
                error = {"ok": False, "error": "ratelimited"}
                return web.json_response(error, status=429, headers={"Retry-After": str(math.ceil(wait))})
            self.paced.take(str(body["channel"]), str(body["text"]).partition("\n")[0])
        return await super()._api(request)


class PacedDiscord(DiscordServer):
    """Discord with a bucket of a message a second in each channel, told in its headers."""

    def __init__(self) -> None:
        super().__init__()
        self.paced = Paced()
        self.channels |= {number: {} for number in DISCORD_CHANNELS}
        mine = [channel(number, f"desk-{number[-3:]}") for number in DISCORD_CHANNELS]
        self.gateway.guilds = [guild([*self.gateway.guilds[0]["channels"], *mine]), *map(_guild, range(1, GUILDS))]

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        parts = request.match_info["path"].split("/")
        if request.method != "POST" or parts[0] != "channels" or parts[2:] != ["messages"]:
            return await super()._answer(request)
        wait = self.paced.wait(parts[1])
        bucket = {"X-RateLimit-Limit": "1", "X-RateLimit-Remaining": "0", "X-RateLimit-Bucket": "messages"}
        if wait > 0:
            headers = {
                "Retry-After": f"{wait:.3f}",
                "Via": "1.1 fake",
                "X-RateLimit-Reset-After": f"{wait:.3f}",
                **bucket,
            }
            body = {"message": "You are being rate limited.", "retry_after": wait, "global": False}
            # Discord names no charset, and its library wants it so.
            headers["Content-Type"] = "application/json"
            return web.Response(body=json.dumps(body).encode(), status=429, headers=headers)
        body = await request.json()
        self.paced.take(parts[1], body["embeds"][0]["title"])
        answer = await super()._answer(request)
        answer.headers.update(
            {**bucket, "X-RateLimit-Reset-After": f"{PACE_SECONDS:.3f}", "X-RateLimit-Reset": f"{time.time() + 1:.3f}"}
        )
        return answer


class Publishers:
    """Feeds, each at an address of its own, with entries that can be renewed."""

    def __init__(self) -> None:
        self.edition = 1
        self.asked = 0
        self.port = 0

    async def start(self) -> None:
        """Listen on every loopback address."""
        app = web.Application()
        app.router.add_get("/feed", self._feed)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        site = web.TCPSite(runner, "0.0.0.0", 0)  # noqa: S104 - feeds have an address each, all of them loopback's
        await site.start()
        self.port = runner.addresses[0][1]

    async def _feed(self, request: web.Request) -> web.Response:
        self.asked += 1
        host = str(request.host).partition(":")[0]
        hundreds, ones = host.split(".")[2:]
        number = int(hundreds) * 250 + int(ones)
        items = "".join(_item(host, number, edition) for edition in range(self.edition * ENTRIES))
        body = f"<rss version='2.0'><channel><title>Wire {number}</title>{items}</channel></rss>"
        return web.Response(text=body, content_type="application/rss+xml")


def addresses(port: int) -> list[str]:
    """Return the addresses of all feeds."""
    return [f"http://127.0.{1 + number // 250}.{1 + number % 250}:{port}/feed" for number in range(FEEDS)]


def _item(host: str, number: int, edition: int) -> str:
    text = SENTENCES[(number + edition) % len(SENTENCES)].format(name=f"Ada Number{number % 40}")
    when = formatdate(usegmt=True)
    return (
        f"<item><guid>{host}-{edition}</guid><title>Wire {number}, {edition}: {text[:60]}</title>"
        f"<description>{text}</description><pubDate>{when}</pubDate><link>http://{host}/{edition}</link></item>"
    )


def _guild(number: int) -> dict[str, Any]:
    """Return a server of ordinary size."""
    there = str(880_100_000_000_000_000 + number * 100)
    channels = [
        channel(str(int(there) + 1 + place), f"channel-{place}") | {"guild_id": there} for place in range(CHANNELS_EACH)
    ]
    made = guild(channels, there)
    everyone = made["roles"][0]
    made["roles"] += [
        everyone | {"id": str(int(there) + 50 + role), "name": f"role {role}"} for role in range(ROLES_EACH)
    ]
    return made


class Play:
    """Does what the measuring process asks for."""

    def __init__(self, slack: PacedSlack, discord: PacedDiscord, publishers: Publishers) -> None:
        self._slack, self._discord, self._publishers = slack, discord, publishers
        self._door = SignedHttp("")

    async def taken(self, asked: dict[str, Any]) -> Any:
        """Return what each channel took, in order with the times, and how often somebody was refused."""
        taken = {**self._slack.paced.taken, **self._discord.paced.taken}
        refused = self._slack.paced.refused + self._discord.paced.refused
        return {"channels": taken, "refused": refused}

    async def forget(self, asked: dict[str, Any]) -> Any:
        """Begin to count anew."""
        self._slack.paced, self._discord.paced = Paced(), Paced()
        return {}

    async def connected(self, asked: dict[str, Any]) -> Any:
        """Take note of where Slack's requests go."""
        self._door = SignedHttp(asked["slack"])
        return {}

    async def renew(self, asked: dict[str, Any]) -> Any:
        """Let every publisher bring a further edition."""
        self._publishers.edition += 1
        self._publishers.asked = 0
        return {}

    async def visits(self, asked: dict[str, Any]) -> Any:
        """Return how often a publisher was asked."""
        return {"asked": self._publishers.asked}

    async def complete(self, asked: dict[str, Any]) -> Any:
        """Let somebody type, letter by letter; return how long each list of choices took."""
        took = []
        for number in range(asked["times"]):
            typed = asked["typed"][number % len(asked["typed"])]
            began = time.perf_counter()
            await self._discord.type("summary", "story", typed)
            took.append(time.perf_counter() - began)
        return {"seconds": took}

    async def people(self, asked: dict[str, Any]) -> Any:
        """Let people ask on both platforms at a rate for some seconds; return how long each first answer took."""
        took: dict[str, list[float]] = {"discord": [], "slack": []}
        asking: set[asyncio.Task[None]] = set()
        until = time.monotonic() + asked["seconds"]
        while time.monotonic() < until:
            for ask in (self._ask_discord, self._ask_slack):
                task = asyncio.create_task(ask(took))
                asking.add(task)
            await asyncio.sleep(1 / asked["rate"])
        await asyncio.gather(*asking)
        return took

    async def _ask_discord(self, took: dict[str, list[float]]) -> None:
        made = interaction(2, {"id": "1", "name": "help", "type": 1})
        asked = self._discord.asked.setdefault(made["token"], Asked(sent=made))
        began = time.perf_counter()
        await self._discord.gateway.dispatch("INTERACTION_CREATE", made)
        while not asked.callbacks:
            asked.changed.clear()
            await asked.changed.wait()
        took["discord"].append(time.perf_counter() - began)

    async def _ask_slack(self, took: dict[str, list[float]]) -> None:
        payload = slash(self._slack, "/dragoman help")
        began = time.perf_counter()
        await self._door.types(payload)
        took["slack"].append(time.perf_counter() - began)


async def play() -> None:
    """Serve until standard input ends."""
    publishers = Publishers()
    await publishers.start()
    slack = PacedSlack()
    async with slack.running(), PacedDiscord().running() as discord:
        here = {
            "slack": slack.api,
            "secret": SECRET,
            "discord": discord.api,
            "gateway": discord.gateway.url,
            "guild": GUILD,
            "feeds": publishers.port,
        }
        print(json.dumps(here), flush=True)
        does = Play(slack, discord, publishers)
        while line := await asyncio.to_thread(sys.stdin.readline):
            asked = json.loads(line)
            do: Callable[[dict[str, Any]], Awaitable[Any]] = getattr(does, asked["do"])
            print(json.dumps(await do(asked)), flush=True)


def step_aside() -> None:
    """Leave the cores that the measuring process was bound to to it, if there are others: Slack shares none with us."""
    its = os.sched_getaffinity(0)
    os.sched_setaffinity(0, range(os.cpu_count() or 1))
    os.sched_setaffinity(0, os.sched_getaffinity(0) - its or its)


if __name__ == "__main__":
    step_aside()
    asyncio.run(play())
