"""A card as a Discord message: one embed, its buttons below."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.domain.alert import Bullet, Button, Card, Fact, Section
from bot.locales import ENGLISH, Voice, _
from bot.platforms.clean import clean
from bot.platforms.discord.text import link, literal, plain, spoken, time
from bot.platforms.fit import size
from bot.platforms.marks import mark_of
from bot.platforms.times import in_words

#: Discord's limits, in characters.
CONTENT = 2_000
TITLE = 256
DESCRIPTION = 4_096
FIELDS = 25
FIELD_NAME = 256
FIELD = 1_024
FOOTER = 2_048
EMBED = 6_000
ROWS = 5
IN_A_ROW = 5
BUTTON = 80
CUSTOM_ID = 100

# One line keeps to this, so that every line fits into a field.
LINE = 1_000
PLACE = 800
FACT_LABEL = 120
BEFORE = 380
AFTER = 480
CONTINUED = _("{title} (continued)")

# The quiet blue of an old map; it says nothing that the words do not.
COLOUR = 0x3B6EA5

# Within this span of the alert, a source's time needs no day beside it.
SAME_EVENING = timedelta(hours=6)

Embed = dict[str, Any]
Component = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What Discord is sent, as its API writes it."""

    content: str = ""
    embeds: tuple[Embed, ...] = ()
    #: Rows of buttons.
    components: tuple[Component, ...] = ()


def render(card: Card, said: str = "", image: str = "", say: Voice = ENGLISH) -> Message:
    """Return a card as a message.

    Args:
        card: What to show.
        said: A sentence or two above it.
        image: The name of a picture that is sent along.
        say: Who reads it.
    """
    embed = _embed(card, say) | ({"image": {"url": f"attachment://{image}"}} if image else {})
    return Message(content=spoken(said, CONTENT), embeds=(embed,), components=_rows(card.buttons))


def render_plain(card: Card, say: Voice = ENGLISH) -> Message:
    """Return a card as plain content, for where Discord takes no embed of ours."""
    title = literal(card.title, TITLE)
    sections = (
        (f"**{literal(section.title, FIELD_NAME)}**", *_lines(section, card.at))
        for section in card.sections
        if clean(section.title)
    )
    foot = literal(card.foot, PLACE)
    lines = [f"**{title}**" if title else "", *_body(card), *(line for lines in sections for line in ("", *lines))]
    text, lost = _fill([*lines, *(("", foot) if foot else ())], CONTENT - len("\n") - size(_left_out(10_000, say)))
    note = _left_out(sum(bool(line) for line in lost), say) if lost else ""
    return Message(
        content="\n".join(part for part in (text.strip(), note) if part) or "…", components=_rows(card.buttons)
    )


def render_text(text: str) -> Message:
    """Return a sentence or two as a message."""
    return Message(content=spoken(text, CONTENT))


def render_line(text: str) -> Message:
    """Return a thread line as a message."""
    return Message(content=literal(text, CONTENT))


def custom_id(button: Button) -> str:
    """Return what Discord hands back when the button is pressed."""
    return f"{button.action}:{button.value}"


def _embed(card: Card, say: Voice) -> Embed:
    """Build the embed, what matters most first; what has no room is counted in the foot."""
    # Titles and feet show moments in words: Discord writes none of its own there.
    title = literal(in_words(card.title, UTC), TITLE)
    foot = plain(card.foot, FOOTER)
    room = EMBED - size(title) - max(size(foot), 1) - size(_left_out(10_000, say)) - len(" · ")
    description, lost = _fill(_body(card), min(DESCRIPTION, room))
    titled = [section for section in card.sections if clean(section.title)]
    fields, lost_fields = _fields(titled, card.at, room - size(description), say)
    lost = [line for line in [*lost, *lost_fields] if line]
    if lost:
        note = _left_out(len(lost), say)
        foot = " · ".join(part for part in (note, plain(card.foot, FOOTER - len(note) - len(" · "))) if part)
    embed: Embed = {"title": title, "description": description, "color": COLOUR}
    if fields:
        embed["fields"] = fields
    if foot:
        embed["footer"] = {"text": foot}
    if not (title or description or fields):
        embed["description"] = "…"
    return {name: value for name, value in embed.items() if value}


