"""What a story's changes make us say: posts, edits and thread lines."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType

from bot.announce.bullets import MOST, choose
from bot.announce.clauses import in_order, rank, weight
from bot.announce.echoes import echoed
from bot.announce.headline import headline, taken_back
from bot.announce.hollow import telling
from bot.announce.levels import level
from bot.announce.lines import corrected_line, source_line
from bot.announce.names import Names
from bot.announce.pace import Moves, flaps
from bot.announce.scene import Scene
from bot.announce.slots import is_ledger
from bot.announce.told import edited, heads_of, make_id, mark, once, posts, same, told_changes, with_source
from bot.domain.alert import Alert, Bullet, Mode
from bot.domain.event import Modality
from bot.domain.feed import Article, EntryRef
from bot.domain.story import Cause, Change, Report, Source, Story

__all__ = ["compose", "edited", "posts", "told_changes"]

MENDS = frozenset({Cause.CORRECTION, Cause.RETRACTION})
NO_MOVES: Moves = MappingProxyType({})
#: Causes that open a post of their own, in the order in which they are said.
_OPENS = (Cause.CHANGE, Cause.CONFLICT)


def compose(  # noqa: PLR0913, PLR0917 - what a post is made of, each from another room
    story: Story,
    changes: Sequence[Change],
    reports: Mapping[str, Report],
    articles: Mapping[EntryRef, Article],
    told: Sequence[Alert],
    at: datetime,
    names: Names,
    *,
    heads: Collection[str] = (),
    moves: Moves = NO_MOVES,
) -> tuple[Alert, ...]:
    """Return what is said of one entry's changes to one story.

    What a person corrected is said by `bot.announce.by_hand`.

    Args:
        story: The story that changed.
        changes: Everything that one entry changed in it.
        reports: By log id, for every id that the changes name.
        articles: The texts behind them; old ones may be missing.
        told: The story's alerts so far, newest last; edits may stand in place
            of their posts or after them.
        at: When the entry was fetched, news time.
        names: How actors and persons are called.
        heads: Who leads a delegation now, besides those whom alerts named.
        moves: When each slot was told to have changed, see `bot.announce.pace`.
    """
    desk = Desk(
        scene=Scene(
            story=story,
            reports=reports,
            names=names,
            year=at.year,
            standing={change.slot: change.after for post in posts(told).values() for change in post.changes},
        ),
        articles=articles,
        told=posts(told),
        at=at,
        heads=frozenset((*heads, *heads_of((*told_changes(told), *changes)))),
    )
    changes = [desk.gainsaid(change) for change in changes]
    mended, unseen = desk.sort_mends([change for change in changes if change.cause in MENDS])
    fresh = [*changes, *(replace(change, cause=Cause.CHANGE) for change in unseen)]
    said: list[Alert] = []
    # What a correction brings with it is told by the correction, not by a post beside it.
    along = {id_ for group in mended.values() for change in group for id_ in change.reports}
    along -= {id_ for change in fresh if _is_no(change) for id_ in change.reports}
    settled, unheard = desk.sort_settled([change for change in changes if change.cause is Cause.RESOLVED])
    fresh += unheard
    opening = [change for change in fresh if change.cause in _OPENS and not along.issuperset(change.reports)]
    opening = [change for change in telling(opening, desk.scene) if desk.echoed(change) is None]
    turned, opening = desk.sort_turned(opening, moves)
    if opening:
        said.append(desk.post(opening))
    for post_id, group in turned.items():
        said += desk.turn(desk.told[post_id], group)
    for post_id, group in settled.items():
        said += desk.mend(desk.told[post_id], group)
    for post_id, group in mended.items():
        said += desk.mend(desk.told[post_id], group)
    opened = {id_ for alert in said for change in alert.changes for id_ in change.reports}
    sources = [change for change in changes if change.cause is Cause.SOURCE or desk.echoed(change) is not None]
    said += desk.sources([change for change in sources if not opened.intersection(change.reports)])
    return tuple(said)


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
        cause = max(leading, key=lambda change: (rank(change, scene), -_OPENS.index(change.cause))).cause
        line = headline(replace(scene, changes=tuple(change for change in changes if change.cause is cause)))
        sources = self._sources(changes)
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

    def mend(self, post: Alert, changes: Sequence[Change]) -> list[Alert]:
        """Return the edit of a post that told what proved wrong, and its thread line."""
        if self.by_hand is not None:
            changes = [replace(change, since=self.at, outlets=(self.by_hand,)) for change in changes]
        elif sources := self._sources(changes):
            # What is struck through is so since somebody said it, whenever the thing itself was.
            said = sources[-1].published
            changes = [replace(change, since=said) if change.cause in MENDS else change for change in changes]
        by_slot = {change.slot: change for change in changes}
        mended = tuple(by_slot.get(change.slot, change) for change in post.changes)
        sources = self._sources(changes) if self.by_hand is None else []
        first = max(changes, key=lambda change: (self._is_by_word(change), weight(change)))
        line = self._mended_headline(first, mended)
        edit = replace(
            post,
            id=make_id(post.id, "edit", *(mark(change) for change in changes)),
            of=post.id,
            mode=Mode.EDIT,
            reason=first.cause,
            at=self.at,
            headline=line,
            changes=mended,
            bullets=self.bullets(changes, line) or post.bullets,
            entries=once((*post.entries, *(source.ref for source in sources))),
            outlets=once((*post.outlets, *(source.outlet for source in sources))),
            origins=once((*post.origins, *(source.origin for source in sources))),
            revision=post.revision + 1,
        )
        told = corrected_line(line, sources[-1] if sources else None, self.at, self.by_hand)
        return [edit, self.line(post, first.cause, told, changes, sources)]

    def turn(self, post: Alert, changes: Sequence[Change]) -> list[Alert]:
        """Return the edit of the post that told a slot which keeps changing, and its thread line."""
        by_slot = {change.slot: change for change in changes}
        now = tuple(by_slot.pop(change.slot, change) for change in post.changes) + tuple(by_slot.values())
        sources = self._sources(changes)
        line = headline(replace(self.scene, changes=tuple(changes)))
        edit = replace(
            post,
            id=make_id(post.id, "edit", *(mark(change) for change in changes)),
            of=post.id,
            mode=Mode.EDIT,
            reason=Cause.CHANGE,
            at=self.at,
            headline=line,
            changes=now,
            bullets=self.bullets(changes, line) or post.bullets,
            entries=once((*post.entries, *(source.ref for source in sources))),
            outlets=once((*post.outlets, *(source.outlet for source in sources))),
            origins=once((*post.origins, *(source.origin for source in sources))),
            revision=post.revision + 1,
        )
        told = corrected_line(line, sources[-1] if sources else None, self.at)
        return [edit, self.line(post, Cause.CHANGE, told, changes, sources)]

    def sources(self, changes: Sequence[Change]) -> list[Alert]:
        """Return the quiet line and the raised count where others now say what a post told.

        One entry makes one line: under the post that told the weightiest of
        what it repeats.
        """
        for change in in_order(changes):
            post = self._teller(change.slot, change.after) or self.echoed(change)
            if post is not None:
                return self._join(post, changes)
        return []

    def echoed(self, change: Change) -> Alert | None:
        """Return the post that told the same, in other words or on a weaker one."""
        return self._firmed(change) or echoed(change, self.told.values(), self.scene)

    def _firmed(self, change: Change) -> Alert | None:
        """Return the post that told the same on a weaker word, where a firmer one is no news.

        That a side confirms a rumour is; that those who told it grow surer, or
        that others too see a session held, is not.
        """
        if change.cause is not Cause.CHANGE or change.after is None or not same(change.before, change.after):
            return None
        post = self._teller(change.slot, change.after)
        if post is None or change.kind == "talks-held":
            return post
        again = {source.origin for source in self._sources((change,))} <= set(post.origins)
        return post if again and change.attribution is None else None

    def gainsaid(self, change: Change) -> Change:
        """Return a change that denies what a post told as what it is: that is taken back."""
        denies = change.cause is Cause.CHANGE and change.modality is Modality.DENIED and bool(change.before)
        if not denies or is_ledger(change.slot) or self._teller(change.slot, change.before) is None:
            return change
        return replace(change, cause=Cause.RETRACTION)

    def sort_mends(self, changes: Sequence[Change]) -> tuple[dict[str, list[Change]], list[Change]]:
        """Return corrections by the post that told the old value, and those that nobody saw before."""
        mended: dict[str, list[Change]] = {}
        unseen: list[Change] = []
        for change in changes:
            post = self._teller(change.slot, change.before)
            if post is not None:
                mended.setdefault(post.id, []).append(change)
            elif change.after is not None and change.cause is Cause.CORRECTION:
                unseen.append(change)
        return mended, unseen

    def sort_turned(self, changes: Sequence[Change], moves: Moves) -> tuple[dict[str, list[Change]], list[Change]]:
        """Return changes of slots that keep changing by the post that told each last, with what the same reports bring.

        The rest opens a post.
        """
        turned: dict[str, list[Change]] = {}
        for change in changes:
            post = self._shows(change.slot) if flaps(change.slot, moves, self.at) else None
            if post is not None:
                turned.setdefault(post.id, []).append(change)
        along = {id_: post_id for post_id, group in turned.items() for change in group for id_ in change.reports}
        rest: list[Change] = []
        for change in changes:
            if any(change in group for group in turned.values()):
                continue
            if change.reports and along.keys() >= set(change.reports):
                turned[along[change.reports[0]]].append(change)
            else:
                rest.append(change)
        return turned, rest

    def _shows(self, slot: str) -> Alert | None:
        """Return the latest post that told a slot."""
        return next(
            (
                post
                for post in reversed(list(self.told.values()))
                if any(change.slot == slot for change in post.changes)
            ),
            None,
        )

    def sort_settled(self, changes: Sequence[Change]) -> tuple[dict[str, list[Change]], list[Change]]:
        """Return what is no longer disputed by the post that told the dispute, and news that no post told."""
        settled: dict[str, list[Change]] = {}
        unheard: list[Change] = []
        for change in changes:
            post = self._disputant(change.slot)
            if post is not None:
                settled.setdefault(post.id, []).append(change)
            elif self._teller(change.slot, change.after) is None:
                unheard.append(replace(change, cause=Cause.CHANGE))
        return settled, unheard

    def _disputant(self, slot: str) -> Alert | None:
        """Return the latest post that told two accounts of a slot."""
        for post in reversed(list(self.told.values())):
            if any(change.slot == slot and change.cause is Cause.CONFLICT for change in post.changes):
                return post
        return None

    def _join(self, post: Alert, changes: Sequence[Change]) -> list[Alert]:
        sources = [source for source in self._sources(changes) if source.ref not in post.entries]
        if not sources:
            return []
        newest = sources[-1]
        by_slot = {change.slot: change for change in changes}
        # The firmer word and the further origins count for the headline too.
        firmer = tuple(with_source(change, by_slot.get(change.slot)) for change in post.changes)
        plain = post.reason is Cause.CHANGE and post.revision >= 1 and not is_mended(post)
        line = headline(replace(self.scene, changes=firmer)) if plain and self.knows(firmer) else post.headline
        edit = replace(
            post,
            id=make_id(post.id, "edit", Cause.SOURCE.value, *(source.ref.feed + source.ref.id for source in sources)),
            of=post.id,
            mode=Mode.EDIT,
            reason=Cause.SOURCE,
            at=self.at,
            headline=line,
            changes=firmer,
            entries=once((*post.entries, *(source.ref for source in sources))),
            outlets=once((*post.outlets, *(source.outlet for source in sources))),
            origins=once((*post.origins, *(source.origin for source in sources))),
            revision=post.revision + 1,
        )
        told = source_line(newest, known_origin=newest.origin in post.origins, year=self.scene.year)
        return [self.line(post, Cause.SOURCE, told, changes, sources), edit]

    def knows(self, changes: Sequence[Change]) -> bool:
        """Tell whether a headline can be written again: every report of the change is at hand."""
        return all(id_ in self.scene.reports for change in changes for id_ in change.reports)

    def line(self, post: Alert, cause: Cause, text: str, changes: Sequence[Change], sources: Sequence[Source]) -> Alert:
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

    def _mended_headline(self, change: Change, mended: Sequence[Change]) -> str:
        """Return what holds now; what an edit dropped is not named where the rest of the post still stands."""
        if change.cause is not Cause.RETRACTION and change.after is not None:
            return headline(replace(self.scene, changes=(change,)))
        by_word = self._is_by_word(change)
        rest = telling([each for each in mended if each.cause is Cause.CHANGE], self.scene)
        if not by_word and rest and weight(max(rest, key=weight)) >= weight(change) and self.knows(rest):
            return headline(replace(self.scene, changes=tuple(rest)))
        room = change.slot.partition("/")[0]
        along = [each for each in mended if each is not change and each.slot.startswith(f"{room}/")]
        return taken_back(self.scene, change, along, by_word=by_word)

    def _is_by_word(self, change: Change) -> bool:
        """Tell whether somebody denied it; otherwise its source took it back."""
        reports = [self.scene.reports[id_] for id_ in change.reports if id_ in self.scene.reports]
        return any(report.event.modality is Modality.DENIED for report in reports)

    def _teller(self, slot: str, value: object) -> Alert | None:
        """Return the latest post that told this value of a slot."""
        for post in reversed(list(self.told.values())):
            if any(change.slot == slot and same(change.after, value) for change in post.changes):
                return post
        return None

    def _sources(self, changes: Sequence[Change]) -> list[Source]:
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
        sides = [self.scene.names.voices(party) for party in self.scene.story.parties]
        return choose(changes, self.scene.reports, self.articles, headline=line, sides=sides)


def _is_no(change: Change) -> bool:
    """Tell whether somebody's coming was denied: news of its own, beside the edit of what a post had told."""
    return change.cause is Cause.CHANGE and change.modality is Modality.DENIED and change.slot.startswith("attendance/")


def is_mended(post: Alert) -> bool:
    return any(change.cause in MENDS for change in post.changes)


def _told_by(change: Change, sources: Sequence[Source]) -> Sequence[str]:
    own = () if change.cause is Cause.CONFLICT else change.outlets
    return own or [source.outlet for source in sources]


def _come_from(change: Change, sources: Sequence[Source]) -> Sequence[str]:
    own = () if change.cause is Cause.CONFLICT else change.origins
    return own or [source.origin for source in sources]
