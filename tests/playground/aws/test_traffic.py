"""What the local AWS makes of the scripts that spoil what an instance sends: nothing is run there."""

from datetime import timedelta
from typing import Any

import pytest

from commands.changes.traffic_script import Shape, ending, shaping
from playground.aws.server import LocalAws
from playground.aws.traffic import Spoilt
from tests.playground.aws.conftest import ONCE, PRODUCTION

FOR = timedelta(minutes=5)


@pytest.fixture
def ssm(aws: LocalAws) -> Any:
    return aws.client("ssm", account=PRODUCTION, config=ONCE)


def send(ssm: Any, instance: str, script: list[str]) -> Any:
    sent = ssm.send_command(
        InstanceIds=[instance], DocumentName="AWS-RunShellScript", Parameters={"commands": script}
    )
    return ssm.get_command_invocation(CommandId=sent["Command"]["CommandId"], InstanceId=instance)


def spoilt(aws: LocalAws, instance: str) -> Spoilt:
    found = aws.control.spoilt(instance)
    assert found is not None
    return found


def test_it_knows_what_is_spoilt_and_for_how_long(aws: LocalAws, ssm: Any, instance: str) -> None:
    assert aws.control.spoilt(instance) is None
    said = send(ssm, instance, shaping(Shape(200, 50, 10, 5432), FOR, 7))["StandardOutputContent"]
    assert "ends it in 300 s" in said
    found = spoilt(aws, instance)
    assert (found.delay_ms, found.jitter_ms, found.loss, found.port) == (200, 50, 0.1, 5432)
    aws.control.advance(299)
    assert aws.control.spoilt(instance) is not None
    aws.control.advance(1)
    assert aws.control.spoilt(instance) is None


def test_a_command_that_still_runs_has_spoilt_nothing_yet(aws: LocalAws, ssm: Any, instance: str) -> None:
    aws.control.commands_take(10)
    send(ssm, instance, shaping(Shape(loss=10), FOR, 7))
    assert aws.control.spoilt(instance) is None
    aws.control.advance(10)
    assert spoilt(aws, instance).loss == 0.1


def test_the_way_back_frees_it_and_what_comes_later_is_too_late(
    aws: LocalAws, ssm: Any, instance: str
) -> None:
    send(ssm, instance, shaping(Shape(200), FOR, 7))
    send(ssm, instance, ending(7))
    assert aws.control.spoilt(instance) is None
    send(ssm, instance, shaping(Shape(200), FOR, 7))
    assert aws.control.spoilt(instance) is None


def test_of_two_the_first_stays_and_the_second_fails(aws: LocalAws, ssm: Any, instance: str) -> None:
    send(ssm, instance, shaping(Shape(200), FOR, 7))
    second = send(ssm, instance, shaping(Shape(loss=50), FOR, 8))
    assert (second["Status"], spoilt(aws, instance).delay_ms) == ("Failed", 200)
    assert "another queue is on eth0" in second["StandardErrorContent"]
    send(ssm, instance, ending(8))
    assert aws.control.spoilt(instance) is not None


def test_one_that_failed_has_spoilt_nothing(aws: LocalAws, ssm: Any, instance: str) -> None:
    aws.control.fail_commands_on(instance)
    send(ssm, instance, shaping(Shape(200), FOR, 7))
    assert aws.control.spoilt(instance) is None
