"""Bullets beside the first three sentences, by the facts that a desk must know: ``python -m benchmarks.bullets``."""

import random
import re
from collections.abc import Sequence
from itertools import starmap

from benchmarks.articles import Marked, read
from benchmarks.figures import FOLDS
from benchmarks.train_bullets import learn
from bot.announce.digest import WORDS, digest
from bot.announce.sentences import sentences


def report(*, missed: bool = False) -> None:
    """Print how many of the marked facts bullets hold whole, ours and the peer's.

    Args:
        missed: Also print each fact that ours leave out.
    """
    articles = read()
    facts = sum(len(article.facts) for article in articles)
    ours = [digest(article.title, article.text) for article in articles]
    unseen = _by_folds(articles)
    lead = [lead_three(article.text, WORDS) for article in articles]
    pairs = list(zip(articles, ours, strict=True))
    strange = sum(
        bullet not in article.title and bullet not in article.text for article, told in pairs for bullet in told
    )
    print(f"bullets: {len(articles)} articles, {facts} facts; at most {WORDS} words")
    for who, told in (
        ("ours", ours),
        ("ours, its weights learned without the article", unseen),
        (f"first three sentences, cut to {WORDS} words", lead),
    ):
        held = sum(map(len, starmap(covered, zip(articles, told, strict=True))))
        words = sum(len(bullet.split()) for bullets in told for bullet in bullets) / len(articles)
        print(f"  {who:45}  facts {held} ({held / facts:.3f}), {words:.0f} words")
        for group in dict.fromkeys(article.group for article in articles):
            some = [
                (article, bullets) for article, bullets in zip(articles, told, strict=True) if article.group == group
            ]
            part = sum(map(len, starmap(covered, some)))
            print(f"    {group:43}  {part / sum(len(article.facts) for article, _ in some):.3f}")
    print(f"  not word for word in their source: {strange}")
    if missed:
        for article, said in pairs:
            for fact in article.facts:
                if fact not in covered(article, said):
                    print(f"  missed in {article.id}: {fact[0]}")


def _by_folds(articles: Sequence[Marked]) -> list[tuple[str, ...]]:
    """Return bullets of each article by weights that were learned from the other nine tenths."""
    order = list(range(len(articles)))
    random.Random(0).shuffle(order)  # noqa: S311 - folds, no secret
    told: dict[int, tuple[str, ...]] = {}
    for fold in range(FOLDS):
        held = set(order[fold::FOLDS])
        model = learn([article for at, article in enumerate(articles) if at not in held])
        told |= {at: digest(articles[at].title, articles[at].text, WORDS, model) for at in held}
    return [told[at] for at in range(len(articles))]


def covered(article: Marked, bullets: Sequence[str]) -> list[tuple[str, ...]]:
    """Return the facts of an article that stand whole in one of its bullets."""
    return [fact for fact in article.facts if any(words in bullet for words in fact for bullet in bullets)]


def lead_three(text: str, words: int) -> tuple[str, ...]:
    """Return the first three sentences, cut to so many words together."""
    told: list[str] = []
    room = words
    for start, end in sentences(text)[:3]:
        found = list(re.finditer(r"\S+", text[start:end]))[:room]
        if found:
            told.append(text[start : start + found[-1].end()])
            room -= len(found)
    return tuple(told)


if __name__ == "__main__":
    report(missed=True)
