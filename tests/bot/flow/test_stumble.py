"""A mistake of ours in an action: the operation ends all the same, the sum is the count, people are told."""

from dataclasses import replace

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from bot.command import Replay
from bot.engine import Engine
from bot.operation import State, StepState
from bot.store import steps
from bot.store.outbox import Mail
from bot.store.schema import audit
from bot.store.schema import outbox as letters
from tests.bot.flow.crowd import Crowd, cut, lamps, planned
from tests.house import House

TWO_MINUTES = 8  # turns of 15 seconds


def mistake() -> None:
    raise ValueError("a mistake of ours")


def ends(there: House, number: int) -> dict[str, StepState]:
    return {row.step.key: row.state for row in there.steps(number)}


def told(there: House, number: int) -> list[str]:
    """The replies in the thread, by what each is about."""
    query = select(letters.c.key).where(letters.c.operation == number, letters.c.kind == Mail.REPLY)
    found = there.path.db.read(lambda tx: list(tx.execute(query.order_by(letters.c.id)).scalars()))
    return [key.split(":")[2] for key in found]


def events(there: House, number: int) -> list[str]:
    query = select(audit.c.event).where(audit.c.operation == number).order_by(audit.c.id)
    return there.path.db.read(lambda tx: list(tx.execute(query).scalars()))


def light(there: House, turns: int = TWO_MINUTES) -> int:
    number = there.asked("/lamp light 3")
    there.work(passing=15, turns=turns)
    return number


def upgrade(there: House) -> House:
    """The next release, which has no lamps any more."""
    path = replace(there.path, actions={})
    return House(path, Engine(path, there.engine._bell), there.time)


def test_a_look_that_stumbles_every_time_ends_with_every_step_skipped(at_home: House, crowd: Crowd) -> None:
    crowd.on_look = mistake
    with lamps(at_home, crowd, Replay.REPEATABLE) as there:
        number = light(there)
        ended = there.operation(number)
        assert (ended.state, crowd.calls) == (State.FAILED, [])
        assert str(ended.reason) == f"toban made a mistake here; the log tells more under #{number}"
        assert set(ends(there, number).values()) == {StepState.SKIPPED}
        assert told(there, number) == ["end"]
        assert events(there, number).count("operation.stumbled") == there.path.limits.stumbles
        assert events(there, number)[-4:] == ["step.ended"] * 3 + ["operation.ended"]


def test_a_look_that_stumbles_once_is_no_end(at_home: House, crowd: Crowd) -> None:
    stumbles = [mistake]
    crowd.on_look = lambda: stumbles.pop()() if stumbles else None
    with lamps(at_home, crowd, Replay.REPEATABLE) as there:
        assert there.operation(light(there)).state is State.DONE


def test_the_count_of_stumbles_survives_a_restart(at_home: House, crowd: Crowd) -> None:
    crowd.on_look = mistake
    with lamps(at_home, crowd, Replay.REPEATABLE) as there:
        number = there.asked("/lamp light 3")
        for _restart in range(TWO_MINUTES):
            there.time.pass_(seconds=15)
            Engine(there.path, there.engine._bell).run_until_idle()
        assert there.operation(number).state is State.FAILED


@pytest.mark.parametrize("replay", Replay)
def test_a_call_that_stumbles_may_have_happened_and_ends_unknown(
    at_home: House, crowd: Crowd, replay: Replay
) -> None:
    crowd.on_call = mistake
    with lamps(at_home, crowd, replay) as there:
        number = light(there, turns=40)
        assert there.operation(number).state is State.UNKNOWN
        assert set(ends(there, number).values()) == {StepState.UNKNOWN}
        assert told(there, number) == ["end"]


def test_what_was_answered_is_watched_to_its_end_though_the_rest_is_given_up(
    at_home: House, crowd: Crowd
) -> None:
    """The first lamp's call went out; the look before the second one stumbles."""
    crowd.after_needs = True
    crowd.on_look = lambda: mistake() if crowd.calls else None
    with lamps(at_home, crowd, Replay.REPEATABLE) as there:
        number = light(there)
        assert ends(there, number) == {
            "l-0": StepState.DONE,
            "l-1": StepState.SKIPPED,
            "l-2": StepState.SKIPPED,
        }
        assert there.operation(number).state is State.PARTLY
        assert sum(there.path.db.read(lambda tx: steps.counts(tx, number)).values()) == 3


