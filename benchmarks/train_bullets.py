"""Learns which clauses a desk must know: ``python -m benchmarks.train_bullets`` writes the weights of the salience.

The model is a logistic regression over the features of
``bot.announce.salience``; a clause is right if facts fill a good part of it.
"""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

import bot.announce
from benchmarks.articles import Marked, read
from bot.announce.cuts import Clause, clauses
from bot.announce.salience import Model, features

FILE = Path(bot.announce.__file__).with_name("salience.toml")
#: A clause is right if so much of it is a fact.
FILLED = 0.4
#: A common word must stand in so many articles.
ARTICLES = 4
#: The inverse of how strongly weights are held down.
FREEDOM = 0.5


def learn(articles: Sequence[Marked]) -> Model:
    """Return the model that these articles teach."""
    rows: list[dict[str, float]] = []
    right: list[bool] = []
    stands = Counter[str]()
    for article in articles:
        parts = clauses(article.text)
        found = features(article.title, article.text, parts)
        stands.update({name for row in found for name in row})
        spans = _spans(article)
        rows += found
        right += [_filled(part, spans) > FILLED for part in parts]
    vectors = DictVectorizer()
    known = [{name: value for name, value in row.items() if stands[name] >= ARTICLES} for row in rows]
    model = LogisticRegression(max_iter=3000, C=FREEDOM).fit(vectors.fit_transform(known), right)
    weights = {
        str(name): round(float(weight), 2)
        for name, weight in zip(vectors.feature_names_, model.coef_[0], strict=True)
        if round(float(weight), 2)
    }
    return Model(weights=weights, bias=round(float(model.intercept_[0]), 2))


def _spans(article: Marked) -> list[tuple[int, int]]:
    found = ((article.text.find(words), len(words)) for fact in article.facts for words in fact)
    return [(start, start + length) for start, length in found if start >= 0]


def _filled(part: Clause, spans: Sequence[tuple[int, int]]) -> float:
    return sum(max(0, min(end, part.end) - max(start, part.start)) for start, end in spans) / (part.end - part.start)


def _table(model: Model) -> str:
    build = [f'"{name}" = {weight}' for name, weight in model.weights.items() if not name.startswith("~")]
    common = [f'"{name}" = {weight}' for name, weight in model.weights.items() if name.startswith("~")]
    return "\n".join(
        [
            "# Log odds of the salience, learned from benchmarks/data: python -m benchmarks.train_bullets",
            f"bias = {model.bias}",
            "",
            "[build]",
            *build,
            "",
            "# Beginnings of common words.",
            "[words]",
            *common,
            "",
        ]
    )


if __name__ == "__main__":
    FILE.write_text(_table(learn(read())), encoding="utf-8")
