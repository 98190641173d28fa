"""What Procrastinate asks of a server that is just being started anew is asked again."""

import asyncio
import threading
from pathlib import Path

import pytest
from procrastinate.exceptions import ConnectorException
from sqlalchemy.engine import make_url

from bot.crew.connector import connector
from tests.new_database import put_on
from tests.postgres import Server


def test_it_outlives_a_server_that_is_away_for_a_moment(
    postgres: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.crew.connector.PATIENCE", 0.3)  # it is away for longer,
    monkeypatch.setattr("bot.crew.connector.TRIES", 40)  # though not for so long
    url = make_url(put_on(postgres, tmp_path))

    async def ask() -> int:
        line = connector(url)
        await line.open_async()
        try:
            postgres.stop()
            back = threading.Timer(0.8, postgres.start)
            back.start()
            found = await line.execute_query_one_async("select 17 as number")
            back.join()
            return int(found["number"])
        finally:
            await line.close_async()

    assert asyncio.run(ask()) == 17


def test_what_the_server_refuses_is_not_asked_again(postgres: Server, tmp_path: Path) -> None:
    url = make_url(put_on(postgres, tmp_path))

    async def ask() -> None:
        line = connector(url)
        await line.open_async()
        try:
            await line.execute_query_async("select from nothing_of_this_name")
        finally:
            await line.close_async()

    with pytest.raises(ConnectorException):
        asyncio.run(ask())
