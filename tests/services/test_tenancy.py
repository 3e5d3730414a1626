"""One workspace never sees another's anything: what a private feed brings, changes nobody else's day."""

import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.commands.complete import Choices
from bot.domain.audience import OPERATOR, Channel
from bot.domain.command import Completes, Reply
from bot.domain.delivery import POST
from tests.house import House, open_house, told

OURS = Channel(id="recorder:T0OURS:desk", platform="recorder", workspace="T0OURS", address="desk")
THEIRS = Channel(id="recorder:T0THEIRS:desk", platform="recorder", workspace="T0THEIRS", address="desk")
HERE = Channel(id="recorder:local:here", platform="recorder", workspace=OPERATOR, address="here")

#: What our own feed tells: a secret, a story that nobody else has, and something that others publish later.
LEAK = "Kremlin names Medinsky to lead Russian delegation at Istanbul talks with Ukraine"
OWN_STORY = "Brazil and Paraguay sign treaty on Itaipu dam in Asuncion"
COPIED = "Rustem Umerov will lead Ukraine's delegation at Istanbul talks with Russia, Zelensky says"

PUBLIC = (
    ("Meridian Wire", "Zelensky says Ukraine will attend Istanbul talks with Russia on Thursday"),
    ("Straits Daily", "Russia and Ukraine agree 1,000-for-1,000 prisoner exchange at Istanbul talks"),
    ("Volga Bulletin", COPIED),
    ("Kyiv Courier", "Brazil and Paraguay sign treaty on Itaipu dam in Asuncion"),
    ("Meridian Wire", "Putin will not attend Istanbul talks, Kremlin says"),
)


@asynccontextmanager
async def two_newsrooms(url: str = "sqlite://") -> AsyncIterator[House]:
    """Open a house that two workspaces and its operator share, all of whom follow everything."""
    async with open_house(url) as house:
        for channel in (OURS, THEIRS, HERE):
            await house.ask("/subscribe all level:everything", channel=channel)
        yield house


async def private(house: House, title: str, summary: str = "", *, id: str = "") -> None:  # noqa: A002 - the field's name
    """Our own feed publishes."""
    await house.publish(title, summary, outlet="Cable Desk", workspace=OURS.workspace, id=id or title)


async def heard(house: House, channel: Channel) -> list[tuple[str, str, str]]:
    """Return everything that a channel was sent: part, headline and words."""
    await house.deliver.empty()
    found = []
    async with house.store.read() as session:
        for alert, _ in await session.alerts.last(1_000, workspace=channel.workspace):
            for row in await session.outbox.of_alert(alert.id):
                if row.channel == channel.id:
                    shown = await session.alerts.get(alert.id, channel.workspace)
                    assert shown is not None
                    found.append((row.part, shown[0].headline if row.part == POST else "", row.text))
    return sorted(found)


async def seen(house: House, channel: Channel) -> str:
    """Return all that a workspace is answered, whatever it asks."""
    choices = Choices(house.store)
    await choices.refresh()
    completed = [choices.complete(what, "", channel, "en") for what in Completes]
    asked = (
        "/stories",
        "/feeds list",
        "/subscriptions",
        "/status",
        "/watch list",
        "/subscribe all",
        "/corrections list",
    )
    answers: list[Reply] = [await house.ask(line, channel=channel) for line in asked]
    async with house.store.read() as session:
        slugs = sorted({story.slug for story in await session.stories.all()})
    for slug in slugs:
        answers += [
            await house.ask(f"/{command} {slug}", channel=channel) for command in ("summary", "timeline", "delegations")
        ]
    return json.dumps(completed) + "\n".join(map(str, answers))


@dataclass
class Day:
    """What everybody but us saw of a day."""

    theirs: Sequence[tuple[str, str, str]]
    here: Sequence[tuple[str, str, str]]
    asked: str


async def a_day(*, with_private: bool, url: str = "sqlite://") -> Day:
    async with two_newsrooms(url) as house:
        for outlet, title in PUBLIC:
            if with_private:
                await private(house, LEAK)
                await private(house, OWN_STORY)
                await private(house, COPIED, id=f"{title} copied")
            else:
                for _ in range(3):
                    await house.tick()
            await house.publish(title, outlet=outlet)
        return Day(await heard(house, THEIRS), await heard(house, HERE), await seen(house, THEIRS))


async def test_nobody_elses_day_depends_on_a_private_feed() -> None:
    without, with_ = await a_day(with_private=False), await a_day(with_private=True)

    assert with_.theirs == without.theirs
    assert with_.here == without.here
    assert with_.asked == without.asked
    assert len(with_.theirs) > 2


async def test_what_our_own_feed_tells_reaches_us_alone() -> None:
    async with two_newsrooms() as house:
        await private(house, LEAK)

        assert "Medinsky" in str(await heard(house, OURS))
        assert await heard(house, THEIRS) == []
        assert await heard(house, HERE) == []
        assert "Medinsky" in told(await house.ask("/summary istanbul-talks", channel=OURS))
        assert "Cable Desk" in str(await house.ask("/summary istanbul-talks", channel=OURS))
        for channel in (THEIRS, HERE):
            shown = await seen(house, channel)
            assert "Cable Desk" not in shown
            assert "Medinsky" not in told(await house.ask("/summary istanbul-talks", channel=channel))


