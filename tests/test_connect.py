"""Settings become platforms, and set-up pages get what they ask for."""

import pytest

from bot import commands
from bot.cli.install import invite
from bot.config import Settings
from bot.connect import platforms
from bot.errors import PlatformError
from bot.store import open_store


def test_discord_is_built_when_the_settings_ask_for_it() -> None:
    settings = Settings.model_validate(
        {"console": False, "web": {"enabled": False}, "discord": {"mode": "gateway", "token": "a.b.c"}}
    )

    assert [*platforms(settings, commands.TABLE, open_store("sqlite://"))] == ["discord"]
    assert not platforms(
        settings.model_copy(update={"discord": Settings().discord}), commands.TABLE, open_store("sqlite://")
    )


def test_the_invite_link_names_the_application() -> None:
    assert "client_id=123456789012345678&" in invite("123456789012345678", Settings())


def test_a_token_pasted_for_an_application_id_is_not_repeated() -> None:
    with pytest.raises(PlatformError, match="17 to 20 digits") as refused:
        invite("a.canary.token", Settings())

    assert "canary" not in str(refused.value)
