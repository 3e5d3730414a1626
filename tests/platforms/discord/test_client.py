"""Posts, edits and thread lines, over the wire with the stock library."""

import asyncio
import logging
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.delivery import EDIT, POST, Outcome, Parcel, Refused, Sent, Unknown, line
from bot.errors import PlatformError
from bot.platforms.discord import Discord, DiscordOptions
from tests.platforms.cards import ALERT, CORRECTION
from tests.platforms.desk import TABLE, AnswerDesk
from tests.platforms.discord.server import TOKEN, DiscordServer, Fault, rate_limit
from tests.platforms.discord.shapes import DESK
from tests.platforms.discord.stand import HERE, adapter

POSTS = f"/channels/{DESK}/messages"
THREADS = rf"/channels/{DESK}/messages/\d+/threads"
THE_POST = Parcel(nonce="a" * 24, part=POST, card=ALERT)


async def test_a_channel_is_told_in_its_server_s_language_if_that_is_a_community(server: DiscordServer) -> None:
    here = server.gateway.guilds[0]
    here |= {"features": ["COMMUNITY"], "preferred_locale": "uk"}
    discord, desk = adapter(server), AnswerDesk()
    assert discord.language(HERE) == "en"
    await discord.start(desk.ask, desk.complete)
    await server.gateway.settle()
    assert discord.language(HERE) == "uk"
    assert discord.language(replace(HERE, workspace="1")) == "en"
    await discord.close()


async def posted(discord: Discord) -> str:
    """Post the alert and return its message's id."""
    outcome = await discord.send(HERE, THE_POST)
    assert isinstance(outcome, Sent)
    return outcome.message


def more(message: str, number: int = 1) -> Parcel:
    """Return a thread line."""
    return Parcel(nonce=f"{number:024}", part=line(number), text="Also Straits Daily, 22:52.", message=message)


async def test_a_post_pings_nobody_and_carries_its_nonce(server: DiscordServer, discord: Discord) -> None:
    message = await posted(discord)

    [(_, _, body)] = [request for request in server.requests if request[:2] == ("POST", POSTS)]
    assert isinstance(body, dict)
    assert body["allowed_mentions"]["parse"] == []
    assert (body["nonce"], body["enforce_nonce"]) == (THE_POST.nonce, True)
    assert message in server.channels[DESK]


async def test_only_buttons_that_a_command_answers_are_shown(server: DiscordServer, discord: Discord) -> None:
    message = await posted(discord)

    [row] = server.channels[DESK][message]["components"]
    assert [button["custom_id"] for button in row["components"]] == ["summary:istanbul-talks"]


async def test_an_edit_replaces_the_post_with_its_buttons(server: DiscordServer, discord: Discord) -> None:
    message = await posted(discord)

    outcome = await discord.send(HERE, Parcel(nonce="b" * 24, part=EDIT, card=CORRECTION, message=message))

    assert outcome == Sent(message=message)
    shown = server.channels[DESK][message]
    assert "~~Andriy Yermak~~ → Rustem Umerov" in shown["embeds"][0]["description"]
    assert shown["components"] == []


async def test_lines_stand_in_one_thread_named_by_the_headline(server: DiscordServer, discord: Discord) -> None:
    message = await posted(discord)

    first = await discord.send(HERE, more(message, 1))
    await discord.send(HERE, more(message, 2))

    assert isinstance(first, Sent)
    assert server.threads[message]["name"] == ALERT.title
    assert len(server.channels[message]) == 2
    assert server.count("POST", THREADS) == 1


async def test_after_a_restart_a_line_finds_its_thread(server: DiscordServer, desk: AnswerDesk) -> None:
    before = adapter(server)
    await before.start(desk.ask, desk.complete)
    message = await posted(before)
    await before.send(HERE, more(message, 1))
    await before.close()
    after = adapter(server)
    await after.start(desk.ask, desk.complete)

    assert isinstance(await after.send(HERE, more(message, 2)), Sent)

    assert len(server.channels[message]) == 2
    await after.close()


@pytest.mark.parametrize(("status", "code"), [(403, 50013), (400, 50024)])
async def test_where_no_thread_may_be_the_edit_must_do(
    server: DiscordServer, discord: Discord, status: int, code: int
) -> None:
    message = await posted(discord)
    server.faults.append(Fault(method="POST", path=THREADS, status=status, body={"code": code, "message": "no"}))

    outcomes = [await discord.send(HERE, more(message, number)) for number in (1, 2)]

    assert outcomes == [Sent(message=message)] * 2
    assert server.count("POST", THREADS) == 1


