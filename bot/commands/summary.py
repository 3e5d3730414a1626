"""``/summary``: where a story stands."""

from datetime import UTC, datetime

from bot.announce.summary import Summary, summarise, summary_card
from bot.commands.desk import Desk, find_story
from bot.commands.silence import silences
from bot.domain.command import Call, Command, Completes, Option, Reply
from bot.domain.story import Story
from bot.locales import ENGLISH, Voice, _, voice_in
from bot.ports import Session
from bot.track.fold import cities_of, fold
from bot.track.log import standing
from bot.views import alerts_of, arrangement_of, articles_of, belongs, log_of

COMMAND = Command(
    name="summary",
    summary=_("Where a story stands"),
    options=(Option(name="story", summary=_("A story"), required=True, completes=Completes.STORY),),
)


async def run(desk: Desk, call: Call) -> Reply:
    """Answer with the story's summary card."""
    say = voice_in(call.language)
    async with desk.store.read() as session:
        story = await find_story(session, call.arguments["story"], call.channel.workspace)
        summary = await summary_of(session, desk, story, desk.clock.now(), call.channel.workspace, say=say)
    return Reply(card=summary_card(summary, say))


async def summary_of(  # noqa: PLR0913 - a story, when, and for whom
    session: Session,
    desk: Desk,
    story: Story,
    at: datetime,
    workspace: str,
    *,
    corrected_until: datetime | None = None,
    say: Voice = ENGLISH,
) -> Summary:
    """Return a story's summary as it stood at a moment.

    Args:
        session: A transaction.
        desk: What commands have at hand.
        story: The story.
        at: News time.
        workspace: Who asks.
        corrected_until: Leave out what people corrected later; ``None``: nothing.
        say: Who is told.
    """
    arrangement = await arrangement_of(session, workspace, corrected_until)
    log = [
        entry
        for entry in standing(
            entry
            for entry in await log_of(session, story.id, arrangement)
            if entry.at <= (corrected_until or datetime.max.replace(tzinfo=UTC) if entry.by else at)
        )
        if entry.report is not None
    ]
    joined = await articles_of(session, story.id, arrangement)
    texts = await session.articles.get([ref for ref, _ in joined])
    articles = {ref: article for ref, article in texts.items() if article.fetched <= at}
    feeds = await session.feeds.seen_by(workspace)
    return summarise(
        story,
        fold(log, cities=cities_of(desk.gazetteer)),
        log,
        articles,
        [
            alert
            for alert in await alerts_of(session, story.id, arrangement)
            if alert.at <= at and belongs(alert, story.id, arrangement)
        ],
        at,
        desk.names.told_in(say),
        checked=max((state.last_success for _, state in feeds if state.last_success), default=None),
        silent=silences(feeds, {ref.feed for ref, _ in joined}, at, say),
        joined=[(ref, origin) for ref, origin in joined if ref in articles],
    )
