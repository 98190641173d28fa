"""Databases fail over; what moto lacks of it is the local AWS's, which is tested by itself."""

from dataclasses import replace
from datetime import timedelta

import pytest

from aws import database
from aws.account import Place
from aws.database import Database
from aws.errors import NoAnswer, Refused
from aws.tags import Tags
from bot.command import Replay, Sight
from bot.plan import Step
from commands.changes import fail_over_cluster, fail_over_database
from commands.changes.fail_over_cluster import FAIL_OVER_CLUSTER
from commands.changes.fail_over_database import FAIL_OVER_DATABASE
from commands.reading import fields
from playground.aws.faults import Fault, Kind
from tests.commands.changes.sending import Hand
from tests.commands.desk import DEV_ID, TOKYO, Desk
from tests.commands.rds.cellar import add, add_cluster, rds

HERE = Place("dev", TOKYO)
A, C = f"{TOKYO}a", f"{TOKYO}c"


def shown(hand: Hand, name: str, *, is_cluster: bool = False) -> Database:
    client = hand.world.aws.rds(HERE)
    (found,) = (database.clusters if is_cluster else database.find)(client, ids=[name])
    return found


@pytest.fixture
def hand(desk: Desk) -> Hand:
    add(desk, "shop", more={"MultiAZ": True, "AvailabilityZone": A}, env="dev")
    desk.local.control.databases_fail_over()
    return Hand(desk, FAIL_OVER_DATABASE)


@pytest.fixture
def step(hand: Hand) -> Step:
    return fail_over_database.failing_over(HERE, shown(hand, "shop"), needs=("steady",))


def test_a_step_says_where_the_primary_is_and_stays(step: Step) -> None:
    assert step.before == fields(multi_az="yes", state="available", zone=A)
    assert step.needs == ("steady",)
    assert dict(step.target.tags) == {"env": "dev"}
    (stays,) = map(str, step.warnings)
    assert stays == (
        f"there is no way back: its primary stays in {C}; `/failover run database shop` once more brings it"
        f" home to {A}"
    )


def test_over_is_what_rds_noted_as_completed_whatever_zone_it_shows(hand: Hand, step: Step) -> None:
    sent = hand.call(step)
    seen = [hand.watch(sent)]
    for seconds in (25, 25, 10):
        hand.pass_(seconds)
        seen.append(hand.watch(sent))
    assert [one.sight for one in seen] == [Sight.COMING, Sight.COMING, Sight.COMING, Sight.REACHED]
    assert "Multi-AZ instance failover started" in str(seen[1].shows)
    assert "it is available; RDS noted at" in str(seen[3].shows)
    assert shown(hand, "shop").zone == A
    assert hand.desk.local.control.database_stands("shop", DEV_ID).primary == C


def test_what_rds_noted_as_completed_is_over_only_when_it_is_available(hand: Hand, step: Step) -> None:
    sent = hand.call(step)
    hand.pass_(60)
    database = hand.desk.local.backend("rds", DEV_ID, TOKYO).databases["shop"]
    for state, sight in (("rebooting", Sight.COMING), ("available", Sight.REACHED)):
        database.status = state
        assert hand.watch(sent).sight is sight


def test_an_earlier_failover_does_not_count(hand: Hand, step: Step) -> None:
    hand.call(step)
    hand.pass_(600)
    again = hand.call(step)
    assert hand.watch(again).sight is Sight.COMING
    hand.pass_(60)
    assert hand.watch(again).sight is Sight.REACHED


def test_one_that_is_asked_for_again_is_not_over_before_rds_has_noted_it(hand: Hand, step: Step) -> None:
    hand.call(step)
    hand.pass_(600)
    hand.desk.local.control.databases_fail_over(start=5)
    seen = hand.watch(hand.call(step))
    assert (seen.sight, "RDS has noted nothing" in str(seen.shows)) == (Sight.COMING, True)


def test_a_clock_of_toban_that_goes_wrong_changes_nothing(hand: Hand, step: Step) -> None:
    hand.desk.house.time.at += timedelta(days=2)
    sent = hand.call(step)
    hand.pass_(60)
    assert hand.watch(sent).sight is Sight.REACHED


