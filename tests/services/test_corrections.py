"""People correct what the bot made of the news; it counts where they are, and can be undone."""

from collections.abc import AsyncIterator

import pytest

from bot.demo import recording
from bot.domain.alert import Alert, Mode
from bot.domain.audience import CONSOLE, Channel, Level
from bot.domain.feed import Entry
from bot.feeds.article import make_article
from bot.services.ingest import Ingest
from bot.services.replay import read_entry, replay
from tests.house import DESK, House, classifier, gazetteer, open_house, told

OTHER = Channel(id="recorder:other:news", platform="recorder", workspace="other", address="news", name="news")
MEDINSKY = (
    "Kremlin names Medinsky to lead delegation at Istanbul talks",
    "President Vladimir Putin has appointed Vladimir Medinsky to head the Russian delegation at the talks with Ukraine.",
)
UMEROV = (
    "Umerov to lead Ukrainian delegation in Istanbul",
    "President Volodymyr Zelensky appointed Rustem Umerov to head the Ukrainian delegation at the talks with Russia.",
)
BORDER = (
    "Vestria and Korland agree to hold border talks in Geneva on 20 May",
    "Vestria and Korland have agreed to hold talks on their border in Geneva on 20 May, both governments said.",
)
FISH = (
    "Vestria and Ostmark agree to hold fisheries talks in Oslo on 21 May",
    "Vestria and Ostmark have agreed to hold talks on fisheries in Oslo on 21 May, both governments said.",
)


@pytest.fixture
async def house() -> AsyncIterator[House]:
    async with open_house() as house:
        await house.ask("/subscribe all level:everything")
        await house.ask("/subscribe all level:everything", channel=OTHER)
        yield house


async def posted(house: House, entry: tuple[str, str], **fields: object) -> Alert:
    """Publish an entry and return the one post that it makes for everybody."""
    said = await house.publish(*entry, **fields)  # type: ignore[arg-type]
    await house.deliver.empty()
    [post] = [alert for alert in said if alert.mode is Mode.POST and alert.workspace is None]
    return post


def shown(house: House, channel: Channel) -> list[str]:
    return [card.title for card in house.recorder.cards_in(channel)]


async def ask(house: House, line: str, channel: Channel = DESK) -> str:
    reply = await house.ask(line, channel=channel)
    assert reply.done, reply.text
    await house.deliver.empty()
    return told(reply)


async def refused(house: House, line: str, channel: Channel = DESK) -> str:
    reply = await house.ask(line, channel=channel)
    assert not reply.done
    return reply.text


async def undo_last(house: House, channel: Channel = DESK) -> str:
    reply = await house.ask("/corrections list", channel=channel)
    assert reply.card is not None
    [section] = reply.card.sections
    return await ask(house, f"/corrections undo {section.lines[0].split()[0]}", channel)


# ---------------------------------------------------------------- wrong


async def test_a_wrong_alert_is_edited_with_a_mark_and_a_line_in_its_thread(house: House) -> None:
    post = await posted(house, MEDINSKY)
    await ask(house, f"/wrong {post.id} he leads the trade talks")

    [card] = house.recorder.cards_in(DESK)
    assert card.title.startswith("Withdrawn: Medinsky leads")
    assert any(fact.corrected and "marked wrong" in fact.after for fact in card.facts)
    [line] = house.recorder.lines_in(DESK)
    assert line.startswith("Withdrawn: Medinsky leads")
    assert "marked wrong: he leads the trade talks" in line


async def test_a_correction_counts_in_its_own_workspace_alone(house: House) -> None:
    post = await posted(house, MEDINSKY)
    before = shown(house, OTHER)
    await ask(house, f"/wrong {post.id}")

    assert shown(house, OTHER) == before
    assert house.recorder.lines_in(OTHER) == []
    assert "Medinsky" not in await ask(house, "/delegations istanbul-talks")
    assert "Vladimir Medinsky" in await ask(house, "/delegations istanbul-talks", OTHER)
    assert "Nothing was corrected" in await ask(house, "/corrections list", OTHER)


async def test_what_only_repeats_what_was_wrong_is_not_posted_again(house: House) -> None:
    post = await posted(house, MEDINSKY)
    await ask(house, f"/wrong {post.id}")
    await house.publish("Medinsky will head Russian team in Istanbul", MEDINSKY[1], outlet="Straits Daily")
    await house.deliver.empty()
    assert len(shown(house, DESK)) == 1
    assert any("Straits Daily" in line for line in house.recorder.lines_in(OTHER))

    await house.publish(*UMEROV, outlet="Straits Daily")
    await house.deliver.empty()
    assert len(shown(house, DESK)) == len(shown(house, OTHER)) == 2


