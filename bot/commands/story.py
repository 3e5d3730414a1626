"""``/story``: a story is renamed, merged or split, and what is not its news is moved."""

from bot.commands.corrections import ALERT, alert_id, note_of, undoable, who
from bot.commands.desk import Desk, find_story
from bot.domain.alert import Card
from bot.domain.command import Call, Command, Completes, Option, Reply
from bot.locales import _, voice_in

_STORY = Option(name="story", summary=_("A story"), required=True, completes=Completes.STORY)

RENAME = Command(
    name="story rename",
    summary=_("Call a story otherwise; its old name goes on answering"),
    options=(
        _STORY,
        Option(name="slug", summary=_("Small letters, digits and hyphens"), required=True),
        Option(name="title", summary=_("The title that people read"), rest=True),
    ),
    manages=True,
)
MERGE = Command(
    name="story merge",
    summary=_("Tell a story as part of another one"),
    options=(_STORY, Option(name="into", summary=_("The story that stays"), required=True, completes=Completes.STORY)),
    manages=True,
)
SPLIT = Command(
    name="story split",
    summary=_("Tell what matches a query apart from its story"),
    options=(
        _STORY,
        Option(name="slug", summary=_("The new story's name"), required=True),
        Option(name="query", summary=_('Words, "phrases", AND, OR, NOT, parentheses'), required=True, rest=True),
    ),
    manages=True,
)
MOVE = Command(
    name="story move",
    summary=_("Not this story: what an alert rests on belongs elsewhere"),
    options=(
        ALERT,
        Option(name="to", summary=_("The story where it belongs; none if left out"), completes=Completes.STORY),
        Option(name="reason", summary=_("Why"), rest=True, asks=True),
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
    say = voice_in(call.language)
    told = say(
        "{title} is `{slug}` now; `{former}` goes on answering", title=done.story.title, slug=slug, former=former
    )
    return Reply(card=undoable(Card(title=told), done, say))


async def merge(desk: Desk, call: Call) -> Reply:
    """Tell a story as part of another one."""
    gone, heir = await _story_id(desk, call, "story"), await _story_id(desk, call, "into")
    done = await desk.corrections.merge(gone, heir, workspace=call.channel.workspace, by=who(call))
    into = done.into.slug if done.into else heir
    say = voice_in(call.language)
    told = say.many(
        "`{story}` is told in `{into}` now, with its {number:,} report; both names answer",
        "`{story}` is told in `{into}` now, with its {number:,} reports; both names answer",
        done.reports,
        story=done.story.slug,
        into=into,
    )
    return Reply(card=undoable(Card(title=told), done, say))


async def split(desk: Desk, call: Call) -> Reply:
    """Tell what matches a query apart from its story."""
    story = await _story_id(desk, call, "story")
    slug, query = call.arguments["slug"].strip().lower(), call.arguments["query"]
    done = await desk.corrections.split(story, slug, query, workspace=call.channel.workspace, by=who(call))
    name = done.into.slug if done.into else slug
    say = voice_in(call.language)
    found = say("nothing matches it so far")
    if done.reports:
        found = say.many("{number:,} report went there", "{number:,} reports went there", done.reports)
    told = say(
        "What matches {query} is told in `{story}` from now on; {found}. Follow it: /subscribe {story}",
        query=query,
        story=name,
        found=found,
    )
    return Reply(card=undoable(Card(title=told), done, say))


async def move(desk: Desk, call: Call) -> Reply:
    """Take what an alert rests on out of its story."""
    alert = await alert_id(desk, call)
    into = await _story_id(desk, call, "to") if call.arguments.get("to") else None
    note = note_of(call.arguments.get("reason", ""))
    done = await desk.corrections.move(alert, workspace=call.channel.workspace, by=who(call), into=into, note=note)
    say = voice_in(call.language)
    moved = _("“{headline}” is told in `{story}` now, with every copy of its articles.")
    nowhere = _("“{headline}” is told in no story now, with every copy of its articles.")
    where = done.into.slug if done.into else ""
    told = say(moved if where else nowhere, headline=done.entry.title, story=where)
    return Reply(card=undoable(Card(title=told), done, say))


async def _story_id(desk: Desk, call: Call, option: str) -> str:
    async with desk.store.read() as session:
        return (await find_story(session, call.arguments[option], call.channel.workspace)).id
