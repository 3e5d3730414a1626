"""How well stories are told apart, beside plain peers: ``python -m benchmarks.bench_stories``.

Headlines and articles are our own. ``--data FOLDER`` adds sets that are not in
the project: ``pairs.jsonl`` (``a``, ``b``, ``score`` 0 to 5, ``same``) and
``clusters.jsonl`` (``ts``, ``source``, ``title``, ``text``, ``cluster``), each
read in its order. Peers run in the same run: the cosine of tf-idf vectors over
character 3- to 5-grams for pairs, online tf-idf centroids for clusters, the
first three sentences cut to 60 words for bullets.
"""

import argparse
import json
import subprocess
import sys
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

from benchmarks import bullets, headlines
from benchmarks.figures import b_cubed, correlation, f1_by_folds
from benchmarks.peers import centroid_clusters, character_cosines
from bot.cli.stream import Desk
from bot.track.likeness import compared, likeness
from bot.track.rarity import Rarity

Row = dict[str, Any]

#: The peer may choose among these, and the best for the very set that is measured is printed: more than it would know.
THRESHOLDS = tuple(step / 20 for step in range(2, 15))
#: So many other lines stand about our headlines.
CROWD = 4_000


def clusters(name: str, rows: Sequence[Row]) -> None:
    """Print B-cubed figures of a stream, ours and the centroid's."""
    desk = Desk()
    truth = [row["cluster"] for row in rows]
    # Two lines of the crowd may well tell of one event: only what they do to the headlines counts.
    judged = [not str(label).startswith(headlines.ALONE) for label in truth]
    ours = b_cubed(truth, [desk.place(row)["cluster"] for row in rows], judged)
    texts = [f"{row['title']} {row['text']}" for row in rows]
    peers = {threshold: b_cubed(truth, centroid_clusters(texts, threshold), judged) for threshold in THRESHOLDS}
    best = max(peers, key=lambda threshold: peers[threshold][2])
    print(
        f"clusters, {name}: {sum(judged)} articles of {len(set(truth)) - judged.count(False)} events; B-cubed precision, recall, F1"
    )
    print(f"  ours                                {_figures(ours)}")
    print(f"  centroid at its best, {best:.2f}          {_figures(peers[best])}   ours {ours[2] - peers[best][2]:+.3f}")


def pairs(name: str, rows: Sequence[Row]) -> None:
    """Print how far likeness goes with people's word on pairs of headlines."""
    rarity = Rarity()
    ours = [likeness(compared(row["a"]), compared(row["b"]), rarity) for row in rows]
    peer = character_cosines([(row["a"], row["b"]) for row in rows])
    same = [row["same"] for row in rows]
    scored = all("score" in row for row in rows)
    print(f"pairs, {name}: {len(rows)}, {sum(same)} of them the same; F1 by 10 folds{', Pearson' if scored else ''}")
    for who, scores in (("ours, trained on none", ours), ("character cosine", peer)):
        pearson = f"  {correlation(scores, [row['score'] for row in rows]):.3f}" if scored else ""
        print(f"  {who:34}  {f1_by_folds(scores, same):.3f}{pearson}")


def near_pairs(rows: Sequence[Row]) -> list[Row]:
    """Return all pairs of one story's headlines, and as many of two stories that the cosine finds most alike."""
    found = [(one, other) for one, other in combinations(rows, 2)]
    same = [(one, other) for one, other in found if one["cluster"] == other["cluster"]]
    apart = [(one, other) for one, other in found if one["cluster"] != other["cluster"]]
    cosines = character_cosines([(one["title"], other["title"]) for one, other in apart])
    hardest = sorted(range(len(apart)), key=lambda at: -cosines[at])[: len(same)]
    return [
        {"a": one["title"], "b": other["title"], "same": one["cluster"] == other["cluster"]}
        for one, other in (*same, *(apart[at] for at in hardest))
    ]


def _figures(found: tuple[float, float, float]) -> str:
    return " ".join(f"{figure:.3f}" for figure in found)


def _read(file: Path) -> list[Row]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]


def main() -> None:
    """Print all figures."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--data", type=Path, help="a folder with pairs.jsonl, clusters.jsonl or both")
    asked.add_argument("--quick", action="store_true", help="leave the throughput out")
    given = asked.parse_args()
    own = headlines.read()
    clusters("our own headlines", own)
    clusters("our own general news", headlines.read(headlines.GENERAL))
    clusters(f"both among {CROWD} other lines", headlines.crowded(CROWD))
    pairs("our own headlines, the hardest others", near_pairs(own))
    if given.data and (given.data / "clusters.jsonl").exists():
        clusters(str(given.data.name), _read(given.data / "clusters.jsonl"))
    if given.data and (given.data / "pairs.jsonl").exists():
        pairs(str(given.data.name), _read(given.data / "pairs.jsonl"))
    bullets.report()
    if not given.quick:
        # A process of its own, so that its memory is the window's.
        subprocess.run([sys.executable, "-m", "benchmarks.throughput"], check=True)


if __name__ == "__main__":
    main()
