"""A small honest desk that answers the platforms' tests."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.domain.alert import Button, Card, Section
from bot.domain.audience import Channel
from bot.domain.command import Call, Command, Completes, Option, Reply
from bot.domain.picture import Picture
from bot.errors import CommandError
from tests.platforms.cards import SUMMARY

STORY = Option(name="story", summary="A story", completes=Completes.STORY)

TABLE = (
    Command(name="summary", summary="Where a story stands", options=(STORY,)),
    Command(name="stories", summary="The stories that are followed"),
    Command(name="feeds list", summary="The feeds", options=(Option(name="page", summary="Which page"),)),
    Command(name="subscribe", summary="Follow", options=(STORY,), manages=True),
    Command(name="timeline", summary="What changed", options=(Option(name="page", summary="Which page"),)),
    Command(
        name="doubt",
        summary="Say that something is wrong",
        options=(
            Option(name="alert", summary="Which alert", required=True),
            Option(name="reason", summary="Why", rest=True, asks=True),
        ),
    ),
    Command(name="boom", summary="Fails"),
)

PICTURE = Picture(name="istanbul-talks-timeline", light=b"\x89PNG light", dark=b"\x89PNG dark", alt="Words. " * 200)

STORIES = Card(
    title="2 stories",
    sections=(
        Section(
            title="",
            lines=(
                "istanbul-talks · Istanbul talks · 41 reports, last 16 May, 17:20 UTC",
                "gulf-channel · The Gulf channel · quiet so far",
            ),
        ),
    ),
    foot="/summary <story> tells where one stands",
)
FEEDS = Card(
    title="3 feeds, 2 well",
    sections=(
        Section(
            title="",
            lines=(
                "straits-daily · Straits Daily · answered 503 (4 times), last read 40 min ago · next in 12 min",
                "meridian-wire · Meridian Wire · ok, read 2 min ago · next in 3 min",
                "kyiv-courier · Kyiv Courier · ok, read 1 min ago · next in 4 min",
            ),
        ),
    ),
)


class AnswerDesk:
    """Answers as the commands do, and remembers what it was asked."""

    def __init__(self) -> None:
        self.calls: list[Call] = []
        #: How long an answer takes.
        self.delay_s = 0.0

    def parse(self, line: str) -> tuple[Command, Mapping[str, str]]:
        """Read a line: the longest name that fits, then one word for its option."""
        words = line.strip().removeprefix("/").split()
        for size in (2, 1):
            for command in TABLE:
                if command.name == " ".join(words[:size]):
                    names = [option.name for option in command.options]
                    return command, dict(
                        zip(names, (word.removeprefix("page:") for word in words[size:]), strict=False)
                    )
        raise CommandError(f"There is no command `/{words[0] if words else ''}`. `/help` lists what I know.")

    async def ask(self, call: Call) -> Reply:
        """Answer a call."""
        self.calls.append(call)
        await asyncio.sleep(self.delay_s)
        if call.command == "boom":
            message = "the secret path /var/lib/x"
            raise RuntimeError(message)
        if call.command == "timeline":
            return Reply(card=STORIES, picture=PICTURE if call.pictures else None)
        if call.command == "doubt":
            return Reply(text=f"Noted of {call.arguments['alert']}: {call.arguments.get('reason', 'no reason')}.")
        if call.command == "stories":
            return Reply(card=STORIES, private=True)
        if call.command == "feeds list":
            return Reply(card=_feeds(call.arguments.get("page", "1")), private=True)
        story = call.arguments.get("story", "")
        if story != "istanbul-talks":
            raise CommandError(f"No story `{story}`. Did you mean `istanbul-talks`?")
        if call.command == "subscribe":
            return Reply(text="This channel follows `istanbul-talks`." if call.manager else "Only who may manage.")
        return Reply(card=SUMMARY)

    def complete(self, what: Completes, typed: str, channel: Channel, language: str) -> Sequence[tuple[str, str]]:
        """Return the stories."""
        stories = [("istanbul-talks", "Istanbul talks"), ("gulf-channel", "The Gulf channel")]
        return stories if what is Completes.STORY else []


def _feeds(page: str) -> Card:
    """Return one of two pages, the second with a feed of its own."""
    if page not in {"1", "2"}:
        raise CommandError(f"`page:{page}` is no page; write a number from 1.")
    turn = Button(action="feeds list", label="Next" if page == "1" else "Previous", value=f"page:{3 - int(page)}")
    later = Section(title="", lines=("un-news · UN News · ok, read 1 min ago · next in 9 min",))
    sections = FEEDS.sections if page == "1" else (later,)
    return replace(FEEDS, sections=sections, foot=f"page {page} of 2", buttons=(turn,))
