"""How a message of the table is filled with facts."""

import re
from collections.abc import Collection, Mapping

_OPTIONAL = re.compile(r"<([^<>~]*)(?:~([^<>]*))?>")
_FACT = re.compile(r"\{(\w+)\}")
_AGREES = re.compile(r"\{(\w+)\}([^{}\[\]]*)\[([^\[\]|]*)\|([^\[\]|]*)\]")


def fill(wording: str, facts: Mapping[str, str], several: Collection[str] = (), keep: int | None = None) -> str | None:
    """Return a wording with its facts, or ``None`` if no alternative has all it needs.

    Args:
        wording: As `bot.announce.messages` writes them.
        facts: What is known, by name.
        several: The names of those facts that are more than one subject.
        keep: How many optional parts may stay, first ones first; all if ``None``.
    """
    for alternative in wording.split(" || "):
        told = _one(alternative, facts, several, keep)
        if told is not None:
            return told
    return None


def optional_parts(wording: str) -> int:
    """Return the largest number of parts that may fall away."""
    return max(len(_OPTIONAL.findall(alternative)) for alternative in wording.split(" || "))


def _one(wording: str, facts: Mapping[str, str], several: Collection[str], keep: int | None) -> str | None:
    kept = 0

    def decide(part: re.Match[str]) -> str:
        nonlocal kept
        if not all(facts.get(name) for name in _FACT.findall(part[1])):
            return part[2] or ""
        kept += 1
        return part[1] if keep is None or kept <= keep else ""

    text = _OPTIONAL.sub(decide, wording)
    if not all(facts.get(name) for name in _FACT.findall(text)):
        return None
    text = _AGREES.sub(lambda verb: _agree(verb, several), text)
    text = _AGREES.sub(lambda verb: _agree(verb, several), text)
    return _FACT.sub(lambda fact: facts[fact[1]], text)


def _agree(verb: re.Match[str], several: Collection[str]) -> str:
    ending = verb[4] if verb[1] in several else verb[3]
    return f"{{{verb[1]}}}{verb[2]}{ending}"
