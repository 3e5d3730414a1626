"""One JSON object a line, as others write it: what cannot be read is told in words."""

import json
from typing import Any


def read_object(line: str) -> dict[str, Any]:
    """Return the object that a line holds; half of a surrogate pair in a text becomes a question mark.

    Raises:
        ValueError: In words, if there is none.
    """
    try:
        row = json.loads(line)
    except json.JSONDecodeError as broken:
        raise ValueError(f"not JSON ({broken.msg})") from broken
    except RecursionError:
        raise ValueError("not JSON that can be read (nested too deep)") from None
    if not isinstance(row, dict):
        raise ValueError("not a JSON object")  # noqa: TRY004 - told as one more broken line
    return {key: _sound(value) if isinstance(value, str) else value for key, value in row.items()}


def _sound(text: str) -> str:
    return text.encode("utf-8", "replace").decode()
