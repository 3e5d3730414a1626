"""The catalogue: every kind of event, one row each, one file for each family."""

from bot.kinds.agreements import AGREEMENT_BROKEN, AGREEMENT_REACHED
from bot.kinds.attendance import ATTENDANCE_CONFIRMED, ATTENDANCE_DECLINED
from bot.kinds.ceasefire import CEASEFIRE_AGREED, CEASEFIRE_CALLED, CEASEFIRE_REJECTED, CEASEFIRE_VIOLATED
from bot.kinds.delegations import DELEGATION_CHANGED, DELEGATION_NAMED
from bot.kinds.humanitarian import HUMANITARIAN_ACCESS, PRISONER_EXCHANGE
from bot.kinds.institutions import UN_VOTE
from bot.kinds.kind import Kind
from bot.kinds.mediation import MEDIATION, MEETING
from bot.kinds.positions import ACCUSATION, CONCESSION, DEMAND, PLEDGE, REJECTION, THREAT
from bot.kinds.pressure import RELATIONS_DOWNGRADED, RELATIONS_RESTORED, SANCTIONS_IMPOSED, SANCTIONS_LIFTED
from bot.kinds.talks import TALKS_HELD, TALKS_POSTPONED, TALKS_PROPOSED, TALKS_REJECTED, TALKS_SCHEDULED

#: Every kind, in the order in which papers list them.
TABLE: tuple[Kind, ...] = (
    DELEGATION_NAMED,
    DELEGATION_CHANGED,
    ATTENDANCE_CONFIRMED,
    ATTENDANCE_DECLINED,
    TALKS_PROPOSED,
    TALKS_SCHEDULED,
    TALKS_HELD,
    TALKS_POSTPONED,
    TALKS_REJECTED,
    MEDIATION,
    MEETING,
    CEASEFIRE_CALLED,
    CEASEFIRE_AGREED,
    CEASEFIRE_REJECTED,
    CEASEFIRE_VIOLATED,
    AGREEMENT_REACHED,
    AGREEMENT_BROKEN,
    DEMAND,
    THREAT,
    REJECTION,
    CONCESSION,
    ACCUSATION,
    PLEDGE,
    SANCTIONS_IMPOSED,
    SANCTIONS_LIFTED,
    RELATIONS_DOWNGRADED,
    RELATIONS_RESTORED,
    PRISONER_EXCHANGE,
    HUMANITARIAN_ACCESS,
    UN_VOTE,
)

CATALOGUE = {kind.name: kind for kind in TABLE}
