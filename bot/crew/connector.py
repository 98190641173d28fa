"""How Procrastinate's workers speak to the server, also while that one is started anew."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from functools import partial
from typing import Any, LiteralString, TypeVar

from procrastinate import PsycopgConnector
from procrastinate.exceptions import ConnectorException
from psycopg import AsyncConnection, OperationalError
from sqlalchemy.engine import URL

from bot.store.postgresql import NAME

AGAIN_AFTER = 1.0  # seconds between two tries to reach the server
TRIES, PATIENCE = 2, 5.0  # so often again, each for so many seconds
T = TypeVar("T")


def connector(url: URL) -> "Connector":
    """One for a worker: a connection, and another one for when it has two things to ask."""
    return Connector(
        conninfo=url.set(drivername="postgresql").render_as_string(hide_password=False),
        min_size=1,
        max_size=2,
        timeout=PATIENCE,
        kwargs={"application_name": NAME, "connect_timeout": 5},
        configure=_configure,
    )


class Connector(PsycopgConnector):
    """Outlives a server that is started anew; else Procrastinate's worker would hear nothing, or end.

    What is asked twice does no harm: an errand that was fetched, and never arrived, is left anew.
    """

    async def execute_query_async(self, query: LiteralString, **given: Any) -> None:
        """As Procrastinate's own."""
        await _patiently(partial(super().execute_query_async, query, **given))

    async def execute_query_one_async(self, query: LiteralString, **given: Any) -> dict[str, Any]:
        """As Procrastinate's own."""
        return await _patiently(partial(super().execute_query_one_async, query, **given))

    async def listen_notify(self, on_notification: Any, channels: Iterable[str]) -> None:
        """Listen for as long as there is a worker."""
        named = list(channels)
        while True:
            try:
                await super().listen_notify(on_notification, named)
            except ConnectorException:
                await asyncio.sleep(AGAIN_AFTER)


async def _patiently(ask: Callable[[], Awaitable[T]]) -> T:
    for _ in range(TRIES):
        try:
            return await ask()
        except ConnectorException as error:
            if not isinstance(error.__cause__, OperationalError):
                raise
            await asyncio.sleep(AGAIN_AFTER)
    return await ask()


async def _configure(connection: AsyncConnection[Any]) -> None:
    """One statement is one transaction: Procrastinate has no others."""
    await connection.set_autocommit(True)
