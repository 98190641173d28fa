from datetime import UTC, timedelta

from bot.operation import StepState
from tests.commands.desk import DEV_ID, TOKYO, Desk, left
from tests.commands.ses.mails import stands


def measured(desk: Desk) -> dict[str, float]:
    backend = desk.local.backend("cloudwatch", DEV_ID, TOKYO)
    return {one.name: one.value for one in backend.metric_data if one.namespace == "toban/SES"}


def test_the_numbers_become_metrics(desk: Desk) -> None:
    stands(desk, sent=40_000, bounces=0.012, complaints=0.0004)
    (row,) = desk.carry_out("/ses measure")
    assert row.state is StepState.DONE
    assert measured(desk) == {
        "Sent": 40_000.0,
        "Quota": 50_000.0,
        "QuotaUsed": 80.0,
        "BounceRate": 1.2,
        "ComplaintRate": 0.04,
        "Healthy": 1.0,
    }


def test_what_is_not_known_is_not_measured(desk: Desk) -> None:
    stands(desk, quota=-1, sent=5, enforcement="PROBATION")
    desk.carry_out("/ses measure")
    assert measured(desk) == {"Sent": 5.0, "Quota": 0.0, "Healthy": 0.0}


def test_where_nothing_is_sent_nothing_is_measured(desk: Desk) -> None:
    plan = desk.plan("/ses measure --account prod")
    assert plan.steps == ()
    assert left(plan) == {"toban/SES": "nothing is sent there"}


def test_it_is_measured_now(desk: Desk) -> None:
    stands(desk, sent=5)
    desk.carry_out("/ses measure")
    backend = desk.local.backend("cloudwatch", DEV_ID, TOKYO)
    (at,) = {one.timestamp for one in backend.metric_data if one.namespace == "toban/SES"}
    assert abs(at.replace(tzinfo=UTC) - desk.house.time()) < timedelta(minutes=5)
