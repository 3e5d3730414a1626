"""How likely each clause of an article tells what a desk must know: a logistic model over plain features.

Features are a clause's place, its build, what it shares with the title, and the
common words that it has; names count for nothing, so that one week's say
nothing of the next. The weights were learned from our own articles with marked
facts, by ``python -m benchmarks.train_bullets``.
"""

import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from math import exp

from bot.announce.cuts import Clause, is_tail
from bot.announce.overlap import SMALL, words

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
_OFFICIAL = re.compile(
    r"\b(?:minist\w+|government|president\w*|spokes\w+|foreign|official|envoy|council|parliament|commission\w*|embassy|"
    r"army|court|premier|secretary|statement|two sides|both sides|delegations?|negotiators?)\b",
    re.IGNORECASE,
)
_NEWS = re.compile(
    r"\b(?:agreed|signed|announced|decided|will|accepted|rejected|recalled|expelled|released|freed|suspended|resumed|"
    r"reopen\w*|withdr\w+|approved|ratified|imposed|lifted|restored|extended|offered|proposed|invited|named|appointed|"
    r"replaced|summoned|handed|exchanged|adopted|voted|ended|began|opened|closed|halted|postponed|cancelled|called|"
    r"demanded|promised|pledged|warned|threatened|denied|confirmed|refused|welcomed|condemned|received|launched|settled|"
    r"recogni[sz]ed|cut|broke|severed|put off|put back|set up|to be|is to|are to)\b",
    re.IGNORECASE,
)
_MEASURE = re.compile(
    r"\$\d|\b\d[\d,.]*\s?(?:million|billion|percent|per cent|km|kilomet\w+|tonnes|soldiers|troops|prisoners|officers|"
    r"observers|days|weeks|months|years|hours|hectares|members)\b",
    re.IGNORECASE,
)
_AGE = re.compile(r", \d\d,|\b(?:aged|old)\b")
_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
_AT = re.compile(r"\b(?:in|to|from|at) [A-ZÀ-Þ]\w+")
_WAS = re.compile(r"\b(?:was|were)\b")
_SPEAKS = re.compile(r"\b(?:said|says|told|according to|announced|confirmed|wrote|added|asked)\b")
_INITIALS = re.compile(r"\b[A-Z]{2,5}\b")
_LITTLE = re.compile(r"(?<![\w’'-])[a-zà-ÿ][\w’'-]{2,}")

_SHORT = 7
_LONG = 40
#: Words that begin with the same letters, so many of them, count as one.
PREFIX = 6
#: What one common word is worth beside a feature of the build.
WORD = 0.6
_PARAGRAPHS = 3
_COMMON = 8


@dataclass(frozen=True, slots=True)
class Model:
    """What each feature is worth, as log odds; one that is not named is worth nothing."""

    weights: Mapping[str, float]
    bias: float


@lru_cache(maxsize=1)
def learned() -> Model:
    """Return the model that is shipped, read once."""
    found = tomllib.loads((resources.files("bot.announce") / "salience.toml").read_text(encoding="utf-8"))
    return Model(weights={**found["build"], **found["words"]}, bias=found["bias"])


def salience(title: str, text: str, clauses: Sequence[Clause], model: Model) -> list[float]:
    """Return for each clause how likely it is one that a desk must know, from 0 to 1."""
    weights = model.weights
    return [
        1 / (1 + exp(-model.bias - sum(weights.get(name, 0.0) * value for name, value in found.items())))
        for found in features(title, text, clauses)
    ]


def features(title: str, text: str, clauses: Sequence[Clause]) -> list[dict[str, float]]:
    """Return each clause's features, all between 0 and 1; those of a common word are named by ``~`` and its beginning."""
    page = _page(title, text, clauses)
    return [
        _place(page, at)
        | _shared(page, at)
        | _build(page, at)
        | dict.fromkeys((f"~{word}" for word in _common(page.said[at])), WORD)
        for at in range(len(clauses))
    ]


@dataclass(frozen=True, slots=True)
class _Page:
    """An article as its features are taken from it."""

    clauses: Sequence[Clause]
    #: The words of each clause, and those of its whole sentence.
    said: Sequence[str]
    sentences: Mapping[int, str]
    #: The title's telling words; their beginnings; its names.
    wanted: frozenset[str]
    title: frozenset[str]
    names: frozenset[str]
    #: In how many sentences each beginning stands, and each name.
    stands: Mapping[str, int]
    named: Mapping[str, int]
    #: How much of the title each sentence has, from 0 to 1.
    repeats: Mapping[int, float]
    #: The paragraphs that have clauses, in order.
    paragraphs: Sequence[int]


def _page(title: str, text: str, clauses: Sequence[Clause]) -> _Page:
    spans: dict[int, tuple[int, int]] = {}
    for clause in clauses:
        spans[clause.sentence] = (spans.get(clause.sentence, (clause.start, 0))[0], clause.end)
    sentences = {number: text[start:end] for number, (start, end) in spans.items()}
    heads = {number: _beginnings(sentence) for number, sentence in sentences.items()}
    wanted = _beginnings(title)
    return _Page(
        clauses=clauses,
        said=[text[clause.start : clause.end] for clause in clauses],
        sentences=sentences,
        wanted=words(title),
        title=wanted,
        names=frozenset(name.casefold() for name in _NAME.findall(title)),
        stands=Counter(word for found in heads.values() for word in found),
        named=Counter(name for sentence in sentences.values() for name in set(_NAME.findall(sentence[1:]))),
        repeats={number: len(found & wanted) / max(1, len(wanted)) for number, found in heads.items()},
        paragraphs=sorted({clause.paragraph for clause in clauses}),
    )


