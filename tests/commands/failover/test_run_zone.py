"""A zone is failed in a drill; zonal shifts are the local AWS's own, which is tested by itself."""

from typing import Any

import pytest

from bot.arguments import UsageError
from bot.operation import StepState
from bot.plan import Plan, Step
from playground.aws.faults import Fault, Kind
from playground.aws.zonal_shift_calls import OPTED_IN
from tests.commands.desk import DEV_ID, TOKYO, Desk, left
from tests.commands.rds.cellar import add
from tests.scenarios.zone_given import OTHER, ZONE, given, is_broken, there

LINE = f"/failover run zone {ZONE} --vpc"


@pytest.fixture
def vpc(lab: Desk) -> str:
    return given(lab.local)


def of(plan: Plan, action: str) -> list[Step]:
    return [step for step in plan.steps if step.action == f"failover.{action}"]


def notes(plan: Plan) -> str:
    return " / ".join(map(str, plan.notes))


def subnets(lab: Desk, vpc: str, zone: str) -> list[str]:
    wanted = [{"Name": "vpc-id", "Values": [vpc]}, {"Name": "availability-zone", "Values": [zone]}]
    return sorted(one["SubnetId"] for one in lab.ec2().describe_subnets(Filters=wanted)["Subnets"])


def scaling(lab: Desk) -> Any:
    return lab.local.client("autoscaling", account=DEV_ID, region=TOKYO)


def lone_group(lab: Desk, subnet: str) -> None:
    scaling(lab).create_auto_scaling_group(
        AutoScalingGroupName="batch",
        LaunchConfigurationName="web",
        MinSize=0,
        MaxSize=1,
        VPCZoneIdentifier=subnet,
    )


def test_all_of_a_zone_is_broken_for_a_while_and_ends_as_it_began(lab: Desk, vpc: str) -> None:
    before = there(lab.local)
    number = lab.see_through(f"{LINE} {vpc} --for 10m")
    assert is_broken(lab.local, vpc)
    lab.house.work(passing=601)
    lab.house.work(passing=20, turns=4)
    assert {row.state for row in lab.house.steps(number)} == {StepState.DONE}
    assert there(lab.local) == before


def test_every_call_of_it_is_one_that_is_declared(lab: Desk, vpc: str) -> None:
    before = there(lab.local)
    rows = lab.carry_out(f"{LINE} {vpc} --for 20s", turns=10)
    assert {row.state for row in rows} == {StepState.DONE}
    assert there(lab.local) == before


def test_aborted_it_is_put_back_at_once(lab: Desk, vpc: str) -> None:
    before = there(lab.local)
    number = lab.see_through(f"{LINE} {vpc} --for 2h")
    assert is_broken(lab.local, vpc)
    lab.house.cancel(number)
    lab.house.work(turns=2)
    assert there(lab.local) == before


def test_each_fault_has_its_way_back_with_exactly_what_was(lab: Desk, vpc: str) -> None:
    plan = lab.plan(f"{LINE} {vpc} --for 10m")
    faults = [step for step in plan.steps if not step.undoes]
    back = {step.undoes: step for step in plan.steps if step.undoes}
    assert all(step.key in back for step in faults)
    pairs = [(step, back[step.key]) for step in faults if step.action != "failover.steady"]
    assert all(way.after == step.before for step, way in pairs if step.action != "failover.make-acl")
    assert all(step.target.tags for step, _ in pairs)
    (web,) = (step for step in of(plan, "widen-group") if step.target.id == "web")
    first, second = subnets(lab, vpc, ZONE)
    (third,) = subnets(lab, vpc, OTHER)
    assert dict(web.after)["subnets"].split(",")[0] == third
    assert set(dict(web.after)["subnets"].split(",")) == {first, second, third}


def test_what_somebody_suspended_is_neither_suspended_nor_resumed(lab: Desk, vpc: str) -> None:
    plan = lab.plan(f"{LINE} {vpc}")
    assert [step.target.id for step in of(plan, "suspend-rebalance")] == ["web"]
    assert [step.target.id for step in of(plan, "resume-rebalance")] == ["web"]


def test_nothing_is_cut_before_the_groups_stay_away(lab: Desk, vpc: str) -> None:
    plan = lab.plan(f"{LINE} {vpc}")
    narrowed = {step.key for step in of(plan, "narrow-group")}
    cuts = of(plan, "cut-subnet")
    assert len(cuts) == 2
    assert all(narrowed < set(step.needs) for step in cuts)
    (shift,) = of(plan, "shift-zone")
    assert {step.key for step in cuts} < set(shift.needs)
    assert dict(shift.inputs)["minutes"] == "10"  # five of the drill, and five for AWS to end it by itself


