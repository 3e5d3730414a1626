"""Learns which clauses a desk must know: ``python -m benchmarks.train_bullets`` prints the table of the salience.

The model is a logistic regression over the features of
``bot.announce.salience``; a clause is right if facts fill a good part of it.
"""

from collections.abc import Sequence

from sklearn.linear_model import LogisticRegression

from benchmarks.articles import Marked, read
from bot.announce.cuts import Clause, clauses
from bot.announce.salience import Model, features

#: A clause is right if so much of it is a fact.
FILLED = 0.4


def learn(articles: Sequence[Marked]) -> Model:
    """Return the model that these articles teach."""
    rows: list[list[float]] = []
    right: list[bool] = []
    names: list[str] = []
    for article in articles:
        parts = clauses(article.text)
        found = features(article.title, article.text, parts)
        spans = _spans(article)
        names = list(found[0]) if found else names
        rows += [list(one.values()) for one in found]
        right += [_filled(part, spans) > FILLED for part in parts]
    model = LogisticRegression(max_iter=3000).fit(rows, right)
    weights = dict(zip(names, (round(float(weight), 2) for weight in model.coef_[0]), strict=True))
    return Model(weights=weights, bias=round(float(model.intercept_[0]), 2))


def _spans(article: Marked) -> list[tuple[int, int]]:
    found = ((article.text.find(words), len(words)) for fact in article.facts for words in fact)
    return [(start, start + length) for start, length in found if start >= 0]


def _filled(part: Clause, spans: Sequence[tuple[int, int]]) -> float:
    return sum(max(0, min(end, part.end) - max(start, part.start)) for start, end in spans) / (part.end - part.start)


def _table(model: Model) -> str:
    rows = (f'            "{name}": {weight},' for name, weight in model.weights.items())
    return "\n".join(
        [f"    bias={model.bias},", "    weights=MappingProxyType(", "        {", *rows, "        }", "    ),"]
    )


if __name__ == "__main__":
    print(_table(learn(read())))