async def test_undoing_gives_back_what_was_and_says_so(house: House) -> None:
    post = await posted(house, MEDINSKY)
    before = shown(house, DESK)
    await ask(house, f"/wrong {post.id}")
    await house.publish("Medinsky will head Russian team in Istanbul", MEDINSKY[1], outlet="Straits Daily")
    await undo_last(house)

    assert shown(house, DESK) == before
    assert house.recorder.lines_in(DESK)[-1].startswith("Restored: ")
    assert "Vladimir Medinsky" in await ask(house, "/delegations istanbul-talks")


async def test_a_correction_holds_after_a_restart(house: House) -> None:
    post = await posted(house, MEDINSKY)
    await ask(house, f"/wrong {post.id}")
    house.ingest = Ingest(house.store, classifier(), make_article, gazetteer())
    await house.publish("Medinsky will head Russian team in Istanbul", MEDINSKY[1], outlet="Straits Daily")
    await house.deliver.empty()
    assert len(shown(house, DESK)) == 1


async def test_who_marks_an_alert_wrong_and_when_is_kept(house: House) -> None:
    post = await posted(house, MEDINSKY)
    await ask(house, f"/wrong {post.id}")
    async with house.store.read() as session:
        [(story, entry)] = await session.stories.corrections()
    assert (story, entry.by, entry.at) == ("istanbul-talks", "recorder", house.clock.now())


async def test_an_alert_is_withdrawn_once_and_another_workspaces_are_unknown(house: House) -> None:
    post = await posted(house, MEDINSKY)
    assert "No story `nothing`" in await refused(house, "/wrong nothing")
    await ask(house, f"/wrong {post.id}")
    assert "taken back already" in await refused(house, f"/wrong {post.id}")
    assert "No correction `ffffffff` holds" in await refused(house, "/corrections undo ffffffff")
    reply = await house.ask("/corrections list")
    assert reply.card is not None
    name = reply.card.sections[0].lines[0].split()[0]
    assert f"No correction `{name}` holds" in await refused(house, f"/corrections undo {name}", OTHER)


async def test_the_last_alert_of_a_story_can_be_named_by_the_story(house: House) -> None:
    await posted(house, MEDINSKY)
    await ask(house, "/wrong istanbul-talks")
    assert shown(house, DESK)[0].startswith("Withdrawn:")


# ---------------------------------------------------------------- promoted


async def test_the_operator_lets_a_correction_count_for_everybody(house: House) -> None:
    post = await posted(house, MEDINSKY)
    await ask(house, f"/wrong {post.id} a secret of ours")
    async with house.store.read() as session:
        [(_, entry)] = await session.stories.corrections()
    assert "Only the operator" in await refused(house, f"/corrections promote {entry.id[:8]}", OTHER)
    await ask(house, f"/corrections promote {entry.id[:8]}", CONSOLE)

    assert shown(house, OTHER)[0].startswith("Withdrawn:")
    assert not any("secret" in line for line in house.recorder.lines_in(OTHER))
    assert "secret" not in await ask(house, "/corrections list", OTHER)
    assert "Medinsky" not in await ask(house, "/delegations istanbul-talks", OTHER)


# ---------------------------------------------------------------- not this story


async def test_what_is_not_of_this_story_leaves_it_with_its_later_copies(house: House) -> None:
    post = await posted(house, MEDINSKY)
    await ask(house, f"/story move {post.id} to:iran-nuclear-talks")
    assert shown(house, DESK)[0].startswith("Withdrawn:")
    assert "not this story" in house.recorder.lines_in(DESK)[0]
    await house.publish(*MEDINSKY, outlet="Straits Daily")
    await house.deliver.empty()

    assert len(shown(house, DESK)) == 1
    assert "Medinsky" not in await ask(house, "/delegations istanbul-talks")
    assert "Vladimir Medinsky" in await ask(house, "/delegations iran-nuclear-talks")
    assert "Medinsky" not in await ask(house, "/delegations iran-nuclear-talks", OTHER)
    await undo_last(house)
    assert "Vladimir Medinsky" in await ask(house, "/delegations istanbul-talks")
    assert "Medinsky" not in await ask(house, "/delegations iran-nuclear-talks")


# ---------------------------------------------------------------- renamed, merged, split


