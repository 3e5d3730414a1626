"""Cards for the platforms' tests: the first evening before the talks in Istanbul."""

from datetime import UTC, datetime

from bot.domain.alert import Bullet, Button, Card, Fact, Section
from bot.domain.feed import EntryRef


def bullet(text: str, outlet: str = "Meridian Wire", day: int = 14, hour: int = 22, minute: int = 38) -> Bullet:
    """Return a bullet; its address is made of the outlet's name."""
    slug = outlet.lower().replace(" ", "-")
    return Bullet(
        text=text,
        url=f"https://{slug}.example/2025/05/{day}/{hour:02}{minute:02}",
        outlet=outlet,
        entry=EntryRef(slug, f"{day}-{hour}{minute}"),
        at=datetime(2025, 5, day, hour, minute, tzinfo=UTC),
    )


BUTTONS = (
    Button(action="summary", label="Summary", value="istanbul-talks"),
    Button(action="mute", label="Mute story", value="istanbul-talks"),
)

ALERT = Card(
    title="Kremlin: Medinsky leads Russia's team in Istanbul; Putin not on the list",
    place="istanbul-talks · delegation named",
    family="delegations",
    at=datetime(2025, 5, 14, 22, 41, tzinfo=UTC),
    facts=(
        Fact(
            label="Russia's delegation",
            before="not named",
            after="Vladimir Medinsky (head), Mikhail Galuzin, Alexander Fomin, Igor Kostyukov",
        ),
        Fact(label="Putin", before="expected", after="not attending (left off the list; Kremlin list)"),
    ),
    bullets=(
        bullet("“Presidential aide Vladimir Medinsky will head the Russian delegation,” the decree says."),
        bullet("The list holds deputy ministers and no member of the Security Council.", "Volga Bulletin", minute=40),
        bullet("Zelensky had said that he would wait for Putin in person.", "Kyiv Courier", day=11, hour=18, minute=9),
    ),
    foot="3 outlets, 1 origin (Kremlin decree)",
    buttons=BUTTONS,
)

CORRECTION = Card(
    title="Correction: Umerov, not Yermak, leads Ukraine's team",
    place="istanbul-talks · delegation changed",
    family="delegations",
    at=datetime(2025, 5, 15, 16, 5, tzinfo=UTC),
    facts=(Fact(label="Head for Ukraine", before="Andriy Yermak", after="Rustem Umerov", corrected=True),),
    bullets=(
        bullet(
            "An earlier version named the head of the president's office; the decree names the defence minister.",
            "Kyiv Courier",
            day=15,
            hour=16,
            minute=2,
        ),
    ),
    foot="2 outlets, 1 origin (presidential decree) · corrected 16:05, Kyiv Courier",
)

SUMMARY = Card(
    title="Istanbul talks: Russia and Ukraine met on 16 May and agreed a 1,000-for-1,000 exchange; no ceasefire",
    place="Direct talks, round 1 of this series · Dolmabahçe, Istanbul · hosted by Turkey",
    facts=(
        Fact(label="Who leads", after="Russia: Vladimir Medinsky · Ukraine: Rustem Umerov"),
        Fact(label="Who stays away", after="Vladimir Putin, Donald Trump · Volodymyr Zelensky in Ankara only"),
        Fact(label="Talks", after="ended 16 May (15 May → 16 May, slipped once) · next: no date"),
        Fact(label="Ceasefire", after="called for by EU and US (30 days, unconditional) · Russia: no"),
        Fact(label="Agreed", after="prisoner exchange, 1,000 each (both sides)"),
    ),
    sections=(
        Section(
            title="Since yesterday",
            bullets=(
                bullet("Next step is a meeting of the presidents, Umerov said.", "Kyiv Courier", 16, 17, 20),
                bullet("“An exchange will take place in the coming days,” Medinsky said.", "Volga Bulletin", 16, 17, 5),
            ),
        ),
        Section(
            title="Disputed",
            lines=("What Russia asked: withdrawal from four regions (Ukrainian source) · Russia has not said",),
        ),
    ),
    foot="41 articles, 9 origins · checked 2 min ago",
)

CEASEFIRE = Card(
    title="EU and US call jointly for an unconditional 30-day ceasefire",
    place="istanbul-talks · ceasefire called",
    family="ceasefire",
    at=datetime(2025, 5, 15, 9, 12, tzinfo=UTC),
    facts=(Fact(label="Ceasefire", before="none", after="called for by EU and US (30 days, unconditional)"),),
    bullets=(
        bullet(
            "“We ask for thirty days without conditions, starting now,” the joint statement reads.",
            "Continental Post",
            15,
            9,
            4,
        ),
        bullet("Washington joined the text after a night of calls, two officials said.", "Potomac Ledger", 15, 9, 10),
    ),
    foot="2 outlets, 2 origins",
    buttons=BUTTONS,
)

ARABIC = Card(
    title="Report: Doha to host a second channel",
    place="gulf-channel · mediation offered",
    family="mediation",
    at=datetime(2025, 5, 15, 11, 30, tzinfo=UTC),
    bullets=(bullet("قال مسؤول قطري إن الدوحة مستعدة لاستضافة جولة ثانية من المحادثات.", "Gulf Standard", 15, 11, 21),),
    foot="1 outlet · single source, unconfirmed",
)

HOSTILE = Card(
    title="<script>alert(1)</script> \u202egnp.exe\u202c & <!channel> @everyone \x1b[31mred\x1b[0m",
    place='story" onmouseover="alert(1) · kind',
    family="no such family",
    at=datetime(2025, 5, 15, 12, 0, tzinfo=UTC),
    facts=(Fact(label="<b>who</b>", before="a\u200bb", after="Z" + "\u0301" * 40 + "algo\r\nnext"),),
    bullets=(
        Bullet(
            text="</article><img src=x onerror=alert(1)>",
            url="javascript:alert(1)",
            outlet="Evil\u2066 Wire",
            entry=EntryRef("evil", "1"),
            at=datetime(2025, 5, 15, 11, 0, tzinfo=UTC),
        ),
        Bullet(
            text="{{ 7 * 7 }} {% raw %}",
            url='https://good.example@evil.example/"onclick="x',
            outlet="Evil Wire",
            entry=EntryRef("evil", "2"),
            at=datetime(2025, 5, 15, 11, 1, tzinfo=UTC),
        ),
    ),
    foot="<style>*{display:none}</style>",
    buttons=(Button(action='summary"><script>', label="<i>", value="../../etc"),),
)
