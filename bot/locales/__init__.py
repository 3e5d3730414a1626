"""Our words in the languages of our readers: catalogues of messages, and the voice that says them.

A sentence is written in English where it is made, and is its own key:
``say("No feed `{name}`.", name=name)``. `_` marks one that stands in a table
and is said later. ``make messages`` gathers them into ``xx/LC_MESSAGES``.
"""

from bot.locales.languages import LANGUAGES, language_of
from bot.locales.voice import ENGLISH, Voice, mark, voice_in

_ = mark

__all__ = ["ENGLISH", "LANGUAGES", "Voice", "_", "language_of", "mark", "voice_in"]
