"""One classifier for all its tests; to make one takes a second."""

from collections.abc import Iterable

from bot import seeds
from bot.classify import Classifier
from bot.domain.event import Event

CLASSIFIER = Classifier(seeds.gazetteer(seeds.packaged()))


def kinds(events: Iterable[Event]) -> list[str]:
    """Return the kinds of events, in their order."""
    return [event.kind for event in events]
