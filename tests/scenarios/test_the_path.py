"""The path from end to end, without Slack: ask, plan, approve, carry out, verify, audit."""

from datetime import timedelta

from sqlalchemy import select

from bot.audit.search import Query, search
from bot.flow.receive import Declined, Repeated
from bot.operation import Door, State, StepState
from bot.store.schema import outbox
from playground.aws.server import LocalAws
from tests.commands.shelf import OURS
from tests.house import APPROVER, OPERATOR, OTHER, READER, House
from tests.on_both import on_both
from tests.scenarios.conftest import ACCOUNT, TOKYO, run_instances

pytest_generate_tests = on_both


def states(local: LocalAws) -> dict[str, str]:
    ec2 = local.client("ec2", account=ACCOUNT, region=TOKYO)
    return {
        one["InstanceId"]: one["State"]["Name"]
        for reservation in ec2.describe_instances()["Reservations"]
        for one in reservation["Instances"]
    }


def test_an_operator_stops_dev_at_once_and_it_is_verified(
    at_home: House, local_aws: LocalAws, dev_instances: tuple[str, ...]
) -> None:
    local_aws.control.instances_take(stop=20)
    number = at_home.asked("/ec2 stop tag:env=dev")
    assert at_home.operation(number).state is State.RUNNING
    assert {row.state for row in at_home.steps(number)} == {StepState.AWAITING}

    local_aws.control.advance(21)
    at_home.work(passing=10)
    assert at_home.operation(number).state is State.DONE
    assert set(states(local_aws).values()) == {"stopped"}


def test_production_waits_for_another_person(at_home: House, local_aws: LocalAws) -> None:
    run_instances(local_aws, 2, {"env": "prod"})
    number = at_home.asked("/ec2 stop tag:env=prod")
    assert at_home.operation(number).state is State.WAITING
    assert at_home.operation(number).could_approve == ("U0MILLER", "U0SUZUKI")
    assert "yourself" in str(at_home.click(number, OPERATOR))
    assert "You may not" in str(at_home.click(number, READER))
    at_home.work()
    assert set(states(local_aws).values()) == {"running"}

    assert "carried out now" in str(at_home.click(number, APPROVER))
    at_home.work()
    assert at_home.operation(number).state is State.DONE
    assert set(states(local_aws).values()) == {"stopped"}


def test_every_change_has_an_audit_line_that_was_there_first(
    at_home: House, dev_instances: tuple[str, ...]
) -> None:
    number = at_home.asked("/ec2 stop tag:env=dev")
    rows = at_home.path.db.read(lambda tx: search(tx, Query(operation=number)))
    told = [row.event for row in reversed(rows)]
    assert told[:3] == ["operation.asked", "operation.planned", "operation.started"]
    assert told[3:6] == ["step.intended"] * 3
    assert told[6] == "step.answered"
    assert told[7:10] == ["step.ended"] * 3
    assert told[10:] == ["operation.ended"]
    assert {row.resource for row in rows if row.event == "step.intended"} == set(dev_instances)
    assert next(row.request_id for row in rows if row.event == "step.answered")


def test_a_reader_may_look_but_not_stop(at_home: House, dev_instances: tuple[str, ...]) -> None:
    assert isinstance(at_home.ask("/ec2 stop tag:env=dev", READER), Declined)
    number = at_home.asked("/ec2 list", READER)
    operation = at_home.operation(number)
    assert operation.state is State.ANSWERED
    assert operation.plan is not None
    assert operation.plan.table is not None
    assert len(operation.plan.table.rows) == 3


def test_the_same_delivery_twice_is_one_operation(at_home: House, dev_instances: tuple[str, ...]) -> None:
    at_home.ask("/ec2 stop tag:env=dev", key="same")
    assert isinstance(at_home.ask("/ec2 stop tag:env=dev", key="same"), Repeated)


def test_what_changed_since_the_plan_is_refused_with_the_difference(
    at_home: House, local_aws: LocalAws
) -> None:
    one, other = run_instances(local_aws, 2, {"env": "prod"})
    number = at_home.asked(f"/ec2 stop {one} {other}")
    local_aws.client("ec2", account=ACCOUNT, region=TOKYO).terminate_instances(InstanceIds=[one])
    at_home.click(number, APPROVER)
    at_home.work()
    ends = {row.step.target.id: (row.state, str(row.reason)) for row in at_home.steps(number)}
    assert ends[one] == (
        StepState.SKIPPED,
        "changed since the plan: state is terminated, it was running",
    )
    assert ends[other][0] is StepState.DONE
    assert at_home.operation(number).state is State.PARTLY


