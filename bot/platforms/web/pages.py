"""What each address of the page answers."""

import asyncio
import contextlib
import json
import time
from dataclasses import dataclass, field, replace
from datetime import tzinfo
from functools import cache
from importlib import resources

from aiohttp import web

from bot.domain.audience import Channel
from bot.domain.command import Call, Completes, Reply
from bot.locales import Voice, _, language_of, voice_in
from bot.platforms.asking import LINE_AT_MOST, answer_call, answer_line, with_working_buttons
from bot.platforms.clean import clean
from bot.platforms.times import reply_in_words
from bot.platforms.web.board import Board, Message
from bot.platforms.web.gate import is_local
from bot.platforms.web.render import SLUG, render, rows, slug_of
from bot.ports import Ask, Complete, Parse

# Silent connections are dropped on the way; a comment keeps them open.
HEARTBEAT_SECONDS = 20.0
STREAMS_AT_MOST = 100
# What a browser says of its languages, in letters; no person reads more.
LANGUAGES_AT_MOST = 200

STATIC = {"page.css": "text/css", "page.js": "text/javascript", "mark.svg": "image/svg+xml"}


@dataclass(kw_only=True)
class Pages:
    """Answers requests with what the board holds and what commands reply."""

    board: Board
    channel: Channel
    ask: Ask
    complete: Complete
    parse: Parse
    zone: tzinfo | None
    #: Unlike that of every earlier run.
    run: str
    streams: int = 0
    started: float = field(default_factory=time.monotonic)

    def routes(self) -> list[web.RouteDef]:
        """Return every address that answers."""
        return [
            web.get("/", self.desk),
            web.get("/side", self.side),
            web.get("/stories", self.all_stories),
            web.get("/stories/{slug}", self.story),
            web.get("/feeds", self.all_feeds),
            web.post("/ask", self.answer),
            web.get("/events", self.events),
            web.get("/health", self.health),
            web.get("/static/{name}", self.static),
        ]

    async def desk(self, request: web.Request) -> web.Response:
        """Show the latest alerts, the stories and the feeds."""
        return await self._desk(request)

    async def side(self, request: web.Request) -> web.Response:
        """Show stories and feeds alone, for a page that renews them."""
        stories, feeds = await self._lists(request)
        return self._page("side", voice_of(request), stories=stories, feeds=feeds)

    async def all_stories(self, request: web.Request) -> web.Response:
        """Show every story, a page at a time."""
        return await self._whole(request, _("Stories"), "stories")

    async def all_feeds(self, request: web.Request) -> web.Response:
        """Show how every feed is doing, a page at a time."""
        return await self._whole(request, _("Feeds"), "feeds list")

    async def story(self, request: web.Request) -> web.Response:
        """Show where a story stands, and what was said of it."""
        slug = request.match_info["slug"]
        reply = (
            await self._call(request, "summary", story=slug)
            if SLUG.fullmatch(slug)
            else _no_story(slug, voice_of(request))
        )
        alerts = [message for message in self.board.newest_first() if slug_of(message.card) == slug]
        return self._page(
            "story",
            voice_of(request),
            status=200 if reply.done else 404,
            slug=clean(slug),
            reply=self._own(reply, voice_of(request)),
            messages=alerts,
        )

    async def answer(self, request: web.Request) -> web.Response:
        """Answer a typed line, with a piece of a page for our own script, else with the whole."""
        form = await request.post()
        typed = form.get("line", "")
        line = typed.strip() if isinstance(typed, str) else ""
        say = voice_of(request)
        reply = self._own(
            await answer_line(
                line,
                parse=self.parse,
                ask=self.ask,
                channel=self.channel,
                user=request.remote or "",
                manager=is_local(request),
                language=say.language,
            ),
            say,
        )
        if request.headers.get("X-Part") == "answer":
            return self._page("answer", say, reply=reply, line=clean(line))
        return await self._desk(request, line=clean(line), reply=reply)

    async def events(self, request: web.Request) -> web.StreamResponse:
        """Stream what changes on the board, from where the page stands."""
        if self.streams >= STREAMS_AT_MOST:
            return web.Response(status=503, text="Too many pages are open.\n", headers={"Retry-After": "30"})
        number = self._number_of(request.headers.get("Last-Event-ID") or request.query.get("after", ""))
        stream = web.StreamResponse(headers={"Content-Type": "text/event-stream; charset=utf-8"})
        self.streams += 1
        try:
            # A browser that goes away ends its stream; nobody needs to be told.
            with contextlib.suppress(ConnectionError):
                await stream.prepare(request)
                await self._stream(stream, number, voice_of(request))
        finally:
            self.streams -= 1
        return stream

    async def health(self, request: web.Request) -> web.Response:
        """Tell a monitor that the page answers."""
        return web.json_response(
            {
                "status": "ok",
                "uptime_seconds": round(time.monotonic() - self.started),
                "messages": len(self.board.newest_first()),
                "open_pages": self.streams,
            }
        )

    async def static(self, request: web.Request) -> web.Response:
        """Return one of our own few files."""
        name = request.match_info["name"]
        if name not in STATIC:
            raise web.HTTPNotFound
        headers = {"Cache-Control": "no-cache"}
        return web.Response(body=_file(name), content_type=STATIC[name], charset="utf-8", headers=headers)

    async def _desk(self, request: web.Request, line: str = "", reply: Reply | None = None) -> web.Response:
        stories, feeds = await self._lists(request)
        choices = self.complete(Completes.STORY, "", self.channel, voice_of(request).language)
        return self._page(
            "desk",
            voice_of(request),
            line=line,
            reply=reply,
            line_at_most=LINE_AT_MOST,
            stories=stories,
            feeds=feeds,
            choices=[(clean(value), clean(label)) for value, label in choices],
            messages=self.board.newest_first(),
            after=self._id(self.board.number),
        )

    async def _lists(self, request: web.Request) -> tuple[dict[str, object], dict[str, object]]:
        return _list(await self._call(request, "stories")), _list(await self._call(request, "feeds list"))

    async def _whole(self, request: web.Request, title: str, command: str) -> web.Response:
        asked = {"page": request.query["page"]} if "page" in request.query else {}
        reply = await self._call(request, command, **asked)
        return self._page("list", voice_of(request), status=200 if reply.done else 404, title=title, part=_list(reply))

    async def _call(self, request: web.Request, command: str, **arguments: str) -> Reply:
        call = Call(
            command=command,
            arguments=arguments,
            channel=self.channel,
            user=request.remote or "",
            manager=is_local(request),
            language=voice_of(request).language,
        )
        return reply_in_words(await answer_call(call, self.ask), self.zone, voice_of(request))

    def _own(self, reply: Reply, say: Voice) -> Reply:
        reply = reply_in_words(reply, self.zone, say)
        if reply.card is None:
            return reply
        card = with_working_buttons(reply.card, self.parse)
        return replace(reply, card=card)

    def _page(self, template: str, say: Voice, status: int = 200, **values: object) -> web.Response:
        html = render(template, self.zone, say, **values)
        return web.Response(status=status, text=html, content_type="text/html", charset="utf-8")

    async def _stream(self, stream: web.StreamResponse, number: int, say: Voice) -> None:
        while not self.board.closed:
            for message in self.board.since(number):
                await stream.write(self._event(message, say))
                number = message.number
            try:
                await asyncio.wait_for(self.board.wait(number), HEARTBEAT_SECONDS)
            except TimeoutError:
                await stream.write(b": still here\n\n")

    def _event(self, message: Message, say: Voice) -> bytes:
        html = render("message", self.zone, say, message=message)
        data = json.dumps({"id": f"m-{message.id}", "headline": clean(message.card.title), "html": html})
        return f"id: {self._id(message.number)}\nevent: message\ndata: {data}\n\n".encode()

    def _id(self, number: int) -> str:
        return f"{self.run}.{number}"

    def _number_of(self, event_id: str) -> int:
        """Return the number behind an event's id, 0 for one of another run."""
        run, _, number = event_id.partition(".")
        return int(number) if run == self.run and number.isascii() and number.isdigit() and len(number) < 16 else 0  # noqa: PLR2004


