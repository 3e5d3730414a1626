"""A card as text for a terminal."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, tzinfo

from bot.domain.alert import Bullet, Card, Fact, Section
from bot.platforms.asking import typed
from bot.platforms.clean import address, clean
from bot.platforms.console.wrap import pad, width_of, wrap
from bot.platforms.marks import mark_of
from bot.platforms.times import moment, near

BULLET = "• "
ARROW = "  →  "
GAP = "   "
WRONG = " (wrong)"

#: Lines longer than this are hard to read, however wide the window is.
WIDEST = 100
#: Below this nothing stands in columns.
NARROW = 60
# Labels and former values share the line with what matters: what holds now.
LABEL_AT_MOST = 24
BEFORE_AT_MOST = 26


@dataclass(frozen=True, slots=True, kw_only=True)
class Looks:
    """What the paper is like."""

    #: Columns.
    width: int = WIDEST
    #: Whose time is told; ``None`` is the machine's.
    zone: tzinfo | None = UTC
    #: Bold and faint, for a terminal that shows them.
    styled: bool = False

    @property
    def measure(self) -> int:
        """How many columns a line takes at most."""
        return max(20, min(self.width, WIDEST))


PLAIN = Looks()


def render(card: Card, looks: Looks = PLAIN) -> str:
    """Return the card as lines without a line end behind the last."""
    parts = [
        [*_title(card, looks), *_place(card, looks)],
        _facts(card.facts, looks),
        _bullets(card.bullets, card.at, looks),
        *(_section(section, card.at, looks) for section in card.sections),
        _foot(card, looks),
    ]
    return "\n\n".join("\n".join(lines) for lines in parts if lines)


def render_text(text: str, looks: Looks = PLAIN) -> str:
    """Return a sentence or two as lines."""
    return "\n".join(_lines(text, looks.measure))


def render_update(card: Card, before: str | None, looks: Looks = PLAIN) -> str:
    """Return what an edit changed: a terminal cannot change what it printed.

    Args:
        card: As it reads now.
        before: The headline that was printed, if it is known.
        looks: What the paper is like.

    Returns:
        The headline with what was corrected; nothing where a reader would
        find nothing new, since another source has a line of its own.
    """
    corrected = [fact for fact in card.facts if fact.corrected]
    if not corrected and before in {None, card.title}:
        return ""
    lines = [_bold(line, looks) for line in _hanging("↻ ", clean(card.title), looks)]
    inner = replace(looks, width=looks.measure - 2)
    foot = wrap(clean(card.foot), inner.measure) if corrected and card.foot else []
    return "\n".join([*lines, *(f"  {line}" for line in [*_facts(corrected, inner), *foot])])


def render_line(text: str, of: str | None, looks: Looks = PLAIN) -> str:
    """Return a thread line with the headline that it belongs to."""
    lines = _hanging("↳ ", clean(text), looks)
    under = _hanging("  ", clean(of), looks) if of else []
    return "\n".join([*lines, *(_faint(line, looks) for line in under)])


def _title(card: Card, looks: Looks) -> list[str]:
    return [_bold(line, looks) for line in wrap(clean(card.title), looks.measure)]


def _place(card: Card, looks: Looks) -> list[str]:
    when = moment(card.at, looks.zone) if card.at else ""
    words = " · ".join(part for part in (clean(card.place), when) if part)
    if not words:
        return []
    mark = mark_of(card.family)
    return [_faint(line, looks) for line in _hanging(f"{mark.sign} " if mark else "", words, looks)]


def _facts(facts: Sequence[Fact], looks: Looks) -> list[str]:
    if looks.measure < NARROW:
        return [line for fact in facts for line in _stacked(fact, looks)]
    label = _widest([clean(fact.label) for fact in facts], LABEL_AT_MOST)
    before = _widest([_before(fact) for fact in facts], BEFORE_AT_MOST)
    return [line for fact in facts for line in _in_columns(fact, label, before, looks)]


def _widest(cells: Sequence[str], at_most: int) -> int:
    """Return how wide a column must be for its cells, which wrap at ``at_most``."""
    return max((width_of(line) for cell in cells for line in wrap(cell, at_most)), default=0)


def _in_columns(fact: Fact, label: int, before: int, looks: Looks) -> list[str]:
    """Return a fact's lines: label, what held before, what holds now."""
    columns = [wrap(clean(fact.label), label)]
    widths = [label]
    if fact.before is not None:
        columns.append(wrap(_before(fact), before))
        widths.append(before)
    taken = sum(widths) + len(GAP) + (len(ARROW) if fact.before is not None else 0)
    columns.append(wrap(clean(fact.after), looks.measure - taken))
    return [_row(columns, widths, number) for number in range(max(map(len, columns)))]


