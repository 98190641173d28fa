"""/failover clean: what failure tests and labs left behind is found, priced, and done away with by plan."""

from datetime import timedelta
from typing import Any

import pytest
from botocore.exceptions import ClientError

from bot.command import Verb
from bot.operation import State, StepState
from bot.plan import Plan
from bot.store import audit, drills
from commands.changes.make_deny_acl import DENIES
from tests.commands.desk import DEV_ID, TOKYO, Desk, in_english, left, targets, unread
from tests.commands.rds.cellar import add

NOW = "--older-than 1m"


@pytest.fixture
def later(lab: Desk) -> Desk:
    """What is made now is old by toban's clock, which is days ahead of this machine's."""
    lab.house.time.at += timedelta(days=400)
    return lab


def tagged(kind: str, **tags: str) -> list[dict[str, Any]]:
    listed = [{"Key": key, "Value": value} for key, value in tags.items()]
    return [{"ResourceType": kind, "Tags": listed}] if listed else []


def loose_volume(desk: Desk, **tags: str) -> str:
    made = desk.ec2().create_volume(
        AvailabilityZone=f"{TOKYO}a", Size=100, VolumeType="gp3", TagSpecifications=tagged("volume", **tags)
    )
    return str(made["VolumeId"])


def acl(desk: Desk, **tags: str) -> str:
    vpc = desk.ec2().describe_vpcs()["Vpcs"][0]["VpcId"]
    made = desk.ec2().create_network_acl(VpcId=vpc, TagSpecifications=tagged("network-acl", **tags))
    return str(made["NetworkAcl"]["NetworkAclId"])


def group(desk: Desk, name: str, **tags: str) -> str:
    vpc = desk.ec2().describe_vpcs()["Vpcs"][0]["VpcId"]
    made = desk.ec2().create_security_group(
        GroupName=name, Description="x", VpcId=vpc, TagSpecifications=tagged("security-group", **tags)
    )
    return str(made["GroupId"])


def rows(plan: Plan) -> dict[str, tuple[str, ...]]:
    return {row[1]: row for row in in_english(plan.table)}


def test_nothing_is_left_over(lab: Desk) -> None:
    lab.run(2, env="dev")
    plan = lab.plan("/failover clean --report")
    assert (str(plan.summary), plan.steps, plan.offers) == ("nothing is left over", (), ())


def test_a_forgotten_lab_is_priced_by_the_month(later: Desk) -> None:
    (one,) = later.run(1, **{"toban:lab": "workshop", "Name": "lab-web"})
    volume = loose_volume(later, **{"toban:lab": "workshop"})
    add(later, "lab-db", **{"toban:lab": "workshop"})
    plan = later.plan("/failover clean")
    found = rows(plan)
    assert set(found) >= {one, volume, "lab-db"}
    assert found[volume][0] == "of a lab"
    assert found[volume][7] == "$9.60"
    assert "3 things are left over of failure tests and labs: " in str(plan.summary)
    assert "a month" in str(plan.summary)
    assert left(plan)["lab-db"] == "toban deletes no databases: that is for somebody's own hands"
    assert {one, volume} <= targets(plan.steps)


def test_it_is_done_away_with(later: Desk) -> None:
    (one,) = later.run(1, **{"toban:test": "az"})
    volume = loose_volume(later, **{"toban:test": "az"})
    shot = later.ec2().create_snapshot(
        VolumeId=loose_volume(later), TagSpecifications=tagged("snapshot", **{"toban:test": "az"})
    )["SnapshotId"]
    address = later.ec2().allocate_address(
        Domain="vpc", TagSpecifications=tagged("elastic-ip", **{"toban:test": "az"})
    )["AllocationId"]
    denies = acl(later, **{"toban:kind": DENIES, "toban:operation": "7"})
    unused = group(later, "lab", **{"toban:test": "az"})
    ended = {row.step.target.id: row.state for row in later.carry_out("/failover clean", turns=8)}
    assert ended == dict.fromkeys((one, volume, shot, address, denies, unused), StepState.DONE)
    assert str(later.plan("/failover clean").summary) == "nothing is left over"


def test_a_report_plans_nothing_and_offers_the_rest(later: Desk) -> None:
    loose_volume(later, **{"toban:test": "az"})
    plan = later.plan("/failover clean --report")
    assert plan.steps == ()
    assert [(str(one.label), one.line) for one in plan.offers] == [("Clean up", "failover clean")]
    assert any("1 of them can go: about $9.60 a month" in str(note) for note in plan.notes)


def test_a_report_may_be_made_by_the_clock(later: Desk) -> None:
    loose_volume(later, **{"toban:test": "az"})
    number = later.see_through('/schedule add "daily 09:00" /failover clean --report')
    assert later.house.operation(number).state is State.DONE


def test_what_is_young_may_still_be_needed(lab: Desk) -> None:
    lab.house.time.at += timedelta(days=400)
    volume = loose_volume(lab, **{"toban:test": "az"})
    made = lab.local.backend("ec2", DEV_ID, TOKYO).volumes[volume]
    made.create_time = f"{lab.house.time.at - timedelta(hours=2):%Y-%m-%dT%H:%M:%SZ}"
    assert "it is younger than" in left(lab.plan("/failover clean"))[volume]
    assert targets(lab.plan("/failover clean --older-than 1h").steps) == {volume}


