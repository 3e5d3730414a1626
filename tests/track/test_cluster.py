import pytest

from bot.track.cluster import Clusters
from tests.builders import article


def test_articles_on_one_matter_share_a_cluster_and_others_do_not() -> None:
    clusters = Clusters()
    titles = (
        "Vestria and Korland open border talks in Geneva",
        "Storm floods harbour towns along the Marn coast",
        "Geneva: Korland's envoy leaves border talks with Vestria early",
        "Harbour towns count the damage after Marn storm",
    )

    labels = [clusters.add(article(title, hours=hour)).cluster for hour, title in enumerate(titles)]

    assert labels[0] == labels[2]
    assert labels[1] == labels[3]
    assert labels[0] != labels[1]


def test_a_copy_goes_where_its_original_went() -> None:
    clusters = Clusters()
    first = article("Korland names envoy to the Geneva talks")

    one = clusters.add(first)
    other = clusters.add(article("Korland names envoy to the Geneva talks | Daily", feed="daily", hours=1))

    assert other.duplicate_of == first.ref
    assert other.cluster == one.cluster


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Magnitude 5.8 earthquake strikes off Tonga", "Magnitude 6.1 earthquake strikes off Tonga"),
        ("Magnitude 5.8 earthquake strikes off Tonga", "Magnitude 5.8 earthquake strikes off Chile"),
        ("Arsenal beat Chelsea in the cup final", "Arsenal beat Everton in the cup final"),
        ("Korland Expels Two Vestrian Diplomats", "Marnia Expels Three Vestrian Diplomats"),
        ("Death toll in Peru bus crash rises to 22", "Death toll in Mindoro bus crash rises to 23"),
        ("Vestria's president visits Ankara", "Vestria's president visits Beijing"),
    ],
)
def test_headlines_of_one_build_on_two_events_stay_apart(one: str, other: str) -> None:
    clusters = Clusters()

    first, second = clusters.add(article(one)), clusters.add(article(other, hours=1))

    assert first.cluster != second.cluster
    assert second.duplicate_of is None


def test_a_toll_that_rises_is_the_same_event() -> None:
    clusters = Clusters()

    first = clusters.add(article("Ferry sinks off Mindoro, 14 dead"))
    later = clusters.add(article("Ferry sinks off Mindoro, 23 dead", hours=5))

    assert first.cluster == later.cluster
    assert later.duplicate_of is None


def test_what_is_long_past_takes_nothing_in() -> None:
    clusters = Clusters()

    first = clusters.add(article("Vestria and Korland open border talks in Geneva"))
    later = clusters.add(article("Vestria and Korland end border talks in Geneva", hours=24 * 40))

    assert first.cluster != later.cluster


def test_headlines_that_announce_nothing_but_themselves_share_no_cluster() -> None:
    clusters = Clusters()

    first, second = clusters.add(article("Live updates")), clusters.add(article("Live updates", feed="daily", hours=30))

    assert first.cluster != second.cluster


def test_forgetting_what_is_gone_changes_no_label() -> None:
    hour = iter(range(10_000))
    titles = [
        f"{name} signs accord number {number}" for number in range(30) for name in ("Vestria", "Korland", "Marnia")
    ]
    many = [article(title, hours=next(hour) * 24) for title in titles]
    forgetful, steady = Clusters(sweep=7), Clusters(sweep=10_000)

    assert [forgetful.add(each).cluster for each in many] == [steady.add(each).cluster for each in many]
