"""Corrections that outlets publish as entries of their own, and what they take back."""

import re
from collections.abc import Iterable, Mapping
from datetime import timedelta

from bot.domain.feed import Article
from bot.domain.story import LogEntry
from bot.track.candidate import Candidate, candidates
from bot.track.copies import Trace
from bot.track.log import live, retraction

CORRECTED = "corrected"

#: An outlet corrects what it told within this span.
RECENT = timedelta(days=5)

_TITLE = re.compile(r"\W*(?:correct(?:ed|ion|ions|ing)|clarification|retraction|retracted|erratum)\b\W", re.IGNORECASE)
_NOTE = re.compile(
    r"\b(?:this (?:article|story|report|item) (?:has been|was) corrected"
    r"|\(corrects? [a-z]"
    r"|(?:an|our) earlier (?:version|report|story)(?: of this (?:article|story|report))?,? "
    r"(?:said|stated|named|gave|misstated|misidentified|incorrectly|wrongly|mistakenly)"
    r"|we (?:wrongly|incorrectly|mistakenly|erroneously) (?:reported|said|named|wrote))",
    re.IGNORECASE,
)


def is_correction(article: Article) -> bool:
    """Return whether an article says of itself that it corrects what its outlet told."""
    return _TITLE.match(article.title) is not None or _NOTE.search(article.text) is not None


def taken_back(
    log: Mapping[str, LogEntry], article: Article, trace: Trace, now: Iterable[LogEntry]
) -> tuple[LogEntry, ...]:
    """Return what a published correction takes back: what its outlet told otherwise of the same slots.

    What others carried of it goes along, if they had it from the same origin.

    Args:
        log: The story's log so far, by id.
        article: The correction.
        trace: Whose text it is.
        now: What is read in it.
    """
    if not is_correction(article):
        return ()
    told = {claim.slot: claim for entry in now for claim in candidates(entry) if not claim.slot.startswith("ledger/")}
    wrong: list[str] = []
    for entry in live(log.values()):
        source = entry.report.source if entry.report else None
        if source is None or source.ref == article.ref or article.published - source.published > RECENT:
            continue
        ours = source.outlet == article.outlet or source.origin == trace.origin
        if ours and any(_differs(claim, told) for claim in candidates(entry)):
            wrong.append(entry.id)
    return tuple(retraction(id_, article.fetched, CORRECTED) for id_ in wrong)


def _differs(claim: Candidate, told: Mapping[str, Candidate]) -> bool:
    other = told.get(claim.slot)
    return other is not None and other.value != claim.value and not other.denial
