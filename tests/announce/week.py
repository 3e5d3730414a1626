"""The Istanbul week in a dozen events by hand."""

from bot.domain.event import Actor, Modality, Role
from tests.announce.newsroom import Newsroom
from tests.builders import article, event


def who(id_: str, name: str, role: Role = Role.SOURCE, party: str | None = None) -> Actor:
    """Return an actor of the gazetteer."""
    return Actor(id=id_, name=name, role=role, party=party)


RUSSIA, UKRAINE = who("rus", "Russia"), who("ukr", "Ukraine")
TO_RUSSIA, TO_UKRAINE = who("rus", "Russia", Role.TARGET), who("ukr", "Ukraine", Role.TARGET)
PUTIN = who("vladimir-putin", "Vladimir Putin", party="rus")
TURKEY = who("tur", "Turkey", Role.HOST)


def istanbul_week() -> Newsroom:
    """Return a newsroom that has read the whole week."""
    room = Newsroom()
    room.read(
        article(
            "Putin offers Kyiv direct talks in Istanbul on May 15",
            "MOSCOW, May 11 (Meridian) - President Vladimir Putin proposed that Russia and Ukraine open direct"
            " negotiations in Istanbul on Thursday, May 15. Moscow set no conditions for sitting down, he said.",
            hours=-24,
            feed="meridian",
            outlet="Meridian Wire",
        ),
        event(
            "talks-proposed",
            actors=(PUTIN, TO_UKRAINE, TURKEY),
            venue="Istanbul",
            when="2025-05-15",
            words="President Vladimir Putin proposed",
        ),
    )
    room.read(
        article(
            "EU and US call for 30-day truce",
            "The EU and the United States called on Monday for an unconditional 30-day ceasefire.",
            hours=2,
            feed="post",
            outlet="Continental Post",
        ),
        event(
            "ceasefire-called",
            actors=(who("eu", "European Union"), who("usa", "United States")),
            terms={"days": 30, "unconditional": True},
            words="The EU and the United States called on Monday for an unconditional 30-day ceasefire",
        ),
    )
    room.read(
        article(
            "Composition of Russian delegation approved",
            "Presidential aide Vladimir Medinsky will head the Russian delegation, the decree says. The list holds"
            " deputy ministers and no member of the Security Council. Zelensky had said that he would wait for Putin"
            " in person.",
            hours=62.6,
            feed="volga",
            outlet="Volga Bulletin",
        ),
        event(
            "delegation-named",
            actors=(RUSSIA,),
            person="Vladimir Medinsky",
            role="head",
            members=("Mikhail Galuzin", "Alexander Fomin", "Igor Kostyukov"),
            venue="Istanbul",
            attribution="Kremlin",
            words="Presidential aide Vladimir Medinsky will head the Russian delegation",
        ),
        event(
            "attendance-declined",
            actors=(RUSSIA,),
            person="Vladimir Putin",
            attribution="Kremlin",
            modality=Modality.ALLEGED,
            words="no member of the Security Council",
        ),
        origin="Kremlin decree",
    )
    room.read(
        article(
            "Medinsky to lead Russian team",
            "The decree puts Vladimir Medinsky at the head of Moscow’s team.",
            hours=62.9,
            feed="straits",
            outlet="Straits Daily",
        ),
        event(
            "delegation-named",
            actors=(RUSSIA,),
            person="Vladimir Medinsky",
            role="head",
            attribution="Kremlin",
            words="The decree puts Vladimir Medinsky at the head",
        ),
        origin="Kremlin decree",
    )
    room.read(
        article(
            "Umerov heads Kyiv’s delegation",
            "Defence Minister Rustem Umerov will lead the Ukrainian delegation, President Volodymyr Zelensky said.",
            hours=80,
            feed="kyiv",
            outlet="Kyiv Courier",
        ),
        event(
            "delegation-named",
            actors=(UKRAINE,),
            person="Rustem Umerov",
            role="head",
            venue="Istanbul",
            attribution="Volodymyr Zelensky",
            words="Defence Minister Rustem Umerov will lead the Ukrainian delegation",
        ),
    )
    room.read(
        article(
            "First session moved to Friday",
            "The talks will open on Friday, 16 May, Turkish Foreign Minister Hakan Fidan said.",
            hours=81,
            feed="echo",
            outlet="Anatolia Echo",
        ),
        event(
            "talks-postponed",
            stage="delayed",
            actors=(RUSSIA, TO_UKRAINE),
            venue="Istanbul",
            when="2025-05-16",
            attribution="Hakan Fidan",
            words="The talks will open on Friday, 16 May",
        ),
    )
    room.read(
        article(
            "Sides agree to free 1,000 each; no truce",
            "Russia and Ukraine ended their talks after two hours and agreed to exchange 1,000 prisoners each,"
            " Umerov said. “An exchange will take place in the coming days,” Medinsky said.",
            hours=104,
            feed="kyiv",
            outlet="Kyiv Courier",
        ),
        event(
            "talks-held",
            stage="ended",
            actors=(RUSSIA, TO_UKRAINE),
            venue="Istanbul",
            attribution="Rustem Umerov",
            words="Russia and Ukraine ended their talks after two hours",
        ),
        event(
            "prisoner-exchange",
            stage="agreed",
            actors=(RUSSIA, TO_UKRAINE),
            terms={"each_side": 1000},
            attribution="Rustem Umerov",
            words="agreed to exchange 1,000 prisoners each",
        ),
    )
    return room
