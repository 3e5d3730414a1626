"""What a new version of an article still tells of the version before.

A wire's update is written anew, and a reader of sentences finds other events
in other words. What an entry once said is taken back only where its new
version says otherwise, or no longer has the words.
"""

import re
from collections.abc import Iterable, Mapping

from bot.domain.feed import Article
from bot.domain.story import LogEntry, Report
from bot.track.candidate import candidates
from bot.track.log import live

#: A sentence that keeps this part of its telling words still says the same.
SAME = 0.6
#: What is read otherwise now stands only if the sentence itself was left as it was.
ALL = 1.0
#: A reading so much less sure than the one before corrects nothing.
DOUBT = 0.05

_SENTENCE = re.compile(r"(?<=[.!?”\"])\s+|\n+")
_TELLING = re.compile(r"\w{4,}|\d+|[A-Z]\w+")


def still_told(log: Iterable[LogEntry], article: Article, now: Iterable[LogEntry]) -> set[str]:
    """Return the ids of an entry's earlier reports that its new version leaves standing.

    Args:
        log: The story's log so far.
        article: The new version.
        now: The reports that were read in it.
    """
    sure: dict[str, float] = {}
    for claim in (claim for entry in now for claim in candidates(entry)):
        sure[claim.slot] = max(claim.event.confidence, sure.get(claim.slot, 0.0))
    sentences = [_words(sentence) for sentence in _SENTENCE.split(article.text)]
    own = (entry for entry in live(log) if entry.report is not None and entry.report.source.ref == article.ref)
    return {entry.id for entry in own if entry.report and _still(entry, entry.report, sure, sentences)}


def _still(entry: LogEntry, report: Report, sure: Mapping[str, float], sentences: Iterable[frozenset[str]]) -> bool:
    """Return whether a report stands: its words do, or what is read of the same slots now is less sure."""
    now = [sure[claim.slot] for claim in candidates(entry) if claim.slot in sure]
    if now and max(now) < report.event.confidence - DOUBT:
        return True
    if not now and _is_headline(report):
        return True
    return _stands(report, sentences, ALL if now else SAME)


def _is_headline(report: Report) -> bool:
    """Return whether a title told of a session: each update has a new title, and unsays none by it."""
    return report.event.kind == "talks-held" and report.event.evidence.start < len(report.source.title)


def _stands(report: Report, sentences: Iterable[frozenset[str]], share: float) -> bool:
    told = _words(report.event.evidence.words)
    return bool(told) and any(len(told & sentence) / len(told) >= share for sentence in sentences)


def _words(text: str) -> frozenset[str]:
    return frozenset(word.casefold() for word in _TELLING.findall(text))
