"""The link with which somebody invites the bot to a server."""

from urllib.parse import urlencode

PAGE = "https://discord.com/oauth2/authorize"

# What the bot may do, by Discord's bits; without the last two it edits its
# posts and opens no threads.
PERMISSIONS = {
    "view channels": 1 << 10,
    "send messages": 1 << 11,
    "embed links": 1 << 14,
    "attach files": 1 << 15,
    "create public threads": 1 << 35,
    "send messages in threads": 1 << 38,
}

#: All that an alert needs, as Discord writes it.
NEEDED = sum(PERMISSIONS.values())


def invite(application: str | int, permissions: int = NEEDED) -> str:
    """Return the invite link of an application.

    Args:
        application: The application id of Discord's developer portal.
        permissions: What the bot asks for, as bits.
    """
    query = {"client_id": application, "scope": "bot applications.commands", "permissions": permissions}
    return f"{PAGE}?{urlencode(query)}"