def test_nobody_approves_in_time_and_nothing_is_done(at_home: House, local_aws: LocalAws) -> None:
    run_instances(local_aws, 1, {"env": "prod"})
    number = at_home.asked("/ec2 stop tag:env=prod")
    at_home.work(passing=31 * 60)
    assert at_home.operation(number).state is State.EXPIRED
    assert "expired" in str(at_home.click(number, APPROVER))
    assert set(states(local_aws).values()) == {"running"}


def test_create_waits_for_the_new_generation_before_the_old_one_goes(
    at_home: House, local_aws: LocalAws, dev_instances: tuple[str, ...]
) -> None:
    instance = dev_instances[0]
    ec2 = local_aws.client("ec2", account=ACCOUNT, region=TOKYO)
    for turn in range(3):
        number = at_home.asked(f"/snapshot create {instance} --keep 2")
        if at_home.operation(number).state is State.WAITING:
            at_home.click(number, APPROVER)
            local_aws.control.snapshots_take(60)
            at_home.work()
            assert len(ec2.describe_snapshots(OwnerIds=["self"])["Snapshots"]) == 3
            local_aws.control.advance(61)
            at_home.work(passing=16, turns=3)
        assert at_home.operation(number).state is State.DONE, turn
        for one in local_aws.backend("ec2", ACCOUNT, TOKYO).snapshots.values():
            one.start_time -= timedelta(days=1)  # moto's moments are whole seconds, and these runs quick
    kept = ec2.describe_snapshots(OwnerIds=["self"])["Snapshots"]
    assert [one["State"] for one in kept] == ["completed"] * 2


def test_a_schedule_door_reports_to_its_channel(at_home: House, dev_instances: tuple[str, ...]) -> None:
    at_home.ask("/ec2 stop tag:env=dev", door=Door.CLOCK)
    at_home.work()
    with at_home.path.db.engine.connect() as tx:
        kinds = [row[0] for row in tx.exec_driver_sql("select kind from outbox order by id")]
    assert kinds == ["card", "reply"]


def test_an_emergency_does_not_wait_but_is_loud_and_wants_a_review(
    at_home: House, local_aws: LocalAws
) -> None:
    run_instances(local_aws, 1, {"env": "prod"})
    number = at_home.asked('/ec2 stop tag:env=prod --emergency "the disk is full"')
    assert at_home.operation(number).state is State.DONE
    assert set(states(local_aws).values()) == {"stopped"}
    assert at_home.operation(number).wants_review
    with at_home.path.db.engine.connect() as tx:
        shouted = tx.execute(select(outbox.c.body).where(outbox.c.key.endswith("emergency"))).scalar_one()
    assert "the disk is full" in str(shouted)

    own = at_home.asked(f"/toban review {number}")
    assert "yourself" in str(at_home.operation(own).reason)
    assert at_home.operation(number).wants_review
    at_home.asked(f"/toban review {number}", OTHER)
    assert at_home.operation(number).reviewed_by == OTHER


def test_what_cannot_be_undone_waits_even_in_an_emergency(at_home: House, local_aws: LocalAws) -> None:
    ec2 = local_aws.client("ec2", account=ACCOUNT, region=TOKYO)
    volume = ec2.create_volume(AvailabilityZone=f"{TOKYO}a", Size=8)["VolumeId"]
    tags = [{"ResourceType": "snapshot", "Tags": OURS}]
    for _ in range(2):
        ec2.create_snapshot(VolumeId=volume, TagSpecifications=tags)
    number = at_home.asked(f"/snapshot prune {volume} --keep 1 --emergency now")
    assert at_home.operation(number).state is State.WAITING
    assert not at_home.operation(number).emergency


def test_why_names_the_rule_and_who_could_agree(at_home: House, local_aws: LocalAws) -> None:
    run_instances(local_aws, 1, {"env": "prod"})
    number = at_home.asked("/toban why ec2 stop tag:env=prod")
    plan = at_home.operation(number).plan
    assert plan is not None
    assert "operators-change-production-with-another-person" in str(plan.summary)
    assert any("U0MILLER, U0SUZUKI" in str(note) for note in plan.notes)
    assert set(states(local_aws).values()) == {"running"}