def test_one_that_is_no_longer_as_planned_is_seen(hand: Hand, step: Step) -> None:
    assert hand.look(step) == step.before
    hand.call(step)
    hand.pass_(600)
    assert hand.look(step) == fields(multi_az="yes", state="available", zone=C)
    rds(hand.desk).delete_db_instance(DBInstanceIdentifier="shop", SkipFinalSnapshot=True)
    assert hand.look(step) is None


def test_a_database_that_breaks_has_failed(hand: Hand, step: Step) -> None:
    sent = hand.call(step)
    hand.desk.local.backend("rds", DEV_ID, TOKYO).databases["shop"].status = "storage-full"
    assert hand.watch(sent).sight is Sight.FAILED


def test_an_answer_that_is_cut_off_is_not_asked_for_again(hand: Hand, step: Step) -> None:
    hand.desk.local.control.order(Fault(Kind.CUT_AFTER, action="RebootDBInstance"))
    with pytest.raises(NoAnswer):
        hand.call(step)
    assert hand.desk.local.control.count("RebootDBInstance") == 1
    assert FAIL_OVER_DATABASE.replay is Replay.AT_MOST_ONCE


def test_without_a_standby_rds_refuses(hand: Hand) -> None:
    add(hand.desk, "lone")
    with pytest.raises(Refused):
        hand.call(fail_over_database.failing_over(HERE, shown(hand, "lone")))


GOOD = Database(
    "shop",
    "available",
    "mysql",
    retention_days=7,
    restorable=None,
    tags=Tags(),
    multi_az=True,
    zone=A,
)


@pytest.mark.parametrize(
    ("one", "why"),
    [
        (GOOD, None),
        (replace(GOOD, state="backing-up"), "it is backing-up"),
        (replace(GOOD, multi_az=False), f"it is in one zone only ({A}): there is no standby"),
        (replace(GOOD, source="other"), "it is a read replica of other"),
        (replace(GOOD, cluster="orders"), "it is a member of the cluster orders: fail that over"),
    ],
)
def test_why_one_cannot_be_failed_over(one: Database, why: str | None) -> None:
    said = fail_over_database.why_not(one)
    assert (str(said) if said else None) == why


# -- clusters ------------------------------------------------------------------------------------------


@pytest.fixture
def cluster(desk: Desk) -> Hand:
    add_cluster(desk, "orders", "orders-1")
    for name in ("orders-2", "orders-3"):
        rds(desk).create_db_instance(
            DBInstanceIdentifier=name,
            DBInstanceClass="db.r7g.large",
            Engine="aurora-mysql",
            DBClusterIdentifier="orders",
            AvailabilityZone=C,
        )
    desk.local.control.databases_fail_over()
    return Hand(desk, FAIL_OVER_CLUSTER)


def test_a_reader_becomes_the_writer_of_a_cluster(cluster: Hand) -> None:
    step = fail_over_cluster.failing_over(HERE, shown(cluster, "orders", is_cluster=True), "orders-2")
    assert step.before == fields(state="available", writer="orders-1")
    sent = cluster.call(step)
    assert cluster.watch(sent).sight is Sight.COMING
    cluster.pass_(60)
    seen = cluster.watch(sent)
    assert (seen.sight, cluster.look(step)) == (
        Sight.REACHED,
        fields(state="available", writer="orders-2"),
    )
    assert "Completed failover to DB instance: orders-2" in str(seen.shows)


def test_a_cluster_that_promotes_another_has_failed(cluster: Hand) -> None:
    one = shown(cluster, "orders", is_cluster=True)
    sent = cluster.call(fail_over_cluster.failing_over(HERE, one, "orders-3"))
    other = fail_over_cluster.failing_over(HERE, one, "orders-2")
    cluster.pass_(60)
    seen = cluster.watch(type(sent)(other, sent.result))
    assert (seen.sight, str(seen.shows)) == (Sight.FAILED, "RDS made orders-3 the writer instead")


def test_a_cluster_without_a_reader_cannot_be_failed_over(desk: Desk) -> None:
    add_cluster(desk, "orders", "orders-1")
    one = shown(Hand(desk, FAIL_OVER_CLUSTER), "orders", is_cluster=True)
    assert str(fail_over_cluster.why_not(one)) == "it has no reader: nothing can take over"