def test_what_others_look_after_or_use_stays(later: Desk) -> None:
    (of_group,) = later.run(1, group="web", **{"toban:test": "az"})
    of_stack = loose_volume(later, **{"toban:test": "az", "aws:cloudformation:stack-name": "workshop"})
    (plain,) = later.run(1, env="dev")
    (used,) = later.volumes_of(plain)
    later.ec2().create_tags(Resources=[used], Tags=[{"Key": "toban:test", "Value": "az"}])
    excluded = loose_volume(later, **{"toban:test": "az", "toban:exclude": "true"})
    plan = later.plan("/failover clean")
    why = left(plan)
    assert why[of_group] == "its Auto Scaling group web would replace it"
    assert why[of_stack] == "it belongs to the stack workshop of CloudFormation: delete that"
    assert why[used] == f"it is attached to {plain}"
    assert excluded not in {*why, *rows(plan)}
    assert plan.steps == ()


def test_a_backup_is_nothing_that_a_drill_left(later: Desk) -> None:
    volume = loose_volume(later)
    ours = {"toban:operation": "7", "toban:kind": "snapshot"}
    later.ec2().create_snapshot(VolumeId=volume, TagSpecifications=tagged("snapshot", **ours))
    assert str(later.plan("/failover clean").summary) == "nothing is left over"


def test_an_acl_that_holds_for_a_subnet_is_never_taken_away(later: Desk) -> None:
    denies = acl(later, **{"toban:kind": DENIES, "toban:operation": "7"})
    (first, *_) = later.ec2().describe_network_acls(Filters=[{"Name": "default", "Values": ["true"]}])[
        "NetworkAcls"
    ]
    association = first["Associations"][0]
    later.ec2().replace_network_acl_association(
        AssociationId=association["NetworkAclAssociationId"], NetworkAclId=denies
    )
    assert left(later.plan("/failover clean"))[denies] == f"it holds for {association['SubnetId']}"


def test_a_group_goes_after_the_instances_that_have_it(later: Desk) -> None:
    made = group(later, "lab", **{"toban:lab": "x"})
    (one,) = later.run(1, **{"toban:lab": "x"})
    (its,) = later.ec2().describe_network_interfaces(
        Filters=[{"Name": "attachment.instance-id", "Values": [one]}]
    )["NetworkInterfaces"]
    later.ec2().modify_network_interface_attribute(
        NetworkInterfaceId=its["NetworkInterfaceId"], Groups=[made]
    )
    steps = {step.target.id: step for step in later.plan("/failover clean").steps}
    assert steps[made].needs == (steps[one].key,)


def test_what_a_drill_under_way_uses_stays(lab: Desk) -> None:
    lab.run(1, service="web", **{"toban:chaos": "allowed"})
    number = lab.see_through("/failover run latency tag:service=web --delay 200ms", turns=3, passing=10)
    denies = acl(lab, **{"toban:drill": str(number)})
    assert left(lab.plan("/failover clean"))[denies] == f"#{number} is not over"


def test_what_a_drill_stopped_and_nobody_started_is_started_again(lab: Desk) -> None:
    by_drill, by_hand = lab.run(2, env="dev")
    lab.ec2().stop_instances(InstanceIds=[by_drill, by_hand])
    noted = audit.line(
        audit.Event.STEP_ENDED,
        lab.house.time(),
        outcome=StepState.DONE,
        action="failover.stop-instance",
        operation=7,
        account="dev",
        region=TOKYO,
        resource=by_drill,
    )
    lab.house.path.db.write(lambda tx: audit.write(tx, noted))
    plan = lab.plan("/failover clean")
    assert rows(plan)[by_drill][0] == "stopped by a drill"
    assert rows(plan)[by_drill][-1] == "it is started again"
    assert [(step.action, step.target.id) for step in plan.steps] == [("ec2.start", by_drill)]


def test_a_statement_that_a_drill_left_in_a_buckets_policy_is_taken_out(lab: Desk) -> None:
    s3 = lab.local.client("s3", account=DEV_ID, region=TOKYO)
    s3.create_bucket(Bucket="files", CreateBucketConfiguration={"LocationConstraint": TOKYO})
    marked = {"TagSet": [{"Key": "toban:chaos", "Value": "allowed"}]}
    s3.put_bucket_tagging(Bucket="files", Tagging=marked)
    lab.local.client("iam", account=DEV_ID).create_role(RoleName="shop", AssumeRolePolicyDocument="{}")
    number = lab.see_through("/failover run bucket files --role shop --for 1m", turns=3, passing=10)
    broken = s3.get_bucket_policy(Bucket="files")["Policy"]
    assert lab.plan("/failover clean").steps == ()  # the drill is not over
    lab.house.work(passing=20, turns=8)
    lab.house.path.db.write(lambda tx: drills.change(tx, number, ended=lab.house.time()))
    assert lab.plan("/failover clean").steps == ()
    s3.put_bucket_policy(Bucket="files", Policy=broken)
    (row,) = lab.carry_out("/failover clean", turns=4)
    assert (row.step.target.id, row.state) == ("files", StepState.DONE)
    with pytest.raises(ClientError, match="NoSuchBucketPolicy"):
        s3.get_bucket_policy(Bucket="files")


def test_where_something_cannot_be_read_it_is_said(later: Desk) -> None:
    volume = loose_volume(later, **{"toban:test": "az"})
    later.deny("DescribeNetworkAcls", account=DEV_ID)
    plan = later.plan("/failover clean")
    assert targets(plan.steps) == {volume}
    assert "ec2:DescribeNetworkAcls" in unread(plan)["dev", TOKYO]


def test_the_verb_can_destroy_and_so_needs_somebody_else(lab: Desk) -> None:
    verb: Verb[Any] = lab.parse("/failover clean").verb
    assert verb.risk.value == "destroy"
