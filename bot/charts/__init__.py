"""Pictures, drawn by matplotlib in a process of its own: nobody who asks for none pays for it."""

from bot.charts.draughtsman import Draughtsman

__all__ = ["Draughtsman"]
