"""A kill -9 between any two steps loses nothing and doubles nothing."""

import random
import subprocess
import sys
import time
from pathlib import Path

from bot.demo import recording

ROOT = Path(__file__).parent.parent.parent

# The week's busiest days hold posts, edits and thread lines.
ENTRIES = slice(60, 120)
KILLS = 5


def start(folder: Path, name: str) -> subprocess.Popen[bytes]:
    arguments = [str(folder / f"{name}.sqlite3"), str(folder / "recording.jsonl"), str(folder / f"{name}.box")]
    return subprocess.Popen([sys.executable, "-m", "tests.faults.worker", *arguments], cwd=ROOT)  # noqa: S603 - our own


def posts(folder: Path, name: str) -> list[str]:
    """Return the nonces of the messages that a mailbox holds, each once, in order."""
    lines = (folder / f"{name}.box").read_text().splitlines()
    return list(dict.fromkeys(line.split()[0] for line in lines if line.endswith(" post")))


def test_a_process_killed_again_and_again_delivers_what_an_undisturbed_one_does(tmp_path: Path) -> None:
    chance = random.Random(7)  # noqa: S311 - moments to kill at, not secrets
    (tmp_path / "recording.jsonl").write_text("\n".join(list(recording())[ENTRIES]))
    undisturbed = start(tmp_path, "calm")
    assert undisturbed.wait(timeout=60) == 0

    for _ in range(KILLS):
        process = start(tmp_path, "killed")
        box = tmp_path / "killed.box"
        before = box.stat().st_size if box.exists() else 0
        deadline = time.monotonic() + 20
        while process.poll() is None and time.monotonic() < deadline:
            if box.exists() and box.stat().st_size > before:
                time.sleep(chance.uniform(0, 0.05))
                break
            time.sleep(0.005)
        process.kill()
        process.wait()
    last = start(tmp_path, "killed")
    assert last.wait(timeout=60) == 0

    assert posts(tmp_path, "killed") == posts(tmp_path, "calm")
    assert len(posts(tmp_path, "calm")) > 10
