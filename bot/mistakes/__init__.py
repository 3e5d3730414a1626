"""What is wrong with the settings, each mistake with its place and its mend."""

from bot.mistakes.sense import without_sense
from bot.mistakes.types import name_of, of_type

__all__ = ["name_of", "of_type", "without_sense"]
