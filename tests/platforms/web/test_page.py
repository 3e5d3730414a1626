"""What the page shows, over real HTTP."""

import re
import subprocess
import sys

import pytest
from aiohttp import ClientSession

from bot.errors import PlatformError
from bot.platforms.web import Web
from bot.platforms.web.board import HELD
from tests.platforms.cards import ALERT, ARABIC, CEASEFIRE, CORRECTION, HOSTILE
from tests.platforms.desk import AnswerDesk
from tests.platforms.web.house import open_house


async def test_the_desk_shows_alerts_stories_and_feeds() -> None:
    async with open_house() as house:
        await house.post("n1", ALERT)
        await house.post("n2", CEASEFIRE)
        await house.line("n1", 1, "Also Straits Daily, 22:52 (quotes the same decree).")

        status, page = await house.get("/")

    assert status == 200
    assert page.index("EU and US call jointly") < page.index("Kremlin: Medinsky leads")
    assert "Also Straits Daily, 22:52 (quotes the same decree)." in page
    assert '<a href="/stories/gulf-channel" dir="auto">The Gulf channel</a>' in page
    assert "answered 503 (4 times), last read 40 min ago" in page
    assert 'href="https://meridian-wire.example/2025/05/14/2238"' in page
    assert '<time datetime="2025-05-14T22:41Z">14 May, 22:41 UTC</time>' in page
    assert 'class="unseen">delegation: </span>' in page


@pytest.mark.parametrize(
    ("browser", "language"),
    [
        ("de-AT,en;q=0.5", "de"),
        ("en;q=0.4,de;q=0.9", "de"),
        ("pl,de;q=0.3", "de"),
        ("en-GB,de;q=0.9", "en"),
        ("", "en"),
    ],
)
async def test_the_page_is_in_the_first_of_the_browser_s_languages_that_is_ours(browser: str, language: str) -> None:
    async with open_house() as house:
        await house.post("n1", ALERT)
        _, page = await house.get("/", **{"Accept-Language": browser})
        _, missing = await house.get("/stories/x!", **{"Accept-Language": browser})

    assert f'<html lang="{language}">' in page
    assert ("Was sich geändert hat" in page) is (language == "de")
    assert ("14. Mai, 22:41 UTC" in page) is (language == "de")
    assert ("Nichts unter diesem Namen" in missing) is (language == "de")


async def test_a_list_too_long_for_the_desk_has_a_page_of_its_own_that_is_turned() -> None:
    async with open_house() as house:
        _, desk = await house.get("/")
        status, first = await house.get("/feeds")
        _, second = await house.get("/feeds?page=2")
        _, stories = await house.get("/stories")
        refused, told = await house.get("/feeds?page=two")

    assert '<a href="/feeds">All feeds</a>' in desk
    assert "All stories" not in desk
    assert status == 200
    assert "<h1>3 feeds, 2 well</h1>" in first
    assert '<a class="button" href="?page=2">Next</a>' in first
    assert ("UN News" in first, "UN News" in second) == (False, True)
    assert '<a href="/stories/gulf-channel" dir="auto">The Gulf channel</a>' in stories
    assert (refused, "is no page; write a number from 1" in told) == (404, True)


async def test_an_edit_replaces_and_a_correction_is_struck_through() -> None:
    async with open_house() as house:
        await house.post("n1", ALERT)
        await house.edit("n1", CORRECTION)

        _, page = await house.get("/")

    assert "Kremlin: Medinsky leads" not in page
    assert '<del class="before" dir="auto">Andriy Yermak</del>' in page


async def test_an_edit_of_a_post_from_before_the_last_start_brings_it_back() -> None:
    async with open_house() as house:
        await house.edit("of an earlier run", CORRECTION)
        await house.line("also of an earlier run", 1, "Also Straits Daily.")

        _, page = await house.get("/")

    assert "Rustem Umerov" in page


async def test_the_page_holds_the_last_two_hundred_messages() -> None:
    async with open_house() as house:
        for number in range(HELD + 5):
            await house.post(f"n{number}", ARABIC)

        _, page = await house.get("/")

    assert page.count("<article") == HELD
    assert 'id="m-n4"' not in page
    assert 'id="m-n5"' in page


async def test_a_story_has_a_page_with_its_summary_and_its_alerts() -> None:
    async with open_house() as house:
        await house.post("n1", ALERT)
        await house.post("n2", ARABIC)

        status, page = await house.get("/stories/istanbul-talks")

    assert status == 200
    assert "agreed a 1,000-for-1,000 exchange; no ceasefire</h1>" in page
    assert "Kremlin: Medinsky leads" in page
    assert "Doha" not in page


