"""/cost today: what the day that is under way has cost until now."""

from datetime import date

from tests.commands.cost.bills import EC2, Bill
from tests.commands.cost.golden import EVERYTHING, agrees, at, daily, new_york, rows, text

MONDAY = date(2026, 11, 30)
NOW = new_york(2026, 11, 30)


def bill(today: str) -> Bill:
    return Bill(daily(EC2, "100", MONDAY, but={MONDAY: today}))


def test_a_day_under_way_stands_beside_a_whole_one_and_compares_with_nothing() -> None:
    with at(NOW, dev=bill("41")) as there:
        plan = agrees(there.plan("/cost today"))
        assert text(plan) == ["2026-11-30: $41.00 until now – provisional"]
        assert rows(plan)[EVERYTHING] == ("$41.00", "$100.00", "–", "–")


def test_a_day_on_which_nothing_has_arrived_is_nothing_until_now() -> None:
    with at(NOW, dev=bill("")) as there:
        assert text(there.plan("/cost today")) == ["2026-11-30: $0.00 until now – provisional"]


def test_it_is_asked_anew_after_six_hours_and_not_before() -> None:
    with at(NOW, dev=bill("41")) as there:
        for hours, asked in ((0, 1), (3, 1), (2.9, 1), (0.2, 2)):
            there.house.time.pass_(hours=hours)
            there.plan("/cost today", by_the_clock=False)
            assert there.requests() == asked, hours


def test_what_is_said_of_today_is_not_what_yesterdays_post_said_first() -> None:
    """The day goes on: the next morning's report corrects nothing that nobody reported."""
    there_bill = bill("41")
    with at(NOW, dev=there_bill) as there:
        there.plan("/cost today")
        there_bill.lines = daily(EC2, "100", MONDAY)
        there.house.time.pass_(days=1)
        assert [one for one in text(there.plan("/cost report")) if one.startswith("Corrected")] == []
