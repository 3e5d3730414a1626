"""How alike two headlines are."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from bot.track.likeness import compared, likeness
from bot.track.rarity import Rarity

RARITY = Rarity()


def alike(one: str, other: str) -> float:
    return likeness(compared(one), compared(other), RARITY)


def test_the_same_headline_is_wholly_alike_and_another_not_at_all() -> None:
    assert alike("Korland recalls its envoy", "Korland Recalls its Envoy") == pytest.approx(1)
    assert alike("Korland recalls its envoy", "Rain floods Lisbon") == 0


def test_a_country_and_its_people_a_figure_and_its_word_are_one() -> None:
    assert alike("Five French hostages", "5 hostages from France") == pytest.approx(1)
    assert alike("U.S. troops", "American troops") == pytest.approx(1)
    assert alike("they told us", "U.S. told") < 1


def test_words_of_one_sense_are_nearer_than_others() -> None:
    assert alike("Korland frees Vestrian captives", "Korland releases Vestrian prisoners") > alike(
        "Korland frees Vestrian captives", "Korland taxes Vestrian apples"
    )


def test_figures_that_contradict_take_away() -> None:
    assert alike("Korland quake kills 12", "Korland quake kills 12") > alike(
        "Korland quake kills 12", "Korland quake kills 31"
    )


def test_what_is_rare_says_more_than_what_is_common() -> None:
    assert alike("Mindoro talks", "Mindoro ferry") > alike("Mindoro talks", "Vestria talks")


@given(one=some.text(max_size=60), other=some.text(max_size=60))
def test_likeness_is_symmetric_and_a_share(one: str, other: str) -> None:
    assert 0 <= alike(one, other) <= 1 + 1e-9
    assert alike(one, other) == pytest.approx(alike(other, one))
