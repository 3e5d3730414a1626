"""Where a post is worded, and where further sources of what it told are noted under it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.announce.bullets import MOST, choose
from bot.announce.clauses import in_order, rank, weight
from bot.announce.echoes import echoed
from bot.announce.headline import headline
from bot.announce.levels import level
from bot.announce.lines import source_line
from bot.announce.scene import Scene
from bot.announce.slots import is_ledger
from bot.announce.told import make_id, mark, once, same, with_source
from bot.domain.alert import Alert, Bullet, Mode
from bot.domain.feed import Article, EntryRef
from bot.domain.story import Cause, Change, Source

MENDS = frozenset({Cause.CORRECTION, Cause.RETRACTION})
#: Causes that open a post of their own, in the order in which they are said.
OPENS = (Cause.CHANGE, Cause.CONFLICT)

#: What several outlets tell within hours of one another, each from a source of its own.
TOLD_ALIKE = ("attendance/", "talks/status")
SOON = timedelta(hours=6)


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything that one call of `compose` works with."""

    scene: Scene
    articles: Mapping[EntryRef, Article]
    told: Mapping[str, Alert]
    at: datetime
    heads: frozenset[str]
    #: What a person did, where no source tells it.
    by_hand: str | None = None

    def post(self, changes: Sequence[Change]) -> Alert:
        """Return the one post that tells these changes; the weightiest gives it its reason and headline."""
        scene = replace(self.scene, changes=tuple(changes))
        # That two accounts differ is the news, and what else was said there comes with it.
        leading = [each for each in changes if each.cause is Cause.CONFLICT and not is_ledger(each.slot)]
        if not leading or any(each.cause is Cause.CHANGE and not is_ledger(each.slot) for each in changes):
            leading = list(changes)
        cause = max(leading, key=lambda change: (rank(change, scene), -OPENS.index(change.cause))).cause
        line = headline(replace(scene, changes=tuple(change for change in changes if change.cause is cause)))
        sources = self.sources_of(changes)
        return Alert(
            id=make_id(self.scene.story.id, cause.value, *(mark(change) for change in changes)),
            reason=cause,
            at=self.at,
            story=self.scene.story.id,
            kind=max(leading, key=lambda change: rank(change, scene)).kind,
            headline=line,
            changes=in_order(changes),
            bullets=self._accounts(changes) if cause is Cause.CONFLICT else self.bullets(changes, line),
            entries=once(source.ref for source in sources),
            outlets=once(outlet for change in changes for outlet in _told_by(change, sources)),
            origins=once(origin for change in changes for origin in _come_from(change, sources)),
            level=level(scene, self.heads).value,
        )

    def sources(self, changes: Sequence[Change]) -> list[Alert]:
        """Return the quiet line and the raised count where others now say what a post told.

        One entry makes one line: under the post that told the weightiest of
        what it repeats.
        """
        for change in in_order(changes):
            post = self.teller(change.slot, change.after) or self.echoed(change)
            if post is not None:
                return self._join(post, changes)
        return []

    def echoed(self, change: Change) -> Alert | None:
        """Return the post that told the same, in other words or on a weaker one."""
        return self._firmed(change) or echoed(change, self.told.values(), self.scene)

    def _firmed(self, change: Change) -> Alert | None:
        """Return the post that told the same on a weaker word, where a firmer one is no news.

        That a side confirms a rumour is; that those who told it grow surer,
        that others too see a session held, or within hours tell on nobody's
        word who stays away and what is off, is not.
        """
        if change.cause is not Cause.CHANGE or change.after is None or not same(change.before, change.after):
            return None
        post = self.teller(change.slot, change.after)
        if post is None or change.kind == "talks-held":
            return post
        again = {source.origin for source in self.sources_of((change,))} <= set(post.origins)
        soon = change.slot.startswith(TOLD_ALIKE) and self.at - post.at < SOON
        return post if (again or soon) and change.attribution is None else None

    def _join(self, post: Alert, changes: Sequence[Change]) -> list[Alert]:
        sources = [source for source in self.sources_of(changes) if source.ref not in post.entries]
        if not sources:
            return []
        newest = sources[-1]
        by_slot = {change.slot: change for change in changes}
        # The firmer word and the further origins count for the headline too.
        firmer = tuple(with_source(change, by_slot.get(change.slot)) for change in post.changes)
        plain = post.reason is Cause.CHANGE and post.revision >= 1 and not is_mended(post)
        line = headline(replace(self.scene, changes=firmer)) if plain and self.knows(firmer) else post.headline
        edit = self.edit(
            replace(post, reason=Cause.SOURCE, headline=line, changes=firmer),
            (Cause.SOURCE.value, *(source.ref.feed + source.ref.id for source in sources)),
            sources,
        )
        told = source_line(newest, known_origin=newest.origin in post.origins, year=self.scene.year)
        return [self.line(post, Cause.SOURCE, told, changes, sources), edit]

    def knows(self, changes: Sequence[Change]) -> bool:
        """Tell whether a headline can be written again: every report of the change is at hand."""
        return all(id_ in self.scene.reports for change in changes for id_ in change.reports)

    def edit(self, post: Alert, key: Iterable[str], sources: Sequence[Source] = ()) -> Alert:
        """Return the edit after which a post reads as given, with further sources in its count.

        Args:
            post: As it is to read, with the revision that is shown now.
            key: What makes this edit this one and no other.
            sources: Those that join the post, in order of arrival.
        """
        return replace(
            post,
            id=make_id(post.id, "edit", *key),
            of=post.id,
            mode=Mode.EDIT,
            at=self.at,
            entries=once((*post.entries, *(source.ref for source in sources))),
            outlets=once((*post.outlets, *(source.outlet for source in sources))),
            origins=once((*post.origins, *(source.origin for source in sources))),
            revision=post.revision + 1,
        )

    def line(self, post: Alert, cause: Cause, text: str, changes: Sequence[Change], sources: Sequence[Source]) -> Alert:
        """Return a line for the thread of a post."""
        return Alert(
            id=make_id(post.id, "line", cause.value, text, *(source.ref.feed + source.ref.id for source in sources)),
            of=post.id,
            mode=Mode.THREAD,
            reason=cause,
            at=self.at,
            story=post.story,
            kind=max(changes, key=weight).kind,
            headline=text,
            changes=tuple(changes),
            entries=once(source.ref for source in sources),
            outlets=once(source.outlet for source in sources),
            origins=once(source.origin for source in sources),
            level=post.level,
        )

    def teller(self, slot: str, value: object) -> Alert | None:
        """Return the latest post that told this value of a slot."""
        for post in reversed(list(self.told.values())):
            if any(change.slot == slot and same(change.after, value) for change in post.changes):
                return post
        return None

    def sources_of(self, changes: Sequence[Change]) -> list[Source]:
        """Return where changes were read, in order of arrival."""
        told = (id_ for change in changes for id_ in (*change.reports, *change.against))
        found = (self.scene.reports[id_].source for id_ in told if id_ in self.scene.reports)
        return sorted({source.ref: source for source in found}.values(), key=lambda source: source.fetched)

    def _accounts(self, changes: Sequence[Change]) -> tuple[Bullet, ...]:
        """Return the words of each side of a dispute, the newer first."""
        told: list[Bullet] = []
        for change in changes:
            for side in (change.reports, change.against):
                told += self.bullets([replace(change, reports=side)], "")[:1]
        return once(told)[:MOST]

    def bullets(self, changes: Sequence[Change], line: str) -> tuple[Bullet, ...]:
        """Return the words of sources that carry changes, besides a headline."""
        sides = [self.scene.names.voices(party) for party in self.scene.story.parties]
        return choose(changes, self.scene.reports, self.articles, headline=line, sides=sides)


def is_mended(post: Alert) -> bool:
    """Tell whether something that a post told was corrected or taken back."""
    return any(change.cause in MENDS for change in post.changes)


def _told_by(change: Change, sources: Sequence[Source]) -> Sequence[str]:
    own = () if change.cause is Cause.CONFLICT else change.outlets
    return own or [source.outlet for source in sources]


def _come_from(change: Change, sources: Sequence[Source]) -> Sequence[str]:
    own = () if change.cause is Cause.CONFLICT else change.origins
    return own or [source.origin for source in sources]
