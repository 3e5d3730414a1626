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
from bot.ports import Session
from bot.views import alerts_of, arrangement_of

SHOWN = 15

ALERT = Option(name="alert", summary="An alert, or a story for its last one", required=True, completes=Completes.ALERT)
_CORRECTION = Option(
    name="correction", summary="The first letters of its id", required=True, completes=Completes.CORRECTION
)

WRONG = Command(
    name="wrong",
    summary="Take back an alert that is wrong",
    options=(ALERT, Option(name="reason", summary="Why, for those who read it", rest=True, asks=True)),
    manages=True,
)
LIST = Command(name="corrections list", summary="What people corrected here", options=(PAGE,))
UNDO = Command(name="corrections undo", summary="Take a correction back", options=(_CORRECTION,), manages=True)
PROMOTE = Command(
    name="corrections promote",
    summary="Let a correction count for every workspace",
    options=(_CORRECTION,),
    manages=True,
    operator=True,
)


async def wrong(desk: Desk, call: Call) -> Reply:
    """Take back what an alert told."""
    alert = await alert_id(desk, call)
    note = note_of(call.arguments.get("reason", ""))
    done = await desk.corrections.wrong(alert, workspace=call.channel.workspace, by=who(call), note=note)
    told = f"Marked wrong: “{done.entry.title}”. {_edited(done)} What only repeats it is not posted here."
    return Reply(card=undoable(Card(title=told), done))


async def list_(desk: Desk, call: Call) -> Reply:
    """List the corrections that hold here, newest first."""
    rows = await desk.corrections.holding(call.channel.workspace)
    if not rows:
        return Reply(text="Nothing was corrected here. Press Wrong under an alert that is.", private=True)
    page = page_of(rows, call, SHOWN)
    lines = tuple(_line(story, entry) for story, entry in page.rows)
    card = Card(
        title=f"{page.total} correction{'s' * (page.total != 1)}",
        sections=(Section(title="", lines=lines),),
        foot="/corrections undo <correction> takes one back",
    )
    return Reply(card=turning(card, page, call), private=True)


async def undo(desk: Desk, call: Call) -> Reply:
    """Take a correction back."""
    name = call.arguments["correction"]
    done = await desk.corrections.undo(name, workspace=call.channel.workspace, by=who(call))
    return Reply(
        text=f"Undone. All is as it was before correction {done.entry.targets[0][:8]}. {_edited(done)}".strip()
    )


async def promote(desk: Desk, call: Call) -> Reply:
    """Let a correction count for everybody."""
    if call.channel.workspace != OPERATOR:
        raise CommandError("Only the operator can let a correction count for everybody, on the machine itself.")
    done = await desk.corrections.promote(call.arguments["correction"], by=who(call))
    return Reply(card=undoable(Card(title=f"It counts for every workspace now. {_edited(done)}".strip()), done))


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
        raise CommandError(f"Nothing was posted of `{story.slug}` yet.")
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
        raise CommandError(f"That reason is too long; {NOTE_AT_MOST} characters are enough.")
    return note


def undoable(card: Card, done: Corrected) -> Card:
    """Return the card with the button that takes the correction back."""
    name = short(done.entry)
    return Card(
        title=card.title,
        place=done.story.slug,
        sections=card.sections,
        foot=f"correction {name} · take it back: /corrections undo {name}",
        buttons=(Button(action="corrections undo", label="Undo", value=name),),
    )


def _edited(done: Corrected) -> str:
    return f"{done.posts} post{'s' * (done.posts != 1)} edited." if done.posts else ""


def _line(story: Story, entry: LogEntry) -> str:
    where = "" if entry.workspace else " · everybody"
    note = f": {entry.note}" if entry.note else ""
    return f"{short(entry)} · {stamp(entry.at)} · {entry.by}{where} · {story.slug} {_what(entry)}{note}"


def _what(entry: LogEntry) -> str:
    match entry.action:
        case Action.MERGE:
            return f"merged into {_called(entry.into)}"
        case Action.SPLIT:
            return f"split: {entry.query} → {_called(entry.into)}"
        case Action.RENAME:
            return f"is called {entry.title or entry.slug} ({entry.slug})"
        case Action.MOVE:
            return f"“{entry.title}” moved to {_called(entry.into)}"
        case _ if entry.reason == "undone":
            return f"undid {entry.targets[0][:8]}"
        case _:
            return f"wrong “{entry.title}”"


def _called(story: str | None) -> str:
    """Return a story's id without the workspace that a split one carries."""
    return story.partition("@")[0] if story else "no story"
