"""What one side tells and the other denies is told as both accounts."""

from bot.announce.cards import alert_card
from bot.domain.event import Modality, Role
from bot.domain.story import Cause
from tests.announce.newsroom import Newsroom
from tests.builders import actor, article, event

RUSSIA, UKRAINE = actor("Russia", id="rus"), actor("Ukraine", id="ukr")
AGREED = "Ukraine and Russia have agreed a 30-day ceasefire, Foreign Minister Andrii Sybiha said."
DENIED = "Russia denied that a ceasefire with Ukraine had been agreed, spokesman Dmitry Peskov said."


def test_what_one_side_says_was_agreed_and_the_other_denies_is_disputed_with_both_sides_words() -> None:
    room = Newsroom()
    agreed = event(
        "ceasefire-agreed",
        stage="accepted",
        actors=(RUSSIA, UKRAINE),
        terms={"days": 30},
        attribution="Andrii Sybiha",
        words=AGREED,
    )
    room.read(article("Ceasefire agreed, Ukraine says", AGREED, feed="kyiv"), agreed)
    denial = event(
        "accusation",
        actors=(RUSSIA, actor("Ukraine", Role.TARGET, id="ukr")),
        modality=Modality.DENIED,
        about="ceasefire-agreed",
        attribution="Dmitry Peskov",
        words=DENIED,
    )
    [post] = room.read(article("Russia says no ceasefire was agreed", DENIED, feed="volga", hours=1), denial)

    assert post.reason is Cause.CONFLICT
    assert post.headline == "Conflicting accounts: ceasefire agreed (Sybiha), denied by Peskov"
    assert [bullet.text for bullet in post.bullets] == [DENIED, AGREED]
    assert set(post.outlets) == {"Kyiv", "Volga"}
    [fact] = alert_card(post, room.story, room.names).facts
    assert fact.after == "disputed: agreed (Andrii Sybiha) or denied (Dmitry Peskov)"
