"""How likely each clause of an article tells what a desk must know: a logistic model over plain features.

The weights were learned from our own articles with marked facts, by
``python -m benchmarks.train_bullets``; nothing of a clause but its place, its
build and its news words counts, so that names of one week mean nothing.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp
from types import MappingProxyType

from bot.announce.cuts import Clause, is_tail
from bot.announce.overlap import words

_ACTS_WORDS = """
accept accuse adjourn admit adopt agree allow announce appoint approve began begin begun breach brokered called
close complete condemn confirm decline demand deny end establish exchange expel expelled expire extend forbid free
hand head host impose insist invite lapse lead led lift mediate meet met name offer open pledge postpone promise
propose ratify reach ready recall recognise recognize refuse regret regretted reject release reopen replace restore
resume return sign summon suspend swap swapped threaten undertake undertook unwilling urge violate vote warn
welcome willing withdraw withdrawn withdrew
"""
_BODIES_WORDS = """
accord agreement ambassador army cabinet ceasefire commission consulate country court deal delegation embassy envoy
government kremlin leader minister ministry mission negotiator official parliament party premier president prisoner
rebel round sanction side soldier spokesman spokeswoman state talk treaty troop truce
"""
_CROWD_WORDS = """
camera car child children clock crowd demonstrator dinner door driver farmer father flag glass hotel mother
passenger people photograph protester rain relative reporter resident room stair step street trader villager
window witness
"""
_ACTS, _BODIES, _CROWD = (frozenset(group.split()) for group in (_ACTS_WORDS, _BODIES_WORDS, _CROWD_WORDS))

_AHEAD = re.compile(
    r"\b(?:will|would|shall|must|should|planned|(?:is|are|was|were) (?:to|due|planned|expected|scheduled)|no date|"
    r"takes? effect|comes? into force|until|by the end|runs? for|lasts?|holds?|next)\b",
    re.IGNORECASE,
)
_MORE = re.compile(r"\b(?:next|another|second|again|further|in the coming|exchange)\b", re.IGNORECASE)
_FIGURE = re.compile(
    r"\b(?!(?:19|20)\d\d\b)\d[\d,.]*|"
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|hundred|thousand|million|billion)\b",
    re.IGNORECASE,
)
_DAY = re.compile(
    r"\b(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|today|tomorrow|tonight|midnight|"
    r"\d{1,2} (?:January|February|March|April|May|June|July|August|September|October|November|December)|"
    r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept|Oct|Nov|Dec)[a-z]*\.? \d{1,2})\b"
)
_BEFORE = re.compile(
    r"\b(?:(?:since|in|of|until) (?:19|20)\d\d|years? ago|last (?:year|month|autumn|spring|summer|winter|week|met)|"
    r"in the past|decades?|each year|once|ever since|for (?:many )?years|earlier|previous(?:ly)?|in recent)\b",
    re.IGNORECASE,
)
_HAD = re.compile(r"\bhad (?:\w+ )?\w+(?:ed|en|n|t|k|d)\b|\bhad (?:been|met|sent|cut|put|come)\b", re.IGNORECASE)
_I = re.compile(r"\b(?:I|we|my|me|us|our)\b")
_SAID = re.compile(r"\b(?:said|says|told|called|answered|denied|wrote|asked|spoke|noted|welcomed)\b")
_PRONOUN = re.compile(
    r"(?:It|He|She|They|This|That|These|Those|His|Her|Its|Their|Both|Neither|Each|Another|Others|There)\b"
)
_DENIAL = re.compile(r"\b(?:not|no|nor|never|neither|denied|nobody|nothing)\b", re.IGNORECASE)
_NAME = re.compile(r"\b[A-ZÀ-Þ][\w’'-]+")
# "Vestria said", "Israel's prime minister denied": a side speaks.
_SIDE = re.compile(
    r"[A-ZÀ-Þ][\w’'-]+ (?:[\w’'-]+ ){0,4}?(?:said|denied|rejected|welcomed|called|answered|promised|regretted|condemned|"
    r"confirmed|demanded|insisted|wants|refused|asked|declined|warned)\b"
)
_TIME = re.compile(
    r"(?:after|before|hours|days|weeks|minutes|an? (?:day|hour|week|month|year)|when|where|while|as|since)\b",
    re.IGNORECASE,
)
_RELATIVE = re.compile(r"(?:who|whom|which|whose)\b")
_TERMS = re.compile(r"(?:because|unless|if|but|although|including|among|to|in return|and)\b", re.IGNORECASE)
_SHORT = 7


@dataclass(frozen=True, slots=True)
class Model:
    """What each feature is worth, as log odds."""

    weights: Mapping[str, float]
    bias: float


LEARNED = Model(
    bias=0.35,
    weights=MappingProxyType(
        {
            "the lead": 0.48,
            "goes on in the lead": -0.94,
            "of the first sentence": -0.46,
            "of the second sentence": -0.51,
            "of the last sentence": -0.94,
            "of the first paragraph": 0.5,
            "how far down": -2.33,
            "how many paragraphs down": -0.86,
            "words of the title": 0.71,
            "a name of the title": 0.55,
            "an act": 0.64,
            "a body": 0.48,
            "a crowd": -0.96,
            "lies ahead": 0.95,
            "more of it": 0.75,
            "a figure": 0.27,
            "a day": 0.3,
            "long past": -0.52,
            "had been": -0.72,
            "I or we": -0.97,
            "said": -0.32,
            "a side speaks": 1.54,
            "a quotation": -0.28,
            "a denial": 0.32,
            "begins with a pronoun": -0.15,
            "begins with a time": -0.28,
            "is relative": -0.44,
            "adds a term": 1.13,
            "only says who": -1.3,
            "cannot begin": -0.52,
            "short": -0.49,
        }
    ),
)


def salience(title: str, text: str, clauses: Sequence[Clause], model: Model = LEARNED) -> list[float]:
    """Return for each clause how likely it is one that a desk must know, from 0 to 1."""
    return [
        1 / (1 + exp(-model.bias - sum(model.weights[name] * value for name, value in found.items())))
        for found in features(title, text, clauses)
    ]


def features(title: str, text: str, clauses: Sequence[Clause]) -> list[dict[str, float]]:
    """Return each clause's features, all between 0 and 1."""
    wanted = words(title)
    names = {name.casefold() for name in _NAME.findall(title)}
    sentences = max((clause.sentence for clause in clauses), default=0)
    paragraphs = max((clause.paragraph for clause in clauses), default=0)
    found = []
    for place, clause in enumerate(clauses):
        said = text[clause.start : clause.end]
        telling = words(said)
        bases = {base for word in telling for base in _bases(word)}
        is_first = place == 0 or clauses[place - 1].sentence != clause.sentence
        found.append(
            {
                "the lead": float(place == 0),
                "goes on in the lead": float(clause.sentence == 0 and not is_first),
                "of the first sentence": float(clause.sentence == 0),
                "of the second sentence": float(clause.sentence == 1),
                "of the last sentence": float(clause.sentence == sentences),
                "of the first paragraph": float(clause.paragraph == 0),
                "how far down": clause.sentence / max(1, sentences),
                "how many paragraphs down": clause.paragraph / max(1, paragraphs),
                "words of the title": len(telling & wanted) / max(1, len(wanted)),
                "a name of the title": float(bool(telling & names)),
                "an act": float(bool(bases & _ACTS)),
                "a body": float(bool(bases & _BODIES)),
                "a crowd": float(bool(bases & _CROWD)),
                "lies ahead": float(bool(_AHEAD.search(said))),
                "more of it": float(bool(_MORE.search(said))),
                "a figure": float(bool(_FIGURE.search(said))),
                "a day": float(bool(_DAY.search(said))),
                "long past": float(bool(_BEFORE.search(said))),
                "had been": float(bool(_HAD.search(said))),
                "I or we": float(bool(_I.search(said))),
                "said": float(bool(_SAID.search(said))),
                "a side speaks": float(clause.sentence > 0 and bool(_SIDE.match(said))),
                "a quotation": float('"' in said or "“" in said),
                "a denial": float(bool(_DENIAL.search(said))),
                "begins with a pronoun": float(bool(_PRONOUN.match(said))),
                "begins with a time": float(bool(_TIME.match(said))),
                "is relative": float(bool(_RELATIVE.match(said))),
                "adds a term": float(bool(_TERMS.match(said))),
                "only says who": float(is_tail(said)),
                "cannot begin": float(not clause.begins),
                "short": float(len(said.split()) < _SHORT),
            }
        )
    return found


def _bases(word: str) -> tuple[str, ...]:
    """Return what a word may be a form of."""
    return tuple(
        word[: len(word) - len(ending)] + base
        for ending, base in (
            ("", ""),
            ("s", ""),
            ("es", ""),
            ("ies", "y"),
            ("d", ""),
            ("ed", ""),
            ("ied", "y"),
            ("ing", ""),
        )
        if word.endswith(ending)
    )
