"""Whom a name acts for, and what a text's other sentences tell of an unknown name."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from bot.classify.mentions import ACTORS, Mention, Sort

#: So many first letters an unknown state and its adjective share.
SHARED_LETTERS = 4
#: An office and its state stand at most so many words apart: "Minister of Foreign Affairs of Vestria".
WORDS_OF_OFFICE = 4


def settle(mentions: Iterable[Mention]) -> dict[str, Mention]:
    """Return unknown names by their last word, adjectives tied to the state that shares their beginning."""
    unknown = [
        mention for mention in mentions if mention.id is None and mention.sort not in {Sort.OFFICE, Sort.GENERIC}
    ]
    names = [mention for mention in unknown if not mention.is_adjective and " " not in mention.name]
    found: dict[str, Mention] = {}
    for mention in unknown:
        if mention.is_adjective:
            stem = mention.name[:SHARED_LETTERS].casefold()
            state = next((name for name in names if name.name[:SHARED_LETTERS].casefold() == stem), None)
            if state is not None:
                found[state.name.casefold()] = state._replace(sort=Sort.STATE)
            found[mention.name.casefold()] = mention._replace(name=state.name if state else mention.name)
        elif mention.sort is Sort.PERSON or (mention.sort is Sort.NAME and " " in mention.name):
            _remember(found, mention)
        elif mention.sort is Sort.STATE:
            found[mention.name.casefold()] = mention
    return found


def _remember(found: dict[str, Mention], person: Mention) -> None:
    """Keep the fullest name of a person, and the party wherever a text tells it."""
    key = person.name.split()[-1].casefold()
    old = found.get(key)
    if old is None:
        found[key] = person
    elif old.sort is not Sort.STATE:
        name = person.name if len(person.name) > len(old.name) and person.name.endswith(old.name) else old.name
        party = old if old.party_name else person
        sort = Sort.PERSON if Sort.PERSON in {old.sort, person.sort} else old.sort
        found[key] = old._replace(name=name, sort=sort, party=party.party, party_name=party.party_name)


def with_parties(
    found: Sequence[Mention], norms: Sequence[str], joints: frozenset[tuple[str, ...]]
) -> Iterator[Mention]:
    """Yield the mentions, names after a title made persons, each with the party that it acts for."""
    found = _joined_states(found, norms, joints)
    for place, mention in enumerate(found):
        before = found[place - 1] if place else None
        if before is None or not _are_close(before, mention, norms, joints):
            yield mention
        elif _is_titled(mention, before):
            party = found[place - 2] if place > 1 and _are_close(found[place - 2], before, norms, joints) else None
            yield _acting(mention._replace(sort=Sort.PERSON), party)
        elif place > 1 and _holds(found[place - 2], before, mention):
            yield _acting(mention._replace(sort=Sort.PERSON), before)
        elif before.sort in ACTORS and (mention.sort is Sort.OFFICE or _is_unplaced(mention)):
            yield _acting(mention, before)
        else:
            yield mention


def _is_titled(mention: Mention, before: Mention) -> bool:
    return (
        before.sort is Sort.OFFICE
        and before.end == mention.start
        and (mention.sort is Sort.NAME or _is_unplaced(mention))
    )


def _holds(office: Mention, state: Mention, holder: Mention) -> bool:
    """Tell whether a name follows an office and the state it belongs to: "Foreign Minister of Vestria Anna Korba"."""
    return (
        office.sort is Sort.OFFICE
        and state.sort is Sort.STATE
        and not state.is_adjective
        and 0 < state.start - office.end <= WORDS_OF_OFFICE
        and state.end == holder.start
        and (holder.sort is Sort.NAME or _is_unplaced(holder))
    )


def _is_unplaced(mention: Mention) -> bool:
    """Tell whether it is a person whose party nobody has told yet."""
    return mention.sort is Sort.PERSON and mention.id is None and mention.party_name is None


def _joined_states(
    found: Sequence[Mention], norms: Sequence[str], joints: frozenset[tuple[str, ...]]
) -> Sequence[Mention]:
    """Return the mentions, an unknown name in one row with a state made a state: "Vestria and Korland"."""
    result = list(found)
    for place, (first, second) in enumerate(pairwise(found)):
        between = tuple(norms[first.end : second.start])
        if between not in joints | {("-",), ("\u2013",), (",",)} or first.is_adjective or second.is_adjective:
            continue
        one, other = (place, second) if first.sort is Sort.NAME else (place + 1, first)
        is_row = between != (",",) or tuple(norms[second.end : second.end + 1]) in joints or first.start == 0
        if is_row and result[one].sort is Sort.NAME and " " not in result[one].name and other.sort is Sort.STATE:
            result[one] = result[one]._replace(sort=Sort.STATE)
    return result


def _acting(mention: Mention, party: Mention | None) -> Mention:
    if party is None or party.sort not in ACTORS:
        return mention
    return mention._replace(party=party.id, party_name=party.name)


def _are_close(before: Mention, mention: Mention, norms: Sequence[str], joints: frozenset[tuple[str, ...]]) -> bool:
    between = norms[before.end : mention.start]
    return len(between) <= 1 and "," not in between and tuple(between) not in joints
