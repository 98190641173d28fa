"""How a failover stands by what RDS noted; the messages are those of "Amazon RDS event messages"."""

from datetime import UTC, datetime, timedelta

import pytest

from aws import database_events
from aws.database import Happening
from aws.database_events import Stage
from tests.canned import TOKYO, CannedAccounts

AT = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)


def noted(*messages: str) -> list[Happening]:
    """These, ten seconds apart."""
    return [Happening(AT + timedelta(seconds=10 * at), each) for at, each in enumerate(messages)]


@pytest.mark.parametrize(
    ("messages", "stage"),
    [
        ([], Stage.ASKED),
        (["DB instance restarted"], Stage.ASKED),
        (["Multi-AZ instance failover started."], Stage.BEGUN),
        (["Multi-AZ instance failover started", "DB instance restarted"], Stage.BEGUN),
        (["Multi-AZ instance failover started", "Multi-AZ instance failover completed"], Stage.COMPLETED),
        (["Multi-AZ instance failover completed", "DB instance restarted"], Stage.COMPLETED),
        (
            ["Multi-AZ failover to standby complete - DNS propagation may take a few minutes"],
            Stage.COMPLETED,
        ),
        (["The user requested a failover of the DB instance."], Stage.ASKED),
        (
            ["Abandoning user requested failover since a failover recently occurred on the instance."],
            Stage.FAILED,
        ),
        (["Started cross AZ failover to DB instance: orders-2"], Stage.BEGUN),
        (["Started same AZ failover to DB instance: orders-2"], Stage.BEGUN),
        (
            [
                "Started cross AZ failover to DB instance: orders-2",
                "Cluster failover failed, check the health of your cluster instances and try again.",
            ],
            Stage.FAILED,
        ),
    ],
)
def test_a_failover_is_as_far_as_rds_noted(messages: list[str], stage: Stage) -> None:
    assert database_events.course(noted(*messages)).stage is stage


def test_a_cluster_names_who_was_promoted() -> None:
    found = database_events.course(noted("Completed failover to DB instance: orders-2"))
    assert (found.stage, found.promoted) == (Stage.COMPLETED, "orders-2")


def test_only_what_was_noted_since_then_counts() -> None:
    def answer(asked: object) -> dict[str, object]:
        events = [
            {"Date": AT - timedelta(seconds=1), "Message": "Multi-AZ instance failover completed"},
            {"Date": AT + timedelta(seconds=5), "Message": "Multi-AZ instance failover started"},
        ]
        return {"Events": events}

    rds = CannedAccounts({"rds.DescribeEvents": answer}).rds(TOKYO)
    found = database_events.since(rds, "shop", AT, is_cluster=False, now=AT + timedelta(minutes=2))
    assert [one.message for one in found] == ["Multi-AZ instance failover started"]


def test_rds_is_asked_for_an_hour_more_than_has_passed() -> None:
    asked: list[object] = []

    def answer(params: object) -> dict[str, object]:
        asked.append(params)
        return {"Events": []}

    rds = CannedAccounts({"rds.DescribeEvents": answer}).rds(TOKYO)
    database_events.since(rds, "shop", AT, is_cluster=True, now=AT + timedelta(minutes=2))
    database_events.since(rds, "shop", AT, is_cluster=True, now=AT - timedelta(minutes=2))
    assert [each["Duration"] for each in asked] == [62, 60]  # type: ignore[index]  # a mapping
