"""A card as VOICE writes it, to be compared with golden text."""

from bot.domain.alert import Bullet, Card


def as_text(card: Card) -> str:
    """Return a card as plain lines."""
    lines = [card.title, card.place, ""]
    for fact in card.facts:
        before = f"{fact.before}  →  " if fact.before else ""
        lines.append(f"{fact.label:22}{before}{fact.after}")
    lines += ["", *(_bullet(bullet) for bullet in card.bullets)] if card.bullets else []
    for section in card.sections:
        lines += ["", section.title, *(_bullet(bullet) for bullet in section.bullets), *section.lines]
    buttons = " ".join(f"[{button.label}]" for button in card.buttons)
    return "\n".join((*lines, "", f"{card.foot}   {buttons}".strip(), ""))


def _bullet(bullet: Bullet) -> str:
    return f"• {bullet.text} ({bullet.outlet}, {bullet.at:%d %B %H:%M} UTC)"
