"""A watch's query: parsed, printed in its plain form, matched against texts."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources

from lark import Lark, Token, Transformer
from lark.exceptions import UnexpectedCharacters, UnexpectedToken, VisitError

from bot.errors import QueryError
from bot.watch.words import UNSPACED, normal, words

MAX_LENGTH = 1000


class Text:
    """A text made ready to be asked many queries."""

    def __init__(self, text: str) -> None:
        self.plain = normal(text)
        self.words = words(text)
        self.places: dict[str, list[int]] = {}
        for place, word in enumerate(self.words):
            self.places.setdefault(word, []).append(place)


@dataclass(frozen=True, slots=True)
class Term:
    """A word, a beginning (``sanction*``) or a phrase."""

    written: str
    words: tuple[str, ...]
    is_prefix: bool = False

    def __str__(self) -> str:
        return self.written

    def matches(self, text: Text) -> bool:
        """Say whether the text holds the words side by side."""
        if UNSPACED.search(self.written):
            return normal(self.written.strip('"')) in text.plain
        if self.is_prefix:
            return any(word.startswith(self.words[0]) for word in text.places)
        size = len(self.words)
        return any(
            tuple(text.words[place : place + size]) == self.words for place in text.places.get(self.words[0], ())
        )


@dataclass(frozen=True, slots=True)
class Not:
    """What must not be there."""

    part: "Query"

    def __str__(self) -> str:
        return f"NOT {_wrapped(self.part)}"

    def matches(self, text: Text) -> bool:
        """Say whether the part does not match."""
        return not self.part.matches(text)


@dataclass(frozen=True, slots=True)
class All:
    """Every part must match."""

    parts: "tuple[Query, ...]"

    def __str__(self) -> str:
        return " AND ".join(_wrapped(part) for part in self.parts)

    def matches(self, text: Text) -> bool:
        """Say whether every part matches."""
        return all(part.matches(text) for part in self.parts)


@dataclass(frozen=True, slots=True)
class Any:
    """One part must match."""

    parts: "tuple[Query, ...]"

    def __str__(self) -> str:
        return " OR ".join(_wrapped(part) for part in self.parts)

    def matches(self, text: Text) -> bool:
        """Say whether one part matches."""
        return any(part.matches(text) for part in self.parts)


Query = Term | Not | All | Any


def parse(written: str) -> Query:
    """Return the query.

    Raises:
        QueryError: With the place where it goes wrong; also for a query that
            holds only what must *not* be there, as it would match everything.
    """
    if len(written) > MAX_LENGTH:
        raise QueryError(f"{written[:40]}…", MAX_LENGTH, "a query has at most {most} characters", most=MAX_LENGTH)
    if not written.strip():
        raise QueryError(written, 1, "write at least one word")
    try:
        query = _Builder(written).transform(_parser().parse(written))
    except VisitError as wrong:
        raise wrong.orig_exc from None
    except UnexpectedToken as wrong:
        if wrong.token.type == "$END":
            raise QueryError(written, len(written) + 1, "something is missing at the end") from None
        raise QueryError(written, wrong.column, "`{word}` is not expected here", word=wrong.token) from None
    except UnexpectedCharacters as wrong:
        raise QueryError(written, wrong.column, "this quotation mark is never closed") from None
    except RecursionError:
        raise QueryError(written, 1, "too many parentheses") from None
    if not _is_bound(query):
        raise QueryError(written, 1, "say also what you look for, not only what you do not")
    return query


@cache
def _parser() -> Lark:
    grammar = resources.files("bot.watch").joinpath("grammar.lark").read_text(encoding="utf-8")
    return Lark(grammar, parser="lalr", lexer="basic")


class _Builder(Transformer[Token, Query]):
    def __init__(self, written: str) -> None:
        super().__init__()
        self._written = written

    def word(self, tokens: list[Token]) -> Query:
        return self._term(tokens[0], is_prefix=tokens[0].endswith("*"))

    def phrase(self, tokens: list[Token]) -> Query:
        return self._term(tokens[0])

    def negation(self, parts: list[Token | Query]) -> Query:
        return Not(_queries(parts)[0])

    def both(self, parts: list[Token | Query]) -> Query:
        return All(_queries(parts))

    def either(self, parts: list[Token | Query]) -> Query:
        return Any(_queries(parts))

    def _term(self, token: Token, *, is_prefix: bool = False) -> Query:
        found = tuple(words(token))
        if not found and not UNSPACED.search(token):
            raise QueryError(self._written, token.column or 1, "{word} holds no word", word=token)
        return Term(str(token), found, is_prefix=is_prefix and len(found) == 1)


def _queries(parts: Iterable[Token | Query]) -> tuple[Query, ...]:
    return tuple(part for part in parts if not isinstance(part, Token))


def _is_bound(query: Query) -> bool:
    """Say whether every match holds at least one word that was asked for."""
    match query:
        case Term():
            return True
        case Not():
            return False
        case All(parts):
            return any(_is_bound(part) for part in parts)
        case Any(parts):
            return all(_is_bound(part) for part in parts)


def _wrapped(query: Query) -> str:
    return f"({query})" if isinstance(query, All | Any) else str(query)
