"""A summary as plain data, for programs that ask where a story stands."""

from typing import Any

from bot.announce.picture import Summary
from bot.announce.replay import bullet_json


def summary_json(summary: Summary) -> dict[str, Any]:
    """Return what ``dragoman summary --json`` prints."""
    return {
        "story": summary.story,
        "title": summary.title,
        "delegations": {
            party: {"head": team.head, "members": list(team.members)} for party, team in summary.delegations.items()
        },
        "attendance": dict(summary.attendance),
        "talks": {
            "status": summary.talks,
            "venue": summary.venue,
            "date": summary.date,
            "dates": list(summary.dates),
        },
        "ceasefire": {"status": summary.ceasefire, "terms": dict(summary.terms)},
        "bullets": [bullet_json(bullet) for bullet in summary.bullets],
        "timeline": [
            {
                "at": event.at.isoformat(),
                "kind": event.kind,
                "headline": event.headline,
                "entries": [{"feed": entry.feed, "id": entry.id} for entry in event.entries],
            }
            for event in summary.timeline
        ],
        "disputed": [
            {
                "slot": dispute.slot,
                "values": [
                    {"value": account.value, "attribution": account.attribution} for account in dispute.accounts
                ],
            }
            for dispute in summary.disputed
        ],
        "sources": summary.sources,
        "origins": summary.origins,
    }
