"""Sentences cut where a clause begins or ends, so that what is quoted stays whole and clean."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.announce.furniture import is_furniture, lead_in
from bot.announce.sentences import sentences

_SAYS = r"(?:said|says|told|announced|reported|wrote|added|confirmed|declared|noted|explained|stated|insisted|recalled|warned)"
_SPAN = r"(?:minutes|hours|days|weeks|months|years|decades)"
# Who says it, in up to eight words, one apposition among them: ", the trade representative, Katherine Tai, said".
_WHO_SAYS = rf"(?:[^,;\s]+\s){{1,8}}?(?:[^,;\s]+, [^,;]{{3,60}}, )?{_SAYS}\b"
# What may follow a comma where the words before it can stand alone.
_AFTER_COMMA = re.compile(
    r"(?:[;:](?=\s)|,(?=[”\"’»]?\s(?:"
    r"who|whose|where|when|while|whereas|although|though|because|since|after|before|as|once|but|so|"
    r"(?:in |under |for |of |by |to |on |with |from |at |most of |some of |none of |all of )?(?:which|whom)|"
    r"including|among them|according to|in|on|at|with|without|from|under|for|by|to|amid|despite|following|perhaps|"
    r"and|or|then|thus|not|it follows|"
    rf"(?:(?:an?|some|about|\w+(?:ty|een)|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) )?(?:an? )?{_SPAN}|"
    r"an? (?:day|hour|week|month|year)|(?:the|its|their|his|her) (?:first|last|second|third|largest|only|fourth|fifth)|"
    rf"\w+ing\b|{_WHO_SAYS})))"
)
# The same without a comma, where what follows says why, when, against what, under what terms ...
_ADJUNCT = re.compile(
    r"(?<!shortly)(?<!hours)(?<!minutes)(?<!days)(?<!weeks)(?<!months)(?<!years)(?<!a day)(?<!year)(?<!night)(?<!week)"
    r"(?<!month)(?<!soon)(?<!even)(?<!just)(?<!only)(?<!and)(?<!but)(?<!look)(?<!named)(?<!looked)(?<!called)(?<!,)(?=\s(?:"
    r"because|although|while|whereas|after|before|following|despite|amid|under an?|so that|"
    r"in (?:protest|response|return|retaliation|defiance|front)|in which|in exchange for|by (?:a vote|\d+ votes)|"
    r"to (?:protest|discuss|mark)|at the (?:start|close|end|beginning)|on the (?:sidelines|margins|fringes|eve)|"
    r"in the presence|under the (?:eyes|mediation|auspices|chairmanship)|"
    r"for the (?:first|second|third|last) time|as an? (?:gesture|result|step))\s(?:\S+\s){1})"
)
# "denied firing | and suggested", "said that it would pay | and that it hoped": the same subject goes on.
_SAME_SUBJECT = re.compile(
    r"(?=\s(?:and|but)\s(?:that|to|\w{2,}ed|said|says|told|gave|took|made|put|left|went|held|spoke|sent|set|met|kept|wants?|"
    r"hopes?|would|will|was|were|is|are|has|had|did|does|may|must|asks?|asked|nothing)\s)"
)
_FINITE = r"(?:will|would|shall|has|have|had|is|are|was|were|said|says|may|can|must|\w{3,}ed|gave|took|met|held|put|left|went|sent)"
# "Sweden undertook ... and | NATO will appoint": another subject with a verb of its own.
_NEXT_SUBJECT = re.compile(
    rf"\s(?=(?:and|but|while)\s(?:(?:[A-ZÀ-Þ][\w’'-]*\s){{1,4}}|(?:the|its|their|his|her|both|each)\s(?:[\w’'-]+\s){{1,3}}?|(?:it|he|she|they)\s){_FINITE}\s)"
)
# A clause of its own begins here: "; the", ", and Vestria", ", while the".
_OWN = re.compile(
    r"\s(?:(?:and|but|while|although|though|whereas)\s)?(?=(?:[A-ZÀ-Þ“\"]|(?:the|it|he|she|they|both|each|a|an|its|their|"
    r"some|no|nobody|neither)\s))"
)
# "In return ", "On Sunday ", "With the papers of Morocco ", "Three days before the talks resume ": what a sentence can
# do without; never a condition.
_OPENING = re.compile(
    r"(?:In|On|At|By|Under|With|After|Before|During|For|From|Over|Amid|Despite|Following|According|Then|Later|Earlier|Speaking|"
    r"Asked|When|While|Although|Though|As|(?:[A-Z][a-z]+ )?(?:hours|days|weeks|months|years) (?:after|before|later)|"
    r"An? (?:day|hour|week|month|year)|Hours|Days|Weeks|Minutes|The evening before|In a statement|\w+ing)(?:\s[^\s,]+){0,14}$"
)
# "the ministry said on Friday", "according to two officials": who says what stands before.
_TAIL = re.compile(rf"(?:according to\b|it follows\b|{_WHO_SAYS}(?!\s(?:that|it|he|she|they|the|there|its)\b))")
_VERB = re.compile(
    r"\b(?:\w+ed|is|are|was|were|has|have|had|will|would|can|may|must|met|left|went|came|gave|took|held|put|said|says|met|sent|set|"
    r"told|kept|made|began|broke|lost|won|spoke|wrote|fell|rose|cut|let|shut|\w{3,}(?:es|ts|ns|ds|ks|rs|ps|ls|ms|ys)(?=\s(?:the|a|an|its|his|her|their|that|to|not|no|on|in|for)\b))\b"
)
#: A beginning of fewer words may have no verb.
_SENTENCE = 10
_MARK = re.compile(r"[,;:]?[”\"’»]?\s*")
_BLOCK = re.compile(
    r"</?(?:p|div|br|li|ul|ol|h[1-6]|table|tr|td|th|blockquote|section|article|header|footer|figure|figcaption)\b[^<>]*>",
    re.IGNORECASE,
)
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
    """Return a text's clauses in order, without datelines and lines of the page; a tag of a block ends a line."""
    bare = _BLOCK.sub(lambda tag: "\n" * len(tag[0]), text)
    found: list[Clause] = []
    paragraph, last, begin = 0, 0, 0
    for number, (start, end) in enumerate(sentences(bare)):
        if "\n" in bare[last:start]:
            paragraph += 1
        if not last or "\n" in bare[last:start]:
            # A dateline may hold a stop: "GENF, 4. März (Meridian) - ".
            begin = start + lead_in(bare[start : bare.find("\n", start) + 1 or None])
        last = end
        first = max(begin, start + lead_in(bare[start:end]))
        if first < end and not is_furniture(bare[start:end]):
            found += _cut(bare, first, end, number, paragraph)
    return found


