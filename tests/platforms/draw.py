"""Messages as Slack and Discord would show them, drawn as SVG for the README."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from html import escape, unescape
from typing import Any

WIDTH, MARGIN, SIZE, LEADING = 720, 20, 14, 21
FONT = "-apple-system, 'Segoe UI', Helvetica, Arial, sans-serif"

_DISCORD = re.compile(r"\*\*(.+?)\*\*|~~(.+?)~~|\[((?:\\.|[^\]])+)\]\([^)]+\)|<t:(\d+):(\w)>")
_SLACK = re.compile(r"\*(.+?)\*|~(.+?)~|<http[^|>]+\|([^>]+)>|<!date\^\d+\^[^|]+\|([^>]+)()>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Some letters that look alike."""

    text: str
    bold: bool = False
    struck: bool = False
    colour: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Looks:
    """A platform's colours."""

    paper: str
    ink: str
    faint: str
    link: str
    edge: str
    button: str


DISCORD = Looks(paper="#2b2d31", ink="#dbdee1", faint="#949ba4", link="#00a8fc", edge="#3b6ea5", button="#4e5058")
SLACK = Looks(paper="#ffffff", ink="#1d1c1d", faint="#616061", link="#1264a3", edge="#dddddd", button="#ffffff")


class Sheet:
    """Lines of text, one under the other, and what they are written on."""

    def __init__(self, looks: Looks, name: str) -> None:
        self._looks = looks
        self._name = name
        self._drawn: list[str] = []
        self._y = MARGIN / 2

    def line(self, spans: Sequence[Span], size: float = SIZE, indent: float = 0) -> None:
        """Write spans, wrapped between words."""
        for row in _wrapped(spans, WIDTH - 2 * MARGIN - indent, size):
            self._y += LEADING * size / SIZE
            runs = "".join(self._run(span) for span in row)
            self._drawn.append(f'<text x="{MARGIN + indent:g}" y="{self._y:g}" font-size="{size:g}">{runs}</text>')

    def gap(self, height: float = 8) -> None:
        """Leave some room."""
        self._y += height

    def buttons(self, labels: Sequence[str]) -> None:
        """Draw buttons side by side."""
        x = float(MARGIN)
        self.gap(10)
        for label in labels:
            width = _width(label, SIZE, bold=True) + 28
            self._drawn.append(
                f'<rect x="{x:g}" y="{self._y:g}" width="{width:g}" height="30" rx="5" fill="{self._looks.button}" '
                f'stroke="{self._looks.edge}"/><text x="{x + width / 2:g}" y="{self._y + 20:g}" font-size="13" '
                f'font-weight="600" text-anchor="middle" fill="{self._looks.ink}">{escape(label)}</text>'
            )
            x += width + 8
        self._y += 34

    def svg(self, *, bar: bool) -> str:
        """Return the picture."""
        height = self._y + MARGIN
        side = f'<rect width="4" height="{height:g}" fill="{self._looks.edge}"/>' if bar else ""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:g}" width="{WIDTH}" role="img" '
            f'aria-label="{escape(self._name)}" font-family="{FONT}">\n<rect width="{WIDTH}" height="{height:g}" rx="6" '
            f'fill="{self._looks.paper}"/>{side}\n' + "\n".join(self._drawn) + "\n</svg>\n"
        )

    def _run(self, span: Span) -> str:
        colour = span.colour or self._looks.ink
        more = ' font-weight="600"' if span.bold else ""
        more += ' text-decoration="line-through"' if span.struck else ""
        return f'<tspan fill="{colour}"{more} xml:space="preserve">{escape(span.text)}</tspan>'


