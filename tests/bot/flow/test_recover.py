"""A call whose answer was cut off: each action's replay rule says what may be done."""

import pytest

from bot.command import Replay
from bot.operation import State, StepState
from tests.bot.flow.crowd import Crowd, cut, lamps
from tests.house import House

EVERY = pytest.mark.parametrize("replay", Replay)
AGAIN = pytest.mark.parametrize("replay", [one for one in Replay if one is not Replay.AT_MOST_ONCE])


def light(at_home: House, crowd: Crowd, replay: Replay, turns: int = 6) -> tuple[State, set[StepState]]:
    """Light two lamps and see how it ends."""
    with lamps(at_home, crowd, replay) as there:
        number = there.asked("/lamp light 2")
        there.work(passing=20, turns=turns)
        return there.operation(number).state, {row.state for row in there.steps(number)}


@AGAIN
def test_a_call_that_was_made_is_not_made_again(at_home: House, crowd: Crowd, replay: Replay) -> None:
    """The lamps are on: AWS shows what was promised, so the cut answer is taken as a yes."""
    errors = [cut()]
    crowd.after = lambda _ids: errors.pop() if errors else None
    assert light(at_home, crowd, replay) == (State.DONE, {StepState.DONE})
    assert sorted(crowd.lit) == ["l-0", "l-1"]
    assert len(crowd.calls) == 1


@AGAIN
def test_a_call_that_never_arrived_is_made_again(at_home: House, crowd: Crowd, replay: Replay) -> None:
    errors = [cut()]
    crowd.before = lambda _ids: errors.pop() if errors else None
    assert light(at_home, crowd, replay) == (State.DONE, {StepState.DONE})
    assert sorted(crowd.lit) == ["l-0", "l-1"]
    assert len(crowd.calls) == 2


@pytest.mark.parametrize("done", [True, False])
def test_what_may_happen_once_at_most_ends_unknown(at_home: House, crowd: Crowd, *, done: bool) -> None:
    """A person looks; toban does not guess and does not try again."""
    if done:
        crowd.after = lambda _ids: cut()
    else:
        crowd.before = lambda _ids: cut()
    assert light(at_home, crowd, Replay.AT_MOST_ONCE) == (State.UNKNOWN, {StepState.UNKNOWN})
    assert len(crowd.calls) == 1


def test_what_is_found_by_its_tag_is_looked_for_only_when_listings_have_settled(
    at_home: House, crowd: Crowd
) -> None:
    """A listing that does not show it yet would be taken for a call that never arrived."""
    errors = [cut()]
    crowd.before = lambda _ids: errors.pop() if errors else None
    with lamps(at_home, crowd, Replay.BY_TAG) as there:
        there.asked("/lamp light 2")
        there.work(passing=10)
        assert len(crowd.calls) == 1
        there.work(passing=10)
        assert len(crowd.calls) == 2


@AGAIN
def test_who_is_cut_off_every_time_gives_up_honestly(at_home: House, crowd: Crowd, replay: Replay) -> None:
    crowd.before = lambda _ids: cut()
    state, steps = light(at_home, crowd, replay, turns=40)
    assert (state, steps) == (State.UNKNOWN, {StepState.UNKNOWN})
    assert len(crowd.calls) == at_home.path.limits.repeats


@AGAIN
def test_after_a_cancel_nothing_is_repeated(at_home: House, crowd: Crowd, replay: Replay) -> None:
    crowd.before = lambda _ids: cut()
    with lamps(at_home, crowd, replay) as there:
        number = there.asked("/lamp light 2")
        there.cancel(number)
        there.work(passing=20, turns=4)
        assert there.operation(number).state is State.UNKNOWN
    assert len(crowd.calls) == 1


@EVERY
def test_every_try_has_its_line_in_the_audit_log_before_it(
    at_home: House, crowd: Crowd, replay: Replay
) -> None:
    seen: list[int] = []

    def count() -> None:
        with at_home.path.db.engine.connect() as tx:
            lines = tx.exec_driver_sql("select count(*) from audit where event = 'step.intended'").scalar()
        seen.append(int(lines or 0))

    crowd.on_call = count
    errors = [cut()]
    crowd.before = lambda _ids: errors.pop() if errors else None
    light(at_home, crowd, replay)
    assert seen == [2 * (n + 1) for n in range(len(seen))]
