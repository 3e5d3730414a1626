import json
from pathlib import Path
from typing import Any

import pytest

from bot.cli.stream import bullets, cluster, pairs

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


def test_a_title_alone_is_an_article_and_one_mad_date_moves_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    title = "Korland names envoy to the Geneva talks"
    file = tmp_path / "stream.jsonl"
    rows: list[dict[str, Any]] = [
        {"id": "a", "ts": "2025-05-16T13:20:00Z", "source": "Wire", "title": title},
        {"id": "b", "ts": "2025-05-16T13:30:00Z", "source": "Wire", "title": "Rain floods Lisbon", "text": None},
        {"id": "c", "ts": "2099-01-01T00:00:00Z", "source": "Echo", "title": "Storm over Marn", "text": ""},
        {"id": "d", "ts": "2025-05-16T14:20:00Z", "source": "Daily", "title": title, "text": ""},
    ]
    file.write_text("\n".join(json.dumps(row) for row in rows))

    assert cluster(file) == 0
    first, _, _, copy = told(capsys)
    assert (copy["cluster"], copy["duplicate_of"]) == (first["cluster"], "a")


def test_two_sources_may_use_one_id(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "stream.jsonl"
    rows = [
        {"id": 1, "source": source, "title": "Korland names envoy to the Geneva talks", "text": ""}
        for source in ("Wire", "Daily", "Echo")
    ]
    file.write_text("\n".join(json.dumps(row) for row in rows))

    assert cluster(file) == 0
    assert [row["duplicate_of"] for row in told(capsys)] == [None, 1, 1]


def test_pairs_say_how_alike_headlines_are(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "pairs.jsonl"
    file.write_text(
        '{"id": 1, "a": "Korland frees six", "b": "Korland releases 6"}\n{"id": 2, "a": "Korland frees six"}\n'
        '{"id": 3, "a": "Korland frees six", "b": "Rain floods Lisbon"}'
    )

    assert pairs(file) == 1
    like, broken, other = told(capsys)
    assert like["score"] > 0.7 > other["score"] == 0
    assert broken == {"id": None, "line": 2, "error": "`b` is missing or is no text"}
