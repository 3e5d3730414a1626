"""Pictures go along with their words, and the words go alone where a picture may not."""

import pytest

from tests.platforms.desk import PICTURE, AnswerDesk
from tests.platforms.discord.server import DiscordServer, Fault, is_private
from tests.platforms.discord.stand import adapter

pytestmark = pytest.mark.usefixtures("discord")


def sent(server: DiscordServer) -> list[bytes]:
    """Return the files that arrived."""
    bodies = [body for _, _, body in server.requests if isinstance(body, dict)]
    return [file["content"] for body in bodies for file in body.get("attachments") or []]


async def test_a_picture_is_shown_in_the_answer_with_its_words(server: DiscordServer) -> None:
    asked = await server.use("timeline")

    [shown] = asked.messages
    assert sent(server) == [PICTURE.dark]
    assert shown["embeds"][0]["image"] == {"url": "attachment://istanbul-talks-timeline.png"}
    [file] = shown["attachments"]
    assert file["description"].startswith("Words. Words.")
    assert len(file["description"]) <= 1_024
    assert not is_private(shown)


async def test_a_press_shows_the_picture_to_who_pressed(server: DiscordServer) -> None:
    asked = await server.press("timeline:")

    assert is_private(asked.messages[0])
    assert sent(server) == [PICTURE.dark]


async def test_a_page_is_turned_with_its_picture(server: DiscordServer) -> None:
    first = await server.press("timeline:")

    second = await server.press("timeline:page:2", on=first.messages[0])

    assert second.type == 6
    assert sent(server) == [PICTURE.dark, PICTURE.dark]
    assert second.messages[0]["embeds"][0]["image"]


async def test_words_go_alone_where_files_may_not_be_sent(server: DiscordServer) -> None:
    server.faults.append(
        Fault(method="POST", path="/webhooks/.*", status=403, body={"code": 50013, "message": "Missing Permissions"})
    )

    asked = await server.use("timeline")

    assert "2 stories" in asked.seen
    assert "image" not in asked.messages[0]["embeds"][0]


async def test_a_picture_reaches_who_asked_by_a_signed_request(server: DiscordServer, desk: AnswerDesk) -> None:
    http = adapter(server, mode="http")
    await http.start(desk.ask, desk.complete)
    server.endpoint = http.url

    asked = await server.use("timeline")

    assert asked.type == 5
    assert sent(server) == [PICTURE.dark]
    await http.close()
