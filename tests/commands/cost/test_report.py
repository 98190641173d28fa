"""/cost report: the post of a morning, whose money it is paid with, and how its message goes on."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest

from bot.arguments import UsageError
from bot.chart import Chart
from bot.costs import BillRules, Purpose
from bot.operation import Door
from tests.canned import Refusal
from tests.commands.cost.bills import EC2, PROD, RDS, S3, Bill, Morning
from tests.commands.cost.golden import (
    QUIET,
    SUNDAY,
    agrees,
    at,
    cells_of,
    daily,
    forecast,
    new_york,
    of_day,
    rows,
    text,
    tokyo,
)  # fmt: skip

NINE, MONDAY = tokyo(2026, 11, 30), new_york(2026, 11, 30)
SLOW_DOWN = Refusal("ThrottlingException", "slow down")


def purposes(there: Morning) -> list[str]:
    return [f"{one.purpose}: {one.what.split()[0]}" for one in reversed(there.book.requests(NINE))]


def letters(there: Morning) -> Sequence[Any]:
    with there.database().engine.connect() as tx:
        return tx.exec_driver_sql("select kind, channel, version from outbox").all()


# -- what it shows ---------------------------------------------------------------------------------


def test_sixty_days_by_the_services_that_cost_most_and_the_others_together() -> None:
    """Ten services of 1 to 10 a day: eight by name, 1 and 2 gathered."""
    lines = [line for n in range(1, 11) for line in daily(f"service {n:02d}", f"{n}")]
    plan = agrees(at_once(lines), SUNDAY)
    assert isinstance(plan.chart, Chart)
    assert [str(one.name) for one in plan.chart.series] == [
        *(f"service {n:02d}" for n in range(10, 2, -1)),
        "the others",
    ]
    assert {str(one.values[-1]) for one in plan.chart.series[-1:]} == {"3.0000000000"}
    assert (plan.chart.labels[0], plan.chart.labels[-1], len(plan.chart.labels)) == (
        "2026-10-01",
        "2026-11-29",
        60,
    )
    assert (str(plan.chart.title), plan.chart.provisional) == ("60 days by service, USD a day", 3)
    assert str(plan.chart.alt) == (
        # 60 x 55
        "Costs by day from 2026-10-01 to 2026-11-29: $3,300.00 in all, at most $55.00 on 2026-10-01;"
        " service 10 costs most."
    )
    assert of_day(plan, SUNDAY) == "55"


def at_once(lines: Any, rules: BillRules = QUIET, line: str = "/cost report") -> Any:
    with at(MONDAY, rules, dev=Bill(lines)) as there:
        return there.plan(line)


def test_the_table_has_what_moved_most_first_and_the_rest_in_one_row() -> None:
    moved = [(n, f"{n + (n if n % 2 else -n) / 10:.1f}") for n in range(1, 10)]
    plan = agrees(
        at_once([one for n, to in moved for one in daily(f"s{n}", f"{n}", but={SUNDAY: to})]), SUNDAY
    )
    assert [row[0] for row in cells_of(plan)] == ["s9", "s8", "s7", "s6", "s5", "s4", "… (3)", "Σ"]
    assert rows(plan)["s8"] == ("$7.20", "$8.00", "-$0.80", "-10 %")
    # 1.1 + 1.8 + 3.3 = 6.2; 1 + 2 + 3
    assert rows(plan)["… (3)"] == ("$6.20", "$6.00", "+$0.20", "+3 %")


def test_its_buttons_ask_why_and_for_waste() -> None:
    plan = at_once(daily(EC2, "100"))
    assert [(str(one.label), one.line) for one in plan.offers] == [
        ("Why?", "cost why 2026-11-29"),
        ("What could go?", "cost waste"),
    ]


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("/cost report --account dve", "No account “dve” is on the bill. Did you mean dev?"),
        ("/cost report --of year", "year"),
        ("/cost report --of wek", "week"),
    ],
)
def test_what_cannot_be_meant_is_said_with_what_could_be(line: str, sentence: str) -> None:
    with pytest.raises(UsageError) as raised:
        at_once(daily(EC2, "100"), line=line)
    assert sentence in str(raised.value.said)


# -- whose requests it uses ------------------------------------------------------------------------


def test_a_schedules_post_has_two_requests_the_days_and_the_forecast() -> None:
    with at(NINE, dev=Bill(daily(EC2, "100"))) as there:
        there.plan("/cost report")
        assert purposes(there) == ["post: service", "post: forecast"]


def test_a_tag_and_the_forecast_take_turns() -> None:
    with at(NINE, BillRules(tag="team"), dev=Bill(daily(EC2, "100"), forecast=december())) as there:
        for _ in range(4):
            there.plan("/cost report")
            there.house.time.pass_(days=1)
        assert purposes(there)[1::2] == ["post: tag:team", "post: forecast"] * 2


def december() -> Any:
    return forecast(SUNDAY, SUNDAY + timedelta(days=60), "10", "8", "13")


def test_a_colleague_who_asks_at_night_takes_nothing_from_the_mornings_post() -> None:
    bill = Bill(daily(EC2, "100"))
    with at(NINE - timedelta(hours=8), dev=bill) as there:
        there.plan("/cost report", by_the_clock=False)
        there.house.time.at = NINE
        plan = there.plan("/cost report")
        assert text(plan)[0] == "The bill of 2026-11-29: $100.00 until now – provisional"
        assert [one.purpose for one in there.book.requests(NINE)] == [Purpose.POST] * 2


def test_a_week_and_a_month_ask_for_days_that_no_morning_asked_for() -> None:
    with at(NINE, dev=Bill(daily(EC2, "100"))) as there:
        there.plan("/cost report")
        there.plan("/cost report --of week")
        assert there.requests() == 2
        there.plan("/cost report --of month")  # September
        assert purposes(there)[2:] == ["question: service"]


def test_made_anew_the_next_day_it_asks_for_no_forecast_and_says_what_its_own_day_cost() -> None:
    with at(NINE, dev=Bill(daily(EC2, "100"), forecast=december())) as there:
        first = there.plan("/cost report")
        there.house.time.pass_(days=1, minutes=10)
        anew = there.plan("/cost report", asked=NINE)
        assert purposes(there)[2:] == ["post: service"]
        assert str(first.notes[-1]) == str(anew.notes[-1]) == "2 paid requests today ($0.02)"


def test_held_figures_make_the_same_post() -> None:
    with at(NINE, dev=Bill(daily(EC2, "100"))) as there:
        asked = text(there.plan("/cost report"))
        there.book = there.book.held()  # type: ignore[assignment]  # a CostBook that asks nobody
        there.house.time.pass_(hours=7)
        assert (text(there.plan("/cost report", asked=NINE)), there.requests()) == (asked, 2)


# -- its message -----------------------------------------------------------------------------------


def test_the_message_in_the_channel_is_completed_in_place() -> None:
    """AWS has no time at nine, and answers half an hour later; the channel has one message, edited."""
    bill = Bill(daily(EC2, "100", but={SUNDAY: "33"}), refusal=SLOW_DOWN)
    with at(NINE, dev=bill) as there:
        home = there.home()
        home.ask("/cost report", key="bill", door=Door.CLOCK)
        home.work()
        number = home.number_of("bill")

        def said() -> str:
            plan = home.operation(number).plan
            assert plan is not None
            return str(plan.summary)

        assert said() == "Nothing is known of the bill of 2026-11-29."
        home.work(passing=29 * 60)
        bill.refusal = None
        home.work(passing=60)
        assert said() == "The bill of 2026-11-29: $33.00 until now – provisional"
        assert [(one.kind, one.version) for one in letters(there)] == [("answer", 2)]
        bill.lines = daily(EC2, "100")
        home.work(passing=23.5 * 3600 + 600)  # after the next post
        assert said() == "The bill of 2026-11-29: $100.00, ±0 % against 2026-11-22 ($100.00) – provisional"
        home.work(turns=3, passing=24 * 3600)
        assert said() == "The bill of 2026-11-29: $100.00, ±0 % against 2026-11-22 ($100.00)"
        asked, versions = there.requests(), letters(there)
        home.work(turns=5, passing=24 * 3600)
        assert (there.requests(), letters(there)) == (asked, versions)


def test_a_weeks_message_keeps_what_it_said_at_first() -> None:
    """Monday in Tokyo: 6 x 100 and 33 of Sunday; then 700; then 703."""
    bill = Bill(daily(EC2, "100", but={SUNDAY: "33"}))
    with at(NINE, dev=bill) as there:
        home = there.home()
        home.ask("/cost report --of week", key="bill", door=Door.CLOCK)
        home.work()
        number = home.number_of("bill")
        told = []
        for sunday in ("33", "100", "103"):
            bill.lines = daily(EC2, "100", but={SUNDAY: sunday})
            plan = home.operation(number).plan
            assert plan is not None
            told.append([one for one in text(plan) if "The bill of" in one or "at first" in one])
            home.work(passing=24 * 3600 + 600)
        week, before = "The bill of 2026-11-23..2026-11-29", "against 2026-11-16..2026-11-22 ($700.00)"
        first = f"{week}: $633.00, -10 % {before} – provisional"  # 633 / 700 = 0.9043
        corrected = f"Corrected; at first it said: {first}"
        assert told == [[first], [first], [f"{week}: $700.00, ±0 % {before} – provisional", corrected]]
        plan = home.operation(number).plan
        assert plan is not None
        assert text(plan)[:2] == [f"{week}: $703.00, ±0 % {before}", corrected]  # three days after its end


def test_a_report_that_one_person_asked_for_alone_is_told_once() -> None:
    with at(NINE, dev=Bill(daily(EC2, "100"))) as there:
        home = there.home()
        number = home.asked("/cost report")
        asked = there.requests()
        home.work(turns=3, passing=24 * 3600)
        assert (home.operation(number).plan is not None, there.requests()) == (True, asked)


def test_several_currencies_have_the_largest_bill_in_the_headline() -> None:
    china = Bill([*daily(RDS, "700", account=PROD), *daily(S3, "1", account=PROD)], currency="CNY")
    with at(MONDAY, QUIET, dev=Bill(daily(EC2, "100")), prod=china) as there:
        plan = agrees(there.plan("/cost report"), SUNDAY)
        assert text(plan)[0].startswith("The bill of 2026-11-29: CNY 701.00")
        assert "2026-11-29: $100.00, ±0 % against 2026-11-22 ($100.00) – provisional" in text(plan)
