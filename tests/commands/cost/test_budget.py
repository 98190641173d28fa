"""/cost budget: what a month may cost; set as every change is, with its line in the audit log."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest

from bot.arguments import UsageError
from bot.costs import Budget
from bot.operation import State
from bot.plan import Plan
from tests.commands.cost.bills import EC2, PROD, Bill, Morning
from tests.commands.cost.golden import at, daily, new_york
from tests.house import APPROVER, OPERATOR, House

FRIDAY, NINETEENTH = new_york(2026, 11, 20), date(2026, 11, 19)


@pytest.fixture
def there() -> Iterator[Morning]:
    lines = [*daily(EC2, "100", NINETEENTH), *daily(EC2, "30", NINETEENTH, account=PROD)]
    with at(FRIDAY, dev=Bill(lines, names={PROD: "Shop"})) as opened:
        opened.plan("/cost report")
        yield opened


def carried_out(there: Morning, line: str) -> House:
    """Ask for it as a person, approve where that is needed, and work."""
    home = there.home()
    number = home.asked(line)
    if home.operation(number).state is State.WAITING:
        home.click(number, APPROVER)
    home.work()
    assert home.operation(number).state is State.DONE
    return home


def change(plan: Plan) -> tuple[str, dict[str, str], dict[str, str]]:
    (step,) = plan.steps
    return str(plan.summary), dict(step.before), dict(step.after)


def notes(plan: Plan) -> list[str]:
    return [str(plan.summary), *map(str, plan.notes)]


def test_a_budget_of_everything_is_one_step(there: Morning) -> None:
    plan = there.plan("/cost budget set 3000")
    assert change(plan) == (
        "set the budget of all to $3,000.00 a month",
        {"amount": "none"},
        {"amount": "$3,000.00"},
    )


def test_it_is_set_by_the_path_and_stands_in_the_audit_log(there: Morning) -> None:
    home = carried_out(there, "/cost budget set 3000")
    assert there.book.budgets() == [Budget("", Decimal(3000), "USD")]
    with home.path.db.engine.connect() as tx:
        lines = tx.exec_driver_sql("select event, person, line from audit order by id").all()
        (person,) = tx.exec_driver_sql("select person from budgets").scalars()
    assert ("operation.asked", OPERATOR, "cost budget set 3000") in [tuple(line) for line in lines]
    assert {"step.intended", "step.ended", "operation.ended"} <= {line.event for line in lines}
    assert person == OPERATOR


def test_another_budget_replaces_it_and_nothing_takes_it_away(there: Morning) -> None:
    carried_out(there, "/cost budget set 3000")
    assert change(there.plan("/cost budget set 2,500.50"))[1:] == (
        {"amount": "$3,000.00"},
        {"amount": "$2,500.50"},
    )
    assert change(there.plan("/cost budget set 0")) == (
        "take the budget of all away",
        {"amount": "$3,000.00"},
        {"amount": "none"},
    )
    carried_out(there, "/cost budget set 0")
    assert there.book.budgets() == []


def test_what_is_so_already_needs_no_step(there: Morning) -> None:
    there.book.set_budget(Budget("", Decimal(3000), "USD"), OPERATOR)
    for line in ("/cost budget set 3000", "/cost budget set $3,000.00"):
        plan = there.plan(line)
        assert (str(plan.summary), plan.steps) == ("It is so already.", ())
    assert str(there.plan("/cost budget set 0 --account dev").summary) == "It is so already."


@pytest.mark.parametrize("account", ["Shop", PROD])
def test_an_account_is_meant_by_its_name_or_its_number_and_is_the_same_one(
    there: Morning, account: str
) -> None:
    carried_out(there, f"/cost budget set 600 --account {account}")
    assert there.book.budgets() == [Budget("Shop", Decimal(600), "USD")]
    # 19 x 30 = 570
    assert notes(there.plan("/cost budget list")) == [
        "Budgets of 2026-11",
        "Budget (Shop): 95 % of $600.00 used",
    ]


def test_they_are_listed_with_how_much_is_used_the_whole_first(there: Morning) -> None:
    for account, amount in (("dev", "1000"), ("", "3000"), ("Shop", "600")):
        there.book.set_budget(Budget(account, Decimal(amount), "USD"), OPERATOR)
    asked = there.requests()
    assert notes(there.plan("/cost budget list", by_the_clock=False)) == [
        "Budgets of 2026-11",
        "Budget (all of it): 82 % of $3,000.00 used",  # 19 x 130 = 2,470
        "Budget (Shop): 95 % of $600.00 used",
        "⚠️ Budget (dev): 190 % of $1,000.00 used",
    ]
    assert there.requests() == asked


def test_on_the_first_of_the_month_nothing_of_it_is_used(there: Morning) -> None:
    there.book.set_budget(Budget("", Decimal(3000), "USD"), OPERATOR)
    there.book.set_budget(Budget("dev", Decimal(9), "CNY"), OPERATOR)
    there.house.time.at = new_york(2026, 12, 1)
    assert notes(there.plan("/cost budget list")) == [
        "Budgets of 2026-12",
        "Budget (all of it): 0 % of $3,000.00 used",
        "Budget (dev): 0 % of CNY 9.00 used",
    ]


def test_without_a_budget_it_says_how_one_is_set(there: Morning) -> None:
    assert notes(there.plan("/cost budget list")) == [
        "There is no budget; “/cost budget set 3000” sets one for a month."
    ]


def test_a_budget_is_in_the_currency_of_the_bill_that_it_is_of() -> None:
    china = Bill(daily(EC2, "50", NINETEENTH, account=PROD), currency="CNY")
    with at(FRIDAY, dev=Bill(daily(EC2, "100", NINETEENTH)), prod=china) as there:
        there.plan("/cost report")
        assert change(there.plan("/cost budget set 500 --account prod"))[2] == {"amount": "CNY 500.00"}
        assert change(there.plan("/cost budget set 500"))[2] == {"amount": "$500.00"}


def test_before_anything_is_known_a_budget_is_in_dollars() -> None:
    with at(FRIDAY, dev=Bill([])) as there:
        assert change(there.plan("/cost budget set 500"))[2] == {"amount": "$500.00"}
        assert there.requests() == 0


@pytest.mark.parametrize("written", ["3000", "3,000", "$3000", "￥3000", "３０００", "3000.00"])
def test_an_amount_is_read_as_people_write_it(there: Morning, written: str) -> None:
    assert change(there.plan(f"/cost budget set {written}"))[2] == {"amount": "$3,000.00"}


@pytest.mark.parametrize(
    "written",
    ["2500,50", "-1", "NaN", "Infinity", "1e3", "a lot", "3000USD", "100000001", "1_000", "3,00", "."],
)
def test_what_is_no_amount_is_said_to_be_none(there: Morning, written: str) -> None:
    with pytest.raises(UsageError) as raised:
        there.plan(f'/cost budget set "{written}"')
    assert str(raised.value.said) == f"“{written}” is no amount; write it like 3000 or 2,500.50."


def test_an_amount_that_was_forgotten_and_an_account_that_is_unknown_are_mistakes(there: Morning) -> None:
    with pytest.raises(UsageError) as raised:
        there.plan("/cost budget set")
    assert "is no amount" in str(raised.value.said)
    with pytest.raises(UsageError) as raised:
        there.plan("/cost budget set 5 --account Shpo")
    assert str(raised.value.said) == "No account “Shpo” is on the bill. Did you mean Shop?"


def test_the_largest_budget_fits_into_the_database(there: Morning) -> None:
    carried_out(there, "/cost budget set 100000000")
    assert there.book.budgets() == [Budget("", Decimal(10**8), "USD")]
