"""The workspaces that have let us in, with their sealed tokens."""

from collections.abc import Sequence

from sqlalchemy import bindparam, delete, select

from bot.domain.installation import Installation
from bot.store.codec import decode, encode
from bot.store.tables import installations
from bot.store.transaction import Transaction, put

_ALL = (
    select(installations.c.installation)
    .where(installations.c.platform == bindparam("on"))
    .order_by(installations.c.workspace)
)
_ONE = _ALL.where(installations.c.workspace == bindparam("which"))
_REMOVE = delete(installations).where(
    installations.c.platform == bindparam("on"), installations.c.workspace == bindparam("which")
)


class SqlInstallations:
    """The workspaces that have let us in."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def all(self, platform: str) -> Sequence[Installation]:
        """Return a platform's installations by workspace."""
        found = await self._transaction.rows(_ALL, {"on": platform})
        return [decode(Installation, row.installation) for row in found]

    async def get(self, platform: str, workspace: str) -> Installation | None:
        """Return the installation in a workspace, if there is one."""
        found = await self._transaction.rows(_ONE, {"on": platform, "which": workspace})
        return decode(Installation, found[0].installation) if found else None

    async def put(self, installation: Installation) -> None:
        """Add an installation, or replace the one in the same workspace."""
        row = {
            "platform": installation.platform,
            "workspace": installation.workspace,
            "installation": encode(installation),
        }
        await put(self._transaction, installations, [row])

    async def remove(self, platform: str, workspace: str) -> bool:
        """Forget an installation with its token; ``False`` if there was none."""
        return await self._transaction.run(_REMOVE, {"on": platform, "which": workspace}) > 0
