"""The one table of what headlines say, by slot family and value, or by kind and stage.

A wording is a whole clause with its subject ("Putin proposes talks for 15 May").
Where it tells an *act*, the actor's own word needs no speaker before it; any
other speaker stands before a colon ("Fidan: Putin proposes talks").

In a wording ``{who}`` is a fact, ``<…>`` falls away when a fact in it is not
known or room is short (last one first; after ``~`` stands what it says then), ``[s|]`` gives the form after one
subject and after several, and `` || `` parts alternatives: the first whose
facts are all known is taken. Verbs are neutral and the same for every side.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Message:
    """How one thing is said."""

    done: str
    #: An act of the one who is its subject, and no plain fact.
    act: bool = False


#: (slot family, value) → message; ``*`` is any other value.
SLOTS: Mapping[tuple[str, str], Message] = {
    ("delegation/head", "named"): Message("{head} leads {partys} team< {place}>"),
    ("delegation/head", "replaced"): Message("{head} replaces {before} as head of {partys} team"),
    ("delegation/head", "withdrawn"): Message("{before} no longer leads {partys} team"),
    ("delegation/members", "named"): Message("{partys} team includes {members}"),
    ("delegation/members", "joined"): Message("{joined} join[s|] {partys} team"),
    ("delegation/members", "left"): Message("{left} leave[s|] {partys} team"),
    ("delegation/members", "both"): Message("{joined} join[s|] {partys} team, {left} out"),
    ("delegation/*", "*"): Message("{partys} team: {fact} {value}"),
    ("attendance", "expected"): Message("{who} expected< {place}~ at the talks>", act=True),
    ("attendance", "confirmed"): Message("{who} will attend< {place}>", act=True),
    ("attendance", "declined"): Message("{who} will not attend", act=True),
    ("attendance", "denied"): Message("report that {who} will attend denied"),
    ("attendance", "unlisted"): Message("{who} not on the list"),
    ("attendance", "present"): Message("{who} arrive[s|]< {place}~ for the talks>", act=True),
    ("attendance", "left"): Message("{who} leave[s|] the talks", act=True),
    ("attendance", "*"): Message("{who} {value}"),
    ("talks/status", "proposed"): Message(
        "{who} propose[s|] talks< with {others}>< for {date}>< {place}> || talks proposed< for {date}>< {place}>",
        act=True,
    ),
    ("talks/status", "scheduled"): Message("talks set for {date}< {place}> || talks agreed< {place}>, no date"),
    ("talks/status", "scheduled/resuming"): Message("talks to resume< on {date}>< {place}>"),
    ("talks/status", "scheduled/confirmed"): Message("talks confirmed< for {date}>< {place}>"),
    ("talks/status", "postponed"): Message("talks postponed to {date} || talks postponed<, {undated}>"),
    ("talks/status", "postponed/suspended"): Message("talks suspended< until {date}>"),
    ("talks/status", "postponed/cancelled"): Message("talks cancelled"),
    ("talks/status", "postponed/moved"): Message("talks move to {date}< {place}> || talks move to {venue}"),
    ("talks/status", "under-way"): Message("talks begin< {place}>"),
    ("talks/status", "under-way/continuing"): Message("talks go on< {place}>"),
    ("talks/status", "recess"): Message("talks in recess< until {date}>"),
    ("talks/status", "ended"): Message("talks end< {place}>"),
    ("talks/status", "collapsed/cancelled"): Message("talks cancelled"),
    ("talks/status", "collapsed"): Message("talks collapse< {place}>"),
    ("talks/status", "*"): Message("talks {value}"),
    ("talks/date", "set"): Message("talks set for {date}< {place}>"),
    ("talks/date", "moved"): Message("talks move from {before} to {date}"),
    ("talks/date", "next"): Message("talks set for {date}< {place}>"),
    ("talks/date", "open"): Message("talks without a date; {before} dropped"),
    ("talks/venue", "set"): Message("talks to be held {place}<, {date}>"),
    ("talks/venue", "moved"): Message("talks move from {before} to {venue}"),
    ("talks/venue", "open"): Message("talks without a venue; {before} dropped"),
    ("talks/round", "*"): Message("talks enter round {value}"),
    ("talks/host", "*"): Message("{names} to host talks< {place}>"),
    ("talks/mediator", "*"): Message("{names} mediate[s|]< between {parties}>"),
    ("talks/*", "*"): Message("talks: {fact} {value}"),
    ("ceasefire/status", "called"): Message("{who} call[s|] for {a_ceasefire} || {a_ceasefire} called for", act=True),
    ("ceasefire/status", "agreed"): Message("{ceasefire} agreed< from {date}>"),
    ("ceasefire/status", "agreed/accepted"): Message(
        "{who} accept[s|] {a_ceasefire}< from {date}> || {ceasefire} accepted< from {date}>",
        act=True,
    ),
    ("ceasefire/status", "agreed/declared"): Message(
        "{who} declare[s|] {a_ceasefire}< from {date}> || {ceasefire} declared< from {date}>",
        act=True,
    ),
    ("ceasefire/status", "agreed/extended"): Message("ceasefire extended< to {date}>"),
    ("ceasefire/status", "in-force"): Message("{ceasefire} in force< from {date}>"),
    ("ceasefire/status", "in-force/extended"): Message("ceasefire extended< to {date}>"),
    ("ceasefire/status", "rejected"): Message("{who} refuse[s|] {a_ceasefire} || {ceasefire} refused", act=True),
    ("ceasefire/status", "ended"): Message("{who} end[s|] the ceasefire || ceasefire ends", act=True),
    ("ceasefire/status", "ended/lapsed"): Message("ceasefire lapses"),
    ("ceasefire/status", "*"): Message("ceasefire {value}"),
    ("ceasefire/terms", "*"): Message("ceasefire terms now {value}"),
    ("ceasefire/called-by", "*"): Message("{names} call[s|] for {a_ceasefire}", act=True),
    ("ceasefire/accepted-by", "*"): Message("{names} accept[s|] {a_ceasefire}", act=True),
    ("ceasefire/rejected-by", "*"): Message("{names} refuse[s|] {a_ceasefire}", act=True),
    ("ceasefire/*", "*"): Message("ceasefire {fact} {value}"),
    ("agreement", "agreed"): Message("{deal} agreed< with {others}>"),
    ("agreement", "signed"): Message("{deal} signed< {place}>"),
    ("agreement", "ratified"): Message("{deal} ratified"),
    ("agreement", "in-force"): Message("{deal} in force< from {date}>"),
    ("agreement", "broken"): Message("{who} break[s|] off {deal} || {deal} broken off", act=True),
    ("agreement", "*"): Message("{deal}: {value}"),
    ("prisoners", "agreed"): Message("{exchange} agreed< for {date}>"),
    ("prisoners", "carried-out"): Message("{exchange} carried out<, {date}>"),
    ("prisoners", "*"): Message("{exchange}: {value}"),
    ("prisoners/terms", "*"): Message("prisoner exchange terms now {value}"),
    ("access", "agreed"): Message("access to {subject} agreed"),
    ("access", "open"): Message("access to {subject} open"),
    ("access", "refused"): Message("{who} refuse[s|] access to {subject} || access to {subject} refused", act=True),
    ("access", "*"): Message("access to {subject}: {value}"),
    ("relations", "downgraded"): Message("{first} downgrades ties with {second}", act=True),
    ("relations", "restored"): Message("{first} restores ties with {second}", act=True),
    ("relations", "*"): Message("ties between {first} and {second}: {value}"),
    ("sanctions", "imposed"): Message("{first} impose[s|] sanctions on {second}", act=True),
    ("sanctions", "lifted"): Message("{first} lift[s|] sanctions on {second}", act=True),
    ("sanctions", "*"): Message("sanctions by {first} on {second}: {value}"),
}

#: Kind or kind/stage of a ledger line → message; ``*`` is any other kind.
LEDGER: Mapping[str, Message] = {
    "accusation": Message(
        "{who} accuse[s|] {others}< of {wrong}> || {others} accused< of {wrong}> || {who} make[s|] an accusation"
        " || accusation made",
        act=True,
    ),
    "accusation/denied": Message(
        "{who} den[ies|y] {matter} || {matter} denied || {who} den[ies|y] a report",
        act=True,
    ),
    "ceasefire-violated": Message(
        "{who} accuse[s|] {others} of breaking the ceasefire< ({terms})> || {others} accused of breaking the ceasefire"
        "< ({terms})> || ceasefire broken< {place}>",
        act=True,
    ),
    "demand": Message(
        "{who} put[s|] demands to {others}< ({terms})> || {who} state[s|] demands< ({terms})>"
        " || demands put to {others}< ({terms})> || demands stated< ({terms})>",
        act=True,
    ),
    "threat": Message(
        "{who} warn[s|] {others}<, deadline {date}>< ({terms})> || {others} warned<, deadline {date}>< ({terms})>"
        " || {who} issue[s|] a warning<, deadline {date}> || warning issued<, deadline {date}>",
        act=True,
    ),
    "rejection": Message(
        "{who} reject[s|] proposal by {others}< ({terms})> || {who} reject[s|] a proposal< ({terms})> || proposal rejected",
        act=True,
    ),
    "concession": Message(
        "{who} offer[s|] a concession< to {others}>< ({terms})> || concession offered< to {others}>",
        act=True,
    ),
    "pledge": Message(
        "{who} pledge[s|] support to {others}< ({terms})> || {who} pledge[s|] support< ({terms})>"
        " || support pledged< to {others}>",
        act=True,
    ),
    # A meeting beside the talks that stand has its day; to meet again has none.
    "talks-scheduled": Message(
        "further meeting set for {date}< {place}> || the sides agree to meet< {place}>, no date"
    ),
    "talks-postponed": Message("meeting {place} called off"),
    "attendance-confirmed": Message("{who} will attend< {place}> || attendance confirmed< {place}>", act=True),
    "attendance-declined": Message("{who} will not attend || attendance declined", act=True),
    "meeting": Message(
        "{who} meet[s|] {others}< {place}> || {who} hold[s|] a meeting< {place}> || meeting held< {place}>",
    ),
    "meeting/planned": Message(
        "{who} to meet {others}< {place}>< on {date}> || {who} plan[s|] a meeting< {place}>< on {date}>"
        " || meeting planned< {place}>< on {date}>",
    ),
    "meeting/call": Message(
        "{who} speak[s|] by phone with {others} || {who} hold[s|] a call || call held",
    ),
    "meeting/call planned": Message(
        "{who} to speak by phone with {others}< on {date}> || {who} plan[s|] a call< on {date}> || call planned< on {date}>",
    ),
    "mediation": Message("{who} mediate[s|]< between {parties}> || mediation under way", act=True),
    "mediation/offered": Message(
        "{host} offers to host talks< {place}> || {who} offer[s|] to mediate< {place}> || mediation offered< {place}>",
        act=True,
    ),
    "mediation/accepted": Message("{who} accept[s|] mediation || mediation accepted", act=True),
    "mediation/refused": Message("{who} refuse[s|] mediation || mediation refused", act=True),
    "mediation/hosting": Message("{who} host[s|] the parties< {place}> || parties hosted< {place}>", act=True),
    "mediation/shuttling": Message("{who} carr[ies|y] messages between {parties} || mediators carry messages"),
    "mediation/proposal": Message(
        "{who} present[s|] a proposal< to {others}> || proposal presented< to {others}>",
        act=True,
    ),
    "un-vote": Message("{who} vote[s|]< ({terms})> || vote held< ({terms})>", act=True),
    "talks-proposed": Message(
        "{who} propose[s|] talks< with {others}>< for {date}>< {place}> || talks proposed< for {date}>< {place}>",
        act=True,
    ),
    "talks-rejected": Message("{who} refuse[s|] talks< with {others}> || talks refused", act=True),
    "ceasefire-called": Message("{who} call[s|] for {a_ceasefire} || {a_ceasefire} called for", act=True),
    "ceasefire-rejected": Message("{who} refuse[s|] {a_ceasefire} || {ceasefire} refused", act=True),
    # What lies ahead stands in the ledger until it is done.
    "sanctions-imposed": Message(
        "{who} plan[s|] sanctions on {others}< ({terms})> || sanctions planned<, on {others}>",
        act=True,
    ),
    "sanctions-lifted": Message(
        "{who} plan[s|] to lift sanctions on {others} || sanctions to be lifted<, on {others}>",
        act=True,
    ),
    "relations-downgraded": Message(
        "{who} plan[s|] to downgrade ties with {others} || ties to be downgraded",
        act=True,
    ),
    "relations-restored": Message(
        "{who} plan[s|] to restore ties with {others} || ties to be restored",
        act=True,
    ),
    "*": Message("{title}< with {others}>< {place}>"),
}

#: What an accusation is of, by the kind that it concerns.
WRONGS: Mapping[str, str] = {
    "ceasefire-violated": "breaking the ceasefire",
    "ceasefire-rejected": "refusing a ceasefire",
    "agreement-broken": "breaking an agreement",
    "talks-rejected": "refusing talks",
    "talks-postponed": "delaying the talks",
    "attendance-declined": "staying away",
    "humanitarian-access": "blocking access",
}

#: What is denied, by the kind that the denial concerns.
MATTERS: Mapping[str, str] = {
    "ceasefire-violated": "breach of the ceasefire",
    "ceasefire-agreed": "report of a ceasefire",
    "ceasefire-called": "report of a ceasefire call",
    "talks-scheduled": "report of talks",
    "talks-held": "report of talks",
    "talks-proposed": "report of an offer of talks",
    "talks-postponed": "report of a delay",
    "attendance-confirmed": "report of attendance",
    "attendance-declined": "report of absence",
    "delegation-named": "report of a delegation",
    "delegation-changed": "report of a change of delegation",
    "agreement-reached": "report of an agreement",
    "prisoner-exchange": "report of an exchange",
    "meeting": "report of a meeting",
    "concession": "report of a concession",
    "mediation": "report of mediation",
}
