"""What may be a story's slug."""

import re

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LONGEST = 60


def is_slug(text: str) -> bool:
    """Return whether a text can be a slug: small letters, digits and single hyphens."""
    return len(text) <= LONGEST and _SLUG.fullmatch(text) is not None
