import json
from pathlib import Path
from typing import Any

import pytest

from bot.cli.stream import bullets, cluster

SWAP = "Russia and Ukraine agreed in Istanbul on Friday to exchange 1,000 prisoners each, the heads of both delegations said."
ROWS: list[dict[str, Any]] = [
    {
        "id": 1,
        "ts": "2025-05-16T13:20:00Z",
        "source": "Wire",
        "title": "Russia, Ukraine agree to swap prisoners",
        "text": SWAP,
    },
    {"id": "b", "ts": None, "source": None, "title": "Russia, Ukraine agree to swap prisoners", "text": SWAP},
    {"id": 3, "ts": "2025-05-16T14:00:00Z", "source": "Daily", "title": "Rain floods Lisbon", "text": ""},
    {"id": 4},
]


@pytest.fixture
def stream(tmp_path: Path) -> Path:
    file = tmp_path / "stream.jsonl"
    file.write_text("\n".join(json.dumps(row) for row in ROWS))
    return file


def told(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_a_copy_joins_its_original_and_other_news_stays_apart(stream: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cluster(stream) == 1
    first, copy, other, broken = told(capsys)
    assert copy["cluster"] == first["cluster"] != other["cluster"]
    assert (first["duplicate_of"], copy["duplicate_of"], other["duplicate_of"]) == (None, 1, None)
    assert (broken["id"], broken["line"]) == (None, 4)


def test_bullets_are_words_of_their_article(stream: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert bullets(stream) == 1
    for row, answer in zip(ROWS[:3], told(capsys), strict=False):
        found = answer["bullets"]
        assert 1 <= len(found) <= 4
        assert all(bullet in row["text"] or bullet in row["title"] for bullet in found)
