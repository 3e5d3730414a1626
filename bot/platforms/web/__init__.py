"""The page on this machine: alerts as they come, stories, feeds, a prompt."""

from bot.platforms.web.client import PAGE, Web

__all__ = ["PAGE", "Web"]
