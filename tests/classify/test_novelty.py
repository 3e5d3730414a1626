from bot.domain.event import Modality
from tests.classify.reader import CLASSIFIER


def test_what_somebody_had_done_before_is_no_news() -> None:
    assert CLASSIFIER.events("Putin had called for direct talks with Ukraine.") == ()


def test_a_denial_is_told_as_one_about_its_kind() -> None:
    [event] = CLASSIFIER.events("Russia's foreign ministry denied that Lavrov would lead its delegation in Istanbul.")

    assert (event.kind, event.modality, event.about) == ("accusation", Modality.DENIED, "delegation-named")


def test_a_dateline_names_no_actor() -> None:
    text = "LONDON, May 12 (Meridian) - Trump will not attend the talks between Russia and Ukraine."

    [event] = CLASSIFIER.events(text)

    assert {actor.name for actor in event.actors} <= {"United States", "Russia", "Ukraine"}