@pytest.mark.parametrize("slug", ["istambul", "%3Cscript%3E", "..%2f..", "a" * 3_000])
async def test_an_unknown_story_is_told_with_the_nearest_name(slug: str) -> None:
    async with open_house() as house:
        status, page = await house.get(f"/stories/{slug}")

    assert status == 404
    assert "No story" in page
    assert "<script>" not in page
    if slug == "istambul":
        assert 'Did you mean <a href="/stories/istanbul-talks">' in page
        assert 'href="/stories/istambul"' not in page


async def test_a_typed_line_is_answered_on_the_page_or_as_a_piece_of_it() -> None:
    async with open_house() as house:
        status, whole = await house.type("/summary istanbul-talks")
        _, piece = await house.type("/subscribe istanbul-talks", X_Part="answer")

    assert status == 200
    assert "prisoner exchange, 1,000 each" in whole
    assert "<html" in whole
    assert piece.startswith('<section class="answer"')
    assert "This channel follows <code>istanbul-talks</code>." in piece
    last = house.desk.calls[-1]
    assert (last.command, last.manager, last.channel.id) == ("subscribe", True, "web:local:page")


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("/sumary", "There is no command"),
        ("", "There is no command"),
        ("/boom", "the reason is in the operator&#39;s log"),
        ("x" * 5_000, "2,000 characters at most"),
        ("/<script>alert(1)</script>\u202e", "There is no command"),
    ],
)
async def test_whatever_is_wrong_is_told_in_a_sentence(
    line: str, answer: str, capsys: pytest.CaptureFixture[str]
) -> None:
    async with open_house() as house:
        status, piece = await house.type(line, X_Part="answer")

    assert status == 200
    assert answer in piece
    assert not {"Traceback", "/var/lib/x"} & set(piece.split())
    assert "<script>" not in piece


async def test_whatever_a_feed_holds_stays_text() -> None:
    async with open_house() as house:
        await house.post("n1", HOSTILE)

        _, page = await house.get("/")

    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "<style>" not in page
    assert "javascript:" not in page
    assert "evil.example" not in page
    assert "{{ 7 * 7 }}" in page
    assert not set("\u202e\u200b\u2066\x1b") & set(page)
    assert set(re.findall(r"<script\b[^>]*>", page)) == {'<script src="/static/page.js" defer>'}


async def test_a_button_that_no_command_answers_is_not_offered() -> None:
    async with open_house() as house:
        await house.post("n1", ALERT)

        _, page = await house.get("/")

    assert '<a class="button" href="/stories/istanbul-talks">Summary</a>' in page
    assert "Mute story" not in page


async def test_health_and_own_files_answer_and_nothing_else_does() -> None:
    async with open_house() as house:
        async with house.browser.get(f"{house.origin}/health") as answer:
            health = await answer.json()
        statuses = [
            (await house.get(path))[0]
            for path in ("/static/page.css", "/static/page.js", "/static/mark.svg", "/static/..%2fclient.py", "/x")
        ]

    assert health == {"status": "ok", "uptime_seconds": 0, "messages": 0, "open_pages": 0}
    assert statuses == [200, 200, 200, 404, 404]


async def test_nothing_on_the_page_comes_from_elsewhere() -> None:
    async with open_house() as house:
        await house.post("n1", ALERT)
        _, page = await house.get("/")
        _, style = await house.get("/static/page.css")

    loaded = re.findall(r'(?:src|<link[^>]*href)="([^"]*)"', page)
    assert loaded
    assert all(source.startswith("/static/") for source in loaded)
    assert "url(" not in style
    assert " style=" not in page


async def test_a_taken_address_is_told_with_the_mend() -> None:
    async with open_house() as house:
        desk = AnswerDesk()
        port = int(house.origin.rpartition(":")[2])

        with pytest.raises(
            PlatformError, match=r"\(address already in use\)\. Stop what listens there, .*`port` under \[web\]"
        ):
            await Web(port=port, parse=desk.parse).start(desk.ask, desk.complete)


async def test_a_closed_page_answers_no_more() -> None:
    desk = AnswerDesk()
    web = Web(port=0, parse=desk.parse)
    await web.start(desk.ask, desk.complete)
    url = web.url
    await web.close()

    async with ClientSession() as browser:
        with pytest.raises(OSError, match="Cannot connect"):
            await browser.get(url)


def test_jinja_is_loaded_with_the_first_page_and_not_before() -> None:
    code = "import sys, bot.platforms.web; sys.exit('jinja2' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0  # noqa: S603 - our own words
