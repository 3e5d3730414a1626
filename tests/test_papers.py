import tomllib
from pathlib import Path

import pytest

from bot.config import Settings, load
from bot.errors import ConfigError

ROOT = Path(__file__).parent.parent


def test_the_example_settings_load_and_say_what_holds_anyway() -> None:
    assert load(ROOT / "config.example.toml") == Settings()


def test_every_setting_stands_in_the_example() -> None:
    text = (ROOT / "config.example.toml").read_text(encoding="utf-8")
    for name in Settings.model_fields:
        assert name in text, name
    for part in ("feeds", "web", "slack", "discord", "retention", "log"):
        for name in Settings.model_fields[part].annotation.model_fields:  # type: ignore[union-attr]
            assert name in text or name in {"api", "authorize", "gateway"}, f"{part}.{name}"


def test_all_mistakes_are_named_at_once_with_place_and_mend(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text(
        'databse = "x"\n[web]\nport = 99999\n[slack]\nmode = "socket"\n[[subscriptions]]\nchannel = "a"\nlevel = "loud"\n'
    )
    with pytest.raises(ConfigError) as caught:
        load(file)
    told = "\n".join(caught.value.mistakes)
    assert "databse: there is no such setting. Did you mean `database`?" in told
    assert "web.port" in told
    assert "slack: this mode needs `bot_token` and `app_token`" in told
    assert "subscriptions[1].level: must be 'key', 'normal' or 'everything'" in told
    assert "subscriptions[1].channel: write `a` as <platform>:<workspace>:<channel>" in told


def test_broken_toml_is_told_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text("[web\n")
    with pytest.raises(ConfigError, match="line 1"):
        load(file)


def test_the_environment_wins_and_may_name_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    secret = tmp_path / "token"
    secret.write_text("xoxb-from-a-file\n")
    monkeypatch.setenv("DRAGOMAN_SLACK__BOT_TOKEN_FILE", str(secret))
    monkeypatch.setenv("DRAGOMAN_WEB__PORT", "9999")
    file = tmp_path / "config.toml"
    file.write_text("[web]\nport = 1\n")
    settings = load(file)
    assert settings.web.port == 9999
    assert settings.slack.revealed()["bot_token"] == secret.read_text().strip()
    assert "xoxb" not in repr(settings)


def test_lock_files_hold_hashes_and_no_addresses() -> None:
    for name in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert "--hash=sha256:" in text
        assert "://" not in text
        assert "index" not in text


def test_the_project_file_is_the_distribution_dragoman() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["name"] == "dragoman"
    assert project["scripts"] == {"dragoman": "bot.__main__:main"}
