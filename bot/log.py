"""How we tell what happens: one line an event, facts as fields, secrets masked."""

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any, TextIO

import structlog

# Shapes of the secrets that could stray into a message: Slack tokens, Discord
# bot tokens, signing secrets in key=value form, and passwords inside URLs.
SECRETS = re.compile(
    r"xox[abeprs]-[\w-]+|xapp-[\w-]+|[MNO][\w-]{23,27}\.[\w-]{6}\.[\w-]{27,}"
    r"|(?<=://)[^/\s:@]+:[^/\s@]+(?=@)|(?i:(?<=token=)|(?<=secret=)|(?<=password=))[^\s&]+"
)
MASK = "***"


def mask(text: str) -> str:
    """Return the text with everything that looks like a secret masked."""
    return SECRETS.sub(MASK, text)


def get(room: str) -> Any:
    """Return the logger of a room, e.g. ``get("feeds")``."""
    return structlog.get_logger(room=room)


def configure(level: str = "info", *, as_json: bool = False, stream: TextIO | None = None) -> None:
    """Send our lines, and those of the libraries, to a stream (standard error).

    Args:
        level: ``debug``, ``info``, ``warning`` or ``error``.
        as_json: One JSON object a line instead of words.
        stream: Where to; standard error if ``None``.
    """
    number = logging.getLevelNamesMapping()[level.upper()]
    out = stream or sys.stderr
    renderer: Any = structlog.processors.JSONRenderer() if as_json else structlog.dev.ConsoleRenderer(colors=False)
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            _mask_fields,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.PrintLoggerFactory(file=out),
    )
    handler = logging.StreamHandler(out)
    handler.addFilter(_mask_record)
    logging.basicConfig(
        level=max(number, logging.WARNING), handlers=[handler], force=True, format="%(name)s: %(message)s"
    )


def _mask_fields(logger: Any, method: str, fields: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    return {key: mask(value) if isinstance(value, str) else value for key, value in fields.items()}


def _mask_record(record: logging.LogRecord) -> bool:
    record.msg, record.args = mask(record.getMessage()), None
    return True
