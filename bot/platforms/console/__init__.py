"""The terminal: cards printed as text, commands read as lines."""

from bot.platforms.console.client import Console
from bot.platforms.console.render import render

__all__ = ["Console", "render"]
