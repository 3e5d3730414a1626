"""``/story``: a story is renamed, merged or split, and what is not its news is moved."""

from bot.commands.corrections import ALERT, alert_id, note_of, undoable, who
from bot.commands.desk import Desk, find_story
from bot.domain.alert import Card
from bot.domain.command import Call, Command, Completes, Option, Reply

_STORY = Option(name="story", summary="A story", required=True, completes=Completes.STORY)

RENAME = Command(
    name="story rename",
    summary="Call a story otherwise; its old name goes on answering",
    options=(
        _STORY,
        Option(name="slug", summary="Small letters, digits and hyphens", required=True),
        Option(name="title", summary="The title that people read", rest=True),
    ),
    manages=True,
)
MERGE = Command(
    name="story merge",
    summary="Tell a story as part of another one",
    options=(_STORY, Option(name="into", summary="The story that stays", required=True, completes=Completes.STORY)),
    manages=True,
)
SPLIT = Command(
    name="story split",
    summary="Tell what matches a query apart from its story",
    options=(
        _STORY,
        Option(name="slug", summary="The new story's name", required=True),
        Option(name="query", summary='Words, "phrases", AND, OR, NOT, parentheses', required=True, rest=True),
    ),
    manages=True,
)
MOVE = Command(
    name="story move",
    summary="Not this story: what an alert rests on belongs elsewhere",
    options=(
        ALERT,
        Option(name="to", summary="The story where it belongs; none if left out", completes=Completes.STORY),
        Option(name="reason", summary="Why", rest=True, asks=True),
    ),
    manages=True,
)


async def rename(desk: Desk, call: Call) -> Reply:
    """Call a story otherwise."""
    story = await _story_id(desk, call, "story")
    slug = call.arguments["slug"].strip().lower()
    title = note_of(call.arguments.get("title", ""))
    done = await desk.corrections.rename(story, slug, title, workspace=call.channel.workspace, by=who(call))
    former = done.story.aliases[-1] if done.story.aliases else slug
    return Reply(card=undoable(Card(title=f"{done.story.title} is `{slug}` now; `{former}` goes on answering"), done))


async def merge(desk: Desk, call: Call) -> Reply:
    """Tell a story as part of another one."""
    gone, heir = await _story_id(desk, call, "story"), await _story_id(desk, call, "into")
    done = await desk.corrections.merge(gone, heir, workspace=call.channel.workspace, by=who(call))
    into = done.into.slug if done.into else heir
    told = f"`{done.story.slug}` is told in `{into}` now, with its {_reports(done.reports)}; both names answer"
    return Reply(card=undoable(Card(title=told), done))


async def split(desk: Desk, call: Call) -> Reply:
    """Tell what matches a query apart from its story."""
    story = await _story_id(desk, call, "story")
    slug, query = call.arguments["slug"].strip().lower(), call.arguments["query"]
    done = await desk.corrections.split(story, slug, query, workspace=call.channel.workspace, by=who(call))
    name = done.into.slug if done.into else slug
    found = f"{_reports(done.reports)} went there" if done.reports else "nothing matches it so far"
    told = f"What matches {query} is told in `{name}` from now on; {found}. Follow it: /subscribe {name}"
    return Reply(card=undoable(Card(title=told), done))


async def move(desk: Desk, call: Call) -> Reply:
    """Take what an alert rests on out of its story."""
    alert = await alert_id(desk, call)
    into = await _story_id(desk, call, "to") if call.arguments.get("to") else None
    note = note_of(call.arguments.get("reason", ""))
    done = await desk.corrections.move(alert, workspace=call.channel.workspace, by=who(call), into=into, note=note)
    where = f"in `{done.into.slug}`" if done.into else "in no story"
    told = f"“{done.entry.title}” is told {where} now, with every copy of its articles."
    return Reply(card=undoable(Card(title=told), done))


async def _story_id(desk: Desk, call: Call, option: str) -> str:
    async with desk.store.read() as session:
        return (await find_story(session, call.arguments[option], call.channel.workspace)).id


def _reports(number: int) -> str:
    return f"{number} report{'s' * (number != 1)}"
