"""The page on this machine: alerts as they come, stories, feeds, a prompt."""

from bot.platforms.web.client import Web

__all__ = ["Web"]
