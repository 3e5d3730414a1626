"""Who a text comes from in the end: a wire, a ministry, or the outlet itself."""

import re
from collections.abc import Collection

#: Agencies that others carry, by the names under which they are credited.
WIRES = {
    "reuters": "Reuters",
    "afp": "AFP",
    "agence france-presse": "AFP",
    "ap": "AP",
    "associated press": "AP",
    "the associated press": "AP",
    "tass": "TASS",
    "interfax": "Interfax",
    "interfax-ukraine": "Interfax-Ukraine",
    "ria novosti": "RIA Novosti",
    "ria": "RIA Novosti",
    "ukrinform": "Ukrinform",
    "xinhua": "Xinhua",
    "anadolu": "Anadolu",
    "anadolu agency": "Anadolu",
    "dpa": "dpa",
    "efe": "EFE",
    "ansa": "ANSA",
    "kyodo": "Kyodo",
    "yonhap": "Yonhap",
    "irna": "IRNA",
    "wam": "WAM",
    "spa": "SPA",
    "pti": "PTI",
    "bloomberg": "Bloomberg",
    "united press international": "UPI",
    "upi": "UPI",
}

_NAME = r"(?:the )?((?:[A-Z][\w.&’'-]*)(?: [A-Z][\w.&’'-]*){0,3})"
# Where a credit stands: a dateline, the last words, a byline, "told X", "X reported"; each with what is looked for
# first, in small letters, since the patterns are costly.
_CREDITS = (
    (("(",), re.compile(rf"\({_NAME}\)\s*[-–—:]")),
    (("–", "—", "-"), re.compile(rf"[–—-]\s*{_NAME}\.?\s*$")),
    (("(",), re.compile(rf"\({_NAME}\)\.?\s*$")),
    (
        ("source", "via", "by", "credit"),
        re.compile(rf"(?i:\bsource|\bvia|\bby|\bcredit)\s*:?\s+{_NAME}\s*$", re.MULTILINE),
    ),
    (
        ("told", "by", "according to", "citing"),
        re.compile(rf"\b(?:told|reported by|according to|quoted by|carried by|citing|seen by)\s+{_NAME}"),
    ),
    (
        ("report", "news agency", "quoted", "has learned"),
        re.compile(rf"{_NAME} (?:reported|reports|news agency|quoted|has learned)"),
    ),
)
_PAPER = r"(?:statement|readout|read-out|decree|communiqué|communique|press release|list)"
# The patterns are costly, so a look for their words goes first.
_PAPER_WORDS = ("statement", "read", "decree", "communiq", "press release", "list")
_BODY = (
    r"((?:[A-Z][\w’'-]* ){0,3}"
    r"(?:Kremlin|White House|[Mm]inistry|[Pp]resid\w+|[Oo]ffice|[Dd]epartment|[Ss]ervice|[Cc]ouncil|[Gg]overnment)"
    r"(?: of [A-Z][\w]+(?: [A-Z][\w]+)*)?)"
)
_STATEMENTS = (
    re.compile(
        rf"\b{_PAPER} (?:by|from|of|put out by|published by|issued by|released by) (?:the )?(?:[a-z]+ )??{_BODY}"
    ),
    re.compile(rf"(?:[Tt]he )?((?:[A-Z][\w’'-]* )?(?:foreign|defence|defense) ministry)\b[^.]{{0,40}}\bin a {_PAPER}"),
    re.compile(
        rf"\b{_PAPER} (?:by|from|of|issued by|published by) (?:the )?((?:[A-Z][\w’'-]* )?(?:foreign|defence|defense) ministry)"
    ),
    re.compile(rf"(?:[Tt]he )?{_BODY} (?:said|announced|wrote|declared) in a {_PAPER}"),
)

# A credit stands at the start, a signature at the end.
START = 700
END = 80


def credited(text: str, outlet: str, outlets: Collection[str] = ()) -> str | None:
    """Return the origin that a text credits, or ``None`` if it speaks for itself.

    Args:
        text: The article's text.
        outlet: Who carries it; a credit to oneself is none.
        outlets: Names of all outlets known, case-folded: any of them may be credited.
    """
    beginning, end = text[:START], text[-END:]
    for hints, pattern in _CREDITS:
        for place, small in ((beginning, beginning.casefold()), (end, end.casefold())):
            if not any(hint in small for hint in hints):
                continue
            for match in pattern.finditer(place):
                name = _known(match.group(1), outlets)
                if name is not None and name.casefold() != outlet.casefold():
                    return name
    if not any(word in beginning for word in _PAPER_WORDS):
        return None
    for pattern in _STATEMENTS:
        found = pattern.search(beginning)
        if found:
            return f"{found.group(1).strip()} statement"
    return None


def _known(name: str, outlets: Collection[str]) -> str | None:
    """Return the agency or outlet of a name, longest reading first."""
    words = name.rstrip(".").split()
    for count in range(len(words), 0, -1):
        for part in (" ".join(words[:count]), " ".join(words[-count:])):
            key = part.casefold()
            if key in WIRES:
                return WIRES[key]
            if key in outlets:
                return part
    return None
