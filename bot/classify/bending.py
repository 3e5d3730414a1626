"""How a language's verbs and nouns bend, by the rules of its folder."""

import re
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Any

#: Where a verb is parted from its particle: "ab|lehnen".
PARTED = "|"
#: What a rule puts before a word, and after it: "ge~-2t".
AROUND = "~"


class Form(StrEnum):
    """How a predicate stands in its sentence."""

    BASE = "base"
    THIRD = "third"
    PAST = "past"
    #: A past form that is also the participle.
    PARTICIPLE = "participle"
    ING = "ing"
    NOUN = "noun"
    PHRASE = "phrase"


#: Forms that a parted verb has in one word even where its finite forms stand apart.
_WHOLE = frozenset({Form.BASE, Form.PARTICIPLE})
#: What each column of the verbs' rules makes, unless a language says otherwise.
_COLUMNS = (Form.THIRD, Form.PAST, Form.PARTICIPLE, Form.ING)
#: The order in which forms are told.
_TOLD = (Form.BASE, Form.THIRD, Form.PARTICIPLE, Form.PAST, Form.ING)


class Bending:
    """Makes the forms of verbs and nouns by a language's rules."""

    def __init__(self, forms: Mapping[str, Any]) -> None:
        self._verbs = [(re.compile(rule[0]), rule[1:]) for rule in forms["verb"]]
        self._nouns = [(re.compile(rule[0]), rule[1:]) for rule in forms["noun"]]
        self._irregular = forms["irregular"]
        self._columns = tuple(Form(name) for name in forms.get("columns", _COLUMNS))
        parted = forms.get("parted", {})
        self._joint = parted.get("joint", "")
        self._ending = parted.get("ending", "")
        self._fast = tuple(parted.get("fast", ()))
        self._sign = parted.get("sign", "")

    def verb(self, verb: str) -> Iterator[tuple[str, Form]]:
        """Yield the forms of a verb in one piece; one of several words bends its first."""
        particle, _, verb = verb.rpartition(PARTED)
        head, _, rest = verb.partition(" ")
        tail = f" {rest}" if rest else ""
        yield particle + verb, Form.BASE
        if particle:
            yield f"{particle}{self._joint}{head}{tail}", Form.BASE
        for bent, form in self._bent(head):
            yield particle + bent + tail, form

    def parted(self, verb: str) -> Iterator[tuple[str, Form]]:
        """Yield the finite forms of a verb that its particle follows at the clause's end."""
        particle, _, head = verb.rpartition(PARTED)
        if particle:
            yield f"{head} {AROUND} {particle}", Form.THIRD
            for bent, form in self._bent(head):
                if form not in _WHOLE:
                    yield f"{bent} {AROUND} {particle}", form

    def noun(self, noun: str) -> Iterator[str]:
        """Yield a noun and its other forms, the plural first."""
        yield noun
        for ending, changes in self._nouns:
            if ending.search(noun):
                yield from (_changed(noun, change) for change in changes)
                return

    def _bent(self, head: str) -> Iterator[tuple[str, Form]]:
        forms = dict.fromkeys(zip(self._forms(head), self._columns, strict=True))
        participles = {form for form, column in forms if column is Form.PARTICIPLE}
        rows = sorted(forms, key=lambda row: _TOLD.index(row[1]))
        yield from (row for row in rows if row[1] is not Form.PAST or row[0] not in participles)

    def _forms(self, head: str) -> Sequence[str]:
        if head in self._irregular:
            return list(self._irregular[head])
        fast = next((fast for fast in self._fast if head.startswith(fast) and head[len(fast) :] in self._irregular), "")
        if fast:
            # "vertreten" bends as "treten" does, without the sign of its participle.
            forms = self._irregular[head[len(fast) :]]
            return [
                fast + (form.removeprefix(self._sign) if column is Form.PARTICIPLE else form)
                for form, column in zip(forms, self._columns, strict=True)
            ]
        changes = next(changes for ending, changes in self._verbs if ending.search(head))
        return [_changed(head, change) for change in changes]


def _changed(word: str, change: str) -> str:
    before, _, change = change.rpartition(AROUND)
    if change.startswith("-"):
        return before + word[: -int(change[1])] + change[2:]
    if change.startswith("+"):
        return before + word + word[-1] + change[1:]
    return before + word + change