def _place(page: _Page, at: int) -> dict[str, float]:
    """Return what a clause's place says: in the article, its paragraph, its sentence."""
    clause, clauses = page.clauses[at], page.clauses
    is_first = at == 0 or clauses[at - 1].sentence != clause.sentence
    last, paragraphs = clauses[-1], page.paragraphs
    others = [other.sentence for other in clauses if other.paragraph == clause.paragraph]
    found = {
        "the lead": at == 0,
        "goes on in the lead": clause.sentence == 0 and not is_first,
        "of the first sentence": clause.sentence == 0,
        "of the second sentence": clause.sentence == 1,
        "of the last sentence": clause.sentence == last.sentence,
        "of the last paragraph": clause.paragraph == paragraphs[-1],
        "ends its paragraph": clause.sentence == others[-1] != others[0],
        "opens its sentence": is_first,
        "cannot begin": not clause.begins,
    }
    for number, paragraph in enumerate(paragraphs[:_PARAGRAPHS], 1):
        found[f"of paragraph {number}"] = clause.paragraph == paragraph
    return {name: float(value) for name, value in found.items()} | {
        "how far down": clause.sentence / max(1, last.sentence),
        "how many paragraphs down": clause.paragraph / max(1, last.paragraph),
    }


def _shared(page: _Page, at: int) -> dict[str, float]:
    """Return what a clause has in common with the title and the rest of the article."""
    said, sentence = page.said[at], page.clauses[at].sentence
    telling, heads, names = words(said), _beginnings(said), set(_NAME.findall(said[1:]))
    most = max(page.repeats.values())
    return {
        "words of the title": len(telling & page.wanted) / max(1, len(page.wanted)),
        "beginnings of the title": len(heads & page.title) / max(1, len(page.title)),
        "a name of the title": float(bool(telling & page.names)),
        "its sentence is the title's": float(0 < page.repeats[sentence] == most),
        "its sentence has the title": page.repeats[sentence],
        "the title stood before": max((page.repeats[other] for other in page.repeats if other < sentence), default=0.0),
        "words of other sentences": min(
            1.0, _PARAGRAPHS * sum(page.stands[word] - 1 for word in heads) / max(1, len(heads) * len(page.sentences))
        ),
        "names of other sentences": min(_COMMON, sum(page.named[name] - 1 for name in names)) / _COMMON,
    }


def _build(page: _Page, at: int) -> dict[str, float]:
    """Return what a clause's own words say, and those of its sentence."""
    said, sentence = page.said[at], page.sentences[page.clauses[at].sentence]
    bases = {base for word in words(said) for base in _bases(word)}
    around = {base for word in words(sentence) for base in _bases(word)}
    found = {
        "an act": bases & _ACTS,
        "a body": bases & _BODIES,
        "a crowd": bases & _CROWD,
        "lies ahead": _AHEAD.search(said),
        "more of it": _MORE.search(said),
        "a figure": _FIGURE.search(said),
        "a measure": _MEASURE.search(said),
        "a day": _DAY.search(said),
        "a year": _YEAR.search(said),
        "a place": _AT.search(said),
        "an age": _AGE.search(said),
        "initials": _INITIALS.search(said),
        "an office": _OFFICIAL.search(said),
        "news": _NEWS.search(said),
        "long past": _BEFORE.search(said),
        "had been": _HAD.search(said),
        "was": _WAS.search(said),
        "I or we": _I.search(said),
        "said": _SAID.search(said),
        "a side speaks": page.clauses[at].sentence > 0 and _SIDE.match(said),
        "a quotation": '"' in said or "“" in said,
        "a colon": ":" in said,
        "a denial": _DENIAL.search(said),
        "begins with a pronoun": _PRONOUN.match(said),
        "begins with a time": _TIME.match(said),
        "is relative": _RELATIVE.match(said),
        "adds a term": _TERMS.match(said),
        "only says who": is_tail(said),
        "short": len(said.split()) < _SHORT,
        "around it a crowd": around & _CROWD,
        "around it lies ahead": _AHEAD.search(sentence),
        "around it I or we": _I.search(sentence),
        "around it an office": _OFFICIAL.search(sentence),
        "around it news": _NEWS.search(sentence),
        "around it said": _SPEAKS.search(sentence),
        "around it a quotation": '"' in sentence or "“" in sentence,
        "around it a question": "?" in sentence,
        "after an opening quotation": sentence[:1] in '"“',
    }
    return {name: float(bool(value)) for name, value in found.items()} | {
        "how long its sentence": min(1.0, len(sentence.split()) / _LONG)
    }


def _beginnings(text: str) -> frozenset[str]:
    return frozenset(word[:PREFIX] for word in words(text))


def _common(said: str) -> Iterator[str]:
    """Yield the beginnings of a clause's words that are written small; its first may be a common one too."""
    if said[1:2].islower():
        said = said[:1].lower() + said[1:]
    for word in dict.fromkeys(word.removesuffix("'s").removesuffix("’s") for word in _LITTLE.findall(said)):
        if word not in SMALL:
            yield word[:PREFIX]


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
