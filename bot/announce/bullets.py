"""The words of sources that carry a post: whole sentences, told once each."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.announce.clauses import weight
from bot.announce.furniture import lead_in
from bot.announce.overlap import alike, called, words
from bot.announce.sentences import sentences
from bot.domain.alert import Bullet
from bot.domain.feed import Article, EntryRef
from bot.domain.story import Change, Report

MOST = 4
#: All bullets of a post together, but the first may be longer.
WORDS = 60
#: A headline repeats a sentence only if it holds nearly all of it.
REPEATS = 0.8
_FEWEST_WORDS = 4
#: Longer sentences are cut where a clause ends, if they can be.
_LONG = 34

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_CLAUSE_END = re.compile(r"(?:;|,(?= (?:while|whereas|although|adding that|but|and) )| [–—](?= ))")
_NUMBER = re.compile(r"\d")
_QUOTE = re.compile(r"[“\"«]")
_SAYS = re.compile(r"\b(said|says|told|announced|according to|stated|wrote|added)\b")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may become a bullet."""

    text: str
    article: Article
    start: int
    #: The change whose evidence it holds, by rank; ``None`` if it holds none.
    proves: int | None
    #: How near the top of its article it stands, 0 for the first sentence.
    place: int
    is_title: bool


def choose(
    changes: Sequence[Change],
    reports: Mapping[str, Report],
    articles: Mapping[EntryRef, Article],
    *,
    headline: str = "",
    sides: Sequence[Sequence[str]] = (),
) -> tuple[Bullet, ...]:
    """Return 1 to 4 bullets: the lead, terms and numbers, then the other side's word.

    Args:
        changes: What the post tells.
        reports: By log id; those that are missing are done without.
        articles: The texts behind them; where one is missing its evidence speaks.
        headline: A bullet never repeats it, unless there is no other.
        sides: For each party the words that name it, to find the other side's word.
    """
    ranked = _reports(changes, reports)
    found = [candidate for article in _articles(ranked, articles) for candidate in _candidates(article, ranked)]
    chosen: list[Candidate] = []
    for pick in (_leads(found), _figures(found), _other_side(found, chosen, sides), _proofs(found)):
        for candidate in pick:
            if _fits(candidate, chosen, headline):
                chosen.append(candidate)
                break
    for candidate in _proofs(found):
        if _fits(candidate, chosen, headline):
            chosen.append(candidate)
    if not chosen:
        chosen = sorted(found, key=lambda each: (each.proves is None, each.is_title, each.place))[:1]
    bullets = tuple(_bullet(candidate) for candidate in chosen[:MOST])
    return bullets or _from_evidence(ranked)


def _reports(changes: Sequence[Change], reports: Mapping[str, Report]) -> list[Report]:
    """Return the reports behind the changes, weightiest change first, each once."""
    ranked = sorted(changes, key=lambda change: -weight(change))
    found = (reports[id_] for change in ranked for id_ in change.reports if id_ in reports)
    seen: list[Report] = []
    for report in found:
        if report not in seen:
            seen.append(report)
    return seen


def _articles(ranked: Sequence[Report], articles: Mapping[EntryRef, Article]) -> list[Article]:
    refs = dict.fromkeys(report.source.ref for report in ranked)
    return [articles[ref] for ref in refs if ref in articles]


def _candidates(article: Article, ranked: Sequence[Report]) -> Iterator[Candidate]:
    body = len(article.title) if article.text.startswith(article.title) else 0
    proofs = [(rank, report.event.evidence) for rank, report in enumerate(ranked) if report.source.ref == article.ref]
    for place, (start, end) in enumerate(sentences(article.text)):
        is_title = end <= body
        text = _clean(article.text[start:end])
        if len(text.split()) > _LONG:
            text = _cut(text, _LONG) or text
        proves = [
            rank
            for rank, evidence in proofs
            if article.text[evidence.start : evidence.end] == evidence.words
            and evidence.start < end
            and start < evidence.end
        ]
        if is_title or len(text.split()) >= _FEWEST_WORDS:
            yield Candidate(text, article, start, min(proves, default=None), place, is_title)


