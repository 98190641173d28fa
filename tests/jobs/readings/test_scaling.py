"""Auto Scaling: what a group could not do, and what it has done."""

from bot.trouble import Phase, Severity
from tests.jobs.readings.given import INSTANCE, buttons, facts, reading, say


def test_a_group_that_cannot_launch_says_why() -> None:
    found = reading("scaling_launch_failed")
    assert say(found.title) == "web cannot launch an instance"
    assert (found.severity, found.phase) == (Severity.CRITICAL, Phase.BEGINS)
    assert facts(found)[0].startswith("EC2 says: We currently do not have sufficient m5.large capacity")
    assert "in ap-northeast-1a subnet-0e1f2031425364758" in facts(found)
    assert buttons(found) == {"Show web": "asg list web"}


def test_a_launch_that_goes_well_ends_it() -> None:
    failed, launched = reading("scaling_launch_failed"), reading("scaling_launched")
    assert (launched.phase, launched.subject) == (Phase.ENDS, failed.subject)
    assert launched.names["instance"] == INSTANCE


def test_what_is_gone_leaves_something_to_tidy_up() -> None:
    found = reading("scaling_terminated")
    assert say(found.title) == f"{INSTANCE} of web is gone"
    assert found.phase is Phase.TELLS
    assert f"alarm tidy {INSTANCE}" in buttons(found).values()


def test_two_instances_that_are_gone_are_two_things() -> None:
    other = reading("scaling_terminated", EC2InstanceId="i-0a1b2c3d4e5f60729")
    assert other.subject != reading("scaling_terminated").subject


def test_an_instance_that_waits_to_go_can_be_drained_meanwhile() -> None:
    found = reading("scaling_waits_terminate")
    assert say(found.title) == f"{INSTANCE} of web waits to be terminated"
    assert "for the lifecycle hook save-logs" in facts(found)
    assert f"ec2 drain {INSTANCE}" in buttons(found).values()
    assert say(reading("scaling_waits_launch").title) == f"{INSTANCE} of web waits to come into service"


def test_a_termination_that_did_not_happen_is_told() -> None:
    found = reading("scaling_terminate_failed")
    assert (found.severity, found.phase) == (Severity.WARNING, Phase.TELLS)
    assert facts(found)[0] == "EC2 says: The instance has termination protection."


def test_a_group_that_calls_itself_all_is_shown_and_named_to_nobody() -> None:
    found = reading("scaling_launch_failed", AutoScalingGroupName="all")
    assert say(found.title) == "all cannot launch an instance"
    assert found.offers == ()
    assert "group" not in found.names