async def test_a_deleted_thread_loses_no_channel(server: DiscordServer, discord: Discord) -> None:
    message = await posted(discord)
    await discord.send(HERE, more(message, 1))
    del server.channels[message]

    assert await discord.send(HERE, more(message, 2)) == Sent(message=message)


async def test_a_deleted_post_takes_no_edit_and_no_line(discord: Discord) -> None:
    gone = "990000000000999999"

    edit = await discord.send(HERE, Parcel(nonce="b" * 24, part=EDIT, card=CORRECTION, message=gone))
    added = await discord.send(HERE, more(gone))

    for outcome in (edit, added):
        assert isinstance(outcome, Refused)
        assert outcome.final
        assert not outcome.channel_lost


async def refused(server: DiscordServer, discord: Discord, fault: Fault) -> Outcome:
    """Send the post into a fault."""
    server.faults.append(fault)
    return await discord.send(HERE, THE_POST)


async def test_a_long_rate_limit_is_told_and_not_slept_through(server: DiscordServer, discord: Discord) -> None:
    outcome = await refused(server, discord, rate_limit("POST", POSTS, 42.5))

    assert outcome == Refused(why="too many messages at once", retry_after=timedelta(seconds=42.5))
    assert not server.channels[DESK]


async def test_a_short_rate_limit_is_waited_out(server: DiscordServer, discord: Discord) -> None:
    assert isinstance(await refused(server, discord, rate_limit("POST", POSTS, 0.05)), Sent)


async def test_a_rate_limit_from_before_discord_names_its_wait(server: DiscordServer, discord: Discord) -> None:
    fault = Fault(method="POST", path=POSTS, status=429, headers={"Retry-After": "90"})

    outcome = await refused(server, discord, fault)

    assert outcome == Refused(why="too many requests", retry_after=timedelta(seconds=90))


@pytest.mark.parametrize(("status", "code"), [(403, 50001), (403, 50013), (404, 10003)])
async def test_a_closed_channel_is_lost(server: DiscordServer, discord: Discord, status: int, code: int) -> None:
    fault = Fault(method="POST", path=POSTS, status=status, body={"code": code, "message": "no"})
    server.faults.append(fault)

    outcome = await refused(server, discord, fault)

    assert isinstance(outcome, Refused)
    assert outcome.final
    assert outcome.channel_lost


async def test_a_block_of_our_address_loses_no_channel(server: DiscordServer, discord: Discord) -> None:
    outcome = await refused(server, discord, Fault(method="POST", path=POSTS, status=403, body={}))

    assert isinstance(outcome, Refused)
    assert not outcome.final
    assert not outcome.channel_lost


async def test_an_error_after_discord_took_the_post_makes_no_second_one(
    server: DiscordServer, discord: Discord
) -> None:
    outcome = await refused(server, discord, Fault(method="POST", path=POSTS, status=502, accepted=True))

    assert isinstance(outcome, Sent)
    assert list(server.channels[DESK]) == [outcome.message]


@pytest.mark.parametrize(
    "fault",
    [
        Fault(method="POST", path=POSTS, status=503, accepted=True),
        Fault(method="POST", path=POSTS, accepted=True, reset=True),
    ],
)
async def test_an_unknown_outcome_sent_again_makes_one_post(
    server: DiscordServer, discord: Discord, fault: Fault
) -> None:
    first = await refused(server, discord, fault)
    again = await discord.send(HERE, THE_POST)

    assert isinstance(first, Unknown)
    assert isinstance(again, Sent)
    assert list(server.channels[DESK]) == [again.message]


async def test_a_server_that_cannot_be_reached_has_refused(server: DiscordServer, discord: Discord) -> None:
    await server.close()

    outcome = await discord.send(HERE, THE_POST)

    assert isinstance(outcome, Refused)
    assert not outcome.final


@pytest.mark.parametrize(("status", "code"), [(403, 50013), (400, 50035)])
async def test_where_no_embed_is_taken_the_words_are_posted(
    server: DiscordServer, discord: Discord, status: int, code: int
) -> None:
    outcome = await refused(
        server, discord, Fault(method="POST", path=POSTS, status=status, body={"code": code, "message": "no"})
    )

    assert isinstance(outcome, Sent)
    shown = server.channels[DESK][outcome.message]
    assert shown["content"].startswith(f"**{ALERT.title}**\n☰ istanbul-talks")
    assert "[Meridian Wire](https://meridian-wire.example/" in shown["content"]
    assert shown["embeds"] == []

    await discord.send(HERE, Parcel(nonce="b" * 24, part=EDIT, card=CORRECTION, message=outcome.message))

    shown = server.channels[DESK][outcome.message]
    assert (shown["content"], shown["flags"], len(shown["embeds"])) == ("", 0, 1)


