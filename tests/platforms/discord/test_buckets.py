"""Discord's limits cost whoever comes next, and nobody is refused for them."""

import asyncio
import time
from dataclasses import replace

from bot.domain.audience import Channel
from bot.domain.delivery import POST, Outcome, Parcel, Sent
from bot.platforms.discord import Discord
from tests.platforms.cards import ALERT
from tests.platforms.discord.server import DiscordServer
from tests.platforms.discord.stand import HERE

REST = 0.4
OTHERS = [f"87000000000000000{number}" for number in range(3)]


def there(number: str) -> Channel:
    return replace(HERE, id=f"{HERE.id}-{number}", address=number)


async def post(discord: Discord, number: int, channel: Channel = HERE) -> Outcome:
    return await discord.send(channel, Parcel(nonce=f"{channel.address[-4:]}-{number:019}", part=POST, card=ALERT))


async def test_who_uses_a_limit_up_has_his_answer_at_once_and_the_next_waits(
    server: DiscordServer, discord: Discord
) -> None:
    server.rest_seconds = REST
    began = time.monotonic()

    first = await post(discord, 1)
    answered = time.monotonic() - began
    second = await post(discord, 2)

    assert isinstance(first, Sent)
    assert isinstance(second, Sent)
    assert answered < REST <= time.monotonic() - began
    assert server.refused == 0


async def test_those_who_come_at_once_go_one_after_another(server: DiscordServer, discord: Discord) -> None:
    server.rest_seconds = REST

    outcomes = await asyncio.gather(*(post(discord, number) for number in range(3)))

    assert all(isinstance(outcome, Sent) for outcome in outcomes)
    assert server.refused == 0


async def test_a_limit_that_was_named_while_others_were_asked_holds_for_them_too(
    server: DiscordServer, discord: Discord
) -> None:
    server.rest_seconds = REST
    server.channels |= {number: {} for number in OTHERS}

    for number in range(2):
        await asyncio.gather(*(post(discord, number, there(other)) for other in OTHERS))

    assert server.refused == 0
    assert [len(server.channels[other]) for other in OTHERS] == [2, 2, 2]
