"""What is killed at every moment: a line for each verb that changes something, and what must be there."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from playground.aws.server import LocalAws
from tests.commands.shelf import OURS
from tests.scenarios import alarms_given as alarms
from tests.scenarios import backups_given as backups
from tests.scenarios import drills_given as drills
from tests.scenarios import groups_given as groups
from tests.scenarios import hours_given as hours
from tests.scenarios import instances_given as instances
from tests.scenarios import waste_given as waste
from tests.scenarios.conftest import ACCOUNT, TOKYO, run_instances


@dataclass(frozen=True)
class Story:
    """One verb's line, and what must be there before."""

    line: str
    prepare: Callable[[LocalAws], str] = lambda _aws: ""
    ready: str = ""
    once: str = ""  # the call of AWS that is never made again: then the end may be "unknown"
    of: str = ""  # the action that makes it, where others of the plan have ends of their own


def two_dev_instances(aws: LocalAws) -> str:
    run_instances(aws, 2, {"env": "dev"})
    return ""


def two_stopped(aws: LocalAws) -> str:
    ids = run_instances(aws, 2, {"env": "dev"})
    aws.client("ec2", account=ACCOUNT, region=TOKYO).stop_instances(InstanceIds=list(ids))
    return ""


def generations(aws: LocalAws) -> str:
    """An instance and a loose volume, with three generations each; returns their ids."""
    (instance,) = run_instances(aws, 1, {"env": "dev"})
    ec2 = aws.client("ec2", account=ACCOUNT, region=TOKYO)
    loose = ec2.create_volume(AvailabilityZone=f"{TOKYO}a", Size=8)["VolumeId"]
    tags = [{"ResourceType": "snapshot", "Tags": OURS}]
    for _ in range(3):
        ec2.create_snapshots(InstanceSpecification={"InstanceId": instance}, TagSpecifications=tags)
        ec2.create_snapshot(VolumeId=loose, TagSpecifications=tags)
    kept = aws.backend("ec2", ACCOUNT, TOKYO).snapshots.values()
    for nights, one in enumerate(kept, start=1):
        one.start_time -= timedelta(days=nights)
    return f"{instance} {loose}"


def a_protected_volume(aws: LocalAws) -> str:
    """A loose volume that the night is for, with a generation of yesterday."""
    ec2, marked = aws.client("ec2", account=ACCOUNT, region=TOKYO), [{"Key": "Backup", "Value": "nightly"}]
    tags = [{"ResourceType": "volume", "Tags": marked}]
    loose = ec2.create_volume(AvailabilityZone=f"{TOKYO}a", Size=8, TagSpecifications=tags)["VolumeId"]
    ours = [{"ResourceType": "snapshot", "Tags": OURS}]
    made = ec2.create_snapshot(VolumeId=loose, TagSpecifications=ours)["SnapshotId"]
    aws.backend("ec2", ACCOUNT, TOKYO).snapshots[made].start_time -= timedelta(days=1)
    return ""


def one_prod_instance(aws: LocalAws) -> str:
    run_instances(aws, 1, {"env": "prod"})
    return ""


def a_command_that_runs(aws: LocalAws) -> str:
    """What an operation #1 would have sent, on an instance."""
    (instance,) = run_instances(aws, 1, {"env": "prod"})
    aws.control.commands_take(None)
    aws.client("ssm", account=ACCOUNT, region=TOKYO).send_command(
        InstanceIds=[instance], DocumentName="AWS-RunShellScript", Comment="toban #1"
    )
    return ""


