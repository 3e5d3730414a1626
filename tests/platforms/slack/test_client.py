"""Slack as a platform: what is sent, and what becomes of it."""

import io
import logging
from collections.abc import AsyncIterator
from datetime import timedelta

import aiohttp
import pytest
import structlog

from bot import log
from bot.domain.delivery import Parcel, Refused, Sent, Unknown
from bot.errors import PlatformError
from bot.platforms.slack import Slack, client
from tests.platforms.cards import CORRECTION
from tests.platforms.desk import TABLE, AnswerDesk
from tests.platforms.slack.people import SECRET, slash
from tests.platforms.slack.server import APP_TOKEN, BOT_TOKEN, FakeSlack, Fault
from tests.platforms.slack.stand import Mode, Stand, a_post, channel, connected, options


@pytest.fixture
async def stand() -> AsyncIterator[Stand]:
    """Return the adapter in http mode."""
    async with connected() as stand:
        yield stand


async def test_a_post_carries_its_nonce_and_unfolds_no_links(stand: Stand) -> None:
    outcome = await stand.platform.send(channel(), a_post())

    [message] = stand.slack.messages
    assert outcome == Sent(message=message.ts)
    assert message.metadata == {"event_type": "dragoman_delivery", "event_payload": {"nonce": "a" * 24}}
    assert (message.body["unfurl_links"], message.body["unfurl_media"]) == (False, False)
    assert message.text.startswith("Kremlin: Medinsky leads Russia's team in Istanbul")


async def test_buttons_that_nobody_answers_are_not_shown(stand: Stand) -> None:
    await stand.platform.send(channel(), a_post())

    [button] = stand.slack.messages[0].blocks[-1]["elements"]
    assert (button["text"]["text"], button["value"]) == ("Summary", "istanbul-talks")


async def test_an_edit_changes_the_post_and_a_line_joins_its_thread(stand: Stand) -> None:
    post = await stand.platform.send(channel(), a_post())
    assert isinstance(post, Sent)

    edit = Parcel(nonce="b" * 24, part="edit", card=CORRECTION, message=post.message)
    for _ in range(2):
        assert await stand.platform.send(channel(), edit) == post
    line = Parcel(nonce="c" * 24, part="line:1", text="Also <Straits> & *co*, 22:52.", message=post.message)
    assert isinstance(await stand.platform.send(channel(), line), Sent)

    message, joined = stand.slack.messages
    assert message.edits == 2
    assert message.text.startswith("Correction: ")
    assert joined.thread_ts == post.message
    assert joined.text == "Also &lt;Straits&gt; &amp; *co*, 22:52."
    assert joined.body["mrkdwn"] is False


async def test_a_post_that_was_acknowledged_is_not_sent_again(stand: Stand) -> None:
    first, again = [await stand.platform.send(channel(), a_post()) for _ in range(2)]

    assert first == again
    assert len(stand.slack.messages) == 1


async def test_a_rate_limit_is_a_no_until_it_has_passed(stand: Stand) -> None:
    stand.slack.fail("chat.postMessage", Fault.LIMITED)

    limited = await stand.platform.send(channel(), a_post())
    at_once = await stand.platform.send(channel(), a_post("b" * 24))

    assert limited == Refused(why="ratelimited", retry_after=timedelta(seconds=7))
    assert isinstance(at_once, Refused)
    assert at_once.retry_after is not None
    assert timedelta(seconds=6) < at_once.retry_after <= timedelta(seconds=7)
    assert stand.slack.called("chat.postMessage") == 1


@pytest.mark.parametrize("fault", [Fault.BROKEN, Fault.RESET, Fault.INTERNAL, Fault.SILENT, Fault.GIBBERISH])
async def test_after_the_body_went_out_nobody_knows(fault: Fault, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "TIMEOUT", aiohttp.ClientTimeout(total=0.3))
    async with connected() as stand:
        stand.slack.fail("chat.postMessage", fault)

        assert isinstance(await stand.platform.send(channel(), a_post()), Unknown)
        assert stand.slack.called("chat.postMessage") == 1


async def test_an_alert_whose_looks_are_refused_arrives_in_words(stand: Stand) -> None:
    stand.slack.fail("chat.postMessage", Fault.UNFIT)

    assert isinstance(await stand.platform.send(channel(), a_post()), Sent)

    [message] = stand.slack.messages
    assert message.blocks == []
    assert "not attending" in message.text