def _clean(sentence: str) -> str:
    """Return a sentence without the wire's dateline."""
    return sentence[lead_in(sentence) :].strip()


def _cut(sentence: str, words: int) -> str | None:
    """Return the longest beginning that ends with a clause and has at most so many words."""
    best = None
    for stop in _CLAUSE_END.finditer(sentence):
        head = sentence[: stop.start()].rstrip()
        if _FEWEST_WORDS * 2 <= len(head.split()) <= words and _is_balanced(head):
            best = head
    return best


def _is_balanced(text: str) -> bool:
    pairs = (("“", "”"), ("«", "»"), ("(", ")"))
    return all(text.count(left) == text.count(right) for left, right in pairs) and text.count('"') % 2 == 0


def _leads(found: Sequence[Candidate]) -> list[Candidate]:
    """Return what may come first: the proof of the weightiest change, in the body if it stands there too."""
    proofs = sorted((each for each in found if each.proves is not None), key=lambda each: (each.proves, each.place))
    body = [each for each in found if not each.is_title]
    lead: list[Candidate] = []
    for proof in proofs[:1]:
        if proof.is_title:
            # A headline in telegraphic style is told by its body's first sentences, if they tell the same.
            lead += [each for each in body if each.article is proof.article and alike(each.text, proof.text)][:1]
            lead += [each for each in body if each.article is proof.article][:1]
        lead.append(proof)
    return lead + proofs + body


def _figures(found: Sequence[Candidate]) -> list[Candidate]:
    numbers = [
        each for each in found if not each.is_title and _NUMBER.search(each.text) and not _tells_of_the_past(each)
    ]
    return sorted(numbers, key=lambda each: (each.proves is None, each.place))


def _tells_of_the_past(candidate: Candidate) -> bool:
    """Tell whether a sentence names a year gone by: background, unless it is the proof itself."""
    if candidate.proves is not None:
        return False
    return any(int(year) < candidate.article.published.year for year in _YEAR.findall(candidate.text))


def _other_side(
    found: Sequence[Candidate], chosen: Sequence[Candidate], sides: Sequence[Sequence[str]]
) -> Iterator[Candidate]:
    """Yield sentences in which a party speaks that the lead does not name."""
    lead = called(chosen[0].text) if chosen else frozenset()
    others = [frozenset(side) for side in sides if not lead & frozenset(side)]
    for candidate in found:
        said = _QUOTE.search(candidate.text) or _SAYS.search(candidate.text)
        if said and not candidate.is_title and any(side & called(candidate.text) for side in others):
            yield candidate


def _proofs(found: Sequence[Candidate]) -> list[Candidate]:
    return sorted(
        (each for each in found if each.proves is not None and not each.is_title),
        key=lambda each: (each.proves, each.place),
    )


def _fits(candidate: Candidate, chosen: Sequence[Candidate], headline: str) -> bool:
    room = WORDS - sum(len(each.text.split()) for each in chosen)
    if len(chosen) >= MOST or (chosen and len(candidate.text.split()) > room):
        return False
    telling = words(candidate.text)
    if headline and telling and len(telling & words(headline)) / len(telling) >= REPEATS:
        return False
    return not any(alike(candidate.text, each.text) for each in chosen)


def _bullet(candidate: Candidate) -> Bullet:
    article = candidate.article
    return Bullet(text=candidate.text, url=article.url, outlet=article.outlet, entry=article.ref, at=article.published)


def _from_evidence(ranked: Sequence[Report]) -> tuple[Bullet, ...]:
    """Return the words of the evidence itself, for texts that are no longer kept."""
    for report in ranked:
        source = report.source
        words = report.event.evidence.words.strip() or source.title
        return (Bullet(text=words, url=source.url, outlet=source.outlet, entry=source.ref, at=source.published),)
    return ()
