import pytest

from commands.ses._standing import BOUNCES, COMPLAINTS, Level, percent, reached
from tests.commands.desk import DEV_ID, PROD_ID, Desk, in_english, unread
from tests.commands.ses.mails import stands


def test_quota_rates_and_what_aws_thinks_of_it_stand_in_a_row(desk: Desk) -> None:
    stands(desk, sent=1234, bounces=0.012, complaints=0.0004)
    plan = desk.plan("/ses report")
    assert str(plan.summary) == "mail goes out well in 1 place"
    assert in_english(plan.table) == [
        ("dev", "ap-northeast-1", "🟢 HEALTHY", "1,234", "50,000", "1.2 %", "0.04 %")
    ]
    assert [str(note) for note in plan.notes] == ["2 other places send nothing: SES is in its sandbox there"]


@pytest.mark.parametrize(
    ("stand", "sign", "said"),
    [
        ({"bounces": 0.049}, "🟢", None),
        ({"bounces": 0.05}, "🟠", "🟠 dev/ap-northeast-1: 5 % of the mail bounces"),
        ({"bounces": 0.1}, "🔴", "🔴 dev/ap-northeast-1: 10 % of the mail bounces"),
        ({"complaints": 0.0009}, "🟢", None),
        ({"complaints": 0.001}, "🟠", "🟠 dev/ap-northeast-1: 0.1 % of the mail is complained about"),
        ({"complaints": 0.005}, "🔴", "🔴 dev/ap-northeast-1: 0.5 % of the mail is complained about"),
        ({"sent": 39_999}, "🟢", None),
        ({"sent": 40_000}, "🟠", "🟠 dev/ap-northeast-1: 80 % of the mail that may be sent"),
        ({"sent": 47_500}, "🔴", "🔴 dev/ap-northeast-1: 95 % of the mail that may be sent"),
        ({"enforcement": "PROBATION"}, "🔴", "🔴 dev/ap-northeast-1: AWS has the account under review"),
        ({"enforcement": "SHUTDOWN"}, "🔴", "🔴 dev/ap-northeast-1: AWS has paused sending"),
        ({"enabled": False}, "🔴", "🔴 dev/ap-northeast-1: sending is switched off"),
    ],
)
def test_awss_own_limits_make_it_orange_and_red(
    desk: Desk, stand: dict[str, float], sign: str, said: str | None
) -> None:
    stands(desk, **stand)  # type: ignore[arg-type]  # each of its own kind
    plan = desk.plan("/ses report")
    ((_, _, status, *_),) = in_english(plan.table)
    assert status.startswith(sign)
    notes = [str(note) for note in plan.notes[:-1]]
    assert (notes[0] if notes else None) == said or notes[0].startswith(said or "?")


def test_the_worst_place_comes_first_and_gives_the_headline(desk: Desk) -> None:
    stands(desk, DEV_ID, bounces=0.01)
    stands(desk, PROD_ID, bounces=0.2)
    plan = desk.plan("/ses report")
    assert str(plan.summary) == "sending is in danger in 1 place"
    assert [row[0] for row in in_english(plan.table)] == ["prod", "dev"]


def test_a_rate_that_is_old_is_not_known_any_more(desk: Desk) -> None:
    stands(desk, bounces=0.2, days=8)
    assert in_english(desk.plan("/ses report").table)[0][5] == "–"


def test_without_a_quota_nothing_is_a_share_of_it(desk: Desk) -> None:
    stands(desk, quota=-1, sent=1e6)
    assert in_english(desk.plan("/ses report").table)[0][3:5] == ("1,000,000", "∞")


def test_where_nothing_is_sent_that_is_said(desk: Desk) -> None:
    plan = desk.plan("/ses report")
    assert (str(plan.summary), plan.table) == ("no mail is sent by SES", None)


def test_a_place_that_cannot_be_read_is_said(desk: Desk) -> None:
    stands(desk, sent=1)
    desk.deny("GetAccount", PROD_ID)
    plan = desk.plan("/ses report")
    assert set(unread(plan)) == {("prod", "ap-northeast-1")}
    assert "ses:GetAccount" in unread(plan)["prod", "ap-northeast-1"]


def test_limits_are_reached_at_the_limit() -> None:
    assert [reached(value, BOUNCES) for value in (None, 0.0499, 0.05, 0.1)] == [0, 0, 1, 2]
    assert reached(0.005, COMPLAINTS) is Level.DANGER
    assert percent(0.0012) == "0.12 %"