def is_tail(words: str) -> bool:
    """Return whether words only say who says what stands before them."""
    return bool(_TAIL.match(words))


def _cut(text: str, start: int, end: int, sentence: int, paragraph: int) -> Iterator[Clause]:
    """Yield a sentence's clauses; between two of them stands a comma or a blank."""
    at, begins = start, True
    for place in sorted(set(_places(text[start:end]))):
        stop = start + place
        if not at < stop < end:
            continue
        is_opening = at == start and text[stop] == "," and bool(_OPENING.match(text[start:stop]))
        yield Clause(at, stop, sentence, paragraph, begins=begins, ends=not is_opening)
        own = None
        if text[stop] in ",;:":
            own = _OWN.match(text, stop + 1, end)
        elif _NEXT_SUBJECT.match(text, stop, end):
            own = _OWN.match(text, stop, end)
        at = own.end() if own else _MARK.match(text, stop, end).end()  # type: ignore[union-attr] # it may be empty
        begins = bool(own or is_opening) and not _TAIL.match(text, at, end)
    if at < end:
        yield Clause(at, end, sentence, paragraph, begins=begins, ends=True)


def _places(sentence: str) -> Iterator[int]:
    for found in _AFTER_COMMA.finditer(sentence):
        if _is_outside(sentence, found.start()) and not _lacks_verb(sentence[: found.start()]):
            yield found.start()
    for pattern in (_ADJUNCT, _SAME_SUBJECT):
        for found in pattern.finditer(sentence):
            if _is_outside(sentence, found.start()) and not _lacks_verb(sentence[: found.start()]):
                yield found.start()
    for found in _NEXT_SUBJECT.finditer(sentence):
        # "Egypt, Saudi Arabia and the Emirates could": no verb since the comma, one subject of several names.
        if _is_outside(sentence, found.start()) and _VERB.search(re.split(r"[,;:]", sentence[: found.start()])[-1]):
            yield found.start()
    opening = re.match(r"[^,]{2,90}(?=,\s)", sentence)
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
