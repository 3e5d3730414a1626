"""What every test finds as every other found it."""

from collections.abc import Iterator

import pytest
import structlog


@pytest.fixture(autouse=True)
def _own_log() -> Iterator[None]:
    """Let no test log where another one sent its lines."""
    structlog.reset_defaults()
    yield
    structlog.reset_defaults()
