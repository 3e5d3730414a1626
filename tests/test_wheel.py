import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent


def run(*arguments: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - our own program
        arguments, cwd=cwd, env={**os.environ, **environment}, capture_output=True, text=True, timeout=120, check=False
    )


def test_a_wheel_carries_all_it_needs_to_classify_and_to_play_the_demo(tmp_path: Path) -> None:
    """Installed elsewhere, without the checkout, it works from its own files."""
    python = sys.executable
    built = run(python, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(tmp_path / "dist"), cwd=ROOT)
    assert built.returncode == 0, built.stderr
    [wheel] = (tmp_path / "dist").glob("*.whl")
    site = tmp_path / "site"
    installed = run(
        python, "-m", "pip", "install", "--quiet", "--no-deps", "--target", str(site), str(wheel), cwd=tmp_path
    )
    assert installed.returncode == 0, installed.stderr
    where = run(python, "-c", "import bot; print(bot.__file__)", cwd=tmp_path, PYTHONPATH=str(site))
    assert str(site) in where.stdout

    text = tmp_path / "text.jsonl"
    text.write_text(json.dumps({"id": "a", "text": "The EU called for an unconditional 30-day ceasefire in Ukraine."}))
    classified = run(python, "-m", "bot", "classify", str(text), cwd=tmp_path, PYTHONPATH=str(site))
    assert [event["kind"] for event in json.loads(classified.stdout)["events"]] == ["ceasefire-called"]

    database = f"sqlite:///{tmp_path / 'a.sqlite3'}"
    asked = run(
        python, "-m", "bot", "ask", "/summary xyzzy", "--database", database, cwd=tmp_path,
        PYTHONPATH=str(site), DRAGOMAN_LANGUAGE="ru",
    )  # fmt: skip
    assert "Нет сюжета `xyzzy`" in asked.stderr

    played = run(
        python, "-m", "bot", "demo", "--exit", "--seconds", "8", "--port", "0", cwd=tmp_path, PYTHONPATH=str(site)
    )
    assert played.returncode == 0, played.stderr
    assert "/summary istanbul-talks" in played.stdout
    assert "Medinsky" in played.stdout
