"""How long a headline may be, and how long it counts."""

from bot.announce.scene import Scene

LIMIT = 90


def width(line: str, scene: Scene) -> int:
    """Return a line's length as if all parties' names were as long as the longest.

    So a line is cut at the same place whichever side it is about.
    """
    forms = [scene.names.short(party) for party in scene.story.parties]
    longest = max((len(form) for form in forms), default=0)
    return len(line) + sum(line.count(form) * (longest - len(form)) for form in forms if form)


def shorten(line: str, scene: Scene) -> str:
    """Return a line cut at a word where it is longer than a headline may be."""
    if width(line, scene) <= LIMIT:
        return line
    cut = line
    while width(cut, scene) >= LIMIT and " " in cut:
        cut = cut.rpartition(" ")[0]
    return f"{cut[: LIMIT - 1].rstrip(' ,;:(–-')}…"