def draw_discord(message: Mapping[str, Any]) -> str:
    """Return a message of ours as Discord shows it."""
    [embed] = message["embeds"]
    sheet = Sheet(DISCORD, f"An alert on Discord: {_plain(embed['title'])}")
    sheet.line([Span(text=_plain(embed["title"]), bold=True)], 16)
    sheet.gap(2)
    for place, line in enumerate(embed["description"].split("\n")):
        if not line:
            sheet.gap()
            continue
        bullet = line.startswith("- ")
        spans = [*([Span(text="• ")] if bullet else []), *_spans(line.removeprefix("- "), _DISCORD, DISCORD)]
        sheet.line([replace(span, colour=span.colour or (DISCORD.faint if place == 0 else "")) for span in spans])
    if "footer" in embed:
        sheet.gap()
        sheet.line([Span(text=embed["footer"]["text"], colour=DISCORD.faint)], 12)
    sheet.buttons([button["label"] for row in message["components"] for button in row["components"]])
    return sheet.svg(bar=True)


def draw_slack(message: Mapping[str, Any]) -> str:
    """Return a message of ours as Slack shows it."""
    header = next(block["text"]["text"] for block in message["blocks"] if block["type"] == "header")
    sheet = Sheet(SLACK, f"An alert on Slack: {unescape(header)}")
    for block in message["blocks"]:
        match block["type"]:
            case "header":
                sheet.line([Span(text=unescape(block["text"]["text"]), bold=True)], 18)
            case "context":
                spans = _spans(block["elements"][0]["text"], _SLACK, SLACK)
                sheet.line([replace(span, colour=span.colour or SLACK.faint) for span in spans], 12.5)
            case "section":
                sheet.gap(4)
                for line in block["text"]["text"].split("\n"):
                    sheet.line(list(_spans(line, _SLACK, SLACK)))
            case "actions":
                sheet.buttons([button["text"]["text"] for button in block["elements"]])
            case other:
                raise ValueError(f"nobody has drawn a {other} yet")
    return sheet.svg(bar=False)


def _spans(line: str, markup: re.Pattern[str], looks: Looks) -> Iterator[Span]:
    """Return the spans of a line of markup."""
    end = 0
    for found in markup.finditer(line):
        if found.start() > end:
            yield Span(text=_plain(line[end : found.start()]))
        bold, struck, link, time, style = found.groups()
        if bold:
            yield Span(text=_plain(bold), bold=True)
        elif struck:
            yield Span(text=_plain(struck), struck=True)
        elif link:
            yield Span(text=_plain(link), colour=looks.link)
        else:
            yield Span(text=_moment(time, style) if style else time, colour=looks.faint)
        end = found.end()
    if end < len(line):
        yield Span(text=_plain(line[end:]))


def _moment(unix: str, style: str) -> str:
    at = datetime.fromtimestamp(int(unix), UTC)
    return f"{at:%H:%M}" if style == "t" else f"{at.day} {at:%B %Y %H:%M}"


def _plain(text: str) -> str:
    return unescape(re.sub(r"\\([^0-9A-Za-z\s])", r"\1", text))


def _wrapped(spans: Sequence[Span], room: float, size: float) -> Iterator[list[Span]]:
    """Return the rows that spans take, broken between words."""
    row: list[Span] = []
    taken = 0.0
    for span in spans:
        for word in re.findall(r"\s*\S+|\s+", span.text):
            width = _width(word, size, bold=span.bold)
            if row and taken + width > room and word.strip():
                yield row
                row, taken = [], 0.0
            kept = word if row else word.lstrip()
            if row and row[-1] == replace(span, text=row[-1].text):
                row[-1] = replace(span, text=row[-1].text + kept)
            else:
                row.append(replace(span, text=kept))
            taken += _width(kept, size, bold=span.bold)
    if row:
        yield row


def _width(text: str, size: float, *, bold: bool) -> float:
    """Return about how wide a text is; a little too wide rather than too narrow."""
    ems = sum(
        0.3 if sign in "ilj.,:;|'’!()[] tfr·" else 0.88 if sign in "mwMW" else 0.7 if sign.isupper() else 0.57
        for sign in text
    )
    return ems * size * (1.2 if bold else 1.1)
