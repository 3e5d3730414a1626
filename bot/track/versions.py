"""What a new version of an article still tells of the version before.

A wire's update is written anew, and a reader of sentences finds other events
in other words. What an entry once said is taken back only where its new
version says otherwise, or no longer has the words.
"""

import re
from collections.abc import Iterable

from bot.domain.feed import Article
from bot.domain.story import LogEntry, Report
from bot.track.candidate import candidates
from bot.track.log import live

#: A sentence that keeps this part of its telling words still says the same.
SAME = 0.6
#: What is read otherwise now stands only if the sentence itself was left as it was.
ALL = 1.0

_SENTENCE = re.compile(r"(?<=[.!?”\"])\s+|\n+")
_TELLING = re.compile(r"\w{4,}|\d+")


def still_told(log: Iterable[LogEntry], article: Article, now: Iterable[LogEntry]) -> set[str]:
    """Return the ids of an entry's earlier reports that its new version leaves standing.

    Args:
        log: The story's log so far.
        article: The new version.
        now: The reports that were read in it.
    """
    spoken_of = {claim.slot for entry in now for claim in candidates(entry)}
    sentences = [_words(sentence) for sentence in _SENTENCE.split(article.text)]
    return {
        entry.id
        for entry in live(log)
        if entry.report is not None
        and entry.report.source.ref == article.ref
        and _stands(
            entry.report, sentences, ALL if any(claim.slot in spoken_of for claim in candidates(entry)) else SAME
        )
    }


def _stands(report: Report, sentences: Iterable[frozenset[str]], share: float) -> bool:
    told = _words(report.event.evidence.words)
    return bool(told) and any(len(told & sentence) / len(told) >= share for sentence in sentences)


def _words(text: str) -> frozenset[str]:
    return frozenset(_TELLING.findall(text.casefold()))
