"""Whose a feed is: everybody's, or one workspace's own with all that comes of it."""

from hashlib import sha256

from bot.commands.desk import Desk
from bot.domain.audience import OPERATOR
from bot.domain.command import Call
from bot.domain.feed import Feed, FeedState
from bot.errors import CommandError
from bot.locales import _
from bot.ports import Session

ON, OFF = "on", "off"


def owner(desk: Desk, call: Call) -> str | None:
    """Return the workspace whose own a feed becomes that somebody adds, ``None`` for everybody's.

    Raises:
        CommandError: If what they wrote is neither on nor off, or not theirs to choose.
    """
    word = call.arguments.get("private", ON if desk.private_feeds else OFF).strip().lower()
    if word not in {ON, OFF}:
        raise CommandError("`private:{word}` is neither; write `private:on` or `private:off`.", word=word)
    ours = call.channel.workspace
    if ours == OPERATOR:
        return None
    if word == OFF and desk.private_feeds:
        raise CommandError("Only who runs this Dragoman can add feeds for everybody. Yours are private to you.")
    return ours if word == ON else None


async def own_feed(session: Session, desk: Desk, call: Call, name: str) -> tuple[Feed, FeedState]:
    """Return a feed that who asks may change.

    Raises:
        CommandError: If there is none, or it is everybody's where everybody shares it with strangers;
            another workspace's is as good as unknown.
    """
    ours = call.channel.workspace
    found = next((row for row in await session.feeds.seen_by(ours) if row[0].id == name), None)
    if found is None:
        raise CommandError("No feed `{feed}`. `/feeds list` shows their names.", feed=name)
    if found[0].workspace is None and desk.private_feeds and not await _is_alone(session, ours):
        told = _("`{feed}` is read for everybody here; only who runs this Dragoman can change that.")
        raise CommandError(told, feed=name)
    return found


async def _is_alone(session: Session, ours: str) -> bool:
    """Return whether nobody else would miss a feed: the operator asks, or no other workspace hears anything."""
    return ours == OPERATOR or {channel.workspace for channel in await session.channels.all()} <= {ours, OPERATOR}


def private_name(name: str, workspace: str) -> str:
    """Return the short name of a workspace's own feed; it tells nothing of what others read, nor are they told."""
    return f"{name}-{sha256(workspace.encode()).hexdigest()[:8]}"
