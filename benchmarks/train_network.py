"""Learns the network's weights: plain numpy, so that training needs no library beyond those of the benchmarks."""

from collections import Counter
from collections.abc import Iterator, Sequence
from math import cos, pi

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.special import expit, logit

from bot.classify.network import Network, windows

#: A sign counts if so many sentences have it.
RARE = 2
SIZE = 64
FILTERS = 256
WINDOW = 5
ROUNDS = 12
BATCH = 64
#: The share of a token's signs, of the places of its vector, and of filters that a round of learning does without.
NO_SIGN, NO_PLACE, NO_FILTER = 0.12, 0.3, 0.5
#: The highest rate, with which share of it learning begins, after which share of the steps it is reached, and how fast
#: unused weights fade (AdamW with one cycle).
RATE = 6e-3
START = 0.04
RISE = 0.3
FADE = 0.02
_NEAR, _FAR, _TINY = 0.9, 0.999, 1e-8
_SPREAD = 0.1

Matrix = NDArray[np.float32]
Tokens = Sequence[Sequence[str]]


class _Adam:
    """One array's memory of its slopes (Kingma and Ba 2015; fading after Loshchilov and Hutter 2019)."""

    def __init__(self, values: Matrix) -> None:
        self.values = values
        self._mean = np.zeros_like(values)
        self._square = np.zeros_like(values)
        self._steps = 0

    def step(self, slope: Matrix, rate: float) -> None:
        self._steps += 1
        self._mean += (1 - _NEAR) * (slope - self._mean)
        self._square += (1 - _FAR) * (slope * slope - self._square)
        size = rate * (1 - _FAR**self._steps) ** 0.5 / (1 - _NEAR**self._steps)
        self.values -= rate * FADE * self.values
        self.values -= size * self._mean / (np.sqrt(self._square) + _TINY)


def fit_network(sentences: Sequence[Tokens], labels: NDArray[np.int8], *, seed: int = 0) -> Network:
    """Return a network that learned from sentences' tokens and kinds.

    Args:
        sentences: The signs of each token of each sentence.
        labels: One row for each sentence, one column for each kind.
        seed: What decides chance.
    """
    chance = np.random.default_rng(seed)
    counts = Counter(sign for tokens in sentences for sign in {sign for signs in tokens for sign in signs})
    vocabulary = {name: row for row, name in enumerate(sorted(name for name, n in counts.items() if n >= RARE))}
    known = [[[vocabulary[sign] for sign in signs if sign in vocabulary] for signs in tokens] for tokens in sentences]
    wanted = np.column_stack([labels, labels.any(axis=1)]).astype(np.float32)
    parts = [
        _Adam(_random(chance, len(vocabulary), SIZE)),
        _Adam(_random(chance, WINDOW * SIZE, FILTERS, spread=(WINDOW * SIZE) ** -0.5)),
        _Adam(np.zeros(FILTERS, dtype=np.float32)),
        _Adam(_random(chance, FILTERS, wanted.shape[1], spread=FILTERS**-0.5)),
        _Adam(logit(np.clip(wanted.mean(axis=0), 1e-4, 0.5)).astype(np.float32)),
    ]
    steps = ROUNDS * -(-len(known) // BATCH)
    done = 0
    for _ in range(ROUNDS):
        for rows in _batches([len(tokens) for tokens in known], chance):
            slopes = _slopes(parts, [known[row] for row in rows], wanted[rows], chance)
            rate = _rate(done / steps)
            for part, slope in zip(parts, slopes, strict=True):
                part.step(slope, rate)
            done += 1
    vectors, filters, offset, weights, bias = (part.values for part in parts)
    return Network(vocabulary, vectors, np.ones(SIZE, dtype=np.float32), filters, offset, weights, bias)


def _random(chance: np.random.Generator, *shape: int, spread: float = _SPREAD) -> Matrix:
    return chance.normal(0, spread, shape).astype(np.float32)


def _rate(share: float) -> float:
    """Return the rate after a share of all steps: it rises, then falls as a cosine does."""
    if share < RISE:
        return RATE * (START + (1 - START) * (1 - cos(pi * share / RISE)) / 2)
    return RATE * (1 + cos(pi * (share - RISE) / (1 - RISE))) / 2


def _batches(lengths: Sequence[int], chance: np.random.Generator) -> Iterator[NDArray[np.intp]]:
    """Yield rows in a new order, those of like length together: little is filled up in vain."""
    order = chance.permutation(len(lengths))
    near = BATCH * 20
    for start in range(0, len(order), near):
        part = sorted(order[start : start + near], key=lambda row: lengths[row])
        yield from (np.array(part[place : place + BATCH]) for place in range(0, len(part), BATCH))


def _slopes(
    parts: Sequence[_Adam], batch: Sequence[Sequence[Sequence[int]]], wanted: Matrix, chance: np.random.Generator
) -> Iterator[Matrix]:
    """Return what the error of a batch says of each part, by back-propagation."""
    vectors, filters, offset, weights, bias = (part.values for part in parts)
    longest, side, count = max(map(len, batch)), WINDOW // 2, len(batch)
    spread = longest + 2 * side
    signs = _signs(batch, spread, side, len(vectors), chance)
    kept = _kept(chance, (count * spread, SIZE), NO_PLACE)
    heard = ((signs @ vectors) * kept).reshape(count, spread, SIZE)
    seen = windows(heard, WINDOW)
    answers = seen @ filters + offset
    lengths = np.array([len(tokens) for tokens in batch])
    answers[np.arange(longest)[None, :] >= lengths[:, None]] = -1
    places = answers.argmax(axis=1)
    loudest = np.maximum(np.take_along_axis(answers, places[:, None], axis=1)[:, 0], 0)
    open_filters = _kept(chance, loudest.shape, NO_FILTER)
    felt = loudest * open_filters
    error = ((expit(felt @ weights + bias) - wanted) / count).astype(np.float32)
    back = (error @ weights.T) * open_filters * (loudest > 0)
    moved = np.zeros_like(answers)
    np.put_along_axis(moved, places[:, None], back[:, None], axis=1)
    flat = moved.reshape(-1, FILTERS)
    pulled = (flat @ filters.T).reshape(count, longest, WINDOW, SIZE)
    tokens = np.zeros_like(heard)
    for place in range(WINDOW):
        tokens[:, place : place + longest] += pulled[:, :, place]
    yield signs.T @ (tokens.reshape(-1, SIZE) * kept)
    yield seen.reshape(-1, WINDOW * SIZE).T @ flat
    yield flat.sum(axis=0)
    yield felt.T @ error
    yield error.sum(axis=0)


def _signs(
    batch: Sequence[Sequence[Sequence[int]]], spread: int, side: int, size: int, chance: np.random.Generator
) -> csr_matrix:
    """Return which sign stands at which token, some of them left out by chance."""
    rows: list[int] = []
    columns: list[int] = []
    for number, tokens in enumerate(batch):
        for place, signs in enumerate(tokens, number * spread + side):
            rows += [place] * len(signs)
            columns += signs
    heard = (chance.random(len(rows)) >= NO_SIGN).astype(np.float32)
    return csr_matrix((heard, (rows, columns)), shape=(len(batch) * spread, size))


def _kept(chance: np.random.Generator, shape: tuple[int, ...], share: float) -> Matrix:
    """Return a mask that leaves out a share, and makes up for it."""
    return (chance.random(shape, dtype=np.float32) >= share).astype(np.float32) / np.float32(1 - share)