def test_the_plan_says_how_far_it_reaches_and_who_holds_the_way_back(lab: Desk, vpc: str) -> None:
    said = notes(lab.plan(f"{LINE} {vpc}"))
    assert f"2 subnets of {vpc} are cut off" in said
    assert "1 instance runs there" in said
    assert "2 Auto Scaling groups launch only in other zones meanwhile: api, web" in said
    assert "the traffic of 1 load balancer is shifted" in said
    assert "put back by toban, which must be alive" in said
    assert "AWS itself ends the shifts" in said


def test_instances_that_may_be_replaced_are_said_to_stay_so(lab: Desk, vpc: str) -> None:
    (api,) = (step for step in of(lab.plan(f"{LINE} {vpc}"), "narrow-group") if step.target.id == "api")
    assert "replaced in another zone, for good" in str(api.warnings[0])


def test_a_group_that_launches_there_only_is_refused_or_left_alone(lab: Desk, vpc: str) -> None:
    lone_group(lab, subnets(lab, vpc, ZONE)[0])
    with pytest.raises(UsageError, match="batch launch in ap-northeast-1a only"):
        lab.plan(f"{LINE} {vpc}")
    plan = lab.plan(f"{LINE} {vpc} --anyway")
    assert "batch" not in {step.target.id for step in plan.steps}
    assert left(plan)["batch"] == f"it launches in {ZONE} only, and cannot be narrowed"


def test_a_balancer_that_is_not_opted_in_is_left(lab: Desk, vpc: str) -> None:
    elbv2 = lab.local.client("elbv2", account=DEV_ID, region=TOKYO)
    (arn,) = (one["LoadBalancerArn"] for one in elbv2.describe_load_balancers()["LoadBalancers"])
    off = [{"Key": OPTED_IN, "Value": "false"}]
    elbv2.modify_load_balancer_attributes(LoadBalancerArn=arn, Attributes=off)
    plan = lab.plan(f"{LINE} {vpc}")
    assert "not opted in" in left(plan)["web"]
    assert of(plan, "shift-zone") == []
    assert "AWS itself ends" not in notes(plan)


def test_where_arc_cannot_be_asked_the_rest_is_tested(lab: Desk, vpc: str) -> None:
    lab.local.control.order(Fault(Kind.DENY, action="ListManagedResources", account=DEV_ID))
    plan = lab.plan(f"{LINE} {vpc}")
    assert left(plan)["web"].startswith("whether it can be shifted is not known")
    assert len(of(plan, "cut-subnet")) == 2


def test_a_zone_that_is_cut_off_already_is_left_and_nothing_is_done(lab: Desk, vpc: str) -> None:
    lab.see_through(f"{LINE} {vpc} --for 2h")
    plan = lab.plan("/failover run zone ap-northeast-1a --account dev --vpc " + vpc)
    assert plan.steps == ()
    assert set(left(plan).values()) == {"it is cut off already"}


def test_databases_whose_primary_is_there_fail_over_once_it_is_cut(lab: Desk, vpc: str) -> None:
    there_too = {"DBSubnetGroupName": "db"}
    ids = [*subnets(lab, vpc, ZONE), *subnets(lab, vpc, OTHER)]
    lab.local.client("rds", account=DEV_ID, region=TOKYO).create_db_subnet_group(
        **there_too, DBSubnetGroupDescription="of the VPC", SubnetIds=ids
    )
    multi = {"MultiAZ": True, **there_too}
    add(lab, "shop", more={"AvailabilityZone": ZONE, **multi}, env="dev")
    add(lab, "far", more={"AvailabilityZone": OTHER, **multi}, env="dev")
    add(lab, "lone", more={"AvailabilityZone": ZONE, **there_too}, env="dev")
    add(lab, "elsewhere", more={"MultiAZ": True, "AvailabilityZone": ZONE}, env="dev")
    plan = lab.plan(f"{LINE} {vpc}")
    (step,) = of(plan, "fail-over-database")
    assert step.target.id == "shop"
    assert {one.key for one in of(plan, "cut-subnet")} < set(step.needs)
    assert "there is no standby" in left(plan)["lone"]
    assert "shop: there is no way back" in notes(plan)  # its step is behind those that a card shows
    assert of(lab.plan(f"{LINE} {vpc} --without-primary"), "fail-over-database") == []