async def test_what_we_knew_already_is_not_told_us_again_but_everybody_else() -> None:
    async with two_newsrooms() as house:
        await private(house, LEAK)
        await house.publish(LEAK, outlet="Meridian Wire")

        assert len([row for row in await heard(house, OURS) if row[0] == POST]) == 1
        assert len([row for row in await heard(house, THEIRS) if row[0] == POST]) == 1


async def test_a_story_that_our_own_feed_opened_is_ours() -> None:
    slug = "brazil-paraguay-dam-deal"
    async with two_newsrooms() as house:
        unknown = await house.ask(f"/summary {slug}", channel=THEIRS)
        await private(house, OWN_STORY)

        assert slug in told(await house.ask("/stories", channel=OURS))
        assert (await house.ask(f"/summary {slug}", channel=OURS)).done
        assert not unknown.done
        for name in (slug, f"{slug}@{OURS.workspace}"):
            reply = await house.ask(f"/summary {name}", channel=THEIRS)
            assert not reply.done
            assert "Itaipu" not in told(reply)
        assert await house.ask(f"/summary {slug}", channel=THEIRS) == unknown


async def test_everybody_is_told_a_story_that_we_had_first_under_a_name_of_its_own() -> None:
    async with two_newsrooms() as house:
        await private(house, OWN_STORY)
        await house.publish(OWN_STORY, outlet="Kyiv Courier")

        assert "brazil" in told(await house.ask("/stories", channel=THEIRS))
        assert await heard(house, THEIRS)


async def test_a_public_correction_of_what_we_were_told_reaches_us_too() -> None:
    async with two_newsrooms() as house:
        await house.publish(LEAK, outlet="Meridian Wire", id="1")
        before = len(await heard(house, OURS))
        await private(house, "Zelensky says Ukraine will attend Istanbul talks with Russia on Thursday")
        await house.publish(
            "Correction: Kremlin names Fomin, not Medinsky, to lead Russian delegation at Istanbul talks with Ukraine",
            outlet="Meridian Wire",
            id="1",
        )

        assert len(await heard(house, OURS)) > before


@pytest.mark.parametrize("line", ["/watch add medinsky Medinsky"])
async def test_a_watch_finds_a_private_article_for_its_own_workspace_alone(line: str) -> None:
    async with two_newsrooms() as house:
        for channel in (OURS, THEIRS, HERE):
            await house.ask(line, channel=channel)
        await private(house, "Medinsky is seen at the harbour")

        assert "harbour" in str(await heard(house, OURS))
        assert await heard(house, THEIRS) == []
        assert await heard(house, HERE) == []


async def test_what_others_watch_for_is_not_among_the_last_alerts() -> None:
    async with two_newsrooms() as house:
        await house.ask("/watch add harbour harbour", channel=THEIRS)
        await house.publish("A quiet day at the harbour", outlet="Meridian Wire")

        async with house.store.read() as session:
            assert await session.alerts.last(10, workspace=OURS.workspace) == []
            assert len(await session.alerts.last(10, workspace=THEIRS.workspace)) == 1


async def test_a_restart_forgets_nothing_and_tells_nobody(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/house.sqlite3"
    async with two_newsrooms(url) as house:
        await private(house, LEAK)
        await private(house, OWN_STORY)
        await heard(house, OURS)
    async with two_newsrooms(url) as house:
        await house.tick(minutes=30)
        await private(house, LEAK, id="again")
        await house.publish(LEAK, outlet="Meridian Wire")
        await house.publish(OWN_STORY, outlet="Kyiv Courier")

        ours = [row for row in await heard(house, OURS) if row[0] == POST and "Medinsky" in row[1]]
        theirs = [row for row in await heard(house, THEIRS) if row[0] == POST and "Medinsky" in row[1]]
        assert (len(ours), len(theirs)) == (1, 1)
        assert "Cable Desk" not in await seen(house, THEIRS)


async def test_what_waits_for_everybody_still_reaches_us_when_our_own_feed_speaks_up() -> None:
    async with two_newsrooms() as house:
        await house.publish(
            "Russia accuses Ukraine of sabotaging Istanbul talks",
            "Russia accused Ukraine of sabotaging the talks in Istanbul, Foreign Ministry spokeswoman Maria Zakharova said.",
        )
        await private(house, LEAK)
        await house.tick(minutes=31)
        await house.gathered()

        for channel in (OURS, THEIRS, HERE):
            assert len([row for row in await heard(house, channel) if "accuses" in row[1]]) == 1


async def test_another_workspaces_ids_are_answered_like_unknown_ones() -> None:
    async with two_newsrooms() as house:
        await house.ask("/watch add harbour Medinsky", channel=OURS)
        await private(house, LEAK)
        await heard(house, OURS)
        async with house.store.read() as session:
            own = [alert.id for alert, _ in await session.alerts.last(10, workspace=OURS.workspace)]
        assert len(own) == 2

        unknown = "0" * len(own[0])
        for line in (
            "/wrong {} typo",
            "/summary {}",
            "/mute {}",
            "/unsubscribe {}",
            "/story rename {} x y",
            "/watch remove {}",
        ):
            for id_ in (*own, "harbour"):
                asked = await house.ask(line.format(id_), channel=THEIRS)
                assert not asked.done
                assert told(asked).replace(id_, "x") == told(
                    await house.ask(line.format(unknown), channel=THEIRS)
                ).replace(unknown, "x")
