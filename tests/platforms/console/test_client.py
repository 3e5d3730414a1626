"""The console answers lines and prints what it is sent."""

import asyncio
import io
import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC
from typing import TextIO

import pytest

from bot.domain.audience import CONSOLE
from bot.domain.delivery import EDIT, POST, Parcel, Refused, Sent, line
from bot.platforms.console import Console
from tests.platforms.cards import ALERT, CORRECTION
from tests.platforms.desk import AnswerDesk


@pytest.fixture(autouse=True)
def _wide(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let lines be cut where they are on every machine."""
    monkeypatch.setenv("COLUMNS", "100")


@pytest.fixture
def pipe() -> Iterator[tuple[TextIO, TextIO]]:
    """Return both ends of a pipe: what the console reads, what a person types into."""
    reading, writing = os.pipe()
    with os.fdopen(reading) as source, os.fdopen(writing, "w", buffering=1) as keys:
        yield source, keys


async def answers(source: TextIO, desk: AnswerDesk) -> str:
    """Return what a console prints until its input ends."""
    out = io.StringIO()
    console = Console(out, parse=desk.parse, source=source, zone=UTC)
    await console.start(desk.ask, desk.complete)
    await console.finished()
    await console.close()
    return out.getvalue()


async def test_a_typed_command_is_answered_with_its_card(pipe: tuple[TextIO, TextIO]) -> None:
    source, keys = pipe
    keys.write("/summary istanbul-talks\n")
    keys.close()

    text = await answers(source, AnswerDesk())

    assert text.startswith("Istanbul talks: Russia and Ukraine met on 16 May")


async def test_many_lines_are_answered_in_their_order_even_without_a_last_line_end(pipe: tuple[TextIO, TextIO]) -> None:
    source, keys = pipe
    keys.write("/subscribe istanbul-talks\n\n/feeds list\n/subscribe istanbul-talks")
    keys.close()
    desk = AnswerDesk()

    await answers(source, desk)

    assert [call.command for call in desk.calls] == ["subscribe", "feeds list", "subscribe"]
    assert all(call.channel == CONSOLE and call.manager for call in desk.calls)


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("/sumary x", "There is no command `/sumary`. `/help` lists what I know."),
        ("/summary istambul", "No story `istambul`. Did you mean `istanbul-talks`?"),
        ("/boom", "That did not work, and the reason is in the operator's log. Try again in a minute."),
        ("x" * 5_000, "That line is too long; a command has 2,000 characters at most."),
        ("\x1b[A\x00", "There is no command"),
    ],
)
async def test_whatever_is_wrong_is_told_in_a_sentence(
    pipe: tuple[TextIO, TextIO], typed: str, answer: str, capsys: pytest.CaptureFixture[str]
) -> None:
    source, keys = pipe
    keys.write(f"{typed}\n")
    keys.close()

    text = await answers(source, AnswerDesk())

    assert text.startswith(answer)
    assert "\x1b" not in text


async def test_an_input_that_cannot_be_watched_ends_at_once() -> None:
    with open(os.devnull, encoding="utf-8") as nothing:  # noqa: ASYNC230, PTH123 - opens at once
        assert await answers(nothing, AnswerDesk()) == ""
    assert await answers(io.StringIO("/stories\n"), AnswerDesk()) == ""


async def test_a_console_that_waits_for_a_line_closes_at_once(pipe: tuple[TextIO, TextIO]) -> None:
    desk = AnswerDesk()
    console = Console(io.StringIO(), parse=desk.parse, source=pipe[0])
    await console.start(desk.ask, desk.complete)

    await console.close()


async def test_a_line_and_an_edit_name_the_post_that_they_belong_to() -> None:
    out = io.StringIO()
    console = Console(out, lines=False, zone=UTC)

    post = await console.send(CONSOLE, Parcel(nonce="n1", part=POST, card=ALERT))
    assert isinstance(post, Sent)
    await console.send(
        CONSOLE, Parcel(nonce="n2", part=line(1), text="Also Straits Daily, 22:52.", message=post.message)
    )
    await console.send(CONSOLE, Parcel(nonce="n3", part=EDIT, card=CORRECTION, message=post.message))

    assert f"↳ Also Straits Daily, 22:52.\n  {ALERT.title}\n" in out.getvalue()
    assert "↻ Correction: Umerov, not Yermak" in out.getvalue()
    assert "Andriy Yermak (wrong)  →  Rustem Umerov" in out.getvalue()


async def test_an_edit_that_only_counts_another_source_prints_nothing_and_a_new_headline_one_line() -> None:
    out = io.StringIO()
    console = Console(out, lines=False, zone=UTC)
    post = await console.send(CONSOLE, Parcel(nonce="n1", part=POST, card=ALERT))
    assert isinstance(post, Sent)
    printed = out.tell()

    await console.send(
        CONSOLE, Parcel(nonce="n2", part=EDIT, card=replace(ALERT, foot="4 outlets"), message=post.message)
    )
    assert out.tell() == printed
    await console.send(
        CONSOLE, Parcel(nonce="n2", part=EDIT, card=replace(ALERT, title="Medinsky leads"), message=post.message)
    )
    assert out.getvalue()[printed:] == "↻ Medinsky leads\n\n"


async def test_a_button_that_no_command_answers_is_not_offered() -> None:
    out = io.StringIO()
    desk = AnswerDesk()

    await Console(out, parse=desk.parse, source=io.StringIO()).send(CONSOLE, Parcel(nonce="n", part=POST, card=ALERT))

    assert "/summary istanbul-talks" in out.getvalue()
    assert "/mute" not in out.getvalue()


async def test_a_terminal_without_unicode_still_shows_the_alert() -> None:
    out = io.TextIOWrapper(io.BytesIO(), encoding="ascii")

    await Console(out, lines=False).send(CONSOLE, Parcel(nonce="n", part=POST, card=ALERT))

    out.seek(0)
    assert "Kremlin: Medinsky leads" in out.read()


async def test_a_closed_output_refuses_and_is_tried_again() -> None:
    out = io.StringIO()
    out.close()

    outcome = await Console(out, lines=False).send(CONSOLE, Parcel(nonce="n", part=POST, card=ALERT))

    assert isinstance(outcome, Refused)
    assert not outcome.final


async def test_a_terminal_is_read_until_its_end_of_input() -> None:
    keyboard, terminal = os.openpty()
    with os.fdopen(terminal) as source:
        os.write(keyboard, b"/stories\n/feeds list\n\x04")

        text = await answers(source, AnswerDesk())
    os.close(keyboard)

    assert "2 stories" in text
    assert "3 feeds, 2 well" in text


async def test_a_command_may_arrive_in_pieces_while_the_loop_does_other_things(pipe: tuple[TextIO, TextIO]) -> None:
    source, keys = pipe
    desk = AnswerDesk()
    console = Console(io.StringIO(), parse=desk.parse, source=source)
    await console.start(desk.ask, desk.complete)

    for piece in ("/fee", "ds li", "st\n"):
        keys.write(piece)
        keys.flush()
        await asyncio.sleep(0.01)

    assert [call.command for call in desk.calls] == ["feeds list"]
    await console.close()
