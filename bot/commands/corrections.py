"""``/wrong`` and ``/corrections``: what people say about what the bot made of the news."""

from bot.commands.desk import Desk, find_story
from bot.commands.pages import PAGE, page_of, turning
from bot.domain.alert import Alert, Button, Card, Mode, Section
from bot.domain.audience import OPERATOR
from bot.domain.command import Call, Command, Completes, Option, Reply
from bot.domain.correction import NOTE_AT_MOST, Corrected, short
from bot.domain.moments import stamp
from bot.domain.story import Action, Cause, LogEntry, Story
from bot.errors import CommandError
from bot.locales import Voice, _, voice_in
from bot.ports import Session
from bot.views import alerts_of, arrangement_of

SHOWN = 15

ALERT = Option(
    name="alert", summary=_("An alert, or a story for its last one"), required=True, completes=Completes.ALERT
)
_CORRECTION = Option(
    name="correction", summary=_("The first letters of its id"), required=True, completes=Completes.CORRECTION
)

WRONG = Command(
    name="wrong",
    summary=_("Take back an alert that is wrong"),
    options=(ALERT, Option(name="reason", summary=_("Why, for those who read it"), rest=True, asks=True)),
    manages=True,
)
LIST = Command(name="corrections list", summary=_("What people corrected here"), options=(PAGE,))
UNDO = Command(name="corrections undo", summary=_("Take a correction back"), options=(_CORRECTION,), manages=True)
PROMOTE = Command(
    name="corrections promote",
    summary=_("Let a correction count for every workspace"),
    options=(_CORRECTION,),
    manages=True,
    operator=True,
)


async def wrong(desk: Desk, call: Call) -> Reply:
    """Take back what an alert told."""
    say = voice_in(call.language)
    alert = await alert_id(desk, call)
    note = note_of(call.arguments.get("reason", ""))
    done = await desk.corrections.wrong(alert, workspace=call.channel.workspace, by=who(call), note=note)
    marked = say("Marked wrong: “{headline}”.", headline=done.entry.title)
    told = _together(marked, _edited(done, say), say("What only repeats it is not posted here."))
    return Reply(card=undoable(Card(title=told), done, say))


async def list_(desk: Desk, call: Call) -> Reply:
    """List the corrections that hold here, newest first."""
    say = voice_in(call.language)
    rows = await desk.corrections.holding(call.channel.workspace)
    if not rows:
        return Reply(text=say("Nothing was corrected here. Press Wrong under an alert that is."), private=True)
    page = page_of(rows, call, SHOWN)
    lines = tuple(_line(story, entry, say) for story, entry in page.rows)
    card = Card(
        title=say.many("{number:,} correction", "{number:,} corrections", page.total),
        sections=(Section(title="", lines=lines),),
        foot=say("/corrections undo <correction> takes one back"),
    )
    return Reply(card=turning(card, page, call), private=True)


async def undo(desk: Desk, call: Call) -> Reply:
    """Take a correction back."""
    say = voice_in(call.language)
    name = call.arguments["correction"]
    done = await desk.corrections.undo(name, workspace=call.channel.workspace, by=who(call))
    told = say("Undone. All is as it was before correction {name}.", name=done.entry.targets[0][:8])
    return Reply(text=_together(told, _edited(done, say)))


async def promote(desk: Desk, call: Call) -> Reply:
    """Let a correction count for everybody."""
    if call.channel.workspace != OPERATOR:
        raise CommandError("Only the operator can let a correction count for everybody, on the machine itself.")
    say = voice_in(call.language)
    done = await desk.corrections.promote(call.arguments["correction"], by=who(call))
    told = _together(say("It counts for every workspace now."), _edited(done, say))
    return Reply(card=undoable(Card(title=told), done, say))


async def alert_id(desk: Desk, call: Call) -> str:
    """Return the id of the alert that was named by it, or as the last one of its story.

    Raises:
        CommandError: If there is none.
    """
    name, workspace = call.arguments["alert"].strip(), call.channel.workspace
    async with desk.store.read() as session:
        if await session.alerts.get(name, workspace) is not None:
            return name
        story = await find_story(session, name, workspace)
        last = await _last_post(session, story, workspace)
    if last is None:
        raise CommandError("Nothing was posted of `{story}` yet.", story=story.slug)
    return last


async def _last_post(session: Session, story: Story, workspace: str) -> str | None:
    said = await alerts_of(session, story.id, await arrangement_of(session, workspace))
    return next((alert.id for alert in reversed(said) if alert.mode is Mode.POST and not _is_withdrawn(alert)), None)


def _is_withdrawn(alert: Alert) -> bool:
    return bool(alert.changes) and all(change.cause is Cause.RETRACTION for change in alert.changes)


def who(call: Call) -> str:
    """Return who is remembered as the one who did it."""
    return call.user or call.channel.platform


def note_of(written: str) -> str:
    """Return what a person said about it, within its limit."""
    note = " ".join(written.strip().strip('"').split())
    if len(note) > NOTE_AT_MOST:
        raise CommandError("That reason is too long; {most} characters are enough.", most=NOTE_AT_MOST)
    return note


def undoable(card: Card, done: Corrected, say: Voice) -> Card:
    """Return the card with the button that takes the correction back."""
    name = short(done.entry)
    return Card(
        title=card.title,
        place=done.story.slug,
        sections=card.sections,
        foot=say("correction {name} · take it back: /corrections undo {name}", name=name),
        buttons=(Button(action="corrections undo", label=say("Undo"), value=name),),
    )


def _together(*sentences: str) -> str:
    return " ".join(filter(None, sentences))


def _edited(done: Corrected, say: Voice) -> str:
    return say.many("{number:,} post edited.", "{number:,} posts edited.", done.posts) if done.posts else ""


def _line(story: Story, entry: LogEntry, say: Voice) -> str:
    everybody = "" if entry.workspace else say("everybody")
    note = f": {entry.note}" if entry.note else ""
    return say.row(short(entry), stamp(entry.at), entry.by or "", everybody, f"{story.slug} {_what(entry, say)}{note}")


def _what(entry: LogEntry, say: Voice) -> str:
    into = _called(entry.into, say)
    match entry.action:
        case Action.MERGE:
            return say("merged into {story}", story=into)
        case Action.SPLIT:
            return say("split: {query} → {story}", query=entry.query, story=into)
        case Action.RENAME:
            return say("is called {title} ({slug})", title=entry.title or entry.slug, slug=entry.slug)
        case Action.MOVE:
            return say("“{headline}” moved to {story}", headline=entry.title, story=into)
        case _ if entry.reason == "undone":
            return say("undid {name}", name=entry.targets[0][:8])
        case _:
            return say("wrong “{headline}”", headline=entry.title)


def _called(story: str | None, say: Voice) -> str:
    """Return a story's id without the workspace that a split one carries."""
    return story.partition("@")[0] if story else say("no story")
