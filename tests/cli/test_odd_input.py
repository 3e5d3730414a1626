"""What comes in broken is told in a sentence, and the rest is done."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from bot.cli.texts import opened
from bot.jsonl import read_object

ENTRY = {
    "feed": "a",
    "outlet": "A",
    "id": "1",
    "url": "https://a.example/1",
    "title": "Quiet day",
    "fetched": "2025-05-14T10:00:00Z",
}


def dragoman(*arguments: str, typed: bytes = b"") -> tuple[int, list[str], str]:
    """Run the command; return its status, its lines and what it complained of."""
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-m", "bot", *arguments], input=typed, capture_output=True, timeout=60, check=False
    )
    return done.returncode, done.stdout.decode().splitlines(), done.stderr.decode()


def test_classify_reads_past_a_mark_and_line_ends_of_windows_and_tells_odd_fields() -> None:
    lines = [
        json.dumps({"id": 1, "text": "Shares\u2028closed"}, ensure_ascii=False),
        json.dumps({"id": 2, "text": "x", "lang": 5}),
        json.dumps({"id": 3, "text": "x", "title": ["x"]}),
        json.dumps({"id": 4, "text": "Russia and Ukraine agreed to a ceasefire \ud800, both said."}),
        '{"id": 5, "text": ' + "[" * 100_000,
    ]
    status, found, complaints = dragoman("classify", typed=b"\xef\xbb\xbf" + "\r\n".join(lines).encode())
    assert (status, complaints) == (1, "")
    rows = [json.loads(line) for line in found]
    assert [row["id"] for row in rows] == [1, None, None, 4, None]
    assert [row["line"] for row in rows if "line" in row] == [2, 3, 5]


def test_a_recording_with_rubbish_between_its_lines_is_played_nonetheless(tmp_path: Path) -> None:
    recording = tmp_path / "week.jsonl"
    good = json.dumps({**ENTRY, "title": "half a pair \ud800"}).encode()
    recording.write_bytes(b"\xef\xbb\xbf" + good + b"\r\n\xff\xfe\n" + b"[" * 100_000 + b"\n\n" + good)
    status, found, complaints = dragoman("replay", str(recording), "--json")
    assert (status, found) == (1, [])
    assert complaints == "line 2: not JSON (Expecting value)\nline 3: not JSON that can be read (nested too deep)\n"


@pytest.mark.parametrize(
    "moment", ["2025-05-14", "2025-05-14T10", "2025-05-14T10:00Z", "2025-05-14 10:00:00.5+03:00", "20250514T100000Z"]
)
def test_a_moment_may_be_written_in_every_form_of_iso_8601(moment: str, tmp_path: Path) -> None:
    recording, database = tmp_path / "one.jsonl", str(tmp_path / "one.sqlite3")
    recording.write_text(json.dumps(ENTRY))
    dragoman("replay", str(recording), "--database", database)
    status, [line], _ = dragoman("summary", "istanbul-talks", "--json", "--at", moment, "--database", database)
    assert (status, json.loads(line)["story"]) == (0, "istanbul-talks")


def test_no_moment_and_no_database_are_told_and_nothing_is_left_behind(tmp_path: Path) -> None:
    missing = tmp_path / "none.sqlite3"
    assert dragoman("summary", "istanbul-talks", "--at", "soon") == (
        1,
        [],
        "`--at soon` is no moment; write it like 2025-05-14T22:41Z.\n",
    )
    status, _, complaint = dragoman("stories", "--database", str(missing))
    assert (status, missing.exists()) == (1, False)
    assert complaint.startswith(f"There is no database {missing}.")


def test_a_file_opens_without_its_mark(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(b"\xef\xbb\xbfTalks\r\n")
    with opened(file) as text:
        assert text.read() == "Talks\n"


def test_a_list_is_no_object() -> None:
    with pytest.raises(ValueError, match="not a JSON object"):
        read_object("[1]")


def test_a_recording_of_years_to_come_is_asked_as_of_its_end(tmp_path: Path) -> None:
    recording, database = tmp_path / "one.jsonl", str(tmp_path / "one.sqlite3")
    text = "President Vladimir Putin has appointed Vladimir Medinsky to head the Russian delegation at the talks with Ukraine."
    row = {**ENTRY, "title": "Kremlin names Medinsky to lead delegation at Istanbul talks", "summary": text}
    recording.write_text(json.dumps({**row, "fetched": "2131-05-14T10:00:00Z"}))
    dragoman("replay", str(recording), "--database", database)
    _, [line], _ = dragoman("summary", "istanbul-talks", "--json", "--database", database)
    assert json.loads(line)["delegations"]["Russia"]["head"] == "Vladimir Medinsky"
