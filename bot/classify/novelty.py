"""Whether a sentence reports something new, or tells of what was before."""

from collections.abc import Iterator

from bot.classify.chunks import Hit, Reading

YEARS = range(1000, 2101)
#: A word of time stands so near to the count before it: "three years ago".
BESIDE = 3
#: "The first … since" a year has at most so many words.
FIRST_REACH = 8


def signs(reading: Reading) -> Iterator[str]:
    """Yield what speaks for background, opinion or a question in a sentence."""
    norms = reading.norms
    years = [place for place in _year_places(reading) if not _tells_how_new(reading, place)]
    if years:
        yield "year"
    if any(place and norms[place - 1] in _words(reading, "since_words") for place in years):
        yield "since-year"
    if "?" in norms[-2:]:
        yield "question"
    for mark in ("background", "opinion", "hypothetical", "conditional", "death", "memory", "sport-like"):
        if reading.marks.get(mark):
            yield mark
    if reading.has("background", 0, BESIDE):
        yield "background-first"


def is_before(reading: Reading, act: Hit | None) -> bool:
    """Tell whether an act lies before what the sentence reports: "had called for talks", and nobody says so now."""
    if act is None:
        return False
    perfect = [hit for hit in reading.marks.get("pluperfect", ()) if 0 <= act.start - hit.end <= 1]
    return bool(perfect) and not reading.has("reporting", 0, perfect[0].start)


def _words(reading: Reading, mark: str) -> set[str]:
    return {reading.norms[hit.start] for hit in reading.marks.get(mark, ())}


def _year_places(reading: Reading) -> Iterator[int]:
    for place, norm in enumerate(reading.norms):
        if len(norm) == 4 and norm.isascii() and norm.isdigit() and int(norm) in YEARS:  # noqa: PLR2004
            yield place


def _tells_how_new(reading: Reading, place: int) -> bool:
    """Tell whether a year says how long there was nothing like it: "their first talks since 2022"."""
    since = place > 0 and reading.norms[place - 1] in _words(reading, "since")
    return since and reading.has("first", max(0, place - FIRST_REACH), place)
