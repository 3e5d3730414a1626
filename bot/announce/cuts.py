"""Sentences cut where a clause begins or ends, so that what is quoted stays whole and clean."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.announce.sentences import sentences

# "KYIV, May 11 (Meridian) - ", "ISTANBUL (Straits) — ": the wire's dateline.
_DATELINE = re.compile(r"^[A-ZÀ-Þ][^()\n]{0,60}\([^()]{2,30}\)\s*[-–—]+\s+(?=\S)")
# "DOHA, Qatar — ", "BRUSSELS, June 20 - ": the same without an agency.
_CITY = re.compile(r"^[A-ZÀ-Þ]{3}[A-ZÀ-Þ .'’-]*(?:, [^\W\d_][\w .]{1,30})?\s+[-—–]\s+(?=\S)")

_SAYS = r"(?:said|says|told|announced|reported|wrote|added|confirmed|declared|noted|explained|stated|insisted)"
# What may follow a comma where the words before it can stand alone.
_AFTER_COMMA = re.compile(
    r"(?:[;:](?=\s)|,(?=[”\"’»]?\s(?:"
    r"who|which|whose|where|when|while|whereas|although|though|because|since|after|before|as|once|but|"
    r"so|including|among them|according to|in|on|at|with|from|under|for|by|to|as|amid|despite|following|perhaps|in which|under which|for which|of which|hours|days|weeks|minutes|months|years|"
    r"an? (?:day|hour|week|month|year)|the (?:first|last|third|largest|only)|and|\w+ing\b|"
    rf"(?:[^,;.\s]+\s){{1,8}}?{_SAYS}\b)))"
)
# The same without a comma, where a subordinate clause says why or when.
_BEFORE_WORD = re.compile(
    r"(?<!shortly)(?<!hours)(?<!minutes)(?<!days)(?<!weeks)(?<!months)(?<!years)(?<!a day)(?<!year)(?<!night)(?<!week)"
    r"(?<!month)(?<!soon)(?<!even)(?<!just)(?=\s(?:because|although|while|after|before)\s(?:\S+\s){3})"
)
# "denied firing | and suggested", "said that it would pay | and that it hoped": the same subject goes on.
_SAME_SUBJECT = re.compile(
    r"(?=\sand\s(?:that|\w{2,}ed|said|says|told|gave|took|made|put|left|went|held|spoke|sent|set|met|kept|wants?|hopes?|"
    r"would|will|was|were|is|are|has|had|did|does|may|must|asks?|asked|nothing)\s)"
)
# A clause of its own begins here: "; the", ", and Vestria", ", while the".
_OWN = re.compile(
    r"\s(?:(?:and|but|while|although|though|whereas)\s)?(?=(?:[A-ZÀ-Þ“\"]|(?:the|it|he|she|they|both|each|a|an|its|their|some|no|nobody|neither)\s))"
)
# "In return ", "On Sunday ", "With the papers of Morocco ": what a sentence can do without.
_OPENING = re.compile(
    r"(?:In|On|At|By|Under|With|After|Before|During|For|From|Then|Later|Earlier|Speaking|Asked)(?:\s[^\s,]+){1,5}$"
)
# "the ministry said on Friday", "according to two officials": who says what stands before.
_TAIL = re.compile(rf"(?:according to\b|(?:[^,;.\s]+\s){{1,7}}?{_SAYS}\b(?!\s(?:that|it|he|she|they|the|there|its)\b))")
_VERB = re.compile(
    r"\b(?:\w+ed|is|are|was|were|has|have|had|will|would|can|may|must|met|left|went|came|gave|took|held|put|said|says|met|sent|set|"
    r"told|kept|made|began|broke|lost|won|spoke|wrote|fell|rose|cut|let|shut|\w{3,}(?:es|ts|ns|ds|ks|rs|ps|ls|ms|ys)(?=\s(?:the|a|an|its|his|her|their|that|to|not|no|on|in|for)\b))\b"
)
#: A beginning of fewer words may have no verb.
_SENTENCE = 10
_MARK = re.compile(r"[,;:]?[”\"’»]?\s*")
_OPEN, _CLOSE = "“«(", "”»)"


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a sentence that is not cut any further."""

    start: int
    end: int
    #: Which sentence it is of, and which paragraph, both counted from 0.
    sentence: int
    paragraph: int
    #: A bullet may begin here.
    begins: bool
    #: A bullet may end here.
    ends: bool


def clauses(text: str) -> list[Clause]:
    """Return a text's clauses in order, its datelines left out."""
    found: list[Clause] = []
    paragraph, last = 0, 0
    for number, (start, end) in enumerate(sentences(text)):
        paragraph += "\n" in text[last:start]
        last = end
        found += _cut(text, start + dateline(text[start:end]), end, number, paragraph)
    return found


def is_tail(words: str) -> bool:
    """Return whether words only say who says what stands before them."""
    return bool(_TAIL.match(words))


def dateline(sentence: str) -> int:
    """Return how long a sentence's dateline is."""
    for pattern in (_DATELINE, _CITY):
        found = pattern.match(sentence)
        if found:
            return found.end()
    return 0


def _cut(text: str, start: int, end: int, sentence: int, paragraph: int) -> Iterator[Clause]:
    """Yield a sentence's clauses; between two of them stands a comma or a blank."""
    at, begins = start, True
    for place in sorted(set(_places(text[start:end]))):
        stop = start + place
        if not at < stop < end:
            continue
        is_opening = at == start and text[stop] == "," and bool(_OPENING.match(text[start:stop]))
        yield Clause(at, stop, sentence, paragraph, begins=begins, ends=not is_opening)
        own = _OWN.match(text, stop + 1, end) if text[stop] in ",;:" else None
        at = own.end() if own else _MARK.match(text, stop, end).end()  # type: ignore[union-attr] # it may be empty
        begins = bool(own or is_opening) and not _TAIL.match(text, at, end)
    if at < end:
        yield Clause(at, end, sentence, paragraph, begins=begins, ends=True)


def _places(sentence: str) -> Iterator[int]:
    for found in _AFTER_COMMA.finditer(sentence):
        if _is_outside(sentence, found.start()) and not _lacks_verb(sentence[: found.start()]):
            yield found.start()
    for pattern in (_BEFORE_WORD, _SAME_SUBJECT):
        for found in pattern.finditer(sentence):
            if _is_outside(sentence, found.start()):
                yield found.start()
    opening = re.match(r"[^,]{3,70}(?=,\s)", sentence)
    if opening and _OPENING.match(opening[0]):
        yield opening.end()


def _lacks_verb(before: str) -> bool:
    """Return whether what stands before is only a name that a relative clause or an apposition follows."""
    return len(before.split()) < _SENTENCE and not _VERB.search(before)


def _is_outside(sentence: str, place: int) -> bool:
    """Return whether a place is in no quotation and in no brackets."""
    before = sentence[:place]
    level = sum(before.count(mark) for mark in _OPEN) - sum(before.count(mark) for mark in _CLOSE)
    return level == 0 and before.count('"') % 2 == 0
