"""Two accounts, a denied rumour and a published correction reach those who were alerted."""

from collections.abc import AsyncIterator

import pytest

from bot.domain.alert import Card
from tests.house import DESK, House, open_house


@pytest.fixture
async def house() -> AsyncIterator[House]:
    async with open_house() as house:
        await house.ask("/subscribe istanbul-talks level:everything")
        yield house


async def read(house: House, outlet: str, title: str, text: str, **fields: object) -> None:
    """An outlet publishes, and everything that is said is delivered."""
    await house.publish(title, text, outlet=outlet, **fields)  # type: ignore[arg-type]
    await house.deliver.empty()


def cards(house: House) -> list[Card]:
    return house.recorder.cards_in(DESK)


def lines(house: House) -> list[str]:
    return house.recorder.lines_in(DESK)


async def test_two_sides_that_give_two_days_make_one_alert_with_both_sides_words(house: House) -> None:
    await read(
        house,
        "Kyiv Courier",
        "Talks in Istanbul set for 15 May, Ukraine says",
        "Russia and Ukraine have agreed to hold talks in Istanbul on 15 May, Ukraine's foreign ministry said.",
    )
    await read(
        house,
        "Volga Bulletin",
        "Talks in Istanbul set for 16 May, Russia says",
        "Russia and Ukraine have agreed to hold talks in Istanbul on 16 May, Russia's foreign ministry said.",
    )
    [_, dispute] = cards(house)
    assert dispute.title == "Conflicting accounts: talks on 15 May (Ukraine) or 16 May (Russia)"
    assert {bullet.outlet for bullet in dispute.bullets} == {"Kyiv Courier", "Volga Bulletin"}

    await read(
        house,
        "Meridian Wire",
        "Ukraine confirms talks in Istanbul on 16 May",
        "Ukraine confirmed that its talks with Russia in Istanbul will be held on 16 May, President Zelensky said.",
    )
    [_, settled] = cards(house)
    assert settled.title == "Accounts now agree: talks set for 16 May in Istanbul"
    assert lines(house)[-1].startswith("Accounts now agree: talks set for 16 May in Istanbul (Meridian Wire")


RUMOURS = {
    "who leads": (
        (
            "Report: Lavrov to lead Russian delegation in Istanbul",
            "Foreign Minister Sergei Lavrov will lead the Russian delegation at the Istanbul talks, a diplomat said.",
        ),
        (
            "Kremlin denies Lavrov will lead delegation",
            "The Kremlin denied that Sergei Lavrov will lead the Russian delegation at the Istanbul talks with Ukraine.",
        ),
        "Denied: Lavrov leads Russia’s team",
        "Sergei Lavrov (head)",
    ),
    "who comes": (
        (
            "Putin will attend Istanbul talks, source says",
            "President Vladimir Putin will attend the talks with Ukraine in Istanbul, a source close to him said.",
        ),
        (
            "Kremlin rejects reports on Putin's travel",
            "The Kremlin said that reports that Vladimir Putin would attend the talks with Ukraine in Istanbul were untrue.",
        ),
        "Denied: Putin expected at the talks",
        "expected",
    ),
    "when": (
        (
            "Russia and Ukraine to meet again on 22 May, source says",
            "Russia and Ukraine have agreed to hold a second round of talks in Istanbul on 22 May, a source said.",
        ),
        (
            "Ukraine denies that new talks are set",
            "Ukraine denied that a second round of talks with Russia in Istanbul had been agreed for 22 May.",
        ),
        "Denied: talks set for 22 May in Istanbul",
        "scheduled",
    ),
}


@pytest.mark.parametrize("matter", RUMOURS)
async def test_a_denied_rumour_is_struck_through_where_it_was_posted_with_a_line(house: House, matter: str) -> None:
    rumour, denial, headline, struck = RUMOURS[matter]
    await read(house, "Meridian Wire", *rumour)
    assert len(cards(house)) == 1
    await read(house, "Volga Bulletin", *denial)

    [card] = cards(house)
    assert card.title == headline
    mended = card.facts[0]
    assert (mended.before, mended.corrected) == (struck, True)
    assert "denied 14 May" in mended.after
    assert [line.startswith(f"{headline} (Volga Bulletin") for line in lines(house)] == [True]


async def test_what_falls_with_denied_talks_is_no_longer_on_the_board(house: House) -> None:
    rumour, denial, *_ = RUMOURS["when"]
    await read(house, "Meridian Wire", *rumour)
    await read(house, "Volga Bulletin", *denial)
    reply = await house.ask("/summary istanbul-talks")
    assert reply.card is not None
    assert not any("22 May" in fact.after for fact in reply.card.facts)


GALUZIN = (
    "Galuzin to lead Russian team",
    "Mikhail Galuzin will head the Russian delegation at the talks with Ukraine in Istanbul, the Kremlin said.",
)
CORRECTIONS = (
    (
        "CORRECTED: Medinsky to lead Russian team",
        (
            "Vladimir Medinsky will head the Russian delegation at the talks with Ukraine in Istanbul, the Kremlin said. "
            "(Corrects name of head of delegation; an earlier version named Mikhail Galuzin.)"
        ),
    ),
    (
        "Correction: Medinsky, not Galuzin, leads Russian delegation in Istanbul",
        (
            "Vladimir Medinsky, not Mikhail Galuzin as we wrongly reported, heads the Russian delegation at the talks with "
            "Ukraine in Istanbul."
        ),
    ),
)


@pytest.mark.parametrize("correction", CORRECTIONS)
async def test_a_correction_published_as_an_entry_of_its_own_edits_what_it_corrects(
    house: House, correction: tuple[str, str]
) -> None:
    await read(house, "Meridian Wire", *GALUZIN)
    await read(house, "Meridian Wire", *correction)

    [card] = cards(house)
    assert card.title == "Correction: Medinsky leads Russia’s team in Istanbul, not Galuzin"
    assert card.facts[0].corrected
    [line] = lines(house)
    assert line.startswith("Correction: Medinsky leads Russia’s team in Istanbul, not Galuzin (Meridian Wire")


async def test_another_outlets_correction_takes_nothing_back_here(house: House) -> None:
    await read(house, "Meridian Wire", *GALUZIN)
    await read(
        house,
        "Straits Daily",
        "Correction: Umerov leads Ukraine's delegation in Istanbul",
        "Rustem Umerov, not Andriy Yermak as we wrongly reported, heads the Ukrainian delegation at the talks with Russia.",
    )
    assert "Galuzin leads" in cards(house)[0].title
