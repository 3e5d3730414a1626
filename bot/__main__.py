"""The front door: ``python -m bot`` and the ``dragoman`` command."""


def main() -> None:
    """Run the command line."""
    from bot.cli import run  # noqa: PLC0415 - the door opens at once, the rooms behind it when asked for

    run()


if __name__ == "__main__":
    main()
