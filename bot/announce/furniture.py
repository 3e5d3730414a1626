"""What stands around an article's own words: datelines, clock times of live pages, list marks, lines of the page."""

import re

# "KYIV, May 11 (Meridian) - ", "ISTANBUL (Straits) — ": the wire's dateline.
_AGENCY = re.compile(r"[A-ZÀ-Þ][^()\n]{0,60}\([^()\n]{2,40}\)\s*[-–—|]+\s+(?=\S)")
# "DOHA, Qatar — ", "BRUSSELS, June 20 - ", "ANKARA/BAGHDAD - ": the same without an agency.
_CITY = re.compile(
    r"[A-ZÀ-Þ]{3}[A-ZÀ-Þ .'’/-]*(?:, [^\W\d_][^\W_]*\.?(?: [\w.]{1,12}){0,3}){0,2}\s*(?:\s[-–—|]+|:)\s+(?=\S)"
)
# "KATHMANDU. Tractors": a town in capitals that a stop ends.
_TOWN = re.compile(r"[A-ZÀ-Þ]{4}[A-ZÀ-Þ .'’-]*(?:, [A-ZÀ-Þ][a-zà-ÿ]+)?\.\s+(?=[A-ZÀ-Þ“\"])")
# "14:05 - ", "18:40 BST: ", "[9.15am] ": the clock of a live page.
_CLOCK = re.compile(
    r"[\[(]?\d{1,2}(?:[:.h]\d{2})?\s?(?:[ap]\.?m\.?)?(?:\s(?:GMT|UTC|BST|CET|CEST|EST|EDT|ET|MSK|local time))?[\])]?"
    r"(?:\s*[-–—|:]+\s+|(?<=[\])m])\s+)(?=[A-ZÀ-Þ“\"])"
)
# "* ", "• ", "1. ", "- ": the mark of a list.
_MARK = re.compile(r"(?:[-–—*•·▪►>]+|\(?\d{1,2}[.)])\s+(?=\S)")
_LEADS = (_MARK, _CLOCK, _AGENCY, _CITY, _TOWN)

_PAGE = re.compile(
    r"(?:read (?:more|also|next)|see also|related|more on this|watch|listen|in pictures|photo(?:graph)?|image|picture|"
    r"caption|credit|source text|further company coverage|tags?|topics?|share|follow us|subscribe|sign up|newsletter|"
    r"advertisement|sponsored|cookies?|accept all|privacy|copyright|©|all rights reserved|home\s*>|updated|published|"
    r"last modified|this (?:live )?(?:page|blog) is (?:now )?closed|was this forwarded|"
    r"\((?:reporting|additional reporting|writing|editing|compiled|with) |reporting by|editing by)\b",
    re.IGNORECASE,
)
_PROMISED = re.compile(
    r"\b(?:cookies?|newsletter|min read|all rights reserved|click here|subscribe|sign up for|follow us|(?:page|blog) is (?:now )?closed)\b",
    re.IGNORECASE,
)
_BYLINE = re.compile(
    r"(?:By|BY|Von|Par|Por)\s+[A-ZÀ-Þ][\w.’'-]+(?:[\s,]+(?:[A-ZÀ-Þ][\w.’'-]*|and|AND|in|for|und|et|y|de|\|))*[^.!?]{0,30}$"
)
#: A line of the page is short.
_LINE = 200
_WORDS_OF_A_LINE = 14


def lead_in(sentence: str) -> int:
    """Return how much of a sentence's beginning is a dateline, a clock time or a list mark, in characters."""
    at = 0
    for pattern in _LEADS:
        found = pattern.match(sentence, at)
        if found:
            at = found.end()
    return at


def is_furniture(line: str) -> bool:
    """Return whether a line belongs to the page and not to the article: a byline, *Read more*, a word on cookies."""
    if len(line) > _LINE:
        return False
    if _PAGE.match(line) and (":" in line[:24] or line.endswith(("…", ")")) or line[-1].isalnum()):
        return True
    return bool(_PROMISED.search(line) or _BYLINE.match(line)) and len(line.split()) <= _WORDS_OF_A_LINE
