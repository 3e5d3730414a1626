"""What an operator types."""


def run() -> None:
    """Read the command line and do what it says."""
