"""An alert as one JSON object, so that anybody can measure us."""

from typing import Any

from bot.announce.names import Names
from bot.announce.values import raw
from bot.domain.alert import Alert, Bullet
from bot.domain.story import Story


def alert_json(alert: Alert, story: Story, names: Names) -> dict[str, Any]:
    """Return what ``dragoman replay --json`` prints for an alert."""
    return {
        "alert": alert.id,
        "of": alert.of,
        "mode": alert.mode.value,
        "reason": alert.reason.value,
        "at": alert.at.isoformat(),
        "story": story.slug,
        "kind": alert.kind,
        "headline": alert.headline,
        "changes": [
            {"kind": change.kind, "slot": change.slot, "before": raw(change.before), "after": raw(change.after)}
            for change in alert.changes
        ],
        "bullets": [bullet_json(bullet) for bullet in alert.bullets],
        "entries": [{"feed": entry.feed, "id": entry.id} for entry in alert.entries],
    }


def bullet_json(bullet: Bullet) -> dict[str, str]:
    """Return a bullet with its source."""
    return {
        "text": bullet.text,
        "url": bullet.url,
        "outlet": bullet.outlet,
        "feed": bullet.entry.feed,
        "id": bullet.entry.id,
    }
