"""An event as the line of JSON that ``dragoman classify`` prints."""

from typing import Any

from bot.domain.event import Actor, Event
from bot.kinds import CATALOGUE


def as_dict(event: Event) -> dict[str, Any]:
    """Return an event with every key of the format; what is unknown is ``None``."""
    kind = CATALOGUE[event.kind]
    return {
        "kind": event.kind,
        "stage": event.stage,
        "cameo": kind.cameo_by_stage.get(event.stage or "", kind.cameo),
        "plover": kind.plover,
        "modality": str(event.modality),
        "actors": [_actor(actor) for actor in event.actors],
        "person": event.person,
        "role": event.role,
        "members": list(event.members) or None,
        "venue": event.venue,
        "when": event.when,
        "said": event.said,
        "terms": dict(event.terms) or None,
        "about": event.about,
        "attribution": event.attribution,
        "words": event.evidence.words,
        "start": event.evidence.start,
        "end": event.evidence.end,
        "confidence": event.confidence,
    }


def _actor(actor: Actor) -> dict[str, Any]:
    return {"id": actor.id, "name": actor.name, "role": str(actor.role), "for": actor.party}