def _list(reply: Reply) -> dict[str, object]:
    """Return a reply as a list with its rows, and where it goes on: label and number of each other page."""
    buttons = reply.card.buttons if reply.card else ()
    turns = [(button.label, number) for button in buttons if (number := _page_number(button.value))]
    return {"reply": reply, "rows": rows(reply), "turns": turns}


def _page_number(value: str) -> str:
    _, _, number = value.rpartition("page:")
    return number if number.isascii() and number.isdigit() else ""


def _no_story(slug: str, say: Voice) -> Reply:
    wanted = clean(slug)[:80].replace("`", "")
    return Reply(text=say("No story `{wanted}`. `/stories` lists them.", wanted=wanted), done=False)


def voice_of(request: web.Request) -> Voice:
    """Return the voice for the first of a browser's languages that is ours."""
    ranked: list[tuple[float, str]] = []
    for part in request.headers.get("Accept-Language", "")[:LANGUAGES_AT_MOST].split(","):
        locale, _semicolon, weight = part.strip().partition(";q=")
        try:
            ranked.append((-float(weight or 1), locale))
        except ValueError:
            continue
    return voice_in(language_of(*(locale for _weight, locale in sorted(ranked, key=lambda row: row[0]))))


@cache
def _file(name: str) -> bytes:
    return resources.files("bot.platforms.web").joinpath("static", name).read_bytes()
