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