async def test_what_takes_too_long_is_unknown_once_it_left(
    server: DiscordServer, discord: Discord, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.platforms.discord.client.SEND_SECONDS", 0.3)
    late = Fault(method="POST", path=POSTS, accepted=True, late=True)

    assert isinstance(await refused(server, discord, late), Unknown)
    assert isinstance(await refused(server, discord, rate_limit("POST", POSTS, 1)), Refused)
    assert len(server.channels[DESK]) == 1


async def test_a_channel_of_another_server_is_refused(server: DiscordServer, discord: Discord) -> None:
    await server.gateway.settle()

    outcome = await discord.send(replace(HERE, workspace="4"), THE_POST)

    assert isinstance(outcome, Refused)
    assert outcome.channel_lost
    assert not server.channels[DESK]


async def test_an_error_after_discord_opened_the_thread_opens_no_second_one(
    server: DiscordServer, discord: Discord
) -> None:
    message = await posted(discord)
    server.faults.append(Fault(method="POST", path=THREADS, status=502, accepted=True))

    assert isinstance(await discord.send(HERE, more(message)), Sent)

    assert len(server.channels[message]) == 1


async def test_a_token_revoked_while_we_run_is_told_to_the_operator(
    server: DiscordServer, discord: Discord, capsys: pytest.CaptureFixture[str]
) -> None:
    await server.gateway.refuse()
    await asyncio.sleep(0.2)

    told = "".join(capsys.readouterr())
    assert "closed for good" in told
    assert TOKEN not in told


async def test_the_token_is_in_no_line_of_any_log(
    server: DiscordServer, desk: AnswerDesk, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    discord = adapter(server)

    await discord.start(desk.ask, desk.complete)
    await discord.send(HERE, THE_POST)
    await server.use("boom")
    await discord.close()

    assert TOKEN not in caplog.text
    assert TOKEN not in "".join(capsys.readouterr())


async def test_an_address_that_is_no_channel_is_refused_for_good(discord: Discord) -> None:
    outcome = await discord.send(replace(HERE, address="#desk"), THE_POST)

    assert isinstance(outcome, Refused)
    assert outcome.channel_lost


async def test_nothing_is_sent_before_the_start_and_after_the_end(server: DiscordServer, discord: Discord) -> None:
    await discord.close()

    for closed in (discord, adapter(server)):
        outcome = await closed.send(HERE, THE_POST)
        assert isinstance(outcome, Refused)
        assert not outcome.final


async def test_a_wrong_token_is_told_and_never_shown(server: DiscordServer, desk: AnswerDesk) -> None:
    with pytest.raises(PlatformError, match="refused the bot token") as refusal:
        await adapter(server, "wrong.canary.token").start(desk.ask, desk.complete)

    assert "canary" not in str(refusal.value)
    assert "canary" not in repr(DiscordOptions(token="wrong.canary.token"))  # noqa: S106 - of a fake


async def test_an_api_that_is_not_there_is_told(desk: AnswerDesk) -> None:
    discord = Discord(DiscordOptions(token=TOKEN, api="http://127.0.0.1:9/api/v10"), TABLE, desk.parse)

    with pytest.raises(PlatformError, match="cannot be reached"):
        await discord.start(desk.ask, desk.complete)


async def test_commands_are_told_only_when_they_changed(
    server: DiscordServer, desk: AnswerDesk, tmp_path: Path
) -> None:
    options = DiscordOptions(token=TOKEN, api=server.api, gateway=server.gateway.url)
    remembered = tmp_path / "data" / "discord-commands"

    for table in (TABLE, TABLE, TABLE[:2], TABLE[:2]):
        discord = Discord(options, table, desk.parse, remembered)
        await discord.start(desk.ask, desk.complete)
        await discord.close()

    assert server.count("PUT", "/applications/.*/commands") == 2
    assert len(server.commands) == 2


async def test_commands_that_discord_will_not_take_now_stop_nothing(server: DiscordServer, desk: AnswerDesk) -> None:
    server.faults.append(rate_limit("PUT", "/applications/.*/commands", 600))
    discord = adapter(server)

    await discord.start(desk.ask, desk.complete)

    assert isinstance(await discord.send(HERE, THE_POST), Sent)
    await discord.close()
