"""What one process rings, the others hear; and they hear again after the line was cut."""

import threading
from collections.abc import Collection, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url

from bot.wire import Wire
from tests.new_database import put_on
from tests.postgres import Server

CUT = "select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid()"


class End:
    """One process's end, and what it heard."""

    def __init__(self, url: str) -> None:
        self.heard: list[set[str]] = []
        self._something = threading.Condition()
        self.wire = Wire(make_url(url), self._hear)

    def _hear(self, topics: Collection[str]) -> None:
        with self._something:
            self.heard.append(set(topics))
            self._something.notify_all()

    def waits_for(self, *all_: set[str]) -> None:
        """Until it has heard exactly this."""
        with self._something:
            assert self._something.wait_for(lambda: self.heard == list(all_), 20), self.heard


@pytest.fixture
def ends(postgres: Server, tmp_path: Path) -> Iterator[tuple[End, End]]:
    url = put_on(postgres, tmp_path)
    with ExitStack() as stack:
        one, other = End(url), End(url)
        for each in (one, other):
            stack.callback(each.wire.stop)
            each.wire.start()
            each.waits_for(set())  # it is connected, and does not know what it missed
        yield one, other
    postgres.give_back(url)


def test_what_one_rings_the_other_hears_and_not_itself(ends: tuple[End, End]) -> None:
    one, other = ends
    one.wire.ring(["mail", "waits"])
    other.waits_for(set(), {"mail", "waits"})
    other.wire.ring(["mail"])
    one.waits_for(set(), {"mail"})


def test_whoever_was_cut_off_may_have_missed_anything(ends: tuple[End, End], postgres: Server) -> None:
    postgres.run(CUT)
    for each in ends:
        each.waits_for(set(), set())
    ends[0].wire.ring(["mail"])
    ends[1].waits_for(set(), set(), {"mail"})


def test_who_rings_at_its_end_is_heard(ends: tuple[End, End]) -> None:
    ends[0].wire.ring(["mail"])
    ends[0].wire.stop()
    ends[1].waits_for(set(), {"mail"})
