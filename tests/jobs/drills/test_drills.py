"""A drill from its steady state to its report, with whatever may happen on the way."""

from collections.abc import Sequence
from datetime import timedelta

import pytest
from sqlalchemy import text

from bot.drill import Drill, Phase
from bot.operation import State, StepState
from bot.store import outbox, samples
from bot.store.outbox import Mail
from tests.bot.flow.crowd import HERE, refused
from tests.jobs.drills.rehearsal import SHOP, Rehearsal

DONE, SKIPPED = StepState.DONE, StepState.SKIPPED
RECOVERED = f"failover.recovered/{HERE.account}/{HERE.region}"
THIRTY = "/failover run-lamp --for 30s --before 5s --after 30s"


def drill(there: Rehearsal, number: int) -> Drill:
    found = there.house.path.drills.get(number)
    assert found is not None
    return found


def states(there: Rehearsal, number: int) -> dict[str, StepState]:
    return {row.step.key: row.state for row in there.house.steps(number)}


def lines(there: Rehearsal) -> Sequence[str]:
    with there.house.path.db.engine.connect() as tx:
        return tuple(tx.execute(text("select line from asks order by id")).scalars())


def phases(there: Rehearsal, number: int, seconds: int) -> list[Phase]:
    """Where it stands, second by second, each once."""
    seen: list[Phase] = []
    for _ in range(seconds):
        there.second()
        if not seen or seen[-1] is not drill(there, number).phase:
            seen.append(drill(there, number).phase)
    return seen


def test_it_goes_from_its_steady_state_to_its_report(there: Rehearsal) -> None:
    number = there.begin()
    assert phases(there, number, 60) == [Phase.STEADY, Phase.BROKEN, Phase.AFTER, Phase.OVER]
    assert set(states(there, number).values()) == {DONE}
    assert there.called == ["out-0", "out-1", "on-0", "on-1"]
    assert there.house.operation(number).state is State.DONE
    assert lines(there)[-1] == f"failover report {number}"
    assert not there.probers[0].on


def test_nothing_is_broken_before_all_was_well_for_a_while(there: Rehearsal) -> None:
    number = there.begin()
    there.second(4)
    assert there.called == []
    there.second(4)
    assert there.out == {"lamp-0", "lamp-1"}
    found = drill(there, number)
    assert found.broken is not None
    assert found.broken - found.begun >= timedelta(seconds=5)


def test_what_is_not_well_when_it_is_asked_for_is_not_tested(there: Rehearsal) -> None:
    there.error = lambda: "503"
    number = there.begin()
    assert there.house.operation(number).state is State.REFUSED
    assert "503" in str(there.house.operation(number).reason)


def test_what_is_not_well_any_more_when_it_begins_is_not_broken(there: Rehearsal) -> None:
    number = there.begin()
    there.error = lambda: "503"
    there.second(60)
    assert there.called == []
    assert states(there, number)["out-0"] is SKIPPED
    assert drill(there, number).phase is Phase.OVER


def test_the_way_back_lasts_as_long_as_was_agreed(there: Rehearsal) -> None:
    number = there.begin()
    there.second(60)
    found = drill(there, number)
    assert found.broken is not None
    assert found.returning is not None
    assert timedelta(seconds=30) <= found.returning - found.broken <= timedelta(seconds=32)


def test_an_abort_puts_all_back_at_once_and_is_told(there: Rehearsal) -> None:
    number = there.begin()
    there.second(10)
    assert there.out == {"lamp-0", "lamp-1"}
    there.house.asked(f"/failover abort {number}", "U0ITO")
    there.house.work()
    assert there.out == set()
    there.second(20)
    assert there.house.operation(number).cancelled_by == "U0ITO"
    assert drill(there, number).phase is Phase.OVER
    assert str(drill(there, number).stopped) == "U0ITO ended it"
    assert any("U0ITO" in str(one.said) for one in there.house.path.drills.marks(number))


def test_who_ends_it_when_all_was_put_back_already_has_not_cut_it_short(there: Rehearsal) -> None:
    number = there.begin()
    there.second(39)
    assert drill(there, number).phase is Phase.AFTER
    there.house.asked(f"/failover abort {number}", "U0ITO")
    there.second(40)
    assert drill(there, number).phase is Phase.OVER
    assert drill(there, number).stopped is None


def test_too_many_errors_for_too_long_end_it_and_say_why(there: Rehearsal) -> None:
    """More than half fail for twenty seconds, which is how long the probe says that users may be out."""
    number = there.begin("/failover run-lamp --for 10m --before 5s --after 30s")
    there.second(8)
    there.error = lambda: "504" if there.out else ""
    there.second(25)
    assert there.out == set()
    there.second(20)
    found = drill(there, number)
    assert "% of what shop asked in the last 0:00:20 failed" in str(found.stopped)
    assert found.phase is Phase.OVER


