"""What every outbox does, whichever database keeps it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.domain.audience import Channel
from bot.domain.delivery import EDIT, POST, Delivery, Status, line
from bot.ports import Store

T = datetime(2025, 5, 14, 19, 41, tzinfo=UTC)
LEASE = timedelta(minutes=1)


def part(name: str = POST, *, alert: str = "a", channel: str = "desk", text: str = "") -> Delivery:
    return Delivery(channel=channel, alert=alert, part=name, text=text)


async def put(store: Store, *deliveries: Delivery) -> None:
    async with store.write() as session:
        await session.outbox.put(deliveries)


async def claim(store: Store, at: datetime = T, limit: int = 9) -> list[Delivery]:
    async with store.write() as session:
        return list(await session.outbox.claim(at, LEASE, limit))


async def settle(store: Store, delivery: Delivery, *, not_before: datetime | None = None) -> bool:
    async with store.write() as session:
        return await session.outbox.settle(delivery, not_before=not_before)


async def send(store: Store, at: datetime = T) -> list[str]:
    """Claim and send what may go, and return it as ``alert part``."""
    claimed = await claim(store, at)
    for delivery in claimed:
        assert await settle(store, sent(delivery))
    return [f"{delivery.alert} {delivery.part}" for delivery in claimed]


def sent(delivery: Delivery, *, shown: int = 1) -> Delivery:
    return replace(delivery, status=Status.SENT, message=f"m-{delivery.alert}", shown=shown)


def given_up(delivery: Delivery) -> Delivery:
    return replace(delivery, status=Status.GIVEN_UP, error="it was refused")


async def test_a_channel_gets_one_thing_at_a_time_in_order(store: Store) -> None:
    await put(store, part(), part(alert="b"), part(alert="b", channel="news"))

    first = await claim(store)
    meanwhile = await claim(store)
    for delivery in first:
        await settle(store, sent(delivery))

    assert [(delivery.channel, delivery.alert) for delivery in first] == [("desk", "a"), ("news", "b")]
    assert meanwhile == []
    assert await send(store) == ["b post"]
    assert await send(store) == []


async def test_a_claim_takes_no_more_than_it_was_asked_to(store: Store) -> None:
    await put(store, *(part(channel=name) for name in "abc"))
    assert [len(await claim(store, limit=2)) for _ in range(3)] == [2, 1, 0]


async def test_lines_and_edits_follow_their_post_in_order(store: Store) -> None:
    await put(store, part(EDIT), part(line(2)), part(line(1)), part())
    assert [await send(store) for _ in range(5)] == [["a post"], ["a line:1"], ["a line:2"], ["a edit"], []]


async def test_a_line_without_its_post_stays_behind_and_blocks_nobody(store: Store) -> None:
    await put(store, part(line(1)), part(alert="b"))
    assert await send(store) == ["b post"]
    async with store.read() as session:
        assert await session.outbox.next_attempt() is None
        assert await session.outbox.waiting() == 0

    await put(store, part())
    assert await send(store) == ["a post"]
    assert await send(store) == ["a line:1"]


async def test_what_hangs_on_a_post_that_was_given_up_is_given_up(store: Store) -> None:
    await put(store, part(), part(line(1)), part(EDIT), part(alert="b"))
    [post] = await claim(store)
    await settle(store, given_up(post))
    await put(store, part(line(2)))

    assert await send(store) == ["b post"]
    async with store.read() as session:
        found = await session.outbox.of_alert("a")
        assert await session.outbox.waiting() == 0
    assert [delivery.part for delivery in found] == [POST, line(1), line(2), EDIT]
    assert {delivery.status for delivery in found} == {Status.GIVEN_UP}


async def test_a_lost_lease_is_taken_over_and_the_sleeper_refused(store: Store) -> None:
    await put(store, part())
    [sleeper] = await claim(store)
    assert await claim(store, T + LEASE - timedelta(seconds=1)) == []
    [heir] = await claim(store, T + LEASE)

    assert heir.fence == sleeper.fence + 1
    assert not await settle(store, sent(sleeper))
    assert await settle(store, sent(heir))
    assert not await settle(store, given_up(sleeper))
    async with store.read() as session:
        [delivery] = await session.outbox.of_alert("a")
    assert delivery == sent(heir)


async def test_a_delivery_that_must_wait_holds_its_channel_back(store: Store) -> None:
    later = T + timedelta(minutes=5)
    await put(store, part(), part(alert="b"))
    [delivery] = await claim(store)
    await settle(store, replace(delivery, attempts=1, error="busy"), not_before=later)

    assert await claim(store) == []
    async with store.read() as session:
        assert await session.outbox.next_attempt() == later
        assert await session.outbox.waiting() == 2
    [again] = await claim(store, later)
    assert (again.alert, again.attempts, again.error) == ("a", 1, "busy")


async def test_the_next_attempt_waits_for_whoever_sends_now(store: Store) -> None:
    await put(store, part(), part(alert="b"))
    async with store.read() as session:
        first = await session.outbox.next_attempt()
    await claim(store)
    async with store.read() as session:
        second = await session.outbox.next_attempt()
    assert first is not None
    assert first <= T
    assert second == T + LEASE


async def test_a_row_that_was_put_before_stays_as_it_is(store: Store) -> None:
    await put(store, part(), part(line(1), text="Also Straits Daily"))
    await send(store)
    await send(store)
    await put(store, part(), part(line(1), text="twice"))

    assert await send(store) == []
    async with store.read() as session:
        assert [each.text for each in await session.outbox.of_alert("a")] == ["", "Also Straits Daily"]


async def test_an_edit_put_again_waits_again_with_a_growing_fence(store: Store) -> None:
    await put(store, part(), part(EDIT))
    await send(store)
    [edit] = await claim(store)
    await settle(store, sent(edit, shown=3))
    await put(store, part(EDIT))

    [again] = await claim(store)
    assert again.fence == edit.fence + 1
    assert again.shown == 3
    assert again.status is Status.WAITING


async def test_an_edit_asked_for_while_it_is_sent_is_sent_once_more_afterwards(store: Store) -> None:
    await put(store, part(), part(EDIT))
    await send(store)
    [under_way] = await claim(store)
    await put(store, part(EDIT))

    assert await claim(store) == []
    assert await settle(store, sent(under_way, shown=2))
    [again] = await claim(store)
    assert (again.part, again.shown) == (EDIT, 2)
    assert await settle(store, sent(again))
    assert await claim(store) == []


async def test_an_edit_put_again_does_not_hurry_a_platform_that_asked_to_wait(store: Store) -> None:
    await put(store, part(), part(EDIT))
    await send(store)
    [edit] = await claim(store)
    await settle(store, replace(edit, attempts=1), not_before=T + LEASE)
    await put(store, part(EDIT))

    assert await claim(store) == []
    [again] = await claim(store, T + LEASE)
    assert again.attempts == 1


async def test_texts_and_names_of_any_characters_go_through(store: Store) -> None:
    odd = part(alert="\0" + "x" * 5000, channel="desk\ud800")
    await put(store, odd, replace(odd, part=line(1), text="\0\ud800 🕊"))
    [post] = await claim(store)
    await settle(store, replace(post, status=Status.SENT, message="\0", error="\ud800"))
    [said] = await claim(store)
    assert (said.alert, said.channel, said.text) == (odd.alert, odd.channel, "\0\ud800 🕊")


async def test_what_waits_is_counted_for_each_workspace_by_itself(store: Store) -> None:
    async with store.write() as session:
        for team in ("T1", "T2"):
            await session.channels.put(Channel(id=f"slack:{team}:C", platform="slack", workspace=team, address="C"))
        await session.outbox.put(
            Delivery(channel=f"slack:{team}:C", alert=alert, part=POST)
            for team, alert in (("T1", "a"), ("T1", "b"), ("T2", "a"))
        )

    async with store.read() as session:
        assert await session.outbox.waiting() == 3
        assert [await session.outbox.waiting(team) for team in ("T1", "T2", "T3")] == [2, 1, 0]


async def test_what_waits_for_one_channel_may_be_hurried(store: Store) -> None:
    await put(store, part(), part(channel="news"))
    for delivery in await claim(store):
        await settle(store, delivery, not_before=T + timedelta(hours=1))
    assert await claim(store) == []

    async with store.write() as session:
        await session.outbox.hurry("news")

    assert [delivery.channel for delivery in await claim(store)] == ["news"]
