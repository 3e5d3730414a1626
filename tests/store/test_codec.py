"""The nouns as JSON and back."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.alert import Alert, Card
from bot.domain.audience import Channel, Subscription, Watch
from bot.domain.delivery import Delivery
from bot.domain.event import Event, Evidence, Quantity
from bot.domain.feed import Article, Feed, FeedState
from bot.domain.story import LogEntry, Story
from bot.ports import Known
from bot.store.codec import decode, encode
from bot.store.stories import Membership

NOUNS = (
    Alert, Article, Card, Channel, Delivery, Event, Feed, FeedState, Known, LogEntry, Membership, Story, Subscription,
    Watch,
)  # fmt: skip

# Any text at all, lone surrogates and NUL included.
st.register_type_strategy(str, st.text(st.characters(), max_size=6))
st.register_type_strategy(float, st.floats(allow_nan=False))
st.register_type_strategy(
    datetime, st.datetimes(datetime(1900, 1, 2), datetime(2200, 1, 1), timezones=st.sampled_from([UTC, timezone(timedelta(hours=3))]))  # noqa: DTZ001
)  # fmt: skip


@pytest.mark.parametrize("noun", NOUNS, ids=lambda noun: noun.__name__)
def test_every_noun_comes_back_as_it_went(noun: type[Any]) -> None:
    @settings(max_examples=25, deadline=None)
    @given(st.from_type(noun))
    def law(value: Any) -> None:
        document = encode(value)
        assert document.isascii()
        assert decode(noun, document) == value

    law()


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    quantity: Quantity
    share: float = 1.0
    also: bool = False


@pytest.mark.parametrize("quantity", [True, 1, 1.0, "1"], ids=repr)
def test_a_number_keeps_its_type(quantity: Quantity) -> None:
    back = decode(Terms, encode(Terms(quantity=quantity)))
    assert (back.quantity, type(back.quantity)) == (quantity, type(quantity))


def test_what_holds_its_default_is_not_written() -> None:
    event = Event(kind="meeting", evidence=Evidence(start=0, end=4, words="they"))
    assert encode(event) == '{"kind":"meeting","evidence":{"start":0,"end":4,"words":"they"}}'


def test_a_field_that_is_no_more_is_passed_over() -> None:
    assert decode(Terms, '{"quantity":3,"gone":[1]}') == Terms(quantity=3)


def test_moments_are_written_in_utc() -> None:
    state = FeedState(due=datetime(2025, 5, 14, 22, tzinfo=timezone(timedelta(hours=3))))
    assert encode(state) == '{"due":"2025-05-14T19:00:00+00:00"}'


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="names no zone"):
        encode(FeedState(due=datetime(2025, 5, 14)))  # noqa: DTZ001


def test_a_day_stays_a_day() -> None:
    story = Story(id="s", slug="s", title="S", since=date(2025, 5, 11))
    assert decode(Story, encode(story)).since == date(2025, 5, 11)


@pytest.mark.parametrize("document", ["[]", "null", "{", '{"share":2}', '{"quantity":1'])
def test_what_is_of_another_shape_is_refused(document: str) -> None:
    with pytest.raises(ValueError, match=r"this is no Terms|Expecting"):
        decode(Terms, document)


def test_a_choice_that_json_cannot_tell_apart_is_refused_at_once() -> None:
    @dataclass(frozen=True)
    class Either:
        which: date | datetime

    with pytest.raises(ValueError, match="this is no Either"):
        decode(Either, '{"which":"2025-05-14"}')
