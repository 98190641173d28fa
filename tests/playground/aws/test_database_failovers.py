"""Forced failovers of the local AWS, which moto does not have: a fake that is tested by itself.

What it answers goes through botocore's own parsers, and its events are those that AWS's pages name.
"""

from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any

import pytest
from botocore.exceptions import ClientError

from playground.aws.server import LocalAws
from tests.canned import hold_against_model
from tests.playground.aws.conftest import ONCE, PRODUCTION
from tests.playground.aws.test_databases import status

HERE, THERE = "ap-northeast-1a", "ap-northeast-1c"


@pytest.fixture
def rds(aws: LocalAws) -> Any:
    client = aws.client("rds", account=PRODUCTION, config=ONCE)
    for name, multi_az in (("shop", True), ("lone", False)):
        client.create_db_instance(
            DBInstanceIdentifier=name,
            DBInstanceClass="db.r7g.large",
            Engine="mysql",
            AllocatedStorage=100,
            MasterUsername="local",
            MasterUserPassword="not-a-secret",
            MultiAZ=multi_az,
            AvailabilityZone=HERE,
        )
    return client


@pytest.fixture
def cluster(rds: Any) -> str:
    rds.create_db_cluster(
        DBClusterIdentifier="orders",
        Engine="aurora-mysql",
        MasterUsername="local",
        MasterUserPassword="not-a-secret",
    )
    for name, zone in (("orders-1", HERE), ("orders-2", THERE)):
        rds.create_db_instance(
            DBInstanceIdentifier=name,
            DBInstanceClass="db.r7g.large",
            Engine="aurora-mysql",
            DBClusterIdentifier="orders",
            AvailabilityZone=zone,
        )
    return "orders"


def fail_over(rds: Any, name: str = "shop") -> Any:
    return rds.reboot_db_instance(DBInstanceIdentifier=name, ForceFailover=True)


def zones(rds: Any, name: str = "shop") -> tuple[str, str]:
    (found,) = rds.describe_db_instances(DBInstanceIdentifier=name)["DBInstances"]
    return found["AvailabilityZone"], found.get("SecondaryAvailabilityZone", "")


def noted(rds: Any, name: str = "shop", kind: str = "db-instance") -> list[tuple[datetime, str]]:
    found = rds.describe_events(SourceIdentifier=name, SourceType=kind)["Events"]
    return [(one["Date"], one["Message"]) for one in found if one["EventCategories"] != ["creation"]]


def test_a_failover_goes_as_a_real_one_went(aws: LocalAws, rds: Any) -> None:
    aws.control.databases_fail_over()
    fail_over(rds)
    assert status(rds, "shop") == "rebooting"
    aws.control.advance(53)
    assert status(rds, "shop") == "rebooting"
    aws.control.advance(1)
    assert status(rds, "shop") == "available"
    (begun, first), *rest = noted(rds)[-3:]
    assert first == "Multi-AZ instance failover started"
    assert [((at - begun).total_seconds(), message) for at, message in rest] == [
        (20, "DB instance restarted"),
        (54, "Multi-AZ instance failover completed"),
    ]


def test_the_zone_is_another_long_before_it_is_shown(aws: LocalAws, rds: Any) -> None:
    aws.control.databases_fail_over()
    assert zones(rds) == (HERE, THERE)
    fail_over(rds)
    aws.control.advance(20)
    assert aws.control.database_stands("shop", PRODUCTION).primary == THERE
    aws.control.advance(120)
    assert zones(rds) == (HERE, THERE)
    aws.control.advance(480)
    assert zones(rds) == (THERE, HERE)


def test_who_asks_in_process_knows_how_it_stands(aws: LocalAws, rds: Any) -> None:
    aws.control.databases_fail_over(scale=0.5)
    still = aws.control.database_stands("shop", PRODUCTION)
    assert (still.primary, still.standby, still.failing_over, still.since) == (HERE, THERE, False, None)
    fail_over(rds)
    begun = aws.control.clock.now()
    aws.control.advance(10)
    now = aws.control.database_stands("shop", PRODUCTION)
    assert (now.primary, now.standby, now.failing_over) == (THERE, HERE, True)
    assert now.since == pytest.approx(begun, abs=1)
    aws.control.advance(17)
    assert not aws.control.database_stands("shop", PRODUCTION).failing_over


def test_a_second_failover_brings_it_home(aws: LocalAws, rds: Any) -> None:
    for _ in range(2):
        fail_over(rds)
        aws.control.settle()
    assert zones(rds) == (HERE, THERE)
    assert aws.control.database_stands("shop", PRODUCTION).primary == HERE


