"""What a report claims of a story's slots, ready to compete."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot.domain.event import Event, Modality, Role
from bot.domain.story import Claim, LogEntry, Report, Source, Value
from bot.kinds import CATALOGUE
from bot.kinds.claims import actors, ledger
from bot.track.times import days, event_time

#: How firmly a modality holds against another.
FIRMNESS = {
    Modality.DENIED: 0,
    Modality.ALLEGED: 1,
    Modality.CONDITIONAL: 2,
    Modality.PLANNED: 3,
    Modality.ASSERTED: 4,
}

# Who proposes a day or a place has not fixed it, whatever the modality of the call.
OFFERS = frozenset({"talks-proposed", "ceasefire-called", "mediation"})

# Kinds that say "no longer so": they may turn back what was said an hour ago.
TURNS = frozenset({"talks-postponed", "delegation-changed", "attendance-declined", "ceasefire-rejected"})

# A reader surer than this has told it firmly; below, a second source must say so too.
SURE = 0.68

# Talks that lie further back than this are told as history.
HISTORY = timedelta(days=10)


# Statuses of those who come, and of those who do not.
COMING = frozenset({"expected", "confirmed", "present"})
AWAY = "declined"


@dataclass(frozen=True, slots=True)
class Candidate:
    """One claim of one report; an order of these is the order of the world."""

    at: datetime
    #: The log entry's id.
    id: str
    slot: str
    value: Value
    event: Event
    source: Source
    firmness: int
    #: It says that the value does not hold.
    denial: bool

    @property
    def order(self) -> tuple[datetime, datetime, int, str]:
        """By the event's time, then by publication, then by place in the text; the content decides between equals."""
        return (self.at, self.source.published, self.event.evidence.start, self.id)

    @property
    def side(self) -> str:
        """Who gives it: a party, both together, or the speaker."""
        return "+".join(sorted(actors(self.event, Role.SOURCE))) or self.event.attribution or ""

    @property
    def weak(self) -> bool:
        """It is told so that a second source must say it before it turns what is known."""
        return self.event.confidence < SURE

    @property
    def turns(self) -> bool:
        """It says openly that something is no longer so."""
        return self.event.kind in TURNS or (self.value == AWAY and self.event.modality is Modality.DENIED)


def candidates(entry: LogEntry) -> tuple[Candidate, ...]:
    """Return what a log entry's report claims; a report without a claim is a line of the ledger."""
    if entry.report is None:
        return ()
    event, source = entry.report.event, entry.report.source
    at = event_time(entry.report)
    denial = event.modality is Modality.DENIED
    claims = _denied(event) if denial else _claims(event, at.date())
    return tuple(
        Candidate(
            at=at,
            id=entry.id,
            slot=claim.slot,
            value=_present(claim, event, at.date()),
            event=event,
            source=source,
            firmness=_firmness(claim, event),
            denial=denial and not claim.slot.startswith("ledger/") and claim.value != AWAY,
        )
        for claim in claims
    )


def slots(report: Report) -> tuple[str, ...]:
    """Return the slots that a report speaks of."""
    entry = LogEntry(id="", at=report.source.fetched, report=report)
    return tuple(candidate.slot for candidate in candidates(entry))


def _claims(event: Event, today: date) -> tuple[Claim, ...]:
    span = days(event.when)
    if event.kind in {"talks-held", "meeting"} and span and span[0] > today and event.modality is Modality.ASSERTED:
        event = replace(event, modality=Modality.PLANNED)  # nobody sits before the day
    kind = CATALOGUE.get(event.kind)
    claims = kind.effect(event) if kind else ()
    if claims and event.kind.startswith("talks-") and span and span[1] < today - HISTORY:
        return ()
    return claims or (ledger(event),)


def _denied(event: Event) -> tuple[Claim, ...]:
    """Return the claims that a denial is aimed at, and its line of the ledger."""
    aim = CATALOGUE.get(event.about or event.kind)
    claimed = replace(event, kind=aim.name, about=None, modality=Modality.ASSERTED) if aim else event
    against = aim.effect(claimed) if aim else ()
    if aim and aim.name == "attendance-confirmed":
        # Who does not come leads no team there either.
        against += CATALOGUE["delegation-named"].effect(replace(claimed, kind="delegation-named"))
    # Whose own side says that he does not come stays away.
    against = tuple(
        replace(claim, value=AWAY) if claim.slot.startswith("attendance/") and claim.value in COMING else claim
        for claim in against
    )
    return (*(claim for claim in against if not claim.slot.startswith("ledger/")), ledger(event))


def _present(claim: Claim, event: Event, today: date) -> Value:
    """Return the claim's value; whoever came to what is happening is present."""
    if claim.value != "confirmed" or event.kind != "attendance-confirmed" or event.modality is not Modality.ASSERTED:
        return claim.value
    span = days(event.when)
    return "present" if span and span[0] <= today else claim.value


def _firmness(claim: Claim, event: Event) -> int:
    firmness = FIRMNESS[
        Modality.ASSERTED if claim.value == AWAY and event.modality is Modality.DENIED else event.modality
    ]
    if event.kind in OFFERS and not claim.slot.endswith("/status"):
        return min(firmness, FIRMNESS[Modality.CONDITIONAL])
    return firmness
