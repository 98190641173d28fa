from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from playground.aws.estate import GENERATIONS, Estate, plant
from playground.aws.fleet import DEVELOPMENT, PRODUCTION, TOKYO, VIRGINIA
from playground.aws.server import LocalAws

if TYPE_CHECKING:
    from mypy_boto3_ec2 import EC2Client

NOW = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)


@pytest.fixture
def estate(aws: LocalAws) -> Estate:
    return plant(aws, NOW)


def tags(row: Any) -> dict[str, str]:
    return {tag["Key"]: tag["Value"] for tag in row.get("Tags", [])}


def test_two_plantings_are_the_same(aws: LocalAws, ec2: "EC2Client", estate: Estate) -> None:
    networks = ec2.describe_vpcs()["Vpcs"]
    assert plant(aws, NOW) == estate
    assert ec2.describe_vpcs()["Vpcs"] == networks


def test_forty_servers_stand_in_two_accounts_and_two_regions(aws: LocalAws, estate: Estate) -> None:
    assert len(estate.servers) == 40
    for account in (PRODUCTION, DEVELOPMENT):
        for region in (TOKYO, VIRGINIA):
            pages = aws.client("ec2", account=account, region=region).describe_instances()["Reservations"]
            shown = {one["InstanceId"] for page in pages for one in page["Instances"]}
            assert shown == set(estate.ids(account=account, region=region)) != set()


def test_servers_are_found_by_their_tags(ec2: "EC2Client", estate: Estate) -> None:
    pages = ec2.describe_instances(Filters=[{"Name": "tag:env", "Values": ["staging"]}])["Reservations"]
    shown = {one["InstanceId"]: tags(one)["Name"] for page in pages for one in page["Instances"]}
    assert set(shown) == set(estate.ids(env="staging"))
    assert sorted(shown.values()) == ["stg-api-01", "stg-batch-01", "stg-db-01", "stg-web-01", "stg-web-02"]


def test_backups_reach_back_a_week_at_one_oclock_in_tokyo(ec2: "EC2Client", estate: Estate) -> None:
    server = estate.servers["web-01"]
    found = ec2.describe_snapshots(SnapshotIds=list(server.snapshots))["Snapshots"]
    times = sorted(one["StartTime"] for one in found)
    assert len(times) == GENERATIONS
    assert times[0] == datetime(2026, 11, 14, 16, 0, tzinfo=UTC)
    assert times[-1] == datetime(2026, 11, 20, 16, 0, tzinfo=UTC)
    assert {one["VolumeId"] for one in found} == set(server.volumes)
    assert {tags(one)["Name"] for one in found} == {"web-01"}


def test_database_disks_are_encrypted(ec2: "EC2Client", estate: Estate) -> None:
    disks = ec2.describe_volumes(VolumeIds=list(estate.servers["db-01"].volumes))["Volumes"]
    assert [disk["Encrypted"] for disk in disks] == [True, True]
    assert {disk["Size"] for disk in disks} == {30, 500}


def test_one_backup_failed(ec2: "EC2Client", estate: Estate) -> None:
    failed = ec2.describe_snapshots(Filters=[{"Name": "status", "Values": ["error"]}])["Snapshots"]
    assert [one["SnapshotId"] for one in failed] == [estate.failed_snapshot]
    assert failed[0]["VolumeId"] == estate.servers["db-02"].volumes[1]


def test_an_image_stands_on_the_oldest_database_backup(ec2: "EC2Client", estate: Estate) -> None:
    (image,) = ec2.describe_images(ImageIds=[estate.images["db-before-upgrade"]])["Images"]
    assert image["BlockDeviceMappings"][0]["Ebs"]["SnapshotId"] == estate.pinned_snapshot
    with pytest.raises(ec2.exceptions.ClientError, match=r"InvalidSnapshot\.InUse"):
        ec2.delete_snapshot(SnapshotId=estate.pinned_snapshot)


def test_the_web_servers_belong_to_a_group(aws: LocalAws, estate: Estate) -> None:
    autoscaling = aws.client("autoscaling", account=PRODUCTION)
    members = autoscaling.describe_auto_scaling_instances()["AutoScalingInstances"]
    assert {one["InstanceId"] for one in members} == {estate.servers[name].id for name in estate.group}
    (group,) = autoscaling.describe_auto_scaling_groups()["AutoScalingGroups"]
    assert (group["MinSize"], group["DesiredCapacity"]) == (4, 4)


def test_forgotten_things_are_there_to_be_found(aws: LocalAws, estate: Estate) -> None:
    ec2 = aws.client("ec2", account=DEVELOPMENT)
    unattached = ec2.describe_volumes(Filters=[{"Name": "status", "Values": ["available"]}])["Volumes"]
    assert [one["VolumeId"] for one in unattached] == [estate.unattached_volume]
    forgotten = estate.servers["tmp-migration-01"]
    assert forgotten.state == "stopped"
    assert (
        sum(one["Size"] for one in ec2.describe_volumes(VolumeIds=list(forgotten.volumes))["Volumes"]) > 2000
    )
    orphan = ec2.describe_snapshots(SnapshotIds=[estate.orphan_snapshot])["Snapshots"][0]
    assert tags(orphan) == {}
