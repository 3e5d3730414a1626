"""What one workspace's private feeds have taught: kept apart, so that nobody else's alerts ever depend on it."""

from collections import deque
from collections.abc import Iterable, Sequence

from bot.domain.event import Event
from bot.domain.feed import Article
from bot.domain.story import Story
from bot.track.assign import Assignment, Desk
from bot.track.copies import Copies, Trace

# So many articles are remembered for who is who, and for which stories are warm.
REMEMBERED = 200


class Tenant:
    """A workspace's own articles, traced and assigned with all that is public knowledge."""

    def __init__(self) -> None:
        self.copies = Copies()
        self._stories: dict[str, Story] = {}
        self._learned: deque[tuple[Article, Sequence[Assignment]]] = deque(maxlen=REMEMBERED)

    def put(self, story: Story) -> None:
        """Know a story that the workspace alone sees."""
        self._stories[story.id] = story

    def learn(self, article: Article, assignments: Sequence[Assignment]) -> None:
        """Remember where one of the workspace's own articles went."""
        self._learned.append((article, assignments))

    def trace(self, article: Article, commons: Copies) -> Trace:
        """Return what an own article copies: something public, else something of the workspace's own."""
        public, own = commons.look(article), self.copies.add(article)
        return own if public.duplicate_of is None and own.duplicate_of is not None else public

    def assign(self, article: Article, events: Sequence[Event], trace: Trace, commons: Desk) -> tuple[Assignment, ...]:
        """Return the stories of an own article; the public desk learns nothing of it."""
        desk = commons.aside(self._stories.values())
        for each, assignments in self._learned:
            desk.recall(each, assignments)
        found = desk.assign(article, events, trace)
        for assignment in found:
            if assignment.is_new:
                self.put(assignment.story)
        self.learn(article, found)
        return found

    def stories(self, commons: Iterable[Story]) -> tuple[Story, ...]:
        """Return the stories that an own article can be part of."""
        return (*commons, *self._stories.values())