def test_a_cut_answer_that_nobody_can_look_up_any_more_ends_unknown(at_home: House, crowd: Crowd) -> None:
    """Before a second call there is a look, and that one stumbles."""
    crowd.after = lambda _ids: cut()
    crowd.on_look = lambda: mistake() if crowd.calls else None
    with lamps(at_home, crowd, Replay.REPEATABLE) as there:
        number = light(there)
        assert there.operation(number).state is State.UNKNOWN
        assert set(ends(there, number).values()) == {StepState.UNKNOWN}
        assert len(crowd.calls) == 1


def test_what_cannot_begin_ends_too(at_home: House, crowd: Crowd) -> None:
    """Its action is gone after an upgrade, so the policy cannot even be asked about it."""
    with lamps(at_home, crowd, Replay.REPEATABLE) as there:
        number = planned(there)
        upgrade(there).work(passing=15, turns=TWO_MINUTES)
        assert (there.operation(number).state, crowd.calls) == (State.FAILED, [])
        assert set(ends(there, number).values()) == {StepState.SKIPPED}
        assert told(there, number) == ["end"]


def test_a_way_back_is_never_given_up_and_people_are_told_once(at_home: House, crowd: Crowd) -> None:
    crowd.on_look = mistake
    with lamps(at_home, crowd, Replay.REPEATABLE, back=True) as there:
        number = light(there, turns=20)
        assert there.operation(number).state is State.RUNNING
        assert set(ends(there, number).values()) == {StepState.PLANNED}
        assert told(there, number) == ["stumbled"]
        crowd.on_look = lambda: None
        there.work(passing=30)
        assert there.operation(number).state is State.DONE


def test_what_undoes_a_step_that_was_sent_is_not_given_up(at_home: House, crowd: Crowd) -> None:
    crowd.after_needs = crowd.second_undoes = True
    crowd.on_look = lambda: mistake() if crowd.calls else None
    with lamps(at_home, crowd, Replay.REPEATABLE) as there:
        number = light(there)
        assert ends(there, number)["l-1"] is StepState.PLANNED
        assert (there.operation(number).state, told(there, number)) == (State.RUNNING, ["stumbled"])


def test_what_undoes_a_step_that_was_never_sent_has_nothing_to_undo(at_home: House, crowd: Crowd) -> None:
    crowd.after_needs = crowd.second_undoes = True
    crowd.on_look = mistake
    with lamps(at_home, crowd, Replay.REPEATABLE) as there:
        number = light(there)
        assert set(ends(there, number).values()) == {StepState.SKIPPED}


def test_a_disk_that_is_full_for_an_hour_is_no_mistake_of_ours(at_home: House, crowd: Crowd) -> None:
    def full() -> None:
        raise OperationalError("insert", {}, Exception("database or disk is full"))

    crowd.on_look = full
    with lamps(at_home, crowd, Replay.REPEATABLE) as there:
        number = there.asked("/lamp light 3")
        there.work(passing=60, turns=60)
        assert there.operation(number).state is State.RUNNING
        crowd.on_look = lambda: None
        there.work(passing=60)
        assert there.operation(number).state is State.DONE


# -- looks at what was sent --------------------------------------------------------------------------


def test_a_watch_that_stumbles_goes_on_and_ends_unknown(at_home: House, crowd: Crowd) -> None:
    """Nobody could look until the time was up, so nobody knows."""
    crowd.on_watch = mistake
    with lamps(at_home, crowd, Replay.REPEATABLE) as there:
        number = light(there)
        assert set(ends(there, number).values()) == {StepState.AWAITING}
        there.work(passing=601)
        assert there.operation(number).state is State.UNKNOWN
        assert set(ends(there, number).values()) == {StepState.UNKNOWN}
        assert "toban made a mistake when it looked" in str(there.steps(number)[0].reason)


def test_a_watch_that_stumbles_once_is_no_end(at_home: House, crowd: Crowd) -> None:
    stumbles = [mistake]
    crowd.on_watch = lambda: stumbles.pop()() if stumbles else None
    with lamps(at_home, crowd, Replay.REPEATABLE) as there:
        assert there.operation(light(there)).state is State.DONE


def test_an_action_that_is_gone_after_an_upgrade_leaves_nobody_waiting(at_home: House, crowd: Crowd) -> None:
    crowd.on_watch = mistake
    with lamps(at_home, crowd, Replay.REPEATABLE) as there:
        number = light(there, turns=1)
        upgrade(there).work(passing=601)
        assert there.operation(number).state is State.UNKNOWN
