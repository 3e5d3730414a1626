"""How a text and a query are cut into words, so that both are cut alike."""

import re
import unicodedata

# A word is letters, digits and marks, with hyphens, apostrophes and dots only
# inside: "30-day", "d'Orsay", "U.S". Marks belong to it, or vowelled Arabic
# and Hindi fall to pieces.
WORD = re.compile(r"[\w\u0300-\u036f\u064b-\u0652\u0900-\u0903\u093a-\u094f]+(?:[-'’.][\w\u0300-\u036f]+)*")

# Scripts written without spaces are looked up as substrings instead.
UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\u0e00-\u0e7f]")


def normal(text: str) -> str:
    """Return the text in one spelling: NFKC, case folded, accents and dotted i alike."""
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    return folded.replace("\u0307", "").replace("ı", "i").translate(_MARKS)


def words(text: str) -> list[str]:
    """Return a text's normalised words in order; hyphenated words also count in parts."""
    return [part for word in WORD.findall(normal(text)) for part in _parts(word)]


def _parts(word: str) -> list[str]:
    return re.split(r"[-’']", word.removesuffix("'s").removesuffix("’s"))


# The combining marks that accents come apart into.
_MARKS = dict.fromkeys(range(0x0300, 0x0370))
