"""Amounts of a bill in the database: exact, once a day, and what was said of a day first."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cost_days import is_settled
from bot.costs import BY_SERVICE, Budget, By, Cut, Days, DayState, Purpose
from bot.store import budgets, cost_requests, costs
from bot.store.cost_requests import FAILED
from bot.store.costs import Row, amount_of, units
from bot.store.database import Database

DEV, PROD = "123456789012", "111111111111"
DAY = date(2026, 11, 29)
OVER = datetime(2026, 11, 30, tzinfo=UTC)  # the end of the day
DAYS = Days(date(2026, 11, 1), DAY)


def put(
    db: Database,
    rows: Sequence[Row],
    *,
    day: date = DAY,
    asked: datetime = OVER,
    payer: str = "dev",
    cut: Cut = BY_SERVICE,
    currency: str = "USD",
    final: bool = False,
) -> None:
    db.write(lambda tx: costs.put_day(tx, cut, payer, day, rows, asked=asked, final=final, currency=currency))


def one(amount: str, key: str = "EC2", account: str = DEV) -> list[Row]:
    return [Row(account, key, Decimal(amount))]


def states(db: Database, cut: Cut = BY_SERVICE) -> list[DayState]:
    return db.read(lambda tx: costs.states(tx, cut, DAYS, is_settled))


def added(db: Database, by: tuple[By, ...] = (), **more: str) -> dict[tuple[str, str], Decimal]:
    rows = db.read(lambda tx: costs.added(tx, BY_SERVICE, DAYS, by, **more))
    return {(row.key, row.account): row.amount for row in rows}


@given(st.decimals(-(10**8), 10**8, places=10))
def test_an_amount_comes_back_as_aws_gave_it_to_the_tenth_decimal(amount: Decimal) -> None:
    assert amount_of(units(amount)) == amount


def test_a_day_is_replaced_not_added_to(db: Database) -> None:
    put(db, [*one("1"), *one("2", "S3")])
    put(db, one("5"), asked=OVER + timedelta(days=1))
    assert added(db, (By.KEY,)) == {("EC2", ""): Decimal(5)}


def test_two_rows_of_one_account_and_service_are_added(db: Database) -> None:
    put(db, [*one("1"), *one("0.0000000001")])
    assert added(db) == {("", ""): Decimal("1.0000000001")}


def test_what_was_said_first_is_kept_beside_what_is_said_now(db: Database) -> None:
    put(db, one("40"))
    put(db, one("101"), asked=OVER + timedelta(days=1))
    put(db, one("102"), asked=OVER + timedelta(days=2))
    (state,) = states(db)
    assert (f"{state.first:f}", f"{state.total:f}") == ("40.0000000000", "102.0000000000")
    assert state.asked == OVER + timedelta(days=2)


def test_what_was_said_while_the_day_was_under_way_was_not_said_of_it(db: Database) -> None:
    put(db, one("7"), asked=OVER - timedelta(hours=9))
    put(db, one("9"), asked=OVER - timedelta(seconds=1))
    put(db, one("40"), asked=OVER)
    put(db, one("101"), asked=OVER + timedelta(days=1))
    (state,) = states(db)
    assert (f"{state.first:.2f}", f"{state.total:.2f}") == ("40.00", "101.00")


def test_a_day_without_cost_is_known_all_the_same(db: Database) -> None:
    put(db, [], currency="")
    (state,) = states(db)
    assert (state.total.is_zero(), state.currency, added(db)) == (True, "", {})


def test_cuts_do_not_mix(db: Database) -> None:
    put(db, one("1"))
    put(db, one("1", "APN1-BoxUsage"), cut=Cut("usage", "EC2"))
    assert added(db) == {("", ""): Decimal(1)}
    assert [state.day for state in states(db, Cut("usage", "EC2"))] == [DAY]
    assert states(db, Cut("usage", "S3")) == []


def test_amounts_are_kept_apart_by_what_is_asked_for(db: Database) -> None:
    put(db, [*one("1"), *one("2", "S3"), *one("4", "S3", PROD)])
    assert added(db, (By.KEY,)) == {("EC2", ""): 1, ("S3", ""): 6}
    assert added(db, (By.ACCOUNT,)) == {("", DEV): 3, ("", PROD): 4}
    assert added(db, account=PROD) == {("", ""): 4}
    assert added(db, (By.ACCOUNT,), key="S3") == {("", DEV): 2, ("", PROD): 4}
    assert added(db, account="333333333333") == {}


def test_an_account_is_called_as_aws_calls_it_last(db: Database) -> None:
    put(db, one("1"))
    for name in ("shop", "", "shop-eu"):
        db.write(partial(costs.name_accounts, names={DEV: name}))
    assert db.read(costs.labels) == {DEV: "shop-eu"}


def test_an_account_stands_on_a_bill_when_it_is_on_any_of_its_newest_days(db: Database) -> None:
    """A day under way names few accounts; what stood there last week still does."""
    put(db, one("9", account=PROD), day=date(2026, 11, 20))
    put(db, one("1"), day=DAY)
    ids = (DEV, PROD)
    found = db.read(lambda tx: costs.stand_on(tx, BY_SERVICE, ("dev", "prod"), ids, 62))
    assert found == {("dev", DEV), ("dev", PROD)}
    assert db.read(lambda tx: costs.stand_on(tx, BY_SERVICE, ("dev",), ids, 9)) == {("dev", DEV)}
    assert db.read(lambda tx: costs.stand_on(tx, Cut("region"), ("dev",), ids, 62)) == frozenset()


def test_a_payers_currency_is_that_of_its_newest_day_with_an_amount(db: Database) -> None:
    put(db, one("1"), day=date(2026, 11, 28), currency="CNY")
    put(db, [], day=DAY, currency="")
    assert db.read(costs.currencies) == {"dev": "CNY"}


def reserve(db: Database, most: int = 2, purpose: Purpose = Purpose.POST, payer: str = "dev") -> int | None:
    return db.write(lambda tx: cost_requests.reserve(tx, payer, DAY, purpose, "service", OVER, most))


def test_an_allowance_is_of_a_payer_a_day_and_a_purpose(db: Database) -> None:
    assert [reserve(db) is None for _ in range(3)] == [False, False, True]
    assert reserve(db, purpose=Purpose.QUESTION) is not None
    assert reserve(db, payer="prod") is not None
    tomorrow = DAY + timedelta(days=1)
    assert db.write(lambda tx: cost_requests.reserve(tx, "dev", tomorrow, Purpose.POST, "", OVER, 2))


def test_what_aws_refused_takes_no_place_and_what_never_ended_does(db: Database) -> None:
    refused = reserve(db, 1)
    assert refused is not None
    db.write(lambda tx: cost_requests.ended(tx, refused, FAILED))
    assert reserve(db, 1) is not None  # toban died over this one
    assert reserve(db, 1) is None


def test_requests_are_told_newest_first(db: Database) -> None:
    reserve(db)
    reserve(db, purpose=Purpose.QUESTION)
    found = db.read(lambda tx: cost_requests.since(tx, OVER))
    assert [one.purpose for one in found] == [Purpose.QUESTION, Purpose.POST]
    assert db.read(lambda tx: cost_requests.since(tx, OVER + timedelta(seconds=1))) == []


@pytest.mark.parametrize("amount", ["3000", "100000000", "0.01"])
def test_a_budget_is_set_replaced_and_taken_away(db: Database, amount: str) -> None:
    for much in ("5", amount):
        budget = Budget("", Decimal(much), "USD")
        db.write(partial(budgets.put, budget=budget, person="U0SATO", at=OVER))
    db.write(lambda tx: budgets.put(tx, Budget("dev", Decimal(7), "USD"), "U0SATO", OVER))
    assert db.read(budgets.all_of_them) == [
        Budget("", Decimal(amount), "USD"),
        Budget("dev", Decimal(7), "USD"),
    ]
    db.write(lambda tx: budgets.put(tx, Budget("dev", Decimal(0), "USD"), "U0SATO", OVER))
    assert [one.account for one in db.read(budgets.all_of_them)] == [""]
