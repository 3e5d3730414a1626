"""``/delegations``: who speaks for whom, who comes, and who stays away."""

from collections.abc import Iterable, Mapping

from bot.announce.board import written
from bot.announce.names import Names
from bot.announce.slots import parse
from bot.announce.values import as_names
from bot.commands.desk import Desk, find_story
from bot.domain.alert import Card, Fact, Section
from bot.domain.command import Call, Command, Completes, Option, Reply
from bot.domain.event import Modality
from bot.domain.moments import stamp
from bot.domain.story import Slot, Story, StoryState
from bot.locales import Voice, _, voice_in
from bot.track.fold import cities_of, fold
from bot.views import arrangement_of, log_of

COMMAND = Command(
    name="delegations",
    summary=_("Who leads each side, who comes and who stays away"),
    options=(Option(name="story", summary=_("A story"), required=True, completes=Completes.STORY),),
)

#: How attendance is grouped, in the order in which a reader asks.
GROUPS = (
    (_("There"), ("present",)),
    (_("Coming"), ("confirmed",)),
    (_("Expected"), ("expected",)),
    (_("Not coming"), ("declined",)),
    (_("Left"), ("left",)),
)


async def run(desk: Desk, call: Call) -> Reply:
    """Answer with the story's delegations and who attends."""
    async with desk.store.read() as session:
        story = await find_story(session, call.arguments["story"], call.channel.workspace)
        arrangement = await arrangement_of(session, call.channel.workspace)
        log = await log_of(session, story.id, arrangement)
    state = fold(log, desk.clock.now(), cities=cities_of(desk.gazetteer))
    return Reply(card=delegations_card(story, state, desk.names.told_in(voice_in(call.language))))


def delegations_card(story: Story, state: StoryState, names: Names) -> Card:
    """Return who is on each side; a party of which nothing is known says so."""
    say = names.say
    teams = {
        parse(key).name: slot
        for key, slot in state.slots.items()
        if parse(key).family in {"delegation/head", "delegation/members"}
    }
    parties = dict.fromkeys((*(names.full(party) for party in story.parties), *teams))
    facts = tuple(_team(party, state, names, say) for party in parties)
    sections = tuple(
        Section(title=say(title), lines=lines)
        for title, values in GROUPS
        if (lines := _persons(state, values, names, say))
    )
    known = bool(teams) or bool(sections)
    return Card(
        title=say("{story}: who comes", story=story.title),
        place=story.slug,
        facts=facts if known else (),
        sections=sections or (() if known else (Section(title="", lines=(say("Nobody has been named yet."),)),)),
    )


def _team(party: str, state: StoryState, names: Names, say: Voice) -> Fact:
    head, members = (state.slots.get(f"delegation/{party}/{part}") for part in ("head", "members"))
    led = list(as_names(head.value)) if head else []
    others = [name for name in as_names(members.value) if name not in led] if members else []
    told = [say("{name} (head)", name=names.full(name)) for name in led] + [names.full(name) for name in others]
    former = written("delegation/head", head.replaced, names, 0, full=True) if head and head.replaced else None
    return Fact(
        label=names.short(party),
        before=former,
        after=f"{', '.join(told)}{_since((slot for slot in (head, members) if slot), say)}"
        if told
        else say("not named"),
    )


def _persons(state: StoryState, values: Iterable[str], names: Names, say: Voice) -> tuple[str, ...]:
    """Return everybody who attends in one of these ways."""
    found: Mapping[str, Slot] = {
        parse(key).name: slot
        for key, slot in state.slots.items()
        if parse(key).family == "attendance" and slot.value in set(values)
    }
    return tuple(f"{names.full(person)}{_since((slot,), say)}" for person, slot in found.items())


def _since(slots: Iterable[Slot], say: Voice) -> str:
    """Return since when something is known, and what makes us less than sure."""
    known = list(slots)
    latest = max(known, key=lambda slot: slot.since)
    told = [stamp(latest.since)]
    if any(slot.modality is Modality.ALLEGED for slot in known):
        told.append(say("unconfirmed"))
    if any(slot.rivals for slot in known):
        told.append(say("disputed"))
    return f" · {', '.join(told)}"
