"""The process that draws timelines with matplotlib.

Run as a program. It reads questions from standard input (a length, then JSON)
and writes each picture twice to standard output: two lengths, then a PNG for
light and one for dark surroundings. It imports nothing of ours, so that
starting it costs little more than the library itself.
"""

import io
import json
import resource
import struct
import sys
import textwrap
from typing import Any

MOST_MEMORY_BYTES = 1_000_000_000

# Inches, and dots an inch: 1,200 dots across, sharp on a phone.
WIDTH, DOTS = 7.5, 160
HEAD, FOOT, ROW, LINE = 0.82, 0.18, 0.36, 0.185
#: Where columns begin: days, times, the thread, words.
DAY, TIME, THREAD, WORDS = 0.25, 1.42, 2.0, 2.22
LETTERS = 62

LOOKS = {
    "light": {"paper": "#ffffff", "ink": "#1b1f24", "faint": "#5d6670", "thread": "#c9d1d9"},
    "dark": {"paper": "#1e1f22", "ink": "#e8e9eb", "faint": "#a2a8b0", "thread": "#4a4d53"},
}
# One colour and one shape a family: colour never carries meaning alone. The
# colours are told apart by every kind of eye (Okabe and Ito, 2008).
FAMILIES = {
    "agreements": ("s", "#009e73"),
    "attendance": ("o", "#56b4e9"),
    "ceasefire": ("H", "#009e73"),
    "delegations": ("D", "#e69f00"),
    "humanitarian": ("P", "#cc79a7"),
    "institutions": ("s", "#7f8ea3"),
    "mediation": ("p", "#56b4e9"),
    "positions": (">", "#7f8ea3"),
    "pressure": ("^", "#d55e00"),
    "talks": ("d", "#e69f00"),
}
OTHER = ("o", "#7f8ea3")


def main() -> None:
    """Answer until standard input ends."""
    questions, answers = sys.stdin.buffer, sys.stdout.buffer
    while size := questions.read(4):
        [length] = struct.unpack(">I", size)
        timeline = json.loads(questions.read(length))
        light, dark = (picture(timeline, looks) for looks in ("light", "dark"))
        answers.write(struct.pack(">II", len(light), len(dark)) + light + dark)
        answers.flush()


def picture(timeline: dict[str, Any], surroundings: str) -> bytes:
    """Return a timeline as PNG.

    Args:
        timeline: Title, subtitle and marks, oldest first.
        surroundings: ``light`` or ``dark``.
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: PLC0415 - only in this process, when needed
    from matplotlib.figure import Figure  # noqa: PLC0415

    looks = LOOKS[surroundings]
    rows = [_wrapped(mark["text"]) for mark in timeline["marks"]]
    heights = [ROW + LINE * len(lines) for lines in rows]
    height = HEAD + sum(heights) + FOOT
    figure = Figure(figsize=(WIDTH, height), dpi=DOTS, facecolor=looks["paper"])
    canvas = FigureCanvasAgg(figure)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_xlim(0, WIDTH)
    axes.set_ylim(height, 0)
    axes.axis("off")
    axes.text(DAY, 0.33, _plain(timeline["title"]), color=looks["ink"], size=13, weight="bold", va="center")
    axes.text(DAY, 0.6, _plain(timeline["subtitle"]), color=looks["faint"], size=8.5, va="center")
    _rows(axes, timeline["marks"], rows, heights, looks)
    out = io.BytesIO()
    canvas.print_png(out)  # type: ignore[no-untyped-call]
    return out.getvalue()


def _rows(axes: Any, marks: list[dict[str, Any]], rows: list[list[str]], heights: list[float], looks: Any) -> None:
    """Draw the thread with its marks, and the words beside it."""
    tops = [HEAD + sum(heights[:number]) + 0.16 for number in range(len(marks))]
    axes.plot([THREAD, THREAD], [tops[0], tops[-1]], color=looks["thread"], linewidth=1.6, zorder=1)
    day = ""
    for mark, lines, top in zip(marks, rows, tops, strict=True):
        shape, colour = FAMILIES.get(mark["family"], OTHER)
        axes.plot(
            THREAD,
            top,
            marker=shape,
            markersize=8 if mark["key"] else 5.5,
            color=colour,
            markeredgecolor=looks["paper"],
            zorder=2,
        )
        if mark["day"] != day:
            day = mark["day"]
            axes.text(DAY, top, _plain(day), color=looks["ink"], size=8.5, weight="bold", va="center")
        axes.text(TIME, top, mark["time"], color=looks["faint"], size=8.5, va="center")
        for number, line in enumerate(lines):
            axes.text(
                WORDS,
                top + LINE * number,
                _plain(line),
                color=looks["ink"],
                size=9,
                weight="bold" if mark["key"] else "normal",
                va="center",
            )
        axes.text(WORDS, top + LINE * len(lines), _plain(mark["kind"]), color=looks["faint"], size=7.5, va="center")


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(text, LETTERS, max_lines=2, placeholder=" …") or ["…"]


def _plain(text: str) -> str:
    """Return the text so that the library reads no formulas into it."""
    return text.replace("$", r"\$")


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY_BYTES, MOST_MEMORY_BYTES))
    main()
