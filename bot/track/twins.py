"""Headlines of one build that tell of two events: two matches, two earthquakes, two expulsions.

What makes twins is that names or figures are exchanged and little else. A toll
that rises is no twin: there a whole number alone has changed.
"""

from collections.abc import Collection, Container, Iterable

from bot.track.vectors import Headline, Vector

#: So much of the other words in common is one build.
BUILT_ALIKE = 0.4
#: So much of the names must be other ones.
OTHER = 0.3


def is_twin(article: Vector, headlines: Iterable[Headline], known: Container[str]) -> bool:
    """Return whether an article tells of another event in the words of one of these headlines.

    Args:
        article: What is to be placed.
        headlines: Headlines of a cluster.
        known: All words of the cluster.
    """
    own = {name for name in article.headline.names if name not in known}
    return bool(own) and any(_exchanged(article, own, headline) for headline in headlines)


def _exchanged(article: Vector, own: Collection[str], headline: Headline) -> bool:
    mine = article.headline
    missing = {name for name in headline.names if name not in article.weights}
    if not missing or min(len(own) / len(mine.names), len(missing) / len(headline.names)) < OTHER:
        return False
    shares_a_name = any(not _is_figure(name) for name in mine.names if name in headline.names)
    if shares_a_name and all(name.isdigit() for name in (*own, *missing)):
        return False
    return len({*mine.others} & {*headline.others}) >= BUILT_ALIKE * len({*mine.others, *headline.others})


def _is_figure(name: str) -> bool:
    return name[0].isdigit()
