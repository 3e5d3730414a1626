"""A reply becomes a message in the words of Slack, and finds its way back."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot import log
from bot.domain.alert import Card
from bot.domain.audience import Channel
from bot.domain.command import Command, Reply
from bot.locales import Voice, voice_in
from bot.platforms.asking import with_working_buttons
from bot.platforms.slack.manifest import REGISTERED, UMBRELLA
from bot.platforms.slack.pictures import show
from bot.platforms.slack.render import Message, render, render_text
from bot.platforms.slack.workspaces import Workspace
from bot.ports import Parse

_log = log.get("slack")

OK = 200

#: Commands after which we post to the channel, so that we must be in it.
POSTS_HERE = ("subscribe", "watch add")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What somebody asked, and where the answer goes."""

    line: str
    channel: Channel
    user: str
    #: The workspace that the person belongs to.
    home: str
    #: Slack itself says that the person is in the channel.
    there: bool
    #: Asked aloud, so that the channel may read the answer; a press of a button is not.
    aloud: bool
    #: Slack's way back, good for half an hour and five answers.
    response_url: str
    #: The answer takes the place of what was pressed.
    instead: bool = False
    #: What the person reads.
    language: str = "en"


async def answer(reply: Reply, asked: Asked, workspace: Workspace, table: Sequence[Command], parse: Parse) -> None:
    """Send a reply back, with its picture if the channel may see it; whatever is lost on the way is logged."""
    private = reply.private or not reply.done or not asked.aloud
    reply = await with_invitation(reply, asked, workspace)
    asked, say = replace(asked, instead=asked.instead and reply.done), voice_in(asked.language)
    try:
        await send(message_of(reply, table, parse, say), asked, workspace.client, private=private)
        if reply.picture and not private:
            unseen = await show(reply.picture, asked.channel, workspace.client)
            if unseen:
                told = render_text(say(unseen, name=workspace.bot))
                await send(told, replace(asked, instead=False), workspace.client, private=True)
    except (SlackApiError, aiohttp.ClientError, TimeoutError) as lost:
        _log.warning("answer lost", channel=asked.channel.id, why=type(lost).__name__)


async def send(reply: Message, asked: Asked, client: AsyncWebClient, *, private: bool) -> None:
    """Send an answer back to where it was asked for.

    Raises:
        SlackApiError: If Slack refuses it.
        aiohttp.ClientError: If Slack cannot be reached.
    """
    if asked.response_url:
        hook = AsyncWebhookClient(asked.response_url, session=client.session, retry_handlers=[])
        status = await _post(hook, reply, private=private, instead=asked.instead)
        if status != OK and reply.blocks:
            status = await _post(hook, Message(text=reply.text), private=private, instead=asked.instead)
        if status != OK:
            _log.warning("answer refused", channel=asked.channel.id, status=status)
        return
    body: dict[str, Any] = {"channel": asked.channel.address, "text": reply.text, "blocks": list(reply.blocks)}
    if private:
        await client.chat_postEphemeral(user=asked.user, **body)
    else:
        await client.chat_postMessage(unfurl_links=False, unfurl_media=False, **body)


async def _post(hook: AsyncWebhookClient, reply: Message, *, private: bool, instead: bool) -> int:
    """Post an answer and return the status."""
    sent = await hook.send(
        text=reply.text,
        blocks=list(reply.blocks),
        response_type="ephemeral" if private else "in_channel",
        # A button's answer must not take an alert's place, but may turn a page that one person sees.
        replace_original=instead,
        unfurl_links=False,
        unfurl_media=False,
    )
    return sent.status_code


def message_of(reply: Reply, table: Sequence[Command], parse: Parse, say: Voice) -> Message:
    """Return the message that a reply becomes."""
    said = render_text(localised(reply.text, table))
    if reply.card is None:
        return said
    shown = card_message(with_working_buttons(reply.card, parse), table, say)
    text = "\n".join(part for part in (said.text, shown.text) if part)
    return Message(text=text, blocks=(*said.blocks, *shown.blocks))


def card_message(card: Card, table: Sequence[Command], say: Voice) -> Message:
    """Return the message that a card becomes, its commands as Slack knows them."""
    return render(_localised_card(card, table), say)


def localised(text: str, table: Sequence[Command]) -> str:
    """Write the commands that Slack does not know by name as ``/dragoman …``."""
    names = {command.name.split()[0] for command in table} - set(REGISTERED)
    if not names:
        return text
    named = "|".join(map(re.escape, sorted(names)))
    # Only where a command can begin: never inside an address or a path.
    return re.sub(rf"(?<![^\s`(“\u2068])/(?=(?:{named})(?![\w/-]))", f"/{UMBRELLA} ", text)


def _localised_card(card: Card, table: Sequence[Command]) -> Card:
    sections = tuple(
        replace(section, lines=tuple(localised(line, table) for line in section.lines)) for section in card.sections
    )
    return replace(card, sections=sections, foot=localised(card.foot, table))


async def with_invitation(reply: Reply, asked: Asked, workspace: Workspace) -> Reply:
    """Tell who just subscribed a channel that we are not in, how to let us in."""
    wanted = asked.line.lower().startswith(POSTS_HERE)
    if not wanted or not reply.done or await may_post(asked.channel, workspace.client):
        return reply
    say = voice_in(asked.language)
    hint = say("I cannot post in this channel yet: invite me with `/invite @{name}`.", name=workspace.bot)
    return replace(reply, text=f"{reply.text}\n{hint}".strip())


async def may_post(channel: Channel, client: AsyncWebClient) -> bool:
    """Return whether we are in the channel; ``True`` if nobody can say."""
    try:
        info = (await client.api_call("conversations.info", data={"channel": channel.address}))["channel"]
    except SlackApiError as unseen:
        data = getattr(unseen.response, "data", None)
        return not (isinstance(data, dict) and data.get("error") == "channel_not_found")
    except (aiohttp.ClientError, TimeoutError):
        return True
    return bool(info.get("is_member") or info.get("is_im"))