def test_rds_may_do_it_by_itself(aws: LocalAws, rds: Any) -> None:
    aws.control.fail_over_database("shop", PRODUCTION)
    assert aws.control.database_stands("shop", PRODUCTION).primary == THERE
    with pytest.raises(ValueError, match="cannot fail over"):
        aws.control.fail_over_database("lone", PRODUCTION)


@pytest.mark.parametrize(
    ("name", "code"), [("lone", "InvalidParameterCombination"), ("busy", "InvalidDBInstanceState")]
)
def test_without_a_standby_or_while_busy_there_is_none(aws: LocalAws, rds: Any, name: str, code: str) -> None:
    if name == "busy":
        aws.control.databases_fail_over()
        fail_over(rds)
    with pytest.raises(ClientError, match=code):
        fail_over(rds, "shop" if name == "busy" else name)


def test_an_ordinary_reboot_moves_nothing(aws: LocalAws, rds: Any) -> None:
    rds.reboot_db_instance(DBInstanceIdentifier="shop")
    assert zones(rds) == (HERE, THERE)
    assert noted(rds)[-1][1] == "DB instance restarted"


def test_the_zones_are_those_of_its_subnets(aws: LocalAws, rds: Any) -> None:
    ec2 = aws.client("ec2", account=PRODUCTION)
    chosen = [
        one["SubnetId"]
        for one in ec2.describe_subnets()["Subnets"]
        if one["AvailabilityZone"] in {HERE, "ap-northeast-1d"}
    ]
    rds.create_db_subnet_group(DBSubnetGroupName="two", DBSubnetGroupDescription="two", SubnetIds=chosen)
    rds.create_db_instance(
        DBInstanceIdentifier="placed",
        DBInstanceClass="db.r7g.large",
        Engine="mysql",
        AllocatedStorage=20,
        MasterUsername="local",
        MasterUserPassword="not-a-secret",
        MultiAZ=True,
        AvailabilityZone=HERE,
        DBSubnetGroupName="two",
    )
    assert zones(rds, "placed") == (HERE, "ap-northeast-1d")


def test_a_cluster_gets_another_writer(aws: LocalAws, rds: Any, cluster: str) -> None:
    aws.control.databases_fail_over()
    rds.failover_db_cluster(DBClusterIdentifier=cluster, TargetDBInstanceIdentifier="orders-2")
    (shown,) = rds.describe_db_clusters(DBClusterIdentifier=cluster)["DBClusters"]
    assert shown["Status"] == "failing-over"
    assert aws.control.database_stands(cluster, PRODUCTION).writer == "orders-1"
    aws.control.advance(54)
    now = aws.control.database_stands(cluster, PRODUCTION)
    assert (now.writer, now.primary, now.failing_over) == ("orders-2", THERE, False)
    assert [message for _, message in noted(rds, cluster, "db-cluster")] == [
        "Started cross AZ failover to DB instance: orders-2",
        "Completed failover to DB instance: orders-2",
    ]


def test_a_cluster_without_such_a_reader_does_not_fail_over(rds: Any, cluster: str) -> None:
    with pytest.raises(ClientError, match="InvalidDBClusterStateFault"):
        rds.failover_db_cluster(DBClusterIdentifier=cluster, TargetDBInstanceIdentifier="orders-1")


def test_answers_carry_the_time_of_this_aws(aws: LocalAws, rds: Any) -> None:
    def said() -> datetime:
        reply = rds.describe_db_instances()
        text = reply["ResponseMetadata"]["HTTPHeaders"]["date"]
        return parsedate_to_datetime(text)

    before = said()
    aws.control.advance(3600)
    assert 3599 <= (said() - before).total_seconds() <= 3620


def test_what_it_answers_is_what_the_model_knows(aws: LocalAws, rds: Any, cluster: str) -> None:
    answers = {
        "RebootDBInstance": fail_over(rds),
        "FailoverDBCluster": rds.failover_db_cluster(DBClusterIdentifier=cluster),
    }
    aws.control.settle()
    answers["DescribeEvents"] = rds.describe_events(SourceIdentifier="shop", SourceType="db-instance")
    for name, answer in answers.items():
        del answer["ResponseMetadata"]
        hold_against_model(rds.meta.service_model.operation_model(name), answer)
    assert answers["RebootDBInstance"]["DBInstance"]["DBInstanceStatus"] == "rebooting"
    assert answers["FailoverDBCluster"]["DBCluster"]["Status"] == "failing-over"
    told = {key for one in answers["DescribeEvents"]["Events"] for key in one}
    assert told == {"Date", "EventCategories", "Message", "SourceArn", "SourceIdentifier", "SourceType"}
