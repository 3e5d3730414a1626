"""Wake-ups between nodes, through the PostgreSQL database that they share.

A job of pgqueuer is only a wake-up: its entrypoint is the topic, one node
takes it and looks. What is to be done stands in our own tables and is
claimed there, so a lost job costs one tick and a doubled one nothing.
"""

import asyncio
from datetime import timedelta
from urllib.parse import urlsplit

import asyncpg
from pgqueuer.models import Job
from pgqueuer.qm import QueueManager
from pgqueuer.queries import Queries

from bot import log
from bot.engine.local import LocalEngine
from bot.errors import StoreError

#: How soon a topic is found that nobody announced to us.
LOOK_AGAIN = timedelta(seconds=5)
#: Between two attempts to reach a database that has gone away.
RECONNECT_SECONDS = 2.0
#: One listens, one takes and settles jobs, one wakes.
CONNECTIONS = 3
#: What a database that is down, restarting or overrun answers with.
UNREACHABLE = (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError)


class PostgresEngine:
    """Wakes one waiter of a topic among all nodes; takes jobs only for topics that this node waits for."""

    def __init__(self, url: str) -> None:
        self._url = urlsplit(url)._replace(scheme="postgresql").geturl()
        self._local = LocalEngine()
        self._topics: set[str] = set()
        self._pool: asyncpg.Pool | None = None
        self._manager: QueueManager | None = None
        self._listening: asyncio.Task[None] | None = None
        self._log = log.get("engine")

    async def open(self) -> None:
        """Connect, and make pgqueuer's tables if they are not there.

        Raises:
            StoreError: If the server cannot be reached or refuses us.
        """
        try:
            await self._install()
            self._pool = await asyncpg.create_pool(self._url, min_size=1, max_size=CONNECTIONS)
        except UNREACHABLE as wrong:
            raise StoreError(f"the engine's database cannot be used: {wrong}") from wrong

    async def wake(self, topic: str) -> None:
        """Tell whoever waits for the topic to look; a database that is away loses the wake-up."""
        try:
            await Queries.from_asyncpg_pool(self._opened()).enqueue(topic, None)
        except UNREACHABLE as wrong:
            self._log.warning("a wake-up was lost", topic=topic, why=str(wrong))

    async def wait(self, topic: str, timeout: timedelta) -> bool:  # noqa: ASYNC109 (the port's name)
        """Return ``True`` when woken, ``False`` once the time has passed."""
        if topic not in self._topics:
            self._topics.add(topic)
            if self._manager is not None:
                self._register(self._manager, topic)
        if self._listening is None:
            self._listening = asyncio.create_task(self._listen(), name="engine")
        return await self._local.wait(topic, timeout)

    async def close(self) -> None:
        """Stop listening and let go of the connections."""
        if self._listening is not None:
            self._listening.cancel()
            await asyncio.wait([self._listening])
        if self._pool is not None:
            self._pool.terminate()
        await self._local.close()

    async def _install(self) -> None:
        connection = await asyncpg.connect(self._url)
        try:
            await Queries.from_asyncpg_connection(connection).apply_upgrade()
        finally:
            await connection.close()

    async def _listen(self) -> None:
        """Take jobs for as long as we live, whatever happens to the database."""
        while True:
            try:
                self._manager = QueueManager(Queries.from_asyncpg_pool(self._opened()))
                for topic in self._topics:
                    self._register(self._manager, topic)
                await self._manager.run(dequeue_timeout=LOOK_AGAIN, shutdown_on_listener_failure=True)
            except Exception as wrong:  # noqa: BLE001 (whatever it was, the next tick still comes, and we try again)
                self._log.warning("listening again", why=str(wrong))
            await asyncio.sleep(RECONNECT_SECONDS)

    def _register(self, manager: QueueManager, topic: str) -> None:
        async def pass_on(job: Job) -> None:
            await self._local.wake(topic)

        manager.entrypoint(topic)(pass_on)

    def _opened(self) -> asyncpg.Pool:
        if self._pool is None:
            raise StoreError("the engine is not open")
        return self._pool
