import pytest

from bot.track.copies import Copies
from tests.builders import article

BODY = (
    "The foreign ministers of Vestria and Korland will meet in Geneva on Thursday, their first encounter since the"
    " border was closed last autumn, officials of both countries told reporters after a day of shuttling by Swiss"
    " envoys. The agenda names the crossing at Marn, the fate of detained fishermen and a truce along the river."
)


def test_a_wire_copy_keeps_the_origin_of_its_first_carrier() -> None:
    copies = Copies()
    first = article("Vestria and Korland to meet in Geneva", BODY, feed="meridian wire")
    copies.add(first)

    trace = copies.add(article("Foreign ministers set for Geneva talks", BODY, feed="daily", hours=2))

    assert trace.duplicate_of == first.ref
    assert trace.origin == "Meridian Wire"
    assert trace.first == first.published


def test_a_copy_cut_short_is_still_a_copy() -> None:
    copies = Copies()
    first = article("Ministers to meet in Geneva", f"{BODY} {BODY.upper()} And more that only the first one has.")
    copies.add(first)

    trace = copies.add(article("Ministers to meet in Geneva", BODY, feed="daily", hours=1))

    assert trace.duplicate_of == first.ref


def test_a_credit_names_the_origin_of_a_rewrite() -> None:
    copies = Copies()

    assert copies.add(article("Talks set", "GENEVA, May 12 (Reuters) - Talks are set.")).origin == "Reuters"
    assert copies.add(article("Envoy hopeful", "“We are close,” the envoy told AFP on Monday.")).origin == "AFP"
    assert copies.add(article("No list yet", "No list was given.")).origin == "Wire"


def test_an_outlet_seen_before_may_be_credited() -> None:
    copies = Copies()
    copies.add(article("Something else altogether today", feed="meridian wire"))

    trace = copies.add(article("Korland names its team", "The team is named. — Meridian Wire", feed="daily"))

    assert trace.origin == "Meridian Wire"


def test_a_ministry_statement_is_one_origin_for_all_who_quote_it() -> None:
    copies = Copies()
    one = "According to a statement by the Korlandish foreign ministry, no date is fixed."
    other = "No date is fixed, says a statement by the Korlandish foreign ministry that reached us at noon."

    origins = {
        copies.add(article("No date yet for talks", one, feed="daily")).origin,
        copies.add(article("Korland waits", other, feed="echo")).origin,
    }

    assert origins == {"Korlandish foreign ministry statement"}


def test_titles_of_one_template_stay_apart() -> None:
    copies = Copies()
    for title in (
        "Magnitude 5.8 earthquake strikes off Tonga",
        "Magnitude 6.1 earthquake strikes off Tonga",
        "Magnitude 5.8 earthquake strikes off Chile",
        "Arsenal beat Chelsea in the cup final",
        "Arsenal beat Everton in the cup final",
    ):
        assert copies.add(article(title)).duplicate_of is None


def test_a_title_within_a_title_is_no_copy() -> None:
    copies = Copies()
    copies.add(article("Explosion hits oil pipeline"))

    assert copies.add(article("Explosion hits oil pipeline in Homs")).duplicate_of is None


def test_the_same_title_under_another_signature_is_a_copy() -> None:
    copies = Copies()
    first = article("Korland names envoy to the Geneva talks")
    copies.add(first)

    trace = copies.add(article("Korland names envoy to the Geneva talks | Daily News", feed="daily"))

    assert trace.duplicate_of == first.ref


def test_an_edit_is_no_copy_of_itself() -> None:
    copies = Copies()
    first = article("Korland names envoy to the talks", BODY, id="one")
    copies.add(first)

    assert copies.add(article("Korland names new envoy to the talks", BODY, id="one", hours=1)).duplicate_of is None


def test_an_article_is_forgotten_after_the_window() -> None:
    copies = Copies()
    copies.add(article("Vestria and Korland to meet in Geneva", BODY))

    late = article("Vestria and Korland to meet in Geneva", BODY, feed="daily", hours=24 * 30)

    assert copies.add(late).duplicate_of is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Gunman kills six in shooting at Korland market", "Gunman kills 6 in market shooting in Korland"),
        ("U.S. warns of tariffs on Vestrian steel", "US warns of tariffs on Vestria's steel"),
        ("Vestria leader rejects Geneva truce proposal", "Vestria's leader refuses Geneva truce proposal"),
    ],
)
def test_a_title_told_in_other_words_is_a_copy(one: str, other: str) -> None:
    copies = Copies()
    first = article(one)
    copies.add(first)

    assert copies.add(article(other, feed="daily", hours=1)).duplicate_of == first.ref


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Vestria accepts Geneva truce proposal at last", "Vestria rejects Geneva truce proposal at last"),
        ("Vestria and Korland will meet in Geneva", "Vestria and Korland won't meet in Geneva"),
        ("Olm taken to hospital in Geneva on Monday", "Olm released from hospital in Geneva on Monday"),
    ],
)
def test_what_says_the_contrary_is_no_copy(one: str, other: str) -> None:
    copies = Copies()
    copies.add(article(one))

    assert copies.add(article(other, feed="daily", hours=1)).duplicate_of is None
