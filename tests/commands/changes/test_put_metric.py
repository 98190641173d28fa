from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from aws.account import Place
from bot.command import Batch, Sent, Sight, World
from bot.plan import Step
from commands.changes import put_metric
from commands.changes.put_metric import signal_step
from tests.commands.desk import DEV_ID, TOKYO, Desk

HERE = Place("dev", TOKYO)
CREATES = ("snapshot.create/dev/ap-northeast-1/vol-1", "snapshot.create/dev/ap-northeast-1/vol-2")


def told(desk: Desk, world: World) -> Iterator[dict[str, Any]]:
    """What CloudWatch has of the day around now."""
    cloudwatch = desk.local.client("cloudwatch", account=DEV_ID, region=TOKYO)
    found = cloudwatch.get_metric_statistics(
        Namespace="toban",
        MetricName="LastGoodNight",
        StartTime=world.now - timedelta(hours=12),
        EndTime=world.now + timedelta(hours=12),
        Period=86_400,
        Statistics=["Maximum", "SampleCount"],
    )
    yield from found["Datapoints"]


def send(world: World, step: Step) -> None:
    put_metric.call(world, Batch(7, "token", HERE, (step,), {}))


def test_a_good_night_tells_cloudwatch_how_many_were_backed_up(desk: Desk) -> None:
    world = desk.house.path.observer()
    send(world, signal_step(HERE, CREATES, night="2026-11-22", targets=41))
    (point,) = told(desk, world)
    assert point["Maximum"] == 41


def test_telling_it_twice_does_no_harm(desk: Desk) -> None:
    world, step = desk.house.path.observer(), signal_step(HERE, CREATES, night="2026-11-22", targets=41)
    send(world, step)
    send(world, step)
    (point,) = told(desk, world)
    assert point["Maximum"] == 41


@pytest.mark.parametrize(("targets", "count"), [(None, "2"), (41, "41")])
def test_it_needs_everything_else_of_the_night(targets: int | None, count: str) -> None:
    step = signal_step(HERE, CREATES, night="2026-11-22", targets=targets)
    assert step.needs == CREATES
    assert dict(step.inputs) == {"night": "2026-11-22", "targets": count}


def test_what_cloudwatch_took_is_done(desk: Desk) -> None:
    step = signal_step(HERE, CREATES)
    seen = put_metric.watch(desk.house.path.observer(), HERE, [Sent(step, "")])
    assert seen[step.key].sight is Sight.REACHED
