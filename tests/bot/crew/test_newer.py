"""Two versions on one database: what the older one does not know, it leaves to the newer one."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.command import Replay
from bot.crew import newer
from bot.engine import Engine
from bot.operation import State
from bot.store.schema import HEAD
from tests.bot.crew.test_runners import ACCOUNTS
from tests.bot.flow.crowd import Crowd, lamps, planned
from tests.house import House, house
from tests.new_database import put_on
from tests.postgres import Server


@pytest.fixture
def crowd() -> Crowd:
    return Crowd()


@pytest.fixture
def new(postgres: Server, tmp_path: Path, crowd: Crowd) -> Iterator[House]:
    """A house that has lamps."""
    url = put_on(postgres, tmp_path)
    with house(tmp_path, ACCOUNTS) as at_home, lamps(at_home, crowd, Replay.REPEATABLE) as made:
        yield made
    postgres.give_back(url)


@pytest.fixture
def old(new: House, tmp_path: Path) -> Iterator[House]:
    """Another replica, of a version before there were lamps."""
    with house(tmp_path, ACCOUNTS, time=new.time) as at_home:
        yield at_home


@pytest.fixture
def during_an_upgrade(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(newer, "HEAD", f"{int(HEAD) - 1:04}")


@pytest.mark.usefixtures("during_an_upgrade")
def test_what_was_typed_at_the_new_one_is_planned_and_done_by_it(
    new: House, old: House, crowd: Crowd
) -> None:
    new.ask("/lamp light 3")
    number = new.number_of("trigger-1")
    old.engine.run_until_idle()
    assert old.operation(number).state is State.ASKED
    new.work(passing=newer.SOON.total_seconds())
    assert (new.operation(number).state, len(crowd.lit)) == (State.DONE, 3)


@pytest.mark.usefixtures("during_an_upgrade")
def test_what_was_agreed_to_is_carried_out_by_it(new: House, old: House, crowd: Crowd) -> None:
    number = planned(new)
    old.work(turns=3)
    assert old.operation(number).state is State.QUEUED
    new.work(passing=newer.SOON.total_seconds())
    assert (new.operation(number).state, len(crowd.lit)) == (State.DONE, 3)


@pytest.mark.usefixtures("during_an_upgrade")
def test_an_action_that_only_the_new_one_has_is_left_to_it_though_the_line_is_known(
    new: House, old: House, crowd: Crowd
) -> None:
    number = planned(new)
    path = replace(new.path, actions={})
    House(path, Engine(path, new.engine._bell), new.time).work(turns=3)
    assert old.operation(number).state is State.QUEUED
    new.work(passing=newer.SOON.total_seconds())
    assert (new.operation(number).state, len(crowd.lit)) == (State.DONE, 3)


@pytest.mark.usefixtures("during_an_upgrade")
def test_when_the_new_one_was_taken_back_what_nobody_knows_any_more_ends(new: House, old: House) -> None:
    new.ask("/lamp light 3")
    number = new.number_of("trigger-1")
    new.time.pass_(seconds=newer.A_WHILE / timedelta(seconds=1))
    old.engine.run_until_idle()
    assert old.operation(number).state is State.REFUSED


def test_where_nobody_is_newer_it_is_refused_at_once(new: House, old: House) -> None:
    new.ask("/lamp light 3")
    old.engine.run_until_idle()
    assert old.operation(new.number_of("trigger-1")).state is State.REFUSED