async def test_a_renamed_story_answers_to_both_names(house: House) -> None:
    post = await posted(house, BORDER)
    await ask(house, f"/story rename {post.story} our-border The border talks")

    assert "our-border · The border talks" in await ask(house, "/stories")
    for name in ("our-border", post.story):
        assert "The border talks" in await ask(house, f"/delegations {name}")
    assert "our-border" not in await ask(house, "/stories", OTHER)
    assert "another story" in await refused(house, f"/story rename {post.story} istanbul-talks")
    assert "cannot be a slug" in await refused(house, f"/story rename {post.story} Bad_Slug!")
    await undo_last(house)
    assert "our-border" not in await ask(house, "/stories")


async def test_a_renamed_defined_story_keeps_its_name_when_seeds_are_read_again(house: House) -> None:
    await ask(house, "/story rename istanbul-talks bosporus-talks Bosporus talks")
    await house.reseed()
    assert "Bosporus talks" in await ask(house, "/delegations istanbul-talks")


async def test_a_merged_story_brings_its_log_and_says_nothing_again(house: House) -> None:
    border = await posted(house, BORDER)
    fish = await posted(house, FISH)
    assert border.story != fish.story
    await ask(house, f"/story merge {fish.story} {border.story}")
    count = len(shown(house, DESK))
    await house.publish(*FISH, outlet="Straits Daily")
    await house.deliver.empty()

    assert len(shown(house, DESK)) == count
    for name in (fish.story, border.story):
        assert "Oslo" in await ask(house, f"/summary {name}")
    assert fish.story not in [line.split(" ")[0] for line in (await ask(house, "/stories")).splitlines()]
    assert "Oslo" not in await ask(house, f"/summary {border.story}", OTHER)
    assert "one story already" in await refused(house, f"/story merge {border.story} {fish.story}")
    await undo_last(house)
    assert "Oslo" not in await ask(house, f"/summary {border.story}")
    assert "Oslo" in await ask(house, f"/summary {fish.story}")


async def test_a_replay_into_a_database_minds_what_its_operator_corrected(house: House) -> None:
    lines = [read_entry(number, line) for number, line in enumerate(list(recording())[60:110], 1)]

    async def said(entries: list[Entry]) -> set[str]:
        heard = replay(entries, house.store, house.ingest, Level.EVERYTHING)
        return {story.slug async for _, story in heard}

    assert "istanbul-talks" in await said(lines[:25])
    await ask(house, "/story rename istanbul-talks bosporus-talks", CONSOLE)
    later = await said(lines[25:])
    assert "bosporus-talks" in later
    assert "istanbul-talks" not in later


async def test_who_follows_a_merged_story_hears_its_heir(house: House) -> None:
    border = await posted(house, BORDER)
    fish = await posted(house, FISH)
    await ask(house, "/unsubscribe all")
    await ask(house, f"/subscribe {fish.story} level:everything")
    await ask(house, f"/story merge {fish.story} {border.story}")
    await house.publish(
        "Vestria and Korland move border talks to Vienna",
        "Vestria and Korland have moved their talks on the border from Geneva to Vienna, both governments said.",
    )
    await house.deliver.empty()
    assert "Meridian Wire: talks move from Geneva to Vienna" in shown(house, DESK)


async def test_a_split_story_takes_what_matches_now_and_later(house: House) -> None:
    border = await posted(house, BORDER)
    await house.publish(
        "Vestria and Korland postpone border talks in Geneva over river dam",
        "Vestria and Korland have postponed their talks on the border in Geneva over the dam, both governments said.",
    )
    await house.deliver.empty()
    before = shown(house, DESK)
    answer = await ask(house, f"/story split {border.story} dam-dispute dam OR dams")
    assert "1 report went there" in answer or "reports went there" in answer
    assert shown(house, DESK) == before
    assert "scheduled" not in (await ask(house, "/summary dam-dispute"))
    assert "dam-dispute" not in await ask(house, "/stories", OTHER)

    said = await house.publish(
        "Vestria names Ana Belic to lead delegation at dam talks with Korland",
        "Vestria has appointed Ana Belic to head its delegation at the talks with Korland on the dam, it announced.",
        outlet="Straits Daily",
    )
    places = {(alert.workspace, alert.story) for alert in said if alert.mode is Mode.POST}
    assert ("desk", "dam-dispute@desk") in places
    assert all(story != "dam-dispute@desk" for workspace, story in places if workspace is None)

    assert "Ana Belic" not in await ask(house, f"/delegations {border.story}")
    await undo_last(house)
    assert "Ana Belic" in await ask(house, f"/delegations {border.story}")
    assert "Ana Belic" not in await ask(house, "/delegations dam-dispute")
