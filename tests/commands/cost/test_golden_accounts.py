"""Golden cases: several payers, their member accounts, currencies, one account alone, a tag."""

from datetime import date, timedelta
from decimal import Decimal

from bot.chart import Chart
from bot.costs import BillRules
from tests.canned import Refusal
from tests.commands.cost.bills import DEV, EC2, OTHER, PROD, RDS, S3, Bill, Line
from tests.commands.cost.golden import (
    EVERYTHING,
    QUIET,
    SUNDAY,
    agrees,
    at,
    daily,
    new_york,
    of_day,
    post,
    rows,
    text,
    together,
    tokyo,
)  # fmt: skip

MONDAY = new_york(2026, 11, 30)


def test_two_payers_are_one_bill() -> None:
    dev = Bill(daily(EC2, "100", but={SUNDAY: "104"}))
    prod = Bill([*daily(EC2, "300", account=PROD, but={SUNDAY: "297"}), *daily(RDS, "50", account=PROD)])
    with at(MONDAY, dev=dev, prod=prod) as there:
        plan = agrees(there.plan("/cost report"), SUNDAY)
        assert text(plan) == [
            # 104 + 297 + 50 = 451; 100 + 300 + 50 = 450; 1.0022
            "The bill of 2026-11-29: $451.00, ±0 % against 2026-11-22 ($450.00) – provisional",
            # 28 x 450 + 451 = 13,051; 29 x 450 = 13,050
            (
                "Month to date: 2026-11-01..2026-11-29: $13,051.00, ±0 % against"
                " 2026-10-01..2026-10-29 ($13,050.00)"
            ),
            "By account: dev: +$4.00 (+4 %), prod: -$3.00 (-1 %)",
        ]
        assert rows(plan)[EC2] == ("$401.00", "$400.00", "+$1.00", "±0 %")
        assert there.requests() == 4


def test_a_payer_on_anothers_bill_is_counted_once() -> None:
    management = Bill([*daily(EC2, "100"), *daily(EC2, "30", account=PROD)])
    member = Bill(daily(EC2, "30", account=PROD))
    with at(MONDAY, dev=management, prod=member) as there:
        plan = agrees(there.plan("/cost report"), SUNDAY)
        assert rows(plan)[EVERYTHING] == ("$130.00", "$130.00", "$0.00", "±0 %")
        there.house.time.pass_(days=1)
        there.plan("/cost report")
        assert len(member.asked) == 1  # once, until it was known whose bill it is on


def test_the_accounts_that_moved_most_of_ten() -> None:
    """Account n pays 10 x n a day, and on Sunday n x n more; the four that moved most are named."""
    lines = [
        line
        for n in range(1, 11)
        for line in daily(EC2, f"{10 * n}", account=f"{n:012d}", but={SUNDAY: f"{10 * n + n * n}"})
    ]
    names = {f"{n:012d}": f"team {n}" for n in range(1, 11)}
    with at(MONDAY, QUIET, dev=Bill(lines, names=names)) as there:
        plan = agrees(there.plan("/cost report"), SUNDAY)
        # 10 x (1 + … + 10) = 550; 1 + 4 + … + 100 = 385
        assert rows(plan)[EVERYTHING] == ("$935.00", "$550.00", "+$385.00", "+70 %")
        assert (
            "By account: team 10: +$100.00 (+100 %), team 9: +$81.00 (+90 %), team 8: +$64.00 (+80 %),"
            " team 7: +$49.00 (+70 %)"
        ) in text(plan)


def ten(expired: str = "") -> dict[str, Bill]:
    """Ten payers of 10 a day each; the role of one cannot be had."""
    bills = {
        f"team-{n}": Bill(daily(EC2, "10", account=f"{n:012d}"), number=f"{n:012d}") for n in range(1, 11)
    }
    if expired:
        bills[expired].refusal = Refusal("ExpiredTokenException", "The security token is expired", 403)
    return bills


def test_an_expired_role_among_ten_payers_is_named_and_nine_are_told() -> None:
    bills = ten(expired="team-4")
    with together(MONDAY, bills) as there:
        plan = agrees(there.plan("/cost report"), SUNDAY)
        assert text(plan) == [
            "The bill of 2026-11-29: $90.00, ±0 % against 2026-11-22 ($90.00) – provisional",
            (
                "Month to date: 2026-11-01..2026-11-29: $2,610.00, ±0 % against"  # 29 x 90
                " 2026-10-01..2026-10-29 ($2,610.00)"
            ),
            (
                "⚠️ Not up to date: team-4: toban has no valid identity for AWS:"
                " The security token is expired; check the role and the profile in the settings"
            ),
        ]
        assert plan.again == MONDAY + timedelta(minutes=30)
        bills["team-4"].refusal = None
        there.house.time.at = plan.again
        then = agrees(there.plan("/cost report", asked=MONDAY), SUNDAY)
        assert text(then)[0] == (
            "The bill of 2026-11-29: $100.00, ±0 % against 2026-11-22 ($100.00) – provisional"
        )
        assert then.again == MONDAY + timedelta(days=1, minutes=10)


def test_a_role_that_expires_over_night_makes_nothing_look_cheaper() -> None:
    """What moved is said of the nine whose Sunday is known, on both sides; so is the headline."""
    bills = ten()
    for number, bill in enumerate(bills.values(), 1):
        bill.lines = daily(EC2, "10", SUNDAY, account=f"{number:012d}", but={SUNDAY: "11"})
    with together(new_york(2026, 11, 29), bills, QUIET) as there:
        there.plan("/cost report")
        bills["team-4"].refusal = Refusal("ExpiredTokenException", "The security token is expired", 403)
        there.house.time.at = MONDAY
        plan = agrees(there.plan("/cost report"), SUNDAY)
        # 9 x 11 = 99; 9 x 10 = 90
        assert text(plan)[0] == (
            "The bill of 2026-11-29: $99.00, +10 % against 2026-11-22 ($90.00), without team-4 – provisional"
        )
        assert rows(plan)[EVERYTHING] == ("$99.00", "$90.00", "+$9.00", "+10 %")


