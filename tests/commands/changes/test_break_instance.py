from dataclasses import replace
from datetime import timedelta

import pytest

from aws import instance
from aws.account import Place
from aws.errors import Refused, Throttled
from bot.command import Action, Sent, Sight
from bot.plan import Step
from commands.changes import break_instance
from commands.changes.break_instance import START_INSTANCE, STOP_INSTANCE, TERMINATE_INSTANCE
from commands.reading import fields
from tests.commands.changes.sending import Hand
from tests.commands.desk import TOKYO, Desk

HERE = Place("dev", TOKYO)


def hand(desk: Desk, action: Action) -> Hand:
    return Hand(desk, action)


def shown(there: Hand, step: Step) -> str:
    return dict(there.look(step) or ())["state"]


@pytest.fixture
def victim(desk: Desk) -> instance.Instance:
    (key,) = desk.run(env="dev")
    (found,) = instance.find(desk.house.path.observer().aws.ec2(HERE), ids=[key])
    return found


@pytest.fixture
def stop(victim: instance.Instance) -> Step:
    return break_instance.stopping(HERE, victim, needs=("steady",))


def test_a_stop_and_its_way_back_are_a_pair(stop: Step) -> None:
    back = break_instance.starting(stop, timedelta(minutes=5), ["arn:group"])
    assert (back.undoes, back.follows, back.after_a_while) == (stop.key, (stop.key,), timedelta(minutes=5))
    assert (back.target, back.inputs) == (stop.target, fields(groups="arn:group"))
    assert START_INSTANCE.whatever_happens


def test_it_stops_and_starts_again(desk: Desk, stop: Step) -> None:
    desk.local.control.instances_take(start=30, stop=30)
    there, back = hand(desk, STOP_INSTANCE), hand(desk, START_INSTANCE)
    sent = there.call(stop)
    assert there.watch(sent).sight is Sight.COMING
    there.pass_(30)
    assert there.watch(sent).sight is Sight.REACHED
    returning = back.call(break_instance.starting(stop, timedelta()))
    assert back.watch(returning).sight is Sight.COMING
    back.pass_(30)
    assert (back.watch(returning).sight, shown(back, stop)) == (Sight.REACHED, "running")


def test_one_that_still_stops_wants_patience(desk: Desk, stop: Step) -> None:
    desk.local.control.instances_take(stop=30)
    hand(desk, STOP_INSTANCE).call(stop)
    with pytest.raises(Throttled):
        hand(desk, START_INSTANCE).call(break_instance.starting(stop, timedelta()))


def test_any_other_no_to_its_start_is_one(desk: Desk, stop: Step) -> None:
    desk.local.control.no_capacity(stop.target.id)
    hand(desk, STOP_INSTANCE).call(stop)
    with pytest.raises(Refused):
        hand(desk, START_INSTANCE).call(break_instance.starting(stop, timedelta()))


def test_one_that_its_group_terminates_is_stopped_and_has_no_way_back(desk: Desk, stop: Step) -> None:
    there = hand(desk, STOP_INSTANCE)
    sent = there.call(stop)
    desk.ec2().terminate_instances(InstanceIds=[stop.target.id])
    assert there.watch(sent).sight is Sight.REACHED
    assert hand(desk, START_INSTANCE).look(break_instance.starting(stop, timedelta())) is None


def test_one_that_was_started_again_before_anybody_looked_was_stopped(desk: Desk, stop: Step) -> None:
    """Its launch is a later one: EC2 says no more of it."""
    there = hand(desk, STOP_INSTANCE)
    earlier = replace(stop, before=fields(state="running", launched="2026-11-20T00:00:00+00:00"))
    assert there.look(stop) == stop.before != earlier.before
    assert there.watch(Sent(stop, "")).sight is Sight.COMING  # as if EC2 had not begun
    seen = there.watch(Sent(earlier, ""))
    assert (seen.sight, str(seen.shows)) == (Sight.REACHED, "it was stopped, and is running again")


def test_a_termination_is_over_when_ec2_shows_it(desk: Desk, victim: instance.Instance) -> None:
    step = break_instance.terminating(HERE, victim)
    (final,) = map(str, step.warnings)
    assert final == "there is no way back: it is terminated, and so are its volumes that go with it"
    there = hand(desk, TERMINATE_INSTANCE)
    sent = there.call(step)
    assert (there.watch(sent).sight, shown(there, step)) == (Sight.REACHED, "terminated")
    there.call(step)  # once more does no harm


def test_what_ec2_does_not_show_any_more_is_terminated(desk: Desk, victim: instance.Instance) -> None:
    step = break_instance.terminating(HERE, victim)
    there = hand(desk, TERMINATE_INSTANCE)
    sent = there.call(step)
    desk.local.backend("ec2", "123456789012", TOKYO).reservations.clear()
    assert there.watch(sent).sight is Sight.REACHED
    assert there.look(step) is None
