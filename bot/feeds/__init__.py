"""Bytes from the network become entries and articles."""

from typing import Any


def __getattr__(name: str) -> Any:
    # Reading a recorded article needs no HTTP library, which takes 0.2 s to load.
    if name == "Source":
        from bot.feeds.source import Source  # noqa: PLC0415

        return Source
    raise AttributeError(name)
