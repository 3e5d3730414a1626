"""A text that somebody hands us: a file or standard input, whatever its bytes are."""

import sys
from pathlib import Path
from typing import TextIO

from bot.errors import CommandError


def opened(file: Path | None) -> TextIO:
    """Return the file's text, or standard input's for ``None`` and ``-``.

    A byte order mark is left out, and bytes that are no UTF-8 are replaced,
    so that one bad line does not cost the others.

    Raises:
        CommandError: If the file cannot be read.
    """
    if file is None or str(file) == "-":
        return open(sys.stdin.fileno(), encoding="utf-8-sig", errors="replace", closefd=False)
    try:
        return file.open(encoding="utf-8-sig", errors="replace")
    except OSError as missing:
        raise CommandError(f"{file} cannot be read ({missing.strerror}).") from missing
