"""Never fewer than K: whatever happens to snapshots, to calls, or to toban itself."""

from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from bot.operation import State, StepState
from playground.aws.faults import Fault, Kind
from playground.aws.server import LocalAws
from tests.house import Time
from tests.scenarios.conftest import ACCOUNT, TOKYO
from tests.scenarios.dies import Death
from tests.scenarios.misfortunes import Misfortunes
from tests.scenarios.nights import A_DAY, Nights, one_clock

EXAMPLES, STEPS = 12, 12
"""Few, since each step is a night over a real database; hundreds were looked at when this was written."""

NewStory = Callable[[], Nights]


@pytest.fixture
def a_new_story(local_aws: LocalAws, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> NewStory:
    time, death, folders = Time(), Death(), count()
    one_clock(monkeypatch, time)
    death.waits_on_the_wire(monkeypatch)
    client = local_aws.client("ec2", account=ACCOUNT, region=TOKYO)
    return lambda: Nights(local_aws, client, tmp_path / f"story-{next(folders)}", time, death)


@pytest.fixture
def nights(a_new_story: NewStory) -> Iterator[Nights]:
    story = a_new_story()
    yield story
    story.close()


def test_never_fewer_than_k_whatever_happens(a_new_story: NewStory) -> None:
    class Story(Misfortunes):
        def __init__(self) -> None:
            super().__init__(a_new_story())

    run_state_machine_as_test(
        Story,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )


def of(nights: Nights, volume: str, region: str = TOKYO) -> list[str]:
    """The ids of a volume's generations, the newest first; nothing was wrong so far."""
    assert nights.witness.wrong == []
    return [one.id for one in nights.witness.series(region, volume)]


# -- where the well-known tools lose data ---------------------------------------------------------------


def test_the_only_generation_stays_while_the_new_one_is_pending(nights: Nights) -> None:
    volume = nights.estate.volumes[2]
    old = nights.estate.plant(volume, nights_ago=1).id
    nights.local.control.snapshots_take(None)
    number = nights.ask(keep=1)
    nights.agree()
    nights.go_on(seconds=3600, turns=3)
    assert of(nights, volume) == [old]
    assert nights.in_state(State.RUNNING) == [number]

    nights.local.control.release_snapshots()
    nights.go_on(turns=3)
    (new,) = of(nights, volume)
    assert new != old


def test_nights_that_fail_do_not_use_up_generations(nights: Nights) -> None:
    volume = nights.estate.volumes[2]
    older, newer = (nights.estate.plant(volume, ago).id for ago in (2, 1))
    for _ in range(2):
        nights.passes(A_DAY)
        nights.local.control.fail_snapshots(3)
        nights.ask(keep=2)
        nights.agree()
        nights.go_on(turns=3)
        assert of(nights, volume) == [newer, older]

    nights.passes(A_DAY)
    nights.ask(keep=2)
    nights.calm()
    new, second = of(nights, volume)
    assert (new not in {older, newer}, second) == (True, newer)


def test_a_generation_that_an_image_uses_stays_and_stops_no_other(nights: Nights) -> None:
    volume = nights.estate.volumes[2]
    used, between, newest = (nights.estate.plant(volume, ago) for ago in (3, 2, 1))
    nights.estate.image_uses(used)
    number = nights.ask(keep=1)
    nights.calm()
    new, last = of(nights, volume)
    assert last == used.id
    assert new not in {between.id, newest.id}
    assert nights.there.operation(number).state is State.DONE


# -- what looks for trouble -----------------------------------------------------------------------------


def test_a_night_that_two_people_ask_for_is_one_night(nights: Nights) -> None:
    """Both plans were made before either was agreed to."""
    volume = nights.estate.volumes[2]
    nights.estate.plant(volume, nights_ago=1)
    first, second = nights.ask(keep=1), nights.ask(keep=1)
    assert nights.in_state(State.WAITING) == [first, second]
    nights.calm()
    assert len(of(nights, volume)) == 1
    assert nights.local.control.count("CreateSnapshot", "ok") == 1


def test_what_only_looks_like_tonights_is_no_reason_to_take_none(nights: Nights) -> None:
    volume = nights.estate.volumes[2]
    nights.estate.stranger("of this night and no operation", volume, days=0)
    nights.passes(A_DAY)
    nights.ask(keep=1)
    assert len(of(nights, volume)) == 1


def test_a_deletion_that_was_cut_off_is_not_repeated_when_the_newer_one_is_gone(nights: Nights) -> None:
    volume = nights.estate.volumes[2]
    old = nights.estate.plant(volume, nights_ago=1).id
    nights.local.control.order(Fault(Kind.CUT_BEFORE, action="DeleteSnapshot"))
    number = nights.ask(keep=1)
    nights.agree()
    (new,) = set(of(nights, volume)) - {old}
    nights.estate.delete_by_hand(TOKYO, nights.estate.ec2(TOKYO).snapshots[new])
    nights.calm()
    assert of(nights, volume) == [old]
    (deletion,) = [row for row in nights.there.steps(number) if row.step.target.id == old]
    assert deletion.state is StepState.SKIPPED
