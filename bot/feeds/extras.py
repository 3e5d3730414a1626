"""Which libraries beyond the default install are there."""

from importlib.util import find_spec

LIBRARIES = ("trafilatura", "protego", "lxml_html_clean")
EXTRA = "the extra dragoman[fulltext]"


def missing() -> str | None:
    """Return what has to be installed before pages can be read, ``None`` if nothing; loads no library."""
    return None if all(find_spec(name) is not None for name in LIBRARIES) else EXTRA
