"""People's corrections are applied to what comes after them."""

from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta

from bot.domain.feed import Article, EntryRef
from bot.domain.story import Action, LogEntry
from bot.track.alike import NO_CITIES, says_same
from bot.track.arrange import Arrangement
from bot.track.candidate import Candidate, candidates
from bot.track.log import WRONG, correction

#: So long somebody's "wrong" holds against others who say the same.
STANDS = timedelta(hours=72)


def follow_ups(  # noqa: PLR0913, PLR0917 - an article, where it goes, and what was said before it
    home: str,
    arrangements: Iterable[Arrangement],
    lines: Iterable[LogEntry],
    log: Mapping[str, LogEntry],
    article: Article,
    copied: EntryRef | None,
    matches: Callable[[str, Article], bool],
) -> tuple[LogEntry, ...]:
    """Return the lines that earlier corrections add to what an article reports to a story.

    Args:
        home: The story.
        arrangements: Everybody's, and that of each workspace that may have a word.
        lines: What the article reports.
        log: The story's log so far, by id.
        article: The article.
        copied: What it is a copy of.
        matches: Whether a query matches an article.
    """
    reports = [line for line in lines if line.report is not None]
    known = {article.ref, copied}
    found: list[LogEntry] = []
    for arrangement in arrangements:
        for story, said in arrangement.holding:
            if story != home or said.because is not None or said.workspace != arrangement.workspace:
                continue
            moves = (said.action is Action.MOVE and not known.isdisjoint(said.articles)) or (
                said.action is Action.SPLIT and matches(said.query or "", article)
            )
            if moves:
                found.append(_move(said, reports, article))
            elif said.action is Action.RETRACT and said.reason == WRONG:
                found += _wrong_again(said, reports, log, known, article)
    return tuple(found)


def _move(said: LogEntry, reports: Iterable[LogEntry], article: Article) -> LogEntry:
    return correction(
        LogEntry(
            id="",
            at=article.fetched,
            action=Action.MOVE,
            targets=tuple(report.id for report in reports),
            articles=(article.ref,),
            into=said.into,
            because=said.id,
            by=said.by,
            workspace=said.workspace or article.workspace,
        )
    )


def _wrong_again(
    said: LogEntry,
    reports: Iterable[LogEntry],
    log: Mapping[str, LogEntry],
    known: set[EntryRef | None],
    article: Article,
) -> list[LogEntry]:
    """Return what takes back the reports that only repeat what somebody called wrong."""
    wrong = [log[target] for target in said.targets if target in log]
    sources = {line.report.source.ref for line in wrong if line.report is not None}
    claims = [claim for line in wrong for claim in candidates(line)]
    again = []
    for report in reports:
        own = candidates(report)
        moments = [said.at, *(claim.at for claim in claims)]
        soon = not known.isdisjoint(sources) or any(abs(claim.at - at) < STANDS for claim in own for at in moments)
        if own and soon and all(any(_repeats(claim, other) for other in claims) for claim in own):
            again.append(report.id)
    if not again:
        return []
    taken = LogEntry(
        id="",
        at=article.fetched,
        action=Action.RETRACT,
        targets=tuple(again),
        reason=WRONG,
        because=said.id,
        by=said.by,
        workspace=said.workspace or article.workspace,
    )
    return [correction(taken)]


def _repeats(claim: Candidate, other: Candidate) -> bool:
    if claim.slot != other.slot or claim.denial != other.denial:
        return False
    return claim.slot.startswith("ledger/") or says_same(other.value, claim.value, claim.slot, NO_CITIES)
