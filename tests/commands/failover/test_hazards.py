"""Which instances a drill leaves alone: bastions, and what nothing stands in for."""

from dataclasses import replace

import pytest

from aws.autoscaling_group import Group, Member
from aws.instance import Instance
from aws.tags import Tags
from commands.changes.instance_state import GROUP_TAG
from commands.failover import _hazards
from commands.failover._hazards import Surroundings

VPC = "vpc-1"


def instance(id_: str, **more: object) -> Instance:
    tags = Tags.of({GROUP_TAG: "web"})
    known = {
        "name": "", "state": "running", "state_reason": "", "type": "t3.micro", "zone": "a", "image_id": "",
        "tags": tags, "volume_ids": (), "root_volume_id": "", "root_device": "ebs", "lifecycle": "",
        "launched": None, "vpc_id": VPC,
    }  # fmt: skip
    return Instance(id=id_, **{**known, **more})  # type: ignore[arg-type]  # of different types


def group(serving: int) -> Group:
    members = tuple(Member(f"i-{at}", "InService", "Healthy", "a", protected=False) for at in range(serving))
    return Group("web", serving, 0, 9, members, (), ("a",), False, (), False, Tags())


ONE, TWO = instance("i-1"), instance("i-2")
BESIDE = Surroundings((ONE, TWO), {"web": group(2)}, {"arn": {"i-1", "i-2"}}, {"arn": "web-targets"})


def said(one: Instance, beside: Surroundings = BESIDE) -> str:
    return str(_hazards.hazard(one, beside) or "")


def test_one_of_several_is_no_hazard() -> None:
    assert said(ONE) == ""


@pytest.mark.parametrize(
    "more",
    [
        {"name": "bastion-01"},
        {"name": "prod-Bastion"},
        {"name": "jump"},
        {"name": "踏み台サーバ"},
        {"tags": Tags.of({GROUP_TAG: "web", "role": "bastion"})},
        {"tags": Tags.of({GROUP_TAG: "web", "bastion": "yes"})},
    ],
)
def test_what_is_called_a_bastion_is_one(more: dict[str, object]) -> None:
    assert said(instance("i-1", **more)) == "it is a bastion, as its name or tags say"


@pytest.mark.parametrize("name", ["web-01", "bastionless", "jumping", "web"])
def test_what_only_sounds_like_it_is_none(name: str) -> None:
    assert said(instance("i-1", name=name)) == ""


def test_the_only_one_with_a_public_address_looks_like_one() -> None:
    lone = instance("i-9", public_ip="203.0.113.9", tags=Tags())
    beside = replace(BESIDE, running=(ONE, TWO, lone))
    assert "nothing else in vpc-1 has a public address" in said(lone, beside)
    other = instance("i-8", public_ip="203.0.113.8", tags=Tags())
    assert "single point" in said(lone, replace(beside, running=(ONE, lone, other)))
    elsewhere = replace(other, vpc_id="vpc-2")
    assert "bastion" in said(lone, replace(beside, running=(ONE, lone, elsewhere)))


def test_what_a_group_or_a_balancer_has_is_no_bastion_for_its_address() -> None:
    public = instance("i-1", public_ip="203.0.113.1")
    assert said(public, replace(BESIDE, running=(public, TWO))) == ""


def test_what_is_in_no_group_is_a_single_point() -> None:
    assert "in no Auto Scaling group" in said(instance("i-3", tags=Tags()))
    assert "in no Auto Scaling group" in said(instance("i-3", tags=Tags.of({GROUP_TAG: "gone"})))


@pytest.mark.parametrize("serving", [0, 1])
def test_so_is_the_last_that_serves_in_its_group(serving: int) -> None:
    assert "nobody else serves" in said(ONE, replace(BESIDE, groups={"web": group(serving)}))


def test_so_is_the_only_healthy_target() -> None:
    alone = replace(BESIDE, healthy={"arn": {"i-1"}})
    assert said(ONE, alone) == "it is a single point: the only healthy target of web-targets"
    assert said(TWO, alone) == ""
