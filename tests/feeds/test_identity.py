from bot.feeds.identity import name_items
from bot.feeds.parse.document import Item


def names(*items: Item) -> list[str]:
    return [name for name, _ in name_items(items)]


def test_a_link_that_all_items_share_names_none_of_them() -> None:
    first, second = names(Item(link="https://m.example/", title="One"), Item(link="https://m.example/", title="Two"))

    assert first.startswith("title:")
    assert second.startswith("title:")
    assert first != second


def test_an_item_told_twice_is_kept_once() -> None:
    assert names(Item(id="1", title="One"), Item(id="1", title="One")) == ["1"]


def test_an_item_that_says_nothing_is_left_out() -> None:
    assert names(Item()) == []


def test_a_monstrous_id_is_shortened_and_stays_the_same() -> None:
    [long] = names(Item(id="x" * 9_000, title="One"))

    assert len(long) < 50
    assert names(Item(id="x" * 9_000, title="Edited")) == [long]
