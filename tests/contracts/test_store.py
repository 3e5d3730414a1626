"""What every store does, whichever database keeps it."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.domain.alert import Alert, Card, Mode
from bot.domain.audience import Channel, Level, Mute, Subscription, Watch
from bot.domain.delivery import POST, Delivery
from bot.domain.feed import EntryRef, Feed, FeedState, Health
from bot.domain.installation import Installation
from bot.domain.story import Action, LogEntry, Story
from bot.ports import Known, Store
from tests.builders import article, event, logged

T = datetime(2025, 5, 14, 19, 41, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
# What no database column takes as it stands: a NUL, a lone surrogate, too long for an index.
HOSTILE_IDS = ("\0", "\ud800", "x" * 5000, "x" * 4999 + "y", " ", "İstanbul", "'; DROP TABLE articles; --")


def a_feed(id: str = "wire", due: datetime = T, **fields: Any) -> tuple[Feed, FeedState]:  # noqa: A002 (the field's name)
    return Feed(id=id, url=f"http://{id}.test", outlet=id.title(), **fields), FeedState(due=due)


def known(feed: str, id: str, **fields: Any) -> Known:  # noqa: A002 (the field's name)
    link = fields.pop("link", f"http://{feed}/{id}")
    return Known(EntryRef(feed, id), fields.pop("revision", 0), "hash", link, "title hash", T)


def an_alert(id: str, at: datetime = T, **fields: Any) -> Alert:  # noqa: A002 (the field's name)
    return Alert(id=id, at=at, story=fields.pop("story", "talks"), kind="meeting", headline=id, **fields)


# ---------------------------------------------------------------- transactions


async def test_an_exception_takes_everything_back(store: Store) -> None:
    async def fail_at_the_end() -> None:
        async with store.write() as session:
            await session.feeds.put(*a_feed())
            await session.stories.append("talks", [logged(event("meeting"))])
            await session.outbox.put([Delivery(channel="desk", alert="a", part=POST)])
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail_at_the_end()

    async with store.read() as session:
        assert await session.feeds.all() == []
        assert await session.stories.log("talks") == []
        assert await session.outbox.waiting() == 0


async def test_a_cancelled_transaction_is_taken_back_and_blocks_nobody(store: Store) -> None:
    begun = asyncio.Event()

    async def write_for_ever() -> None:
        async with store.write() as session:
            await session.feeds.put(*a_feed("never"))
            begun.set()
            await asyncio.sleep(3600)

    writer = asyncio.create_task(write_for_ever())
    await begun.wait()
    writer.cancel()
    await asyncio.wait([writer])

    async with asyncio.timeout(5), store.write() as session:
        assert await session.feeds.get("never") is None


async def test_writers_in_one_process_take_turns(store: Store) -> None:
    async def count() -> None:
        async with store.write() as session:
            log = await session.stories.log("talks")
            await asyncio.sleep(0)
            entry = LogEntry(id=str(len(log)), at=T, action=Action.RETRACT)
            await session.stories.append("talks", [entry])

    await asyncio.gather(*(count() for _ in range(10)))

    async with store.read() as session:
        assert [entry.id for entry in await session.stories.log("talks")] == [str(number) for number in range(10)]


# ---------------------------------------------------------------- feeds


async def test_due_feeds_are_claimed_earliest_first_and_once(store: Store) -> None:
    async with store.write() as session:
        for minutes in (2, 0, 1, 9):
            await session.feeds.put(*a_feed(f"feed-{minutes}", T + minutes * MINUTE))
        first = await session.feeds.claim_due(T + 3 * MINUTE, T, MINUTE, 2)
        second = await session.feeds.claim_due(T + 3 * MINUTE, T, MINUTE, 2)
        third = await session.feeds.claim_due(T + 3 * MINUTE, T, MINUTE, 2)

    assert [feed.id for feed, _ in first] == ["feed-0", "feed-1"]
    assert [feed.id for feed, _ in second] == ["feed-2"]
    assert third == []


async def test_a_claim_on_a_feed_ends_with_its_lease_in_machine_time(store: Store) -> None:
    async with store.write() as session:
        await session.feeds.put(*a_feed())
        await session.feeds.claim_due(T, T, MINUTE, 1)
        news_time_runs_fast = await session.feeds.claim_due(T + 99 * MINUTE, T, MINUTE, 1)
        [(again, _)] = await session.feeds.claim_due(T, T + MINUTE, MINUTE, 1)

    assert news_time_runs_fast == []
    assert again.id == "wire"


async def test_a_settled_feed_is_due_when_its_poll_says(store: Store) -> None:
    left = FeedState(due=T + 5 * MINUTE, health=Health.OK, etag='"x"', rhythm_seconds=90.5, polls=1)
    async with store.write() as session:
        await session.feeds.put(*a_feed())
        await session.feeds.claim_due(T, T, MINUTE, 1)
        await session.feeds.settle({"wire": left})

        assert await session.feeds.next_due() == T + 5 * MINUTE
        assert await session.feeds.claim_due(T + 4 * MINUTE, T, MINUTE, 1) == []
        [(_, state)] = await session.feeds.claim_due(T + 5 * MINUTE, T, MINUTE, 1)
    assert state == left


async def test_a_feed_that_is_removed_and_added_again_has_lost_no_article(store: Store) -> None:
    story = article("Talks open", hours=1)
    async with store.write() as session:
        await session.feeds.put(*a_feed())
        await session.articles.put(story, known("wire", story.ref.id, revision=2))
        assert await session.feeds.remove("wire")
        assert not await session.feeds.remove("wire")
        await session.feeds.settle({"wire": FeedState(due=T)})
        assert await session.feeds.get("wire") is None

        await session.feeds.put(*a_feed())
        await session.articles.seen([known("wire", story.ref.id)], T)
        assert await session.articles.get([story.ref]) == {story.ref: story}
        assert (await session.articles.known("wire", [story.ref.id]))[story.ref.id].revision == 2


async def test_the_addresses_of_a_removed_feed_are_remembered_until_it_is_readmitted(store: Store) -> None:
    long = "https://wire.test/" + "x" * 5000
    feed, state = a_feed(aliases=(long, "https://old.test/feed"))
    async with store.write() as session:
        await session.feeds.put(feed, state)
        assert not await session.feeds.was_removed(feed)
        await session.feeds.remove("wire")

        for url in ("http://wire.test", long, "http://OLD.test:80/feed/"):
            assert await session.feeds.was_removed(Feed(id="x", url=url, outlet="X"))
        assert not await session.feeds.was_removed(Feed(id="x", url="https://old.test/other", outlet="X"))

        await session.feeds.readmit(feed)
        assert not await session.feeds.was_removed(feed)


async def test_feeds_are_hurried_as_far_as_their_servers_allow_and_those_being_visited_are_not(store: Store) -> None:
    ok = FeedState(due=T, health=Health.OK)
    states = {
        "soon": replace(ok, due=T + 5 * MINUTE),
        "late": replace(ok, due=T + 60 * MINUTE),
        "strict": replace(ok, due=T + 60 * MINUTE, not_before=T + 30 * MINUTE),
        "failing": FeedState(due=T + 60 * MINUTE, health=Health.FAILING),
        "visited": replace(ok, due=T),
        "other": replace(ok, due=T + 60 * MINUTE),
    }
    async with store.write() as session:
        for name, state in states.items():
            await session.feeds.put(a_feed(name)[0], state)
        await session.feeds.claim_due(T, T, MINUTE, 1)
        await session.feeds.hurry([*(states.keys() - {"other"}), "unheard-of"], T + 10 * MINUTE)
        due = {feed.id: (state.due - T) // MINUTE for feed, state in await session.feeds.all()}
        claimed = await session.feeds.claim_due(T + 99 * MINUTE, T, MINUTE, 9)

    assert due == {"soon": 5, "late": 10, "strict": 30, "failing": 60, "visited": 0, "other": 60}
    assert [feed.id for feed, _ in claimed] == ["soon", "late", "strict", "failing", "other"]


async def test_a_workspace_lists_the_feeds_that_are_its_own(store: Store) -> None:
    async with store.write() as session:
        await session.feeds.put(*a_feed("public"))
        await session.feeds.put(*a_feed("private", workspace="T1"))
        assert [feed.id for feed, _ in await session.feeds.all()] == ["private", "public"]
        assert [feed.id for feed, _ in await session.feeds.seen_by("T1")] == ["private", "public"]
        for stranger in ("T2", None):
            assert [feed.id for feed, _ in await session.feeds.seen_by(stranger)] == ["public"]


# ---------------------------------------------------------------- articles


async def test_entries_are_known_by_id_and_link_whatever_characters_they_hold(store: Store) -> None:
    async with store.write() as session:
        await session.articles.seen([known("wire", id, link=f"http://wire/{id}") for id in HOSTILE_IDS], T)  # noqa: A001
        found = await session.articles.known("wire", [*HOSTILE_IDS, "never seen"])
        linked = await session.articles.known_links("wire", [f"http://wire/{HOSTILE_IDS[2]}"])
        elsewhere = await session.articles.known("other", HOSTILE_IDS)

    assert set(found) == set(HOSTILE_IDS)
    assert [each.ref.id for each in linked.values()] == [HOSTILE_IDS[2]]
    assert elsewhere == {}


async def test_a_feeds_latest_titles_are_remembered_and_no_others(store: Store) -> None:
    async with store.write() as session:
        for number in range(5):
            await session.articles.seen([replace(known("wire", str(number)), title_hash=f"t{number}")], T)
        await session.articles.seen([replace(known("other", "9"), title_hash="t9")], T)

    async with store.read() as session:
        assert await session.articles.titles("wire", 3) == {"t2", "t3", "t4"}
        assert await session.articles.titles("none", 3) == frozenset()


async def test_thousands_of_entries_are_looked_up_at_once(store: Store) -> None:
    ids = [f"entry-{number}" for number in range(1200)]
    async with store.write() as session:
        await session.articles.seen([known("wire", id) for id in ids], T)  # noqa: A001
        assert set(await session.articles.known("wire", ids)) == set(ids)


async def test_an_edit_replaces_the_former_revision_and_keeps_its_place(store: Store) -> None:
    first, second = article("One", hours=1, id="1"), article("Two", hours=1, id="2")
    edited = article("One, edited", hours=1, id="1", revision=1)
    async with store.write() as session:
        for each in (first, second, edited):
            await session.articles.put(each, known("wire", each.ref.id, revision=each.revision))
        assert await session.articles.since(first.fetched) == [edited, second]


async def test_a_forgotten_text_leaves_the_article(store: Store) -> None:
    old, new = article("Old", "body \0 \ud83d", hours=1), article("New", hours=9)
    async with store.write() as session:
        for each in (old, new):
            await session.articles.put(each, known("wire", each.ref.id))
        assert (await session.articles.get([old.ref]))[old.ref] == old

        assert await session.articles.forget_texts(new.fetched) == 1
        assert await session.articles.forget_texts(new.fetched) == 0
        found = await session.articles.get([old.ref, new.ref])

    assert (found[old.ref].title, found[old.ref].text) == ("Old", "")
    assert found[new.ref] == new


# ---------------------------------------------------------------- stories and alerts


async def test_a_log_keeps_its_order_and_each_entry_once(store: Store) -> None:
    entries = [logged(event("meeting", person=str(number))) for number in range(5)]
    async with store.write() as session:
        await session.stories.append("talks", entries[:3])
        await session.stories.append("talks", [entries[1], *entries[3:], entries[4]])
        await session.stories.append("other", entries[:1])
        assert await session.stories.log("talks") == entries


async def test_stories_come_in_the_order_in_which_they_were_opened(store: Store) -> None:
    async with store.write() as session:
        for name in ("zebra", "apple"):
            await session.stories.put(Story(id=name, slug=name, title=name))
        await session.stories.put(Story(id="zebra", slug="zebra-talks", title="Z", aliases=("zebra",)))
        found = await session.stories.all()
    assert [(story.id, story.slug) for story in found] == [("zebra", "zebra-talks"), ("apple", "apple")]


async def test_an_article_can_belong_to_several_stories(store: Store) -> None:
    one, two = EntryRef("wire", "1"), EntryRef("wire", HOSTILE_IDS[2])
    async with store.write() as session:
        await session.stories.join("talks", one, "wire", None)
        await session.stories.join("talks", two, "agency", one)
        await session.stories.join("summit", one, "wire", None)
        await session.stories.join("talks", one, "ministry", None)
        assert await session.stories.articles("talks") == [(one, "ministry"), (two, "agency")]
        assert await session.stories.of_article(one) == ["talks", "summit"]
        assert await session.stories.of_article(EntryRef("wire", "3")) == []


async def test_the_latest_posts_come_newest_first(store: Store) -> None:
    card = Card(title="shown", at=T)
    async with store.write() as session:
        await session.alerts.put(an_alert("first"), card)
        await session.alerts.put(an_alert("second", T + MINUTE), None)
        await session.alerts.put(an_alert("line", T + 2 * MINUTE, of="first", mode=Mode.THREAD), None)
        await session.alerts.put(an_alert("other", T + 3 * MINUTE, story="summit"), None)

        latest = await session.alerts.last(2)
        of_talks = await session.alerts.last(9, "talks")
        since = await session.alerts.of_story("talks", T + MINUTE)
        one = await session.alerts.get("first")

    assert [alert.id for alert, _ in latest] == ["other", "second"]
    assert [alert.id for alert, _ in of_talks] == ["second", "first"]
    assert [alert.id for alert in since] == ["second", "line"]
    assert one == (an_alert("first"), card)


# ---------------------------------------------------------------- channels


async def test_a_channel_mutes_a_story_once(store: Store) -> None:
    desk = Channel(id="slack:t:c", platform="slack", workspace="t", address="c")
    mute = Mute(channel=desk.id, story="s", until=None, since=T, by="u")
    async with store.write() as session:
        await session.channels.mute(mute)
        await session.channels.mute(replace(mute, until=T))
        await session.channels.mute(replace(mute, channel="slack:t:d"))
    async with store.read() as session:
        assert await session.channels.mutes(desk.id) == [replace(mute, until=T)]
        assert len(await session.channels.mutes()) == 2
    async with store.write() as session:
        assert await session.channels.unmute(desk.id, "s")
        assert not await session.channels.unmute(desk.id, "s")
        assert await session.channels.mutes(desk.id) == []


async def test_subscriptions_and_watches_are_one_a_name(store: Store) -> None:
    desk = Channel(id="slack:T1:C1", platform="slack", workspace="T1", address="C1")
    loud = Subscription(channel=desk.id, story="talks", level=Level.KEY, kinds=frozenset({"b", "a"}), since=T)
    watch = Watch(name="w", channel=desk.id, query='"cease-fire" AND (a OR b)', since=T)
    async with store.write() as session:
        await session.channels.put(desk)
        await session.channels.subscribe(Subscription(channel=desk.id, story="talks", since=T))
        await session.channels.subscribe(loud)
        await session.channels.put_watch(watch)
        await session.channels.put_watch(watch)

        assert await session.channels.all() == [desk]
        assert await session.channels.subscriptions() == [loud]
        assert await session.channels.subscriptions("slack:T1:C2") == []
        assert await session.channels.watches(desk.id) == [watch]
        assert await session.channels.unsubscribe(desk.id, "talks")
        assert not await session.channels.unsubscribe(desk.id, "talks")
        assert await session.channels.remove_watch(desk.id, "w")
        assert not await session.channels.remove_watch(desk.id, "w")


# ---------------------------------------------------------------- installations


async def test_an_installation_is_kept_until_it_is_removed(store: Store) -> None:
    first = Installation(platform="slack", workspace="T1", sealed="abc", by="U1", at=T)
    async with store.write() as session:
        for installation in (first, replace(first, workspace="T0"), replace(first, platform="other")):
            await session.installations.put(installation)
        await session.installations.put(replace(first, sealed="def"))

    async with store.write() as session:
        assert [found.workspace for found in await session.installations.all("slack")] == ["T0", "T1"]
        assert await session.installations.get("slack", "T1") == replace(first, sealed="def")
        assert await session.installations.remove("slack", "T1")
        assert not await session.installations.remove("slack", "T1")
        assert await session.installations.get("other", "T1") is not None


async def test_a_forgotten_channel_takes_all_that_it_chose_with_it_and_nothing_else(store: Store) -> None:
    async with store.write() as session:
        for name in ("a", "b"):
            channel = Channel(id=f"slack:T:{name}", platform="slack", workspace="T", address=name)
            await session.channels.put(channel)
            await session.channels.subscribe(Subscription(channel=channel.id, story="all", since=T))
            await session.channels.put_watch(Watch(name="w", channel=channel.id, query="x", since=T))
            await session.channels.mute(Mute(channel=channel.id, story="talks", since=T))
        await session.channels.forget("slack:T:a")

    async with store.read() as session:
        assert [channel.address for channel in await session.channels.all()] == ["b"]
        assert len(await session.channels.subscriptions()) == 1
        assert len(await session.channels.watches()) == 1
        assert len(await session.channels.mutes()) == 1


# ---------------------------------------------------------------- requests


async def test_a_request_came_before_until_it_is_forgotten(store: Store) -> None:
    async with store.write() as session:
        await session.requests.note("discord:1", T)
        await session.requests.note("discord:1", T + MINUTE)
        await session.requests.note("slack:1", T + MINUTE)

    async with store.read() as session:
        assert [await session.requests.came(name) for name in ("discord:1", "slack:1", "slack:2")] == [
            True,
            True,
            False,
        ]

    async with store.write() as session:
        assert await session.requests.forget(T + MINUTE) == 1
        assert [await session.requests.came(name) for name in ("discord:1", "slack:1")] == [False, True]


# ---------------------------------------------------------------- marks


async def test_marks_are_others_once_something_changed_and_only_then(store: Store) -> None:
    async def marks() -> tuple[tuple[int, ...], ...]:
        async with store.read() as session:
            return (await session.stories.mark(), await session.alerts.mark(), await session.feeds.mark())

    feed, state = a_feed()
    correction = LogEntry(id="c", at=T, action=Action.RENAME, by="ana", slug="t", workspace="T0DESK")
    own_line = replace(logged(event("meeting")), workspace="T0DESK")
    seen = [await marks()]

    async with store.write() as session:
        await session.stories.put(Story(id="talks", slug="talks", title="Talks"))
    seen.append(await marks())
    async with store.write() as session:
        await session.stories.append("talks", [correction])
    seen.append(await marks())
    async with store.write() as session:
        await session.stories.append("talks", [own_line])
    seen.append(await marks())
    async with store.write() as session:
        await session.alerts.put(an_alert("a"), None)
    seen.append(await marks())
    async with store.write() as session:
        await session.feeds.put(feed, state)
    seen.append(await marks())
    async with store.write() as session:
        await session.feeds.remove(feed.id)
    seen.append(await marks())

    assert len(set(seen)) == len(seen)
    async with store.write() as session:
        await session.feeds.settle({"other": state})
        await session.stories.append("talks", [logged(event("demand"))])
    assert await marks() == seen[-1]
