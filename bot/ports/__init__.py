"""What we ask of the world: one protocol for each place where we meet it, a page for each side of it.

Moments are aware UTC. *News time* is the `Clock`'s; *machine time* is a
monotonic wall clock that never runs fast, used for leases and retries.
"""

from bot.ports.audience import Channels, Departures, Installations, Outbox, Requests
from bot.ports.feeds import FeedSource, Found, Poll
from bot.ports.machine import Clock, Draw, Engine
from bot.ports.news import Alerts, Articles, Feeds, Held, Known, Pushes, Stories
from bot.ports.platforms import Ask, Complete, Heard, Parse, Platform, Receiver, unheard
from bot.ports.store import Session, Store

__all__ = [
    "Alerts",
    "Articles",
    "Ask",
    "Channels",
    "Clock",
    "Complete",
    "Departures",
    "Draw",
    "Engine",
    "FeedSource",
    "Feeds",
    "Found",
    "Heard",
    "Held",
    "Installations",
    "Known",
    "Outbox",
    "Parse",
    "Platform",
    "Poll",
    "Pushes",
    "Receiver",
    "Requests",
    "Session",
    "Store",
    "Stories",
    "unheard",
]