def test_errors_for_a_shorter_time_do_not_end_it(there: Rehearsal) -> None:
    number = there.begin("/failover run-lamp --for 10m --before 5s --after 30s")
    there.second(8)
    there.error = lambda: "504"
    there.second(9)
    there.error = str
    there.second(25)
    assert there.out == {"lamp-0", "lamp-1"}
    assert drill(there, number).stopped is None


def test_a_fault_that_does_not_go_in_ends_it_and_what_is_broken_is_put_back(there: Rehearsal) -> None:
    there.before = lambda batch: refused() if batch.steps[0].key == "out-1" else None
    number = there.begin("/failover run-lamp --for 10m --before 5s --after 30s")
    there.second(15)
    assert there.out == set()
    assert "lamp-1 could not be broken" in str(drill(there, number).stopped)
    there.second(20)
    assert states(there, number)["on-0"] is DONE


def test_whoever_watches_after_a_restart_goes_on_with_the_same_drill(there: Rehearsal) -> None:
    number = there.begin()
    there.second(10)
    before = len(there.house.path.drills.samples(number))
    there.watcher = type(there.watcher)(there.house.path, there.probing)  # the first one died
    there.probers[0].stop()
    there.house.time.pass_(seconds=10)  # nobody asked meanwhile
    there.second(60)
    assert drill(there, number).phase is Phase.OVER
    assert len(there.house.path.drills.samples(number)) > before
    assert there.out == set()


def test_one_drill_at_a_time_in_an_account(there: Rehearsal) -> None:
    first = there.begin()
    there.second(2)
    second = there.begin()
    assert there.house.operation(second).state is State.REFUSED
    assert f"#{first} is under way" in str(there.house.operation(second).reason)


def test_two_that_were_planned_at_once_do_not_both_break(there: Rehearsal) -> None:
    first, second = (there.house.ask(THIRTY), there.house.ask(THIRTY))
    there.second(90)
    out = [states(there, one.number)["out-0"] for one in (first, second)]  # type: ignore[union-attr]
    assert sorted(out) == [DONE, SKIPPED]
    assert there.out == set()


def test_its_message_is_posted_once_and_edited(there: Rehearsal) -> None:
    number = there.begin()
    there.second(60)
    letter = there.house.path.db.read(lambda tx: outbox.with_key(tx, f"{Mail.DRILL}:{number}"))
    assert letter is not None
    assert letter.version > 5


@pytest.mark.parametrize("seconds", [3, 8, 20, 37, 45])
def test_the_watcher_may_die_at_any_moment_and_nothing_stays_broken(there: Rehearsal, seconds: int) -> None:
    """Nobody watches any more: the timer is a row, and the engine's."""
    there.begin()
    there.second(seconds)
    there.probers[0].stop()
    there.house.work(passing=5, turns=30)
    assert there.out == set()


def test_that_nobody_asked_while_toban_was_down_is_no_failure(there: Rehearsal) -> None:
    """It comes back later than all had to be well again, and then looks whether it is."""
    number = there.begin("/failover run-lamp --for 10s --before 5s --after 10s")
    there.second(8)
    assert there.out == {"lamp-0", "lamp-1"}
    there.house.work(passing=20)
    there.watcher.look()
    there.house.time.pass_(minutes=2)
    there.second(12)
    assert there.house.operation(number).state is State.DONE


def test_what_users_still_see_failing_is_a_failure(there: Rehearsal) -> None:
    number = there.begin("/failover run-lamp --for 10s --before 5s --after 10s")
    there.second(8)
    there.error = lambda: "504"
    there.second(30)
    assert states(there, number)[RECOVERED] is StepState.FAILED


def test_a_fault_that_ends_before_the_watcher_looks_was_one(there: Rehearsal) -> None:
    """All is looked at when it is over, as ever, although the engine was quicker."""
    number = there.begin()
    there.second(3)
    while not there.out:
        there.house.work(passing=1)
        there.house.path.db.write(lambda tx: samples.add(tx, number, there.ask_once([SHOP])))
    there.house.cancel(number)
    there.house.work(passing=2)
    assert there.out == set()
    assert drill(there, number).phase is Phase.STEADY  # as far as the watcher knows
    there.second(15)
    assert drill(there, number).phase is Phase.OVER
    rows = {row.step.key: str(row.reason) for row in there.house.steps(number)}
    assert "answers were errors" in rows[RECOVERED]


def test_it_ends_when_nobody_can_see_its_alarms_any_more(there: Rehearsal) -> None:
    """An alarm that ends it, and is hidden from it, would end nothing."""
    number = there.begin("/failover run-lamp --for 10m --before 5s --after 30s")
    there.second(8)
    (room,) = there.watcher._rooms.values()
    room.hear((), None)
    there.second(29)
    assert there.out == {"lamp-0", "lamp-1"}
    room.hear((), frozenset())
    there.second(5)
    room.hear((), None)
    there.second(32)
    assert there.out == set()
    assert str(drill(there, number).stopped) == "nobody can see whether its alarms ring"
