"""/cost last-month: a whole month beside the one before it."""

from datetime import date

import pytest

from tests.commands.cost.bills import EC2, Bill
from tests.commands.cost.golden import EVERYTHING, agrees, at, daily, new_york, rows, text


@pytest.mark.parametrize(
    ("today", "line"),
    [
        ((2026, 12, 1), "2026-11: $300.00, -3 % against 2026-10 ($310.00) – provisional"),  # 30 and 31 x 10
        ((2026, 11, 30), "2026-10: $310.00, +3 % against 2026-09 ($300.00)"),  # 1.0333
        ((2027, 3, 15), "2027-02: $280.00, -10 % against 2027-01 ($310.00)"),  # 0.9032
        ((2028, 3, 15), "2028-02: $290.00, -6 % against 2028-01 ($310.00)"),  # 0.9355
    ],
)
def test_a_whole_month_beside_a_whole_month(today: tuple[int, int, int], line: str) -> None:
    """One that has settled is told without a reserve, though AWS may not call it final yet."""
    since = date(today[0] - 1, 9, 1)
    with at(new_york(*today), dev=Bill(daily(EC2, "10", date(*today), since=since))) as there:
        plan = agrees(there.plan("/cost last-month"))
        assert text(plan) == [line]
        assert rows(plan)[EVERYTHING][0] in line


def test_it_is_asked_for_once() -> None:
    with at(new_york(2026, 11, 15), dev=Bill(daily(EC2, "10"))) as there:
        for _ in range(3):
            there.plan("/cost last-month", by_the_clock=False)
            there.house.time.pass_(days=1)
        assert there.requests() == 1