@pytest.mark.parametrize(("address", "why"), [("C0OTHER", "not_in_channel"), ("C0PAST", "is_archived"), ("C9", "gone")])
async def test_a_closed_channel_is_lost(stand: Stand, address: str, why: str) -> None:
    outcome = await stand.platform.send(channel(address), a_post())

    assert isinstance(outcome, Refused)
    assert outcome.channel_lost
    assert outcome.final
    assert why in outcome.why


@pytest.mark.parametrize("error", ["account_inactive", "token_revoked"])
async def test_a_revoked_token_loses_the_channel(stand: Stand, error: str) -> None:
    stand.slack.revoked = error

    outcome = await stand.platform.send(channel(), a_post())

    assert isinstance(outcome, Refused)
    assert outcome.channel_lost
    assert error in outcome.why


async def test_a_missing_right_or_message_is_a_final_no_for_this_one_alone(stand: Stand) -> None:
    gone = await stand.platform.send(channel(), Parcel(nonce="d" * 24, part="edit", card=CORRECTION, message="1.1"))
    stand.slack.scopes.discard("chat:write")
    unable = await stand.platform.send(channel(), a_post())

    assert gone == Refused(why="message_not_found", final=True)
    assert unable == Refused(why="missing_scope", final=True)


async def test_another_workspaces_channel_is_never_written_to(stand: Stand) -> None:
    outcome = await stand.platform.send(channel(team="T0ELSE"), a_post())

    assert isinstance(outcome, Refused)
    assert outcome.final
    assert stand.slack.called("chat.postMessage") == 0


async def test_a_slack_that_cannot_be_reached_has_not_taken_the_message(unused_tcp_port: int) -> None:
    async with connected() as stand:
        workspace = await stand.platform._workspaces.get("T0DESK")  # type: ignore[union-attr]  # noqa: SLF001
        assert workspace is not None
        workspace.client.base_url = f"http://127.0.0.1:{unused_tcp_port}/api/"

        outcome = await stand.platform.send(channel(), a_post())

        assert isinstance(outcome, Refused)
        assert not outcome.final


async def test_before_the_start_and_after_the_end_nothing_is_taken() -> None:
    async with connected() as stand:
        await stand.platform.close()

        outcome = await stand.platform.send(channel(), a_post())

        assert isinstance(outcome, Refused)
        assert not outcome.final


@pytest.mark.parametrize(
    ("mode", "fields", "told"),
    [
        ("http", {"bot_token": "wrong"}, "slack.bot_token"),
        ("socket", {"app_token": "wrong"}, "slack.app_token"),
        ("http", {"api": "http://127.0.0.1:1/api/"}, "cannot be reached"),
        ("http", {"host": "192.0.2.1"}, "slack.host"),
    ],
)
async def test_what_cannot_start_says_what_to_do(mode: Mode, fields: dict[str, str], told: str) -> None:
    desk = AnswerDesk()
    async with FakeSlack().running() as slack:
        platform = Slack(options(slack, mode, **fields), TABLE, desk.parse)

        with pytest.raises(PlatformError, match=told) as raised:
            await platform.start(desk.ask, desk.complete)

        assert "wrong" not in str(raised.value)


@pytest.mark.parametrize("mode", ["http", "socket"])
async def test_tokens_never_reach_logs_messages_or_answers(mode: Mode) -> None:
    told = io.StringIO()
    log.configure("debug", stream=told)
    logging.getLogger().setLevel(logging.DEBUG)
    try:
        async with connected(mode) as stand:
            stand.slack.fail("chat.postMessage", Fault.UNFIT, Fault.BROKEN)
            for letter in "ab":
                await stand.platform.send(channel(), a_post(letter * 24))
            await stand.wire.types(slash(stand.slack, "/summary istanbul-talks"))
            shown = str(await stand.slack.answer()) + str(stand.slack.messages) + str(stand.slack.calls)
    finally:
        logging.getLogger().handlers.clear()
        structlog.reset_defaults()

    assert "blocks refused" in told.getvalue()
    for secret in (BOT_TOKEN, APP_TOKEN, SECRET):
        assert secret not in told.getvalue()
        assert secret not in shown


def test_secrets_do_not_show_in_the_options() -> None:
    shown = repr(options(FakeSlack(), "http")) + repr(options(FakeSlack(), "socket"))

    assert "xoxb" not in shown
    assert "xapp" not in shown
    assert "signed by" not in shown