def _row(columns: Sequence[Sequence[str]], widths: Sequence[int], number: int) -> str:
    cells = [column[number] if number < len(column) else "" for column in columns]
    between = [GAP, ARROW if number == 0 else " " * len(ARROW)]
    row = "".join(pad(cell, width) + gap for cell, width, gap in zip(cells, widths, between, strict=False))
    return (row + cells[-1]).rstrip()


def _stacked(fact: Fact, looks: Looks) -> list[str]:
    value = f"{_before(fact)} → {clean(fact.after)}" if fact.before is not None else clean(fact.after)
    return [*wrap(clean(fact.label), looks.measure), *_hanging("  ", value, looks)]


def _before(fact: Fact) -> str:
    return clean(fact.before or "") + (WRONG if fact.corrected else "")


def _bullets(bullets: Iterable[Bullet], around: datetime | None, looks: Looks) -> list[str]:
    return [line for bullet in bullets for line in _bullet(bullet, around, looks)]


def _bullet(bullet: Bullet, around: datetime | None, looks: Looks) -> list[str]:
    source = f"({clean(bullet.outlet)}, {near(bullet.at, around, looks.zone)})"
    lines = _hanging(BULLET, f"{clean(bullet.text)} {source}", looks, unbroken=width_of(source))
    link = address(bullet.url)
    # An address stays whole however long it is, so that a terminal can open it.
    return [*lines, _faint(f"{' ' * len(BULLET)}{link}", looks)] if link else lines


def _section(section: Section, around: datetime | None, looks: Looks) -> list[str]:
    title = [_bold(line, looks) for line in wrap(clean(section.title), looks.measure)] if section.title else []
    lines = [line for text in section.lines for line in _lines(text, looks.measure, indent=2 if title else 0)]
    return [*title, *lines, *_bullets(section.bullets, around, looks)]


def _foot(card: Card, looks: Looks) -> list[str]:
    """Return the last line, what one may type next at its right end."""
    foot = wrap(clean(card.foot), looks.measure) if card.foot else []
    hints = " · ".join(clean(typed(button)) for button in card.buttons)
    if not hints:
        return foot
    room = looks.measure - width_of(hints)
    if foot and width_of(foot[-1]) + len(GAP) <= room:
        return [*foot[:-1], pad(foot[-1], room) + _faint(hints, looks)]
    return [*foot, *(_faint(line, looks) for line in wrap(hints, looks.measure))]


def _lines(text: str, width: int, indent: int = 0) -> list[str]:
    """Wrap each line of a text; what goes on is set two columns in."""
    wrapped = []
    for line in text.splitlines():
        first, *rest = wrap(clean(line), width - indent - 2)
        wrapped += [" " * indent + first, *(" " * (indent + 2) + more for more in rest)]
    return wrapped


def _hanging(sign: str, text: str, looks: Looks, unbroken: int = 0) -> list[str]:
    """Wrap behind a sign, further lines in line with the first's text."""
    first, *rest = wrap(text, looks.measure - width_of(sign), unbroken=unbroken)
    return [sign + first, *(" " * width_of(sign) + line for line in rest)]


def _bold(line: str, looks: Looks) -> str:
    return f"\x1b[1m{line}\x1b[0m" if looks.styled else line


def _faint(line: str, looks: Looks) -> str:
    return f"\x1b[2m{line}\x1b[0m" if looks.styled else line
