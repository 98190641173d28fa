"""What toban has in mind for a resource, and what it did to it last: for whoever enforces something else."""

from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from bot.brief import Change, Held
from tests.bot.flow.crowd import HERE
from tests.bot.flow.stage import Stage, act, staged
from tests.house import OPERATOR, House

EVENING = datetime(2026, 11, 21, 22, 0, tzinfo=ZoneInfo("Asia/Tokyo"))
LATE = EVENING + timedelta(hours=1)
LINE = "/play run 1"
up, down = partial(act, "up"), partial(act, "down")


def test_a_resource_is_held_until_the_moment_of_its_step(at_home: House) -> None:
    other = act("other", not_before=LATE)
    with staged(at_home, Stage([(up(), other, down(not_before=EVENING))])) as there:
        number = there.asked(LINE)
        first = Held(HERE.account, HERE.region, "down", "play.do", EVENING, number, OPERATOR, LINE)
        later = replace(first, resource="other", until=LATE)
        assert list(there.path.ledger.held()) == [first, later]
        there.time.at = EVENING
        there.work()
        assert list(there.path.ledger.held()) == [later]


def test_it_is_held_from_the_first_call_on(at_home: House) -> None:
    """While the machine still comes up, office hours must not stop it already."""
    stage = Stage([(up(), down(needs=("up",), after_a_while=timedelta(hours=2)))], coming={"up"})
    with staged(at_home, stage) as there:
        there.asked(LINE)
        began = there.time.at
        (held,) = there.path.ledger.held()
        assert (held.resource, held.until) == ("down", began + timedelta(hours=2))


def test_a_cancelled_operation_holds_nothing(at_home: House) -> None:
    with staged(at_home, Stage([(down(not_before=EVENING),)])) as there:
        number = there.asked(LINE)
        there.cancel(number)
        there.work()
        assert list(there.path.ledger.held()) == []


def test_what_nobody_agreed_to_yet_holds_nothing(at_home: House) -> None:
    stage = Stage([(down(not_before=EVENING),)], approvals=1)
    with staged(at_home, stage) as there:
        there.asked(LINE)
        assert list(there.path.ledger.held()) == []


def test_the_last_thing_done_to_a_resource_is_known(at_home: House) -> None:
    stage = Stage([(up(),), (up(),)])
    with staged(at_home, stage) as there:
        ledger = there.path.ledger
        assert ledger.last_change(HERE.account, HERE.region, "up") is None
        there.asked(LINE)
        assert ledger.last_change(HERE.account, HERE.region, "up") == Change("play.do", there.time.at, 1)
        stage.on.clear()
        there.time.pass_(minutes=1)
        there.asked("/play run 2")
        assert ledger.last_change(HERE.account, HERE.region, "up") == Change("play.do", there.time.at, 2)


def test_what_failed_was_not_done(at_home: House) -> None:
    with staged(at_home, Stage([(up(),)], lost={"up"})) as there:
        there.asked(LINE)
        there.work(passing=20)
        assert there.path.ledger.last_change(HERE.account, HERE.region, "up") is None


def test_elsewhere_is_another_resource(at_home: House) -> None:
    with staged(at_home, Stage([(up(),)])) as there:
        there.asked(LINE)
        there.work(passing=20)
        assert there.path.ledger.last_change(HERE.account, "us-east-1", "up") is None
