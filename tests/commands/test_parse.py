import pytest

from bot.commands.parse import form, parse_line
from bot.domain.command import Command, Option
from bot.errors import CommandError

SUBSCRIBE = Command(
    name="subscribe",
    summary="…",
    options=(Option(name="story", summary="…", required=True), Option(name="level", summary="…")),
)
WATCH_ADD = Command(
    name="watch add",
    summary="…",
    options=(
        Option(name="name", summary="…", required=True),
        Option(name="query", summary="…", required=True, rest=True),
    ),
)
WATCH_LIST = Command(name="watch list", summary="…")
TABLE = (SUBSCRIBE, WATCH_ADD, WATCH_LIST)


@pytest.mark.parametrize(
    ("line", "name", "arguments"),
    [
        ("/subscribe istanbul-talks", "subscribe", {"story": "istanbul-talks"}),
        ("/dragoman subscribe all level:key", "subscribe", {"story": "all", "level": "key"}),
        ("SUBSCRIBE level:key all", "subscribe", {"story": "all", "level": "key"}),
        ("/subscribe story:all", "subscribe", {"story": "all"}),
        ("/watch list", "watch list", {}),
        (
            '/watch add grain "grain corridor" AND (a OR b)',
            "watch add",
            {"name": "grain", "query": '"grain corridor" AND (a OR b)'},
        ),
        ("/watch add grain “grain corridor”", "watch add", {"name": "grain", "query": '"grain corridor"'}),
        ("/watch add apostrophe Côte d'Ivoire", "watch add", {"name": "apostrophe", "query": "Côte d'Ivoire"}),
    ],
)
def test_a_line_is_read_as_it_is_meant(line: str, name: str, arguments: dict[str, str]) -> None:
    command, found = parse_line(line, TABLE)
    assert (command.name, found) == (name, arguments)


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("/subscibe all", "Did you mean `/subscribe`?"),
        ("/watch", "`/watch` needs one of"),
        ("/watch remove x", "`/watch` needs one of"),
        ("/subscribe", "`story` is missing. Write `/subscribe <story> [level:…]`."),
        ("/subscribe a b", "`b` is one word too many."),
        ("", "Type a command."),
    ],
)
def test_a_wrong_line_is_answered_with_the_right_form(line: str, answer: str) -> None:
    with pytest.raises(CommandError) as caught:
        parse_line(line, TABLE)
    assert answer in str(caught.value)


def test_a_form_shows_what_is_needed_and_what_may_be_given() -> None:
    assert form(WATCH_ADD) == "/watch add <name> <query …>"
