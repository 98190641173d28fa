from typing import Any

import pytest

from bot.arguments import UsageError
from bot.operation import StepState
from tests.commands.asg import fleet
from tests.commands.balancer import scales
from tests.commands.desk import DEV_ID, Desk, left, targets, unread


def idle(desk: Desk, name: str = "old", **tags: str) -> str:
    """A load balancer whose only target group is empty."""
    arn = scales.balancer(desk, name, **tags)
    scales.send(desk, arn, scales.group(desk, f"{name}-group"))
    return arn


def test_one_that_sends_to_nobody_is_deleted_and_its_groups_stay(desk: Desk) -> None:
    idle(desk)
    plan = desk.plan("/balancer delete old")
    assert "its target groups stay and cost nothing: old-group" in map(str, plan.steps[0].warnings)
    assert [str(note) for note in plan.notes] == [
        "without what goes through them they cost about $17.74 a month"
    ]
    (row,) = desk.carry_out("/balancer delete old")
    assert row.state is StepState.DONE
    assert scales.names(desk) == set()


def test_one_with_targets_is_left_also_when_none_is_healthy(desk: Desk) -> None:
    ids = desk.run(2)
    arn = scales.balancer(desk, "web")
    scales.send(desk, arn, scales.group(desk, "web", *ids))
    desk.ec2().stop_instances(InstanceIds=list(ids))
    plan = desk.plan("/balancer delete web")
    assert left(plan) == {"web": "2 targets are registered with web"}
    assert plan.steps == ()


def test_one_that_only_redirects_is_in_use(desk: Desk) -> None:
    scales.send(desk, scales.balancer(desk, "moved"))
    assert left(desk.plan("/balancer delete moved")) == {
        "moved": "it has no targets because it answers by itself: it redirects, or says something fixed"
    }


def test_one_that_redirects_to_itself_and_sends_to_nobody_goes(desk: Desk) -> None:
    """The usual pair of listeners: port 80 redirects to 443, which forwards to a group that is empty."""
    arn = idle(desk)
    scales.send(desk, arn, port=81)
    assert targets(desk.plan("/balancer delete old").steps) == {"old"}


def test_one_that_an_empty_auto_scaling_group_feeds_is_left(desk: Desk) -> None:
    """At night it has no instances; in the morning they register again."""
    arn = scales.balancer(desk, "web")
    targets_ = scales.group(desk, "web")
    scales.send(desk, arn, targets_)
    fleet.add(desk, "web", 0).target_group_arns = [targets_]
    assert left(desk.plan("/balancer delete web")) == {
        "web": "the Auto Scaling group web registers with it what it launches"
    }


def test_a_protected_one_is_left_with_what_lifts_it(desk: Desk) -> None:
    scales.protect(desk, idle(desk))
    (why,) = left(desk.plan("/balancer delete old")).values()
    assert why.startswith("it is protected against deletion; whoever may lifts that with `aws elbv2")


def test_a_cluster_that_would_make_it_again_is_named(desk: Desk) -> None:
    arn = idle(desk)
    tag = {"Key": "elbv2.k8s.aws/cluster", "Value": "shop"}
    scales.elbv2(desk).add_tags(ResourceArns=[arn], Tags=[tag])
    (step,) = desk.plan("/balancer delete old").steps
    assert "the Kubernetes cluster shop made it, and may make it again" in map(str, step.warnings)


def test_who_cannot_see_what_is_behind_it_deletes_nothing(desk: Desk) -> None:
    idle(desk)
    desk.deny("DescribeTargetHealth", DEV_ID)
    plan = desk.plan("/balancer delete old")
    assert plan.steps == ()
    assert "DescribeTargetHealth" in " ".join(unread(plan).values())


def test_one_that_got_a_target_meanwhile_is_seen_before_the_call(desk: Desk) -> None:
    arn: Any = scales.balancer(desk, "old")
    behind = scales.group(desk, "old")
    scales.send(desk, arn, behind)
    number = desk.house.asked("/balancer delete old")
    (instance,) = desk.run(1)
    scales.elbv2(desk).register_targets(TargetGroupArn=behind, Targets=[{"Id": instance}])
    desk.house.click(number, "U0SUZUKI")
    desk.house.work(passing=10)
    assert [row.state for row in desk.house.steps(number)] == [StepState.SKIPPED]
    assert scales.names(desk) == {"old"}


def test_one_that_was_made_anew_by_the_same_name_is_another_one(desk: Desk) -> None:
    arn = idle(desk)
    number = desk.house.asked("/balancer delete old")
    scales.elbv2(desk).delete_load_balancer(LoadBalancerArn=arn)
    again = scales.balancer(desk, "old")
    assert again != arn
    desk.house.click(number, "U0SUZUKI")
    desk.house.work(passing=10)
    assert [row.state for row in desk.house.steps(number)] == [StepState.DONE]
    assert scales.names(desk) == {"old"}


def test_a_name_that_is_nowhere(desk: Desk) -> None:
    idle(desk)
    with pytest.raises(UsageError, match="cannot be found"):
        desk.plan("/balancer delete odl")
    with pytest.raises(UsageError, match="No load balancer fits tag:env=prod"):
        desk.plan("/balancer delete tag:env=prod")
