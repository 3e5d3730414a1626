"""Tokens are sealed before they are kept, with a key that stands in the environment and not beside them."""

import json
import secrets
from collections.abc import Sequence

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from bot.errors import PlatformError

#: How long somebody may take on Slack's page before the way back is closed.
STATE_SECONDS = 600


def new_key() -> str:
    """Return a fresh key: 32 random bytes, base64."""
    return Fernet.generate_key().decode()


class Vault:
    """Seals and opens; the first key seals, each of them opens, so that keys can be changed."""

    def __init__(self, keys: Sequence[str]) -> None:
        """Take the keys.

        Raises:
            PlatformError: If one of them is no key.
        """
        try:
            self._fernet = MultiFernet([Fernet(key) for key in keys])
        except ValueError as wrong:
            raise PlatformError("`slack.key` holds no key; `dragoman slack key` makes one.") from wrong
        self._used: set[str] = set()

    def seal(self, workspace: str, token: str) -> str:
        """Return a token as it may be kept, of use for this workspace alone."""
        return self._fernet.encrypt(json.dumps(["token", workspace, token]).encode()).decode()

    def open(self, workspace: str, sealed: str) -> str:
        """Return the token that was sealed for a workspace.

        Raises:
            PlatformError: If it was sealed with another key, or for another workspace.
        """
        try:
            what, whose, token = json.loads(self._fernet.decrypt(sealed))
        except (InvalidToken, ValueError, TypeError):
            what = whose = token = ""
        if (what, whose) != ("token", workspace):
            raise PlatformError(
                f"The token of Slack workspace {workspace} cannot be opened with `slack.key`. "
                "Give the key that it was sealed with too, behind a comma, or install the app there again."
            )
        return str(token)

    def new_state(self) -> str:
        """Return a signed word that comes back from Slack's page; nobody else can make one."""
        word = json.dumps(["state", secrets.token_urlsafe(16)])
        return self._fernet.encrypt(word.encode()).decode().rstrip("=")

    def take_state(self, state: str) -> bool:
        """Return whether the word is ours, not older than ten minutes, and comes back for the first time."""
        try:
            padded = (state + "=" * (-len(state) % 4)).encode("ascii")
            what, word = json.loads(self._fernet.decrypt(padded, ttl=STATE_SECONDS))
        except (InvalidToken, ValueError, TypeError):
            return False
        if what != "state" or word in self._used:
            return False
        self._used.add(word)
        return True
