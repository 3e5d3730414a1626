"""A card becomes blocks and the text that notifications and screen readers use."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC
from typing import Any

from bot.domain.alert import Bullet, Button, Card, Fact, Section
from bot.locales import ENGLISH, Voice
from bot.platforms.fit import size
from bot.platforms.marks import mark_of
from bot.platforms.slack.text import link, literal, plain, spoken, time
from bot.platforms.times import moment

# Slack's limits, each in characters or pieces.
BLOCKS = 50
HEADER = 150
SECTION = 3_000
ACTIONS = 25
BUTTON_TEXT = 75
BUTTON_VALUE = 2_000
ACTION_ID = 255
#: All blocks of a message, counted as JSON. Slack refuses from about 13,200 on,
#: sometimes before, and does not say how it counts.
MESSAGE = 12_000
#: The text beside blocks; longer ones are refused in part of Slack's methods.
TEXT = 4_000

# What one piece of a card may take, so that one long piece leaves room for others.
_LABEL = 120
_VALUE = 1_200
_BULLET = 1_500
_LINE = 2_800
_CONTEXT = 1_000
_BUTTONS = 4_000

Block = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Message:
    """What Slack is sent."""

    text: str
    blocks: tuple[Block, ...] = ()


def render(card: Card, say: Voice = ENGLISH) -> Message:
    """Return the message that a card becomes, within every limit, for who reads a language."""
    head = [*_header(card), *_place(card)]
    tail = [*_context(literal(card.foot, _CONTEXT)), *_actions(card.buttons)]
    body = _body(_paragraphs(card), BLOCKS - len(head) - len(tail), MESSAGE - _length([*head, *tail]), say)
    return Message(text=_text(card), blocks=(*head, *body, *tail))


def render_text(text: str) -> Message:
    """Return the message that a sentence or two of ours become."""
    short = spoken(text, SECTION)
    return Message(text=short, blocks=(_section(short),) if short else ())


def render_line(text: str) -> str:
    """Return a thread line; it is sent with Slack's formatting off."""
    return spoken(text, TEXT)


def _header(card: Card) -> list[Block]:
    title = plain(card.title, HEADER)
    return [{"type": "header", "text": {"type": "plain_text", "text": title, "emoji": False}}] if title else []


def _place(card: Card) -> list[Block]:
    mark = mark_of(card.family)
    parts = [literal(card.place, _CONTEXT)] + ([time(card.at)] if card.at else [])
    place = " · ".join(part for part in parts if part)
    return _context(f"{mark.sign} {place}" if mark and place else place)


def _context(text: str) -> list[Block]:
    return [{"type": "context", "elements": [_mrkdwn(text)]}] if text else []


def _actions(buttons: Sequence[Button]) -> list[Block]:
    # A value that was cut would do something else, so such a button is left out.
    elements: list[Block] = []
    for button in buttons:
        element = _button(len(elements), button)
        fits = size(button.value) <= BUTTON_VALUE and _length([*elements, element]) <= _BUTTONS
        if fits and len(elements) < ACTIONS:
            elements.append(element)
    return [{"type": "actions", "elements": elements}] if elements else []


def _button(number: int, button: Button) -> Block:
    # The number keeps ids apart where two buttons do the same to two stories.
    return {
        "type": "button",
        "action_id": f"{plain(button.action, ACTION_ID - 3)}:{number}",
        "text": {"type": "plain_text", "text": plain(button.label, BUTTON_TEXT) or "…", "emoji": False},
        "value": button.value,
    }


def _paragraphs(card: Card) -> list[list[str]]:
    """Return the card's body: lines that stay together, each within a section's limit."""
    paragraphs = [
        [_fact(fact) for fact in card.facts],
        [_bullet(bullet) for bullet in card.bullets],
        *(_titled(section) for section in card.sections),
    ]
    return [lines for lines in paragraphs if lines]


def _titled(section: Section) -> list[str]:
    title = literal(section.title, _LABEL)
    lines = [literal(line, _LINE) for line in section.lines]
    return [
        *([f"*{title}*"] if title else []),
        *(line for line in lines if line),
        *(_bullet(bullet) for bullet in section.bullets),
    ]


def _fact(fact: Fact) -> str:
    after = literal(fact.after, _VALUE)
    if fact.before is None:
        return f"*{literal(fact.label, _LABEL)}*  {after}"
    before = literal(fact.before, _VALUE)
    if fact.corrected and before:
        # A tilde inside would end the stroke early.
        before = f"~{before.replace('~', '∼')}~"
    return f"*{literal(fact.label, _LABEL)}*  {before}  →  {after}"


def _bullet(bullet: Bullet) -> str:
    return f"• {literal(bullet.text, _BULLET)} ({link(bullet.outlet, bullet.url)}, {time(bullet.at)})"


def _body(paragraphs: Sequence[Sequence[str]], blocks: int, room: int, say: Voice) -> list[Block]:
    """Return sections of all lines; if they do not fit, of as many as do, and how many were left out."""
    total = sum(map(len, paragraphs))
    sections, shown = _filled(paragraphs, blocks, room)
    if shown < total:
        sections, shown = _filled(paragraphs, blocks - 1, room - _length(_left_out(total, say)))
        return [*sections, *_left_out(total - shown, say)]
    return sections


def _filled(paragraphs: Iterable[Sequence[str]], blocks: int, room: int) -> tuple[list[Block], int]:
    """Return the sections that there is room for, and how many lines they hold."""
    sections: list[Block] = []
    shown = 0
    for lines in _packed(paragraphs):
        taken: list[str] = []
        for line in lines:
            if len(sections) >= blocks or _length([_section("\n".join([*taken, line]))]) > room:
                break
            taken.append(line)
        if taken:
            sections.append(_section("\n".join(taken)))
            room -= _length(sections[-1:])
            shown += len(taken)
        if len(taken) < len(lines):
            break
    return sections, shown


def _packed(paragraphs: Iterable[Sequence[str]]) -> Iterable[list[str]]:
    """Yield lines in lots that fit one section each."""
    for lines in paragraphs:
        lot: list[str] = []
        for line in lines:
            if lot and size("\n".join([*lot, line])) > SECTION:
                yield lot
                lot = []
            lot.append(line)
        yield lot


def _left_out(number: int, say: Voice) -> list[Block]:
    return _context(say.many("… and {number} more line", "… and {number} more lines", number))


def _section(text: str) -> Block:
    return {"type": "section", "text": _mrkdwn(text)}


def _mrkdwn(text: str) -> Block:
    # Verbatim: Slack makes no links, channels or mentions of what looks like one.
    return {"type": "mrkdwn", "text": text, "verbatim": True}


def _length(blocks: Sequence[Block]) -> int:
    return size(json.dumps(blocks, ensure_ascii=False))


def _text(card: Card) -> str:
    """Return the card in words: what changed first, then who says so."""
    place = " · ".join(part for part in (card.place, moment(card.at, UTC) if card.at else "") if part)
    facts = (
        f"{fact.label}: {fact.before} → {fact.after}" if fact.before else f"{fact.label}: {fact.after}"
        for fact in card.facts
    )
    bullets = (f"• {bullet.text} ({bullet.outlet})" for bullet in card.bullets)
    lines = (line for section in card.sections for line in (section.title, *section.lines))
    text = ""
    for line in (card.title, place, *facts, *bullets, *lines, card.foot):
        told = literal(line, TEXT)
        longer = f"{text}\n{told}" if text and told else text or told
        if size(longer) > TEXT:
            break
        text = longer
    return text
