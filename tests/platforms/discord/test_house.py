"""The whole house on Discord: its own commands, asked over the wire."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.app import App
from bot.config import Settings
from bot.domain.feed import Entry, EntryRef
from tests.platforms.discord.server import TOKEN, DiscordServer, is_private
from tests.platforms.discord.shapes import DESK, MANAGE_CHANNELS


@pytest.fixture
async def house(server: DiscordServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[App]:
    """Return the whole bot, running on Discord without feeds."""
    # A busy machine's answer may come in two parts, which is not what is tested here.
    monkeypatch.setattr("bot.platforms.discord.replies.PATIENCE_SECONDS", 2.5)
    gateway = {"mode": "gateway", "token": TOKEN, "api": server.api, "gateway": server.gateway.url}
    settings = {
        "database": f"sqlite:///{tmp_path / 'house.sqlite3'}",
        "console": False,
        "web": {"enabled": False},
        "feeds": {"starter": False},
        "discord": gateway,
    }
    app, until, ready = App(Settings.model_validate(settings)), asyncio.Event(), asyncio.Event()
    await app.open()
    running = asyncio.create_task(app.run(until, ready.set))
    await ready.wait()
    yield app
    until.set()
    await running
    await app.close()


@pytest.fixture
def lit(server: DiscordServer, house: App) -> DiscordServer:
    """Return a Discord on which the whole bot runs."""
    return server


async def test_a_desk_subscribes_asks_and_watches(lit: DiscordServer) -> None:
    offered = await lit.type("summary", "story", "ist")
    assert offered.choices[0]["value"] == "istanbul-talks"

    may_not = await lit.use("subscribe", story="istanbul-talks")
    assert may_not.seen.count("Only who may manage this channel") == 1
    wrong = await lit.use("subscribe", permissions=MANAGE_CHANNELS, story="istanbul-talks", level="loud")
    assert "use key, normal or everything" in wrong.seen
    done = await lit.use("subscribe", permissions=MANAGE_CHANNELS, story="istanbul-talks", level="key")
    assert "This channel follows Istanbul talks" in done.seen
    listed = await lit.use("subscriptions")
    assert "istanbul-talks · level key" in listed.seen
    assert is_private(listed.messages[0])

    unknown = await lit.use("summary", story="istambul")
    assert "Did you mean `istanbul-talks`?" in unknown.seen
    summary = await lit.use("summary", story="istanbul-talks")
    assert summary.messages[0]["embeds"][0]["title"].startswith("Istanbul talks")

    await lit.use("watch add", permissions=MANAGE_CHANNELS, name="grain", query='"grain corridor" AND Odesa')
    assert "grain" in (await lit.use("watch list")).seen
    helped = await lit.use("help")
    assert "/watch add" in helped.seen


async def test_a_german_reader_is_answered_in_german(lit: DiscordServer) -> None:
    """Also about what is wrong, in forms and in choices; commands are called as Discord's own list calls them."""
    lit.locale = "de"
    helped = await lit.use("help")
    assert " — Wie ein Dossier steht" in helped.seen
    assert "/stand " in helped.seen
    assert "/summary" not in helped.seen
    may_not = await lit.use("subscribe", story="istanbul-talks")
    assert "Nur wer diesen Kanal verwalten darf" in may_not.seen
    wrong = await lit.use("summary", story="istambul-talks")
    assert "Es gibt kein Dossier `istambul-talks`. Meinten Sie `istanbul-talks`?" in wrong.seen
    assert "`/dossiers` zeigt alle" in (await lit.use("summary", story="xyzzy")).seen
    form = (await lit.use("subscribe", permissions=MANAGE_CHANNELS)).form
    assert form is not None
    assert form["title"] == "Änderungen eines Dossiers hier melden"
    assert [label["label"] for label in form["components"]] == ["Dossier", "Stufe", "Arten"]
    assert [each["label"] for each in form["components"][1]["component"]["options"]] == [
        "wesentlich",
        "normal",
        "alles",
    ]
    offered = await lit.type("subscribe", "level", "")
    assert ("wesentlich", "key") in [(choice["name"], choice["value"]) for choice in offered.choices]
    assert "aus einer älteren Fassung" in (await lit.press("nothing:at all")).seen


