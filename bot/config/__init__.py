"""The operator's settings: config.toml, and DRAGOMAN_* variables over it."""

from bot.config.load import DEFAULT_FILE, load
from bot.config.parts import FeedSetting, FeedsSettings, WebSettings
from bot.config.settings import Settings

__all__ = ["DEFAULT_FILE", "FeedSetting", "FeedsSettings", "Settings", "WebSettings", "load"]
