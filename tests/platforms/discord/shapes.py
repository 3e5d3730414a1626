"""What Discord's API hands out: users, channels, servers, messages, interactions."""

import itertools
from typing import Any

APPLICATION = "880000000000000001"
BOT = "880000000000000002"
PERSON = "880000000000000003"
GUILD = "880000000000000010"
DESK = "880000000000000011"

MANAGE_CHANNELS = 1 << 4
VIEW_AND_SEND = (1 << 10) | (1 << 11)
#: What everybody may in a new server: links with their previews, too.
EVERYDAY = VIEW_AND_SEND | (1 << 14)

_ids = itertools.count(990000000000000001)

Json = dict[str, Any]


def new_id() -> str:
    """Return an id that nothing else has."""
    return str(next(_ids))


def user(number: str, name: str, *, bot: bool = False) -> Json:
    """Return a user."""
    return {
        "id": number,
        "username": name,
        "global_name": name,
        "discriminator": "0",
        "avatar": None,
        "bot": bot,
        "flags": 0,
        "verified": True,
        "mfa_enabled": False,
    }


def application() -> Json:
    """Return our application."""
    return {
        "id": APPLICATION,
        "name": "Dragoman",
        "description": "",
        "icon": None,
        "bot_public": True,
        "bot_require_code_grant": False,
        "owner": user(PERSON, "owner"),
        "verify_key": "00" * 32,
        "flags": 0,
        "team": None,
    }


def channel(number: str, name: str) -> Json:
    """Return a text channel."""
    return {
        "id": number,
        "type": 0,
        "name": name,
        "guild_id": GUILD,
        "position": 0,
        "parent_id": None,
        "nsfw": False,
        "permission_overwrites": [],
        "topic": None,
        "rate_limit_per_user": 0,
        "last_message_id": None,
        "flags": 0,
    }


def guild(channels: list[Json], number: str = GUILD) -> Json:
    """Return a server that the bot was invited to."""
    everyone = {
        "id": number,
        "name": "@everyone",
        "permissions": str(EVERYDAY),
        "color": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        "position": 0,
        "hoist": False,
        "managed": False,
        "mentionable": False,
        "flags": 0,
    }
    return {
        "id": number,
        "name": "Foreign desk",
        "owner_id": PERSON,
        "icon": None,
        "roles": [everyone],
        "channels": channels,
        "threads": [],
        "members": [member(BOT, "Dragoman")],
        "emojis": [],
        "stickers": [],
        "features": [],
        "member_count": 2,
        "unavailable": False,
        "verification_level": 0,
        "default_message_notifications": 0,
        "explicit_content_filter": 0,
        "mfa_level": 0,
        "nsfw_level": 0,
        "premium_tier": 0,
        "premium_subscription_count": 0,
        "preferred_locale": "en-GB",
        "system_channel_flags": 0,
        "afk_timeout": 300,
        "afk_channel_id": None,
        "system_channel_id": None,
    }


def member(number: str, name: str) -> Json:
    """Return somebody on a server, without a role of their own."""
    return {
        "user": user(number, name, bot=number == BOT),
        "roles": [],
        "joined_at": "2025-01-01T00:00:00.000000+00:00",
        "deaf": False,
        "mute": False,
        "flags": 0,
    }


def closed(number: str, name: str) -> Json:
    """Return a text channel that is closed to everybody."""
    locked = {"id": GUILD, "type": 0, "allow": "0", "deny": str(VIEW_AND_SEND)}
    return channel(number, name) | {"permission_overwrites": [locked]}


def thread(number: str, parent: str, name: str) -> Json:
    """Return a thread that hangs on the message with its id."""
    return {
        "id": number,
        "type": 11,
        "name": name,
        "guild_id": GUILD,
        "parent_id": parent,
        "owner_id": BOT,
        "message_count": 0,
        "member_count": 1,
        "rate_limit_per_user": 0,
        "flags": 0,
        "thread_metadata": {
            "archived": False,
            "auto_archive_duration": 1440,
            "archive_timestamp": "2025-05-14T22:41:00.000000+00:00",
            "locked": False,
        },
    }


def message(where: str, sent: Json) -> Json:
    """Return a message made of what was sent."""
    return {
        "id": new_id(),
        "type": 0,
        "channel_id": where,
        "author": user(BOT, "Dragoman", bot=True),
        "content": sent.get("content") or "",
        "embeds": sent.get("embeds") or [],
        "components": sent.get("components") or [],
        "flags": sent.get("flags") or 0,
        "nonce": sent.get("nonce"),
        "attachments": [_attachment(made) for made in sent.get("attachments") or []],
        "mentions": [],
        "mention_roles": [],
        "mention_everyone": False,
        "pinned": False,
        "tts": False,
        "timestamp": "2025-05-14T22:41:00.000000+00:00",
        "edited_timestamp": None,
    }


def _attachment(made: Json) -> Json:
    """Return a file as Discord shows it: under its name, with what it shows in words."""
    url = f"https://cdn.discord.example/{made['filename']}"
    named: Json = {name: made[name] for name in ("id", "filename", "description") if name in made}
    return {**named, "size": len(made["content"]), "url": url, "proxy_url": url}


def interaction(kind: int, data: Json, *, where: str = DESK, permissions: int = VIEW_AND_SEND) -> Json:
    """Return an interaction: 2 a command, 3 a button, 4 somebody who is typing."""
    made: Json = {
        "id": new_id(),
        "token": f"token-{new_id()}",
        "application_id": APPLICATION,
        "type": kind,
        "version": 1,
        "data": data,
        "guild_id": GUILD,
        "guild": {"id": GUILD, "locale": "en-GB", "features": []},
        "channel_id": where,
        "channel": channel(where, "desk"),
        "member": {
            "user": user(PERSON, "editor"),
            "roles": [],
            "joined_at": "2025-01-01T00:00:00.000000+00:00",
            "deaf": False,
            "mute": False,
            "flags": 0,
            "permissions": str(permissions),
        },
        "app_permissions": str(VIEW_AND_SEND),
        "locale": "en-GB",
        "guild_locale": "en-GB",
        "entitlements": [],
        "authorizing_integration_owners": {"0": GUILD},
        "attachment_size_limit": 10_485_760,
        "context": 0,
    }
    if kind == 3:
        made["message"] = message(where, {"content": "a post"})
    return made
