"""toban is killed at every commit and request; after a restart there is one effect, honestly told."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, text

import commands
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


def test_every_verb_that_changes_something_has_a_story_here_or_is_killed_elsewhere() -> None:
    assert {*STORIES, *ELSEWHERE} == {verb.action for verb in commands.load() if verb.actions}
    assert not STORIES.keys() & ELSEWHERE.keys()
    assert all(Path(__file__).with_name(f"{file}.py").exists() for file in ELSEWHERE.values())


@pytest.fixture(scope="module")
def lives(one_local_aws: LocalAws) -> Iterator[Callable[..., dict[str, Any]]]:
    environment = {**os.environ, **one_local_aws.environment(ACCOUNT, TOKYO)}
    with subprocess.Popen(
        [sys.executable, "-m", "tests.scenarios.dying"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"

        def live(
            folder: Path, line: str, *, die_at: int = 0, later: int = 0, ready: str = ""
        ) -> dict[str, Any]:
            life = {"folder": str(folder), "line": line, "die_at": die_at, "later": later, "ready": ready}
            assert process.stdin is not None
            assert process.stdout is not None
            process.stdin.write(json.dumps(life) + "\n")
            process.stdin.flush()
            told: dict[str, Any] = json.loads(process.stdout.readline())
            return told

        yield live
        process.stdin.close()


@pytest.mark.timeout(600)
@pytest.mark.parametrize("verb", sorted(STORIES))
def test_killed_at_any_moment_it_goes_on_where_it_stopped(
    verb: str, local_aws: LocalAws, lives: Callable[..., dict[str, Any]], tmp_path: Path
) -> None:
    story = STORIES[verb]

    def begin(name: str) -> tuple[Path, str]:
        local_aws.reset()
        folder = tmp_path / name
        folder.mkdir()
        line = story.line.format(story.prepare(local_aws))
        if story.ready:
            assert lives(folder, line, ready=story.ready)["ended"]
        local_aws.control.log.clear()
        return folder, line

    folder, line = begin("undisturbed")
    told = lives(folder, line)
    assert told["ended"], told
    wanted = what_is_so(local_aws, folder)
    assert told["points"] >= 5

    for die_at in range(1, told["points"] + 1):
        folder, line = begin(f"dies-{die_at}")
        first = lives(folder, line, die_at=die_at)
        if first["died"]:
            assert lives(folder, line, later=60)["ended"], die_at
        else:  # writes that met shared a commit, so that there was one point less
            assert first["ended"], die_at
        lost = unknown_of(wanted, story.of) if story.of else unknown(wanted)
        ends = [wanted, lost, lost | {"told": []}] if story.once else [wanted]
        assert what_is_so(local_aws, folder) in ends, die_at
        assert not story.once or local_aws.control.count(story.once) <= 1, die_at
        nothing_changed_without_an_audit_line(local_aws, folder)


def what_is_so(aws: LocalAws, folder: Path) -> dict[str, object]:
    """AWS and the rows, without ids and times."""
    aws.control.settle()
    running = aws.backend("ec2", ACCOUNT, TOKYO).all_instances()
    snapshots = [
        (region, one.status, sorted(tag["key"] for tag in one.get_tags()))
        for region in (TOKYO, backups.OREGON)
        for one in aws.backend("ec2", ACCOUNT, region).snapshots.values()
    ]
    with closing(create_engine(f"sqlite:///{folder}/toban.db").connect()) as tx:
        rows = {
            name: [tuple(row) for row in tx.execute(text(query))]
            for name, query in {
                "operations": "select id, state from operations order by id",
                "steps": "select action, state, count(*) from steps group by 1, 2 order by 1, 2",
                "batches": "select action, state, count(*) from batches group by 1, 2 order by 1, 2",
                "waits": "select count(*) from waits",
                "ends": "select operation, event, outcome, count(*) from audit"
                " where event in ('step.ended', 'operation.ended') group by 1, 2, 3 order by 1, 2, 3",
                "letters": "select operation, kind, count(*) from outbox group by 1, 2 order by 1, 2",
                "agreed": "select name, person from schedule_approvals",
                "added": "select name, line, owner from chat_schedules",
                "standing": "select name, paused_by, skips from schedules",
                "budgets": "select account, amount, currency, person from budgets",
                **alarms.ROWS,
            }.items()
        }
    return {
        "instances": sorted((one.state, one.instance_type) for one in running),
        "snapshots": sorted(snapshots),
        **alarms.there(aws),
        **backups.there(aws),
        **drills.there(aws),
        **groups.there(aws),
        **instances.there(aws),
        **waste.there(aws),
        **rows,
    }


def unknown(so: dict[str, object]) -> dict[str, object]:
    """The same where the answer to a call that is made at most once was lost."""
    instead = {"done": "unknown", "answered": "unknown"}
    told = ("operations", "steps", "batches", "ends")
    rows: dict[str, Any] = {name: so[name] for name in told}
    return so | {
        name: [tuple(instead.get(value, value) for value in row) for row in each]
        for name, each in rows.items()
    }


def unknown_of(so: dict[str, Any], action: str) -> dict[str, object]:
    """The same where that was so of the one step of an action, and the others ended as they should."""
    step_ended = [row for row in so["ends"] if row[1] == "step.ended"]
    ((number, event, done, count),) = step_ended
    ends = [row for row in so["ends"] if row not in step_ended]
    return so | {
        "operations": [(id_, "unknown") for id_, _ in so["operations"]],
        "steps": [(name, "unknown" if name == action else state, n) for name, state, n in so["steps"]],
        "batches": [(name, "unknown" if name == action else state, n) for name, state, n in so["batches"]],
        "ends": [
            *((one, which, "unknown", n) for one, which, _, n in ends),
            (number, event, done, count - 1),
            (number, event, "unknown", 1),
        ],
    }


CHANGES = {
    *("SendCommand", "CancelCommand"),
    *("StopInstances", "StartInstances", "CreateSnapshot", "CreateSnapshots", "DeleteSnapshot"),
    *(
        "CopySnapshot",
        "CreateImage",
        "CopyImage",
        "DeregisterImage",
        "RunInstances",
        "CreateVolume",
        "ModifySnapshotTier",
    ),
    *("PutMetricData", "PutMetricAlarm", "CreateCanary", "StartCanary"),
    *instances.CHANGES,
    *groups.CHANGES,
    *waste.CHANGES,
    *alarms.CHANGES,
    *drills.CHANGES,
}


def nothing_changed_without_an_audit_line(aws: LocalAws, folder: Path) -> None:
    """Every call that changes AWS, also the repeated one, has intents that were committed before it."""
    with closing(create_engine(f"sqlite:///{folder}/toban.db").connect()) as tx:
        query = "select count(distinct detail) from audit where event = 'step.intended'"
        intended = tx.execute(text(query)).scalar_one()
    made = [call for call in aws.control.calls() if call.action in CHANGES]
    assert len(made) <= intended
