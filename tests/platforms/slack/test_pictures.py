"""A picture follows its words into the channel, where it may."""

import asyncio

from tests.platforms.desk import PICTURE
from tests.platforms.slack.people import press, slash
from tests.platforms.slack.server import Fault
from tests.platforms.slack.stand import connected


async def test_a_picture_follows_its_words_into_the_channel() -> None:
    async with connected("http") as stand:
        await stand.wire.types(slash(stand.slack, "/dragoman timeline"))
        assert "2 stories" in str((await stand.slack.answer())["blocks"])
        await asyncio.wait_for(stand.slack.shown.wait(), 5)

        [file] = stand.slack.files.values()
        assert file["content"] == PICTURE.light
        assert (file["name"], file["title"]) == ("istanbul-talks-timeline.png", "Istanbul talks timeline")
        assert file["alt"].startswith("Words. Words.")
        assert file["channel"] == "C0DESK"


async def test_the_words_go_alone_where_files_may_not_be_sent() -> None:
    async with connected("http") as stand:
        stand.slack.scopes.discard("files:write")
        await stand.wire.types(slash(stand.slack, "/dragoman timeline"))
        assert "2 stories" in str((await stand.slack.answer())["blocks"])

        told = await stand.slack.answer()
        assert told["response_type"] == "ephemeral"
        assert told["text"].startswith("I may not post pictures here: whoever installed me gives me `files:write`")
        assert stand.slack.files == {}


async def test_the_words_go_alone_where_we_are_not_in_the_channel() -> None:
    async with connected("http") as stand:
        await stand.wire.types(slash(stand.slack, "/dragoman timeline", channel_id="C0OTHER"))
        await stand.slack.answer()

        assert "invite me with `/invite @" in (await stand.slack.answer())["text"]


async def test_a_picture_that_slack_loses_harms_no_answer() -> None:
    async with connected("http") as stand:
        stand.slack.fail("files.completeUploadExternal", Fault.RESET)
        await stand.wire.types(slash(stand.slack, "/dragoman timeline"))
        assert "2 stories" in str((await stand.slack.answer())["blocks"])
        await stand.wire.types(slash(stand.slack, "/dragoman stories"))

        assert "2 stories" in str((await stand.slack.answer())["blocks"])


async def test_who_pressed_a_button_reads_words_alone() -> None:
    async with connected("http") as stand:
        await stand.wire.presses(press(stand.slack, "timeline:0", ""))
        assert (await stand.slack.answer())["response_type"] == "ephemeral"

        assert not stand.desk.calls[0].pictures
        assert stand.slack.files == {}
