"""``/summary``: where a story stands."""

from datetime import datetime

from bot.announce.summary import Summary, summarise, summary_card
from bot.commands.desk import Desk, find_story
from bot.commands.silence import silences
from bot.domain.command import Call, Command, Completes, Option, Reply
from bot.domain.story import Story
from bot.ports import Session
from bot.track.fold import cities_of, fold

COMMAND = Command(
    name="summary",
    summary="Where a story stands",
    options=(Option(name="story", summary="A story", required=True, completes=Completes.STORY),),
)


async def run(desk: Desk, call: Call) -> Reply:
    """Answer with the story's summary card."""
    async with desk.store.read() as session:
        story = await find_story(session, call.arguments["story"])
        summary = await summary_of(session, desk, story, desk.clock.now())
    return Reply(card=summary_card(summary))


async def summary_of(session: Session, desk: Desk, story: Story, at: datetime) -> Summary:
    """Return a story's summary as it stood at a moment."""
    log = [entry for entry in await session.stories.log(story.id) if entry.at <= at]
    joined = await session.stories.articles(story.id)
    texts = await session.articles.get([ref for ref, _ in joined])
    articles = {ref: article for ref, article in texts.items() if article.fetched <= at}
    feeds = await session.feeds.all()
    return summarise(
        story,
        fold(log, at, cities=cities_of(desk.gazetteer)),
        log,
        articles,
        [alert for alert in await session.alerts.of_story(story.id) if alert.at <= at],
        at,
        desk.names,
        checked=max((state.last_success for _, state in feeds if state.last_success), default=None),
        silent=silences(feeds, {ref.feed for ref, _ in joined}, at),
        joined=[(ref, origin) for ref, origin in joined if ref in articles],
    )
