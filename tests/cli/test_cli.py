import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

CANARY = "canary-that-must-never-be-seen"
ROOT = Path(__file__).parent.parent.parent


def dragoman(*arguments: str, typed: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command as an operator does."""
    return subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-m", "bot", *arguments],
        cwd=ROOT,
        env={**os.environ, **environment},
        input=typed,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_classify_gives_a_line_for_each_line_and_tells_the_broken_ones() -> None:
    lines = [
        json.dumps(
            {"id": 1, "text": "Russia and Ukraine agreed to a 30-day ceasefire, both governments said on Tuesday."}
        ),
        '{"id": 2, "text": ',
        json.dumps({"id": 3, "text": "Shares in Milan closed higher."}),
        json.dumps({"id": 4}),
    ]
    answer = dragoman("classify", typed="\n".join(lines))
    first, second, third, fourth = (json.loads(line) for line in answer.stdout.splitlines())
    assert answer.returncode == 1
    assert [event["kind"] for event in first["events"]] == ["ceasefire-agreed"]
    [event] = first["events"]
    assert set(event) == {
        "kind",
        "stage",
        "cameo",
        "plover",
        "modality",
        "actors",
        "person",
        "role",
        "members",
        "venue",
        "when",
        "said",
        "terms",
        "about",
        "attribution",
        "words",
        "start",
        "end",
        "confidence",
    }
    assert second == {"id": None, "line": 2, "error": second["error"]}
    assert third["events"] == []
    assert fourth["line"] == 4


def test_classify_takes_plain_text_as_one_text_and_the_same_bytes_come_out() -> None:
    text = "The EU and the US jointly called for an unconditional 30-day ceasefire.\n"
    once, again = dragoman("classify", typed=text), dragoman("classify", typed=text)
    assert once.stdout == again.stdout
    [line] = once.stdout.splitlines()
    found = json.loads(line)
    [event] = found["events"]
    assert text[event["start"] : event["end"]] == event["words"]


def test_classify_explains() -> None:
    answer = dragoman("classify", "--explain", typed="The talks, which collapsed in 2022, were held in Turkey.")
    assert answer.returncode == 0
    assert answer.stdout.strip()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("summary", "istambul-talks"), "Did you mean `istanbul-talks`?"),
        (("replay", "nowhere.jsonl", "--json"), "nowhere.jsonl cannot be read"),
        (("classify", "nowhere.txt"), "nowhere.txt cannot be read"),
        (("ask", "/summry x"), "Did you mean `/summary`?"),
        (("discord", "invite", "abc"), "An application id is a number"),
        (("check", "--config", "nowhere.toml"), "nowhere.toml: there is no such file"),
    ],
)
def test_what_cannot_be_done_is_told_in_a_sentence(arguments: tuple[str, ...], told: str, tmp_path: Path) -> None:
    answer = dragoman(*arguments, DRAGOMAN_DATABASE=f"sqlite:///{tmp_path / 'x.sqlite3'}")
    assert told in answer.stderr
    assert answer.returncode in {1, 2}
    assert "Traceback" not in answer.stderr
    assert answer.stdout == ""


def test_a_recording_replays_into_a_database_that_summary_and_stories_read(tmp_path: Path) -> None:
    recording = tmp_path / "week.jsonl"
    lines = dragoman("demo", "--recording").stdout.splitlines()[60:90]
    recording.write_text("\n".join(lines))
    database = str(tmp_path / "week.sqlite3")
    played = dragoman("replay", str(recording), "--json", "--database", database)
    assert played.returncode == 0, played.stderr
    alerts = [json.loads(line) for line in played.stdout.splitlines()]
    assert alerts
    assert all(alert["mode"] in {"post", "edit", "thread"} for alert in alerts)
    assert [alert["at"] for alert in alerts] == sorted(alert["at"] for alert in alerts)
    again = dragoman("replay", str(recording), "--json", "--database", database)
    assert (again.returncode, again.stdout) == (0, "")
    summary = json.loads(dragoman("summary", "istanbul-talks", "--json", "--database", database).stdout)
    assert {
        "story",
        "title",
        "delegations",
        "attendance",
        "talks",
        "ceasefire",
        "bullets",
        "timeline",
        "disputed",
    } <= set(summary)
    stories = [json.loads(line) for line in dragoman("stories", "--json", "--database", database).stdout.splitlines()]
    assert next(story for story in stories if story["story"] == "istanbul-talks")["events"] > 0


def test_thinking_commands_load_neither_platforms_nor_the_network(tmp_path: Path) -> None:
    for command in ("classify", "replay", "ask"):
        code = (
            f"import sys, bot.cli.{command}\n"
            "print([name for name in ('discord', 'slack_bolt', 'slack_sdk', 'aiohttp', 'jinja2', 'feedparser')"
            " if name in sys.modules])"
        )
        loaded = subprocess.run(  # noqa: S603 - our own program
            [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
        ).stdout
        assert loaded.strip() == "[]", (command, loaded)


def test_the_shell_is_answered_in_the_language_of_the_settings(tmp_path: Path) -> None:
    database = str(tmp_path / "a.sqlite3")
    german = dragoman("ask", "/summary istambul-talks", "--database", database, DRAGOMAN_LANGUAGE="de")
    assert german.stderr.strip() == "Es gibt kein Dossier `istambul-talks`. Meinten Sie `istanbul-talks`?"
    wrong = dragoman("ask", "/help", "--database", database, DRAGOMAN_LANGUAGE="klingon")
    assert wrong.returncode == 2
    assert "`klingon` is no language of ours; choose from en, ar, de" in wrong.stderr


def test_english_loads_nothing_of_other_languages() -> None:
    """Their tables would be a third of a start."""
    program = "import sys, bot.app, bot.cli, bot.commands, bot.announce.summary; print('babel' in sys.modules)"
    asked = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True
    )
    assert asked.stdout.strip() == "False"


def test_check_tells_what_would_run_and_masks_secrets() -> None:
    answer = dragoman(
        "check",
        "--config",
        "config.example.toml",
        DRAGOMAN_DISCORD__MODE="gateway",
        DRAGOMAN_DISCORD__TOKEN=CANARY,
    )
    assert answer.returncode == 0, answer.stderr
    assert "All settings can be used." in answer.stdout
    assert CANARY not in answer.stdout + answer.stderr


def test_a_broken_configuration_ends_with_status_2_and_every_mistake(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text('databse = "x"\n[web]\nport = -1\n')
    answer = dragoman("run", "--config", str(file))
    assert answer.returncode == 2
    assert "databse" in answer.stderr
    assert "web.port" in answer.stderr