STORIES = {
    "ec2.stop": Story("/ec2 stop tag:env=dev", two_dev_instances),
    "ec2.start": Story("/ec2 start tag:env=dev", two_stopped),
    "ec2.hours": Story("/ec2 hours office {}", hours.two_that_run),
    "ec2.keep": Story("/ec2 keep running {} until 12:02", hours.two_that_run),
    "ec2.reboot": Story("/ec2 reboot tag:env=dev", two_dev_instances, once="RebootInstances"),
    "ec2.resize": Story("/ec2 resize {} --to m5.xlarge", instances.one_that_may_grow),
    "ec2.isolate": Story("/ec2 isolate {}", instances.one_that_is_suspect),
    "ec2.release": Story("/ec2 release {}", instances.one_that_is_isolated),
    "ec2.heal": Story("/ec2 heal {}", groups.a_lone_instance),
    "ec2.drain": Story("/ec2 drain {}", groups.one_behind_a_balancer),
    "ec2.recover": Story("/ec2 recover on {}", groups.one_that_does_not_recover),
    "asg.scale": Story("/asg scale web --desired 1", groups.a_group),
    "asg.suspend": Story("/asg suspend web --process Launch", groups.a_group),
    "asg.resume": Story("/asg resume web", groups.a_suspended_group),
    "rds.start": Story("/rds start shop", groups.a_stopped_database),
    "rds.stop": Story("/rds stop tag:env=dev", groups.a_database),
    "rds.again": Story("/rds again", groups.one_that_aws_will_start, "a database that AWS started"),
    "snapshot.create": Story("/snapshot create {} --keep 2", generations),
    "snapshot.prune": Story("/snapshot prune {} --keep 1", generations),
    "toban.cancel": Story("/toban cancel 1", one_prod_instance, "something to cancel"),
    "toban.acknowledge": Story("/toban acknowledge looked at it", ready="a break"),
    "toban.review": Story("/toban review 1", one_prod_instance, "an emergency"),
    "schedule.run": Story("/schedule run dev-off", two_dev_instances),
    "schedule.approve": Story("/schedule approve dev-off"),
    "schedule.add": Story('/schedule add "daily 09:00" /ec2 stop tag:env=prod --name off', one_prod_instance),
    "schedule.pause": Story("/schedule pause dev-off"),
    "schedule.resume": Story("/schedule resume dev-off", ready="a pause"),
    "schedule.skip": Story("/schedule skip dev-off"),
    "schedule.remove": Story("/schedule remove look", ready="a schedule from chat"),
    "ami.create": Story("/ami create {} --keep 2", backups.an_instance_with_images),
    "ami.copy": Story(f"/ami copy {{}} --to {backups.OREGON}", backups.an_image),
    "ami.prune": Story("/ami prune {} --keep 1", backups.an_instance_with_images),
    "ami.deregister": Story("/ami deregister {}", backups.an_image),
    "ami.restore": Story("/ami restore {}", backups.an_image),
    "snapshot.restore": Story(f"/snapshot restore {{}} --zone {TOKYO}a", backups.a_snapshot),
    "snapshot.archive": Story("/snapshot archive {}", backups.a_snapshot),
    "snapshot.copy": Story(f"/snapshot copy {{}} --to {backups.OREGON}", backups.a_snapshot),
    "backup.tonight": Story(f"/backup tonight --keep 1 --copy-to {backups.OREGON}", a_protected_volume),
    "run.command": Story('/run "df -h" on tag:env=dev', two_dev_instances, once="SendCommand"),
    "run.document": Story(
        "/run document AWS-UpdateSSMAgent on tag:env=dev", two_dev_instances, once="SendCommand"
    ),
    "run.stop": Story("/run stop 1", a_command_that_runs, "something to cancel"),
    "volume.delete": Story("/volume delete {}", waste.a_loose_volume),
    "volume.convert": Story("/volume convert {} --to gp3", waste.a_loose_volume),
    "address.release": Story("/address release {}", waste.a_free_address),
    "balancer.delete": Story("/balancer delete {}", waste.an_idle_balancer),
    "alarm.acknowledge": Story("/alarm acknowledge A1", ready="an alarm"),
    "alarm.snooze": Story("/alarm snooze A1 --for 2h", ready="an alarm"),
    "alarm.silence": Story("/alarm silence A1 --end", ready="a silence"),
    "alarm.page": Story("/alarm page A1", alarms.a_topic, "an alarm", once="Publish"),
    "failover.run-database": Story(
        "/failover run-database shop",
        groups.a_database_with_a_standby,
        once="RebootDBInstance",
        of="failover.fail-over-database",
    ),
    "failover.run-instance": Story(
        "/failover run-instance {} --for 1m --how stop --anyway", instances.one_to_break
    ),
    "cost.budget": Story("/cost budget set 3000"),
    "alarm.cover": Story(f"/alarm cover tag:env=dev --topic {alarms.TOPIC}", two_dev_instances),
    "alarm.tidy": Story("/alarm tidy {}", alarms.one_that_is_gone),
    "ses.measure": Story("/ses measure", alarms.one_that_sends),
    "ses.watch": Story(f"/ses watch --topic {alarms.TOPIC}", alarms.one_that_sends),
    "failover.prepare-region": Story(
        "/failover prepare-region https://shop.example.com/ --to eu-west-1"
        f" --role arn:aws:iam::{ACCOUNT}:role/canary --artifacts s3://canaries"
    ),
    "failover.abort": Story("/failover abort 1", instances.one_to_break, "a failure test that waits"),
    "failover.clean": Story("/failover clean", drills.what_a_drill_left),
    "backup.watch": Story(f"/backup watch --topic arn:aws:sns:{TOKYO}:{ACCOUNT}:on-duty"),
}


ELSEWHERE = {
    "failover.continue": "test_region_killed",
    "failover.run-region": "test_drills_killed",
    "failover.run-bucket": "test_drills_killed",
    "failover.run-experiment": "test_drills_killed",
    "failover.run-latency": "test_drills_killed",
    "failover.run-loss": "test_drills_killed",
    "failover.run-zone": "test_drills_killed",
}
"""Failure tests: all of them are killed in every order in a file of its own, some faults alone in others."""