def cache(lab: Desk, name: str, vpc: str, *zones: str) -> None:
    client = lab.local.client("elasticache", account=DEV_ID, region=TOKYO)
    client.create_cache_subnet_group(
        CacheSubnetGroupName=name,
        CacheSubnetGroupDescription="of a VPC",
        SubnetIds=subnets(lab, vpc, ZONE),
    )
    client.create_replication_group(
        ReplicationGroupId=name,
        ReplicationGroupDescription="of the shop",
        AutomaticFailoverEnabled=True,
        ReplicasPerNodeGroup=1,
        PreferredCacheClusterAZs=list(zones),
        Engine="redis",
        CacheSubnetGroupName=name,
    )


def test_caches_whose_primary_is_there_fail_over_once_it_is_cut(lab: Desk, vpc: str) -> None:
    default = lab.ec2().describe_vpcs(Filters=[{"Name": "is-default", "Values": ["true"]}])["Vpcs"][0]
    cache(lab, "sessions", vpc, ZONE, OTHER)
    cache(lab, "far", vpc, OTHER, ZONE)
    cache(lab, "elsewhere", default["VpcId"], ZONE, OTHER)
    plan = lab.plan(f"{LINE} {vpc}")
    (step,) = of(plan, "fail-over-cache")
    assert step.target.id == "sessions"
    assert {one.key for one in of(plan, "cut-subnet")} < set(step.needs)
    assert of(lab.plan(f"{LINE} {vpc} --without-primary"), "fail-over-cache") == []


def test_of_several_vpcs_the_only_one_that_may_be_broken_is_meant(lab: Desk, vpc: str) -> None:
    plan = lab.plan(f"/failover run zone {ZONE}")
    assert f"of {vpc} off" in str(plan.summary)


def test_where_several_may_be_broken_the_vpc_must_be_named(lab: Desk, vpc: str) -> None:
    other = given(lab.local)
    with pytest.raises(UsageError, match="subnets in several VPCs") as refused:
        lab.plan(f"/failover run zone {ZONE}")
    assert vpc in str(refused.value)
    assert other in str(refused.value)


def test_a_vpc_without_a_subnet_there_is_refused(lab: Desk, vpc: str) -> None:
    with pytest.raises(UsageError, match="vpc-00000000 has no subnet in"):
        lab.plan(f"{LINE} vpc-00000000")


@pytest.mark.parametrize("zone", ["eu-west-1a", "ap-northeast-1", "ap-northeast-12"])
def test_a_zone_must_be_one_of_a_region_that_is_looked_after(lab: Desk, zone: str) -> None:
    with pytest.raises(UsageError, match="no zone of a region"):
        lab.plan(f"/failover run zone {zone}")


@pytest.mark.parametrize(
    "action",
    [
        *("CreateNetworkAcl", "ReplaceNetworkAclAssociation", "DeleteNetworkAcl"),
        *("UpdateAutoScalingGroup", "SuspendProcesses", "ResumeProcesses"),
        *("StartZonalShift", "CancelZonalShift"),
    ],
)
def test_an_answer_that_is_cut_off_leaves_nothing_behind(lab: Desk, vpc: str, action: str) -> None:
    before = there(lab.local)
    lab.local.control.order(Fault(Kind.CUT_AFTER, action=action, account=DEV_ID, times=1))
    rows = lab.carry_out(f"{LINE} {vpc} --for 2m", turns=20)
    assert {row.state for row in rows} == {StepState.DONE}, [(row.step.key, row.reason) for row in rows]
    assert there(lab.local) == before


def test_a_right_that_is_taken_away_meanwhile_is_waited_for(lab: Desk, vpc: str) -> None:
    before = there(lab.local)
    number = lab.see_through(f"{LINE} {vpc} --for 10m")
    actions = ("ReplaceNetworkAclAssociation", "UpdateAutoScalingGroup", "CancelZonalShift")
    denied = [lab.local.control.order(Fault(Kind.DENY, action=one, account=DEV_ID)) for one in actions]
    lab.house.work(passing=601)
    lab.house.work(passing=60, turns=3)
    assert there(lab.local) != before
    for order in denied:
        lab.local.control.clear(order)
    lab.house.work(passing=60, turns=20)
    assert there(lab.local) == before
    assert {row.state for row in lab.house.steps(number)} == {StepState.DONE}
