"""Articles become events: who did what to whom, how firmly, on which words."""

from bot.classify.classifier import Classifier
from bot.classify.jsonl import as_dict

__all__ = ["Classifier", "as_dict"]