def test_a_bill_in_yuan_stands_beside_the_one_in_dollars() -> None:
    china = Bill(daily(EC2, "70", account=PROD, but={SUNDAY: "77"}), currency="CNY")
    with at(MONDAY, dev=Bill([*daily(EC2, "100"), *daily(S3, "20")]), prod=china) as there:
        plan = agrees(there.plan("/cost report"), SUNDAY)
        assert text(plan) == [
            "The bill of 2026-11-29: $120.00, ±0 % against 2026-11-22 ($120.00) – provisional",
            (
                "Month to date: 2026-11-01..2026-11-29: $3,480.00, ±0 % against"
                " 2026-10-01..2026-10-29 ($3,480.00)"
            ),
            "2026-11-29: CNY 77.00, +10 % against 2026-11-22 (CNY 70.00) – provisional",
            # 28 x 70 + 77 = 2,037; 29 x 70 = 2,030
            (
                "Month to date: 2026-11-01..2026-11-29: CNY 2,037.00, ±0 % against"
                " 2026-10-01..2026-10-29 (CNY 2,030.00)"
            ),
        ]
        assert isinstance(plan.chart, Chart)
        assert plan.chart.currency == "USD"
        assert rows(plan)[EC2] == ("$100.00", "$100.00", "$0.00", "±0 %")


def test_yen_have_no_decimals() -> None:
    with at(MONDAY, QUIET, dev=Bill([*daily(EC2, "12345.4"), *daily(S3, "0.5")], currency="JPY")) as there:
        plan = agrees(there.plan("/cost report"), SUNDAY)
        # 12,345.9 is 12,346; 12,345 and 0 are cut, and the yen that is missing goes to who lost most: S3
        assert rows(plan) == {
            EC2: ("¥12,345", "¥12,345", "¥0", "±0 %"),
            S3: ("¥1", "¥1", "¥0", "±0 %"),
            EVERYTHING: ("¥12,346", "¥12,346", "¥0", "±0 %"),
        }


def test_one_account_alone() -> None:
    lines = [*daily(EC2, "100"), *daily(EC2, "30", account=PROD, but={SUNDAY: "33"}), *daily(S3, "7")]
    plan = agrees(post(MONDAY, lines, line=f"/cost report --account {PROD}"), SUNDAY)
    assert text(plan) == [
        "The bill of 2026-11-29: $33.00, +10 % against 2026-11-22 ($30.00) – provisional",
        # 28 x 30 + 33 = 873; 29 x 30 = 870
        "Month to date: 2026-11-01..2026-11-29: $873.00, ±0 % against 2026-10-01..2026-10-29 ($870.00)",
    ]
    assert list(rows(plan)) == [EC2, EVERYTHING]


def test_the_values_of_a_tag_that_moved_and_what_carries_none() -> None:
    """Sunday the 29th has an odd number among days: it is the tag's turn."""
    assert SUNDAY.toordinal() % 2 == 1
    rules = BillRules(tag="team", floor=Decimal(10**6))
    lines = [
        *daily(EC2, "40", tag="web", but={SUNDAY: "50"}),
        *daily(EC2, "30", tag="data", but={SUNDAY: "27"}),
        *daily(S3, "5", but={SUNDAY: "9"}),
    ]
    with at(MONDAY, rules, dev=Bill(lines)) as there:
        plan = agrees(there.plan("/cost report"), SUNDAY)
        moved = "web: +$10.00 (+25 %), no tag: +$4.00 (+80 %), data: -$3.00 (-10 %)"
        assert f"By tag team, 2026-11-29: {moved}" in text(plan)
        there.house.time.pass_(days=1)  # the next day it is the forecast's: the tag is told of Sunday
        assert f"By tag team, 2026-11-29: {moved}" in text(there.plan("/cost report"))


def test_in_tokyo_a_tag_is_told_of_the_day_that_is_whole() -> None:
    rules = BillRules(tag="team", floor=Decimal(10**6))
    saturday = date(2026, 11, 28)
    lines = daily(EC2, "40", tag="web", but={saturday: "44", SUNDAY: "3"})
    plan = post(tokyo(2026, 11, 30), lines, rules=rules)
    assert "By tag team, 2026-11-28: web: +$4.00 (+10 %)" in text(plan)


def test_accounts_are_told_by_the_names_that_aws_gives_them() -> None:
    bill = Bill(
        [
            *daily(EC2, "10", account=DEV, but={SUNDAY: "12"}),
            *daily(EC2, "10", account=OTHER, but={SUNDAY: "7"}),
        ],
        names={DEV: "sandbox", OTHER: "Shop"},
    )
    with at(MONDAY, QUIET, dev=bill) as there:
        plan = agrees(there.plan("/cost report"), SUNDAY)
        assert "By account: Shop: -$3.00 (-30 %), dev: +$2.00 (+20 %)" in text(plan)
        only = agrees(there.plan("/cost report --account Shop"), SUNDAY)
        assert of_day(only, SUNDAY) == "7"


def test_a_line_of_the_bill_that_names_no_service_of_ours_is_counted_all_the_same() -> None:
    plan = agrees(post(MONDAY, daily("", "1"), [Line(SUNDAY, "Refund", "-0.25")], rules=QUIET), SUNDAY)
    assert rows(plan)["–"] == ("$1.00", "$1.00", "$0.00", "±0 %")
