from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from commands.generations.tags import (
    COPY,
    COPY_OF,
    EXCLUDE,
    IMAGE,
    INSTANCE,
    KEEP,
    NIGHT,
    SNAPSHOT,
    TOKEN,
    VOLUME,
    is_ours,
)
from playground.aws.estate import WEEKS, Estate, plant
from playground.aws.fleet import DEVELOPMENT, OFFICE, PRODUCTION, TOKYO, VIRGINIA
from playground.aws.planting_databases import DEV_ARCHIVE, DEV_SHOP, REPORTS, SHOP
from playground.aws.server import LocalAws

if TYPE_CHECKING:
    from mypy_boto3_ec2 import EC2Client

KEEP_HOURS = ("dev-web", "dev-api", "dev-db", "dev-bastion")
NOW = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def aws(_running: LocalAws) -> LocalAws:
    """Planted once: these tests only look."""
    _running.reset()
    return _running


@pytest.fixture(scope="module")
def estate(aws: LocalAws) -> Estate:
    return plant(aws, NOW)


def tags(row: Any) -> dict[str, str]:
    return {tag["Key"]: tag["Value"] for tag in row.get("Tags", [])}


def test_two_plantings_are_the_same(aws: LocalAws, ec2: "EC2Client", estate: Estate) -> None:
    networks = ec2.describe_vpcs()["Vpcs"]
    assert plant(aws, NOW) == estate
    assert ec2.describe_vpcs()["Vpcs"] == networks


def test_forty_three_servers_stand_in_two_accounts_and_two_regions(aws: LocalAws, estate: Estate) -> None:
    assert len(estate.servers) == 43
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


def test_backups_reach_back_many_nights_at_one_oclock_in_tokyo(ec2: "EC2Client", estate: Estate) -> None:
    server = estate.servers["web-02"]
    found = ec2.describe_snapshots(SnapshotIds=list(server.snapshots))["Snapshots"]
    times = sorted(one["StartTime"] for one in found)
    assert len(times) == 9
    assert times[0] == datetime(2026, 11, 12, 16, 0, tzinfo=UTC)
    assert times[-1] == datetime(2026, 11, 20, 16, 0, tzinfo=UTC)
    assert {one["VolumeId"] for one in found} == set(server.volumes)
    assert {tags(one)["Name"] for one in found} == {"web-02"}


def test_every_history_is_of_eight_to_fourteen_nights(estate: Estate) -> None:
    nights = {len(one.snapshots) / len(one.volumes) for one in estate.servers.values() if one.snapshots}
    assert (min(nights), max(nights)) == (8, 14)


def test_backups_carry_the_tags_that_toban_writes(ec2: "EC2Client", estate: Estate) -> None:
    newest, *_, oldest = estate.servers["web-01"].snapshots
    seen = {
        one["SnapshotId"]: tags(one)
        for one in ec2.describe_snapshots(SnapshotIds=[newest, oldest])["Snapshots"]
    }
    assert all(is_ours(each, SNAPSHOT) and TOKEN in each for each in seen.values())
    assert seen[oldest][NIGHT] == "2026-11-14"
    assert NIGHT not in seen[newest]  # so that tonight's can be tried out at once


def test_the_databases_backups_are_copied_to_virginia(
    aws: LocalAws, ec2: "EC2Client", estate: Estate
) -> None:
    there = aws.client("ec2", account=PRODUCTION, region=VIRGINIA)
    server, copies = estate.servers["db-02"], estate.copies["db-02"]
    found = there.describe_snapshots(SnapshotIds=list(copies))["Snapshots"]
    assert all(is_ours(tags(one), COPY) for one in found)
    assert {tags(one)[COPY_OF] for one in found} == set(server.snapshots) - {estate.failed_snapshot}
    assert {tags(one)[VOLUME] for one in found} == set(server.volumes)
    assert {one["VolumeId"] for one in found} == {"vol-ffffffff"}
    assert all(one["KmsKeyId"].startswith(f"arn:aws:kms:{VIRGINIA}:") for one in found)


def test_two_servers_have_weekly_images_by_toban(ec2: "EC2Client", estate: Estate) -> None:
    found = ec2.describe_images(ImageIds=list(estate.weekly["db-01"]))["Images"]
    assert {tags(one)[INSTANCE] for one in found} == {estate.servers["db-01"].id}
    assert all(is_ours(tags(one), IMAGE) for one in found)
    held = [each["Ebs"]["SnapshotId"] for one in found for each in one["BlockDeviceMappings"]]
    assert len(held) == 2 * WEEKS
    assert all(is_ours(tags(one), IMAGE) for one in ec2.describe_snapshots(SnapshotIds=held)["Snapshots"])


def test_wishes_stand_on_servers_and_their_volumes(ec2: "EC2Client", estate: Estate) -> None:
    keeps = ec2.describe_volumes(VolumeIds=list(estate.servers["search-01"].volumes))["Volumes"]
    assert {tags(one)[KEEP["newest"]] for one in keeps} == {"14"}
    excluded = estate.servers["batch-02"]
    assert excluded.snapshots == ()
    spared = ec2.describe_volumes(VolumeIds=list(excluded.volumes))["Volumes"]
    assert {(tags(one)["Backup"], tags(one)[EXCLUDE]) for one in spared} == {("nightly", "true")}


