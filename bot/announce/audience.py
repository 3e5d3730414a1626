"""Who should hear an alert."""

from bot.domain.alert import Alert
from bot.domain.audience import Level, Mute, Subscription

#: A channel's level → the levels of alerts that it hears.
HEARD = {
    Level.KEY: frozenset({Level.KEY}),
    Level.NORMAL: frozenset({Level.KEY, Level.NORMAL}),
    Level.EVERYTHING: frozenset(Level),
}
ALL = "all"


def hears(subscription: Subscription, alert: Alert) -> bool:
    """Tell whether a subscription asks for an alert.

    An edit or a thread line belongs to whoever was shown its post; ask for the
    post then, since its own level and kind may differ.
    """
    if subscription.story not in {ALL, alert.story}:
        return False
    if Level(alert.level) not in HEARD[subscription.level]:
        return False
    kinds = {alert.kind, *(change.kind for change in alert.changes)}
    return not subscription.kinds or bool(subscription.kinds & kinds)


def is_muted(mute: Mute, alert: Alert) -> bool:
    """Tell whether a mute keeps an alert from its channel."""
    if mute.story != alert.story:
        return False
    return not ends(mute, alert) if mute.until is None else alert.at < mute.until


def ends(mute: Mute, alert: Alert) -> bool:
    """Tell whether an alert is what a mute was waiting for: a change of its story's state."""
    return mute.until is None and mute.story == alert.story and alert.level == Level.KEY
