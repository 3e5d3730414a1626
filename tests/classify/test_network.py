import numpy as np
import pytest

from benchmarks.train_network import fit_network
from bot.classify.judge import KINDS
from bot.classify.network import Network, pack, unpack

ACCEPTED = [["whole"], ["side"], ["accepts"], ["no"], ["truce"]]
REFUSED = [["whole"], ["side"], ["no"], ["accepts"], ["truce"]]


@pytest.fixture(scope="module")
def network() -> Network:
    labels = np.zeros((128, len(KINDS)), dtype=np.int8)
    labels[:64, 0] = 1
    labels[64:, 1] = 1
    return fit_network([ACCEPTED] * 64 + [REFUSED] * 64, labels)


def test_the_same_words_in_another_order_mean_another_kind(network: Network) -> None:
    accepted, refused = network.scores(ACCEPTED), network.scores(REFUSED)
    assert accepted[0] > 0 > accepted[1]
    assert refused[1] > 0 > refused[0]


def test_what_is_stored_says_what_was_learned(network: Network) -> None:
    assert np.allclose(unpack(pack(network)).scores(ACCEPTED), network.scores(ACCEPTED), atol=0.1)


def test_words_that_were_never_heard_say_nothing(network: Network) -> None:
    assert np.array_equal(network.scores([["unheard"]]), network.scores([[]]))