@pytest.mark.parametrize(
    ("locale", "told"),
    [
        ("fr", ["Pas de dossier `xyzzy`", "`/dossiers` en donne la liste", "Qui ne vient pas"]),
        ("ru", ["Нет сюжета `xyzzy`", "`/сюжеты` показывает все", "Кто не приедет"]),
        ("es-419", ["No hay tema `xyzzy`", "`/temas` los enumera", "Quién no asiste"]),
        ("tr", ["`xyzzy` diye bir dosya yok", "`/dosyalar` hepsini listeler", "Kim gelmiyor"]),
        ("uk", ["Немає сюжету `xyzzy`", "`/сюжети` показує всі", "Хто не приїде"]),
        ("ar", ["لا ملف باسم", "`/stories`", "من يغيب"]),
        ("pl", ["No story `xyzzy`", "`/stories` lists them", "Who stays away"]),
    ],
)
async def test_each_reader_is_answered_in_the_language_of_their_client(
    lit: DiscordServer, house: App, locale: str, told: list[str]
) -> None:
    """A client in a language that we lack shows English."""
    await lit.use("subscribe", permissions=MANAGE_CHANNELS, story="istanbul-talks")
    await buttons_of(lit, house)
    lit.locale = locale
    unknown, listed, stays_away = told
    answer = (await lit.use("summary", story="xyzzy")).messages[0]["content"]
    assert unknown in answer
    assert listed in answer
    [embed] = (await lit.use("summary", story="istanbul-talks")).messages[0]["embeds"]
    assert f"**{stays_away}**: Vladimir Putin" in embed["description"]


async def buttons_of(lit: DiscordServer, app: App) -> tuple[str, dict[str, str]]:
    """Let an outlet tell something, and return its post's number and what is behind each button."""
    now = app.clock.now()
    entry = Entry(
        ref=EntryRef("meridian", "1"),
        outlet="Meridian Wire",
        url="https://meridian.example/1",
        title="Putin to skip Istanbul talks",
        summary="Vladimir Putin will not attend the talks with Ukraine in Istanbul, the Kremlin said on Wednesday.",
        published=now,
        fetched=now,
    )
    await app.ingest.take([entry])
    await app.engine.wake("deliver")
    async with asyncio.timeout(5):
        while not lit.channels[DESK]:  # noqa: ASYNC110 - the fake says nothing of a post
            await asyncio.sleep(0.01)
    [(number, post)] = lit.channels[DESK].items()
    return number, {button["label"]: button["custom_id"] for row in post["components"] for button in row["components"]}


async def test_an_alerts_buttons_tell_mute_and_correct(lit: DiscordServer, house: App) -> None:
    await lit.use("subscribe", permissions=MANAGE_CHANNELS, story="all")
    number, buttons = await buttons_of(lit, house)
    assert list(buttons) == ["Summary", "Mute story", "Wrong"]

    told = await lit.press(buttons["Summary"])
    assert told.messages[0]["embeds"][0]["title"].startswith("Istanbul talks")
    assert is_private(told.messages[0])

    refused = await lit.press(buttons["Wrong"])
    assert refused.form is None
    assert "Only who may manage this channel" in refused.seen

    asked = await lit.press(buttons["Wrong"], permissions=MANAGE_CHANNELS)
    noted = await lit.fill(asked, reason="He said nothing of the kind.")
    assert "Marked wrong" in noted.seen
    assert is_private(noted.messages[0])
    async with asyncio.timeout(5):
        while "~~" not in lit.channels[DESK][number]["embeds"][0]["description"]:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
    assert "He said nothing of the kind" in lit.shown()

    muted = await lit.press(buttons["Mute story"], permissions=MANAGE_CHANNELS)
    assert "is muted here until" in muted.seen


async def test_a_timeline_comes_with_a_picture_that_was_really_drawn(lit: DiscordServer, house: App) -> None:
    await lit.use("subscribe", permissions=MANAGE_CHANNELS, story="all")
    await buttons_of(lit, house)

    asked = await lit.use("timeline", story="istanbul-talks", wait=False)
    async with asyncio.timeout(20):
        while not (asked.messages and asked.messages[-1]["attachments"]):
            asked.changed.clear()
            await asked.changed.wait()

    [file] = asked.messages[-1]["attachments"]
    assert file["filename"] == "istanbul-talks-timeline.png"
    assert file["description"].startswith("Timeline of Istanbul talks, 1 change")
    sent = [body["attachments"] for _, _, body in lit.requests if isinstance(body, dict) and body.get("attachments")]
    assert sent[0][0]["content"].startswith(b"\x89PNG")