def _body(card: Card) -> list[str]:
    """Return the description's lines, an empty one between its parts."""
    parts = [
        [_place(card)],
        [_fact(fact) for fact in card.facts],
        [_bullet(bullet, card.at) for bullet in card.bullets],
        *(_lines(section, card.at) for section in card.sections if not clean(section.title)),
    ]
    lines: list[str] = []
    for part in parts:
        told = [line for line in part if line]
        if told:
            lines += ["", *told] if lines else told
    return lines


def _place(card: Card) -> str:
    words = " · ".join(part for part in (literal(card.place, PLACE), time(card.at) if card.at else "") if part)
    mark = mark_of(card.family)
    return f"{mark.sign} {words}" if mark and words else words


def _fact(fact: Fact) -> str:
    label, after = literal(fact.label, FACT_LABEL), literal(fact.after, AFTER)
    if fact.before is None:
        return f"**{label}**: {after}" if label else after
    before = literal(fact.before, BEFORE)
    if fact.corrected and before:
        before = f"~~{before}~~"
    value = f"{before} → {after}"
    return f"**{label}**: {value}" if label else value


def _bullet(bullet: Bullet, around: datetime | None) -> str:
    close = around is not None and abs(around - bullet.at) < SAME_EVENING
    outlet = link(bullet.outlet, bullet.url)
    source = ", ".join(part for part in (outlet, time(bullet.at, "t" if close else "f")) if part)
    return f"- {literal(bullet.text, LINE - size(source) - len('-  ()'))} ({source})"


def _lines(section: Section, around: datetime | None) -> list[str]:
    told = (literal(line, LINE) for text in section.lines for line in text.splitlines())
    return [*(line for line in told if line), *(_bullet(bullet, around) for bullet in section.bullets)]


def _fields(
    sections: Iterable[Section], around: datetime | None, room: int, say: Voice
) -> tuple[list[dict[str, Any]], Sequence[str]]:
    """Return titled sections as fields within the room, and the lines that have none."""
    fields: list[dict[str, Any]] = []
    lost: list[str] = []
    for section in sections:
        rest: Sequence[str] = _lines(section, around)
        name = literal(section.title, FIELD_NAME - size(say(CONTINUED, title="")))
        further = say(CONTINUED, title=name)
        while rest and not lost and len(fields) < FIELDS:
            value, rest = _fill(rest, min(FIELD, room - size(name)))
            if not value:
                break
            fields.append({"name": name, "value": value, "inline": False})
            room -= size(name) + size(value)
            name = further
        lost += rest
    return fields, lost


def _fill(lines: Sequence[str], limit: int) -> tuple[str, Sequence[str]]:
    """Return as many whole lines as fit, and the rest."""
    text = ""
    for number, line in enumerate(lines):
        longer = f"{text}\n{line}" if number else line
        if size(longer) > limit:
            return text.rstrip(), lines[number:]
        text = longer
    return text, ()


def _left_out(number: int, say: Voice) -> str:
    return say.many("… and {number} more line", "… and {number} more lines", number)


def _rows(buttons: Iterable[Button]) -> tuple[Component, ...]:
    """Return the buttons five a row; one that cannot be told from another is left out."""
    known: dict[str, Component] = {}
    for button in buttons:
        name, label = custom_id(button), plain(button.label, BUTTON)
        if label and size(name) <= CUSTOM_ID and name not in known:
            known[name] = {"type": 2, "style": 2, "label": label, "custom_id": name}
    shown = list(known.values())[: ROWS * IN_A_ROW]
    return tuple({"type": 1, "components": shown[start : start + IN_A_ROW]} for start in range(0, len(shown), IN_A_ROW))