def test_others_have_left_snapshots_too(aws: LocalAws, estate: Estate) -> None:
    def tags_there(who: str, account: str, region: str) -> set[str]:
        ids = list(estate.strangers[who])
        found = aws.client("ec2", account=account, region=region).describe_snapshots(SnapshotIds=ids)
        return {key for one in found["Snapshots"] for key in tags(one)}

    assert "aws:dlm:lifecycle-policy-id" in tags_there("lifecycle", DEVELOPMENT, TOKYO)
    assert tags_there("backup", PRODUCTION, VIRGINIA) == {"aws:backup:source-resource"}
    assert tags_there("hand", DEVELOPMENT, TOKYO) == {"Name"}


def test_the_bastion_is_backed_up_by_nobody(ec2: "EC2Client", estate: Estate) -> None:
    wanted: Any = [{"Name": "volume-id", "Values": list(estate.servers["bastion-01"].volumes)}]
    assert ec2.describe_snapshots(Filters=wanted)["Snapshots"] == []


def test_one_database_has_automated_backups_and_one_has_not(aws: LocalAws, estate: Estate) -> None:
    found = aws.client("rds", account=PRODUCTION, region=TOKYO).describe_db_instances()["DBInstances"]
    assert {one["DBInstanceIdentifier"]: one["BackupRetentionPeriod"] for one in found} == {
        SHOP: 7,
        REPORTS: 0,
    }


def test_a_group_and_a_launch_template_start_from_images(
    aws: LocalAws, ec2: "EC2Client", estate: Estate
) -> None:
    scaling = aws.client("autoscaling", account=PRODUCTION)
    (configuration,) = scaling.describe_launch_configurations()["LaunchConfigurations"]
    assert configuration["ImageId"] == estate.images["web-golden"]
    (version,) = ec2.describe_launch_template_versions(Versions=["$Latest"])["LaunchTemplateVersions"]
    assert version["LaunchTemplateData"]["ImageId"] == estate.images["api-golden"]


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
    assert tags(group) == {"env": "production"}


def test_development_keeps_office_hours_its_database_too(aws: LocalAws, estate: Estate) -> None:
    ec2 = aws.client("ec2", account=DEVELOPMENT)
    wanted: Any = [{"Name": "tag:toban:hours", "Values": [OFFICE]}]
    pages = ec2.describe_instances(Filters=wanted)["Reservations"]
    shown = {one["InstanceId"] for page in pages for one in page["Instances"]}
    assert shown == {one.id for one in estate.servers.values() if one.name.startswith(KEEP_HOURS)}
    assert ec2.describe_volumes(Filters=wanted)["Volumes"] == []
    found = aws.client("rds", account=DEVELOPMENT).describe_db_instances()["DBInstances"]
    assert {one["DBInstanceIdentifier"]: one["DBInstanceStatus"] for one in found} == {
        DEV_SHOP: "available",
        DEV_ARCHIVE: "stopped",
    }


def test_few_servers_have_public_addresses_and_one_keeps_its_own(aws: LocalAws, estate: Estate) -> None:
    def owners(account: str, region: str) -> dict[str, str]:
        pages = aws.client("ec2", account=account, region=region).describe_instances()["Reservations"]
        rows = [one for page in pages for one in page["Instances"]]
        return {
            tags(one)["Name"]: one["NetworkInterfaces"][0]["Association"]["IpOwnerId"]
            for one in rows
            if "PublicIpAddress" in one
        }

    assert owners(PRODUCTION, TOKYO) == {"bastion-01": "amazon"}  # jump-01 has one while it runs
    assert owners(PRODUCTION, VIRGINIA) == {"us-api-01": PRODUCTION}
    assert owners(DEVELOPMENT, TOKYO) == {}


def test_the_api_is_behind_a_target_group_and_a_spot_instance_with_it(aws: LocalAws, estate: Estate) -> None:
    balancing = aws.client("elbv2", account=PRODUCTION)
    (group,) = balancing.describe_target_groups(Names=["api"])["TargetGroups"]
    found = balancing.describe_target_health(TargetGroupArn=group["TargetGroupArn"])
    health = {one["Target"]["Id"]: one["TargetHealth"]["State"] for one in found["TargetHealthDescriptions"]}
    assert set(health.values()) == {"healthy"}
    assert estate.servers["spot-api-01"].id in health
    ec2 = aws.client("ec2", account=PRODUCTION)
    (asked,) = ec2.describe_spot_instance_requests()["SpotInstanceRequests"]
    assert asked["InstanceId"] == estate.servers["spot-api-01"].id


def test_some_disks_have_a_key_of_the_accounts_own(ec2: "EC2Client", estate: Estate) -> None:
    disks = ec2.describe_volumes(VolumeIds=list(estate.servers["stg-batch-01"].volumes))["Volumes"]
    assert [disk["KmsKeyId"] for disk in disks] == [
        "arn:aws:kms:ap-northeast-1:111111111111:key/c1a5a9a0-0000-4000-8000-0000000000d1"
    ]


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
