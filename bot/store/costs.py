"""Amounts of a bill by day, as AWS gave them last, and the total that it gave first."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, bindparam, case, delete, func, insert, select
from sqlalchemy.dialects.sqlite import insert as upsert

from bot.costs import By, Cut, Days, DayState
from bot.store.cost_schema import cost_days, cost_names, costs

_PLACES = 10  # decimals, as many as AWS gives


@dataclass(frozen=True, slots=True)
class Row:
    """One amount of a day."""

    account: str  # twelve digits
    key: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Added:
    """Amounts of one payer added up; what they are not kept apart by is empty."""

    payer: str
    amount: Decimal
    day: date | None
    key: str
    account: str


def units(amount: Decimal) -> int:
    """An amount as it is stored: in ten-thousand-millionths."""
    return int(amount.scaleb(_PLACES).to_integral_value())


def amount_of(stored: int) -> Decimal:
    """An amount from how it is stored."""
    return Decimal(stored).scaleb(-_PLACES)


def cut_name(cut: Cut) -> str:
    """A cut as it is stored, such as "usage of Amazon Simple Storage Service"."""
    return f"{cut.by} of {cut.of}" if cut.of else cut.by


# -- reads ---------------------------------------------------------------------------------------


def states(tx: Connection, cut: Cut, days: Days, settled: Any) -> list[DayState]:
    """How far each day is known, by day and payer; `settled(day, asked, final)` says which hardly change."""
    names = _ids(tx, [cut_name(cut)])
    if not names:
        return []
    query = (
        select(cost_days, cost_names.c.name)
        .join(cost_names, cost_names.c.id == cost_days.c.payer)
        .where(
            cost_days.c.cut == names[cut_name(cut)],
            cost_days.c.day.between(days.first.toordinal(), days.last.toordinal()),
        )
        .order_by(cost_days.c.day, cost_days.c.payer)
    )
    return [_state(row, settled) for row in tx.execute(query)]


def added(
    tx: Connection, cut: Cut, days: Days, by: Collection[By], *, account: str = "", key: str = ""
) -> list[Added]:
    """The amounts of these days added up, for each payer, but for what they are kept apart by."""
    wanted = [cut_name(cut), *filter(None, (account, key))]
    ids = _ids(tx, wanted)
    if len(ids) < len(set(wanted)):
        return []
    kept = [one for one in By if one in by]
    apart = [costs.c.payer, *(costs.c[one] for one in kept)]
    query = (
        select(*apart, func.sum(costs.c.amount))
        .where(
            costs.c.cut == ids[cut_name(cut)],
            costs.c.day.between(days.first.toordinal(), days.last.toordinal()),
            *([costs.c.account == ids[account]] if account else []),
            *([costs.c.key == ids[key]] if key else []),
        )
        .group_by(*apart)
    )
    rows = [tuple(row) for row in tx.execute(query)]
    named = [0, *(at for at, one in enumerate(kept, 1) if one is not By.DAY)]
    names = _names(tx, {row[at] for row in rows for at in named})
    return [_added(row, kept, names) for row in rows]


def currencies(tx: Connection) -> Mapping[str, str]:
    """The currency of each payer's newest day that had any amount."""
    query = (
        select(cost_names.c.name, cost_days.c.currency, func.max(cost_days.c.day).label("newest"))
        .join(cost_names, cost_names.c.id == cost_days.c.payer)
        .where(cost_days.c.currency != "")
        .group_by(cost_names.c.name, cost_days.c.currency)
        .order_by("newest")
    )
    return {name: currency for name, currency, _ in tx.execute(query)}


def labels(tx: Connection) -> Mapping[str, str]:
    """What AWS calls each account whose name it told."""
    query = select(cost_names.c.name, cost_names.c.label).where(cost_names.c.label != "")
    return {row.name: row.label for row in tx.execute(query)}


def stand_on(
    tx: Connection, cut: Cut, payers: Collection[str], accounts: Collection[str], most: int
) -> frozenset[tuple[str, str]]:
    """Which of these accounts stand on which of these payers' bills, on any of so many newest days.

    Each day is looked up by itself, by the table's key: a bill of many accounts is not read for it.
    """
    ids = _ids(tx, [cut_name(cut), *payers, *accounts])
    number = ids.get(cut_name(cut))
    newest = tx.execute(select(func.max(cost_days.c.day)).where(cost_days.c.cut == number)).scalar()
    if newest is None:
        return frozenset()
    query = (
        select(costs.c.payer, costs.c.account)
        .where(
            costs.c.cut == number,
            costs.c.day.in_(range(newest - most + 1, newest + 1)),
            costs.c.payer.in_([ids[payer] for payer in payers if payer in ids]),
            costs.c.account.in_([ids[account] for account in accounts if account in ids]),
        )
        .distinct()
    )
    names = {number: name for name, number in ids.items()}
    return frozenset((names[payer], names[account]) for payer, account in tx.execute(query))


# -- changes -------------------------------------------------------------------------------------


def name_accounts(tx: Connection, names: Mapping[str, str]) -> None:
    """Store what AWS calls these accounts now."""
    rows = [{"name": number, "label": label[:120]} for number, label in sorted(names.items()) if label]
    if rows:
        tx.execute(_NAME, rows)


def put_day(
    tx: Connection,
    cut: Cut,
    payer: str,
    day: date,
    rows: Sequence[Row],
    *,
    asked: datetime,
    final: bool,
    currency: str,
) -> None:
    """Store a day as AWS gives it now, in the place of what it gave before.

    What was said of it first is kept beside it: of a day that is over, since one under way is no figure yet.
    """
    ids = _made_ids(tx, {cut_name(cut), payer, *(row.key for row in rows), *(row.account for row in rows)})
    number, who, at = ids[cut_name(cut)], ids[payer], day.toordinal()
    this = (costs.c.cut == number) & (costs.c.day == at) & (costs.c.payer == who)
    tx.execute(delete(costs).where(this))
    amounts: dict[tuple[int, int], int] = {}
    for row in rows:
        spot = ids[row.account], ids[row.key]
        amounts[spot] = amounts.get(spot, 0) + units(row.amount)
    fixed = {"cut": number, "day": at, "payer": who}
    if amounts:
        tx.execute(
            insert(costs),
            [
                {**fixed, "account": account, "key": key, "amount": amount}
                for (account, key), amount in amounts.items()
            ],
        )
    total = sum(amounts.values())
    known = {"asked": asked, "final": final, "currency": currency, "total": total}
    ended = datetime.combine(day + timedelta(days=1), time(), UTC)
    tx.execute(_PUT_DAY, {**fixed, **known, "first": total, "ended": ended})


def _made_ids(tx: Connection, wanted: set[str]) -> dict[str, int]:
    """The numbers of these names, each made when it has none."""
    known = _ids(tx, wanted)
    new = [{"name": name, "label": ""} for name in sorted(wanted - known.keys())]
    if not new:
        return known
    tx.execute(upsert(cost_names).on_conflict_do_nothing(index_elements=[cost_names.c.name]), new)
    return _ids(tx, wanted)


# -- rows ----------------------------------------------------------------------------------------


def _ids(tx: Connection, wanted: Iterable[str]) -> dict[str, int]:
    names = sorted(set(wanted))
    return {
        row.name: row.id
        for at in range(0, len(names), 500)
        for row in tx.execute(_IDS, {"names": names[at : at + 500]})
    }


def _names(tx: Connection, wanted: set[int]) -> dict[int, str]:
    ids = sorted(wanted)
    return {
        row.id: row.name
        for at in range(0, len(ids), 500)
        for row in tx.execute(_NAMES, {"ids": ids[at : at + 500]})
    }


def _added(row: Sequence[int], kept: Sequence[By], names: Mapping[int, str]) -> Added:
    told = dict(zip(kept, row[1:-1], strict=True))
    return Added(
        payer=names[row[0]],
        amount=amount_of(row[-1]),
        day=date.fromordinal(told[By.DAY]) if By.DAY in told else None,
        key=names[told[By.KEY]] if By.KEY in told else "",
        account=names[told[By.ACCOUNT]] if By.ACCOUNT in told else "",
    )


def _state(row: Any, settled: Any) -> DayState:
    day = date.fromordinal(row.day)
    return DayState(
        payer=row.name,
        day=day,
        asked=row.asked,
        settled=settled(day, row.asked, row.final),
        final=row.final,
        currency=row.currency,
        first=amount_of(row.first),
        total=amount_of(row.total),
    )


_IDS = select(cost_names.c.id, cost_names.c.name).where(
    cost_names.c.name.in_(bindparam("names", expanding=True))
)
_NAMES = select(cost_names.c.id, cost_names.c.name).where(
    cost_names.c.id.in_(bindparam("ids", expanding=True))
)
_NEW_NAME = upsert(cost_names)
_NAME = _NEW_NAME.on_conflict_do_update(
    index_elements=[cost_names.c.name], set_={"label": _NEW_NAME.excluded.label}
)
_NEW_DAY = upsert(cost_days)
_UNDER_WAY = cost_days.c.asked < bindparam("ended", type_=cost_days.c.asked.type)
_PUT_DAY = _NEW_DAY.on_conflict_do_update(
    index_elements=[cost_days.c.cut, cost_days.c.day, cost_days.c.payer],
    set_={name: _NEW_DAY.excluded[name] for name in ("asked", "final", "currency", "total")}
    | {"first": case((_UNDER_WAY, _NEW_DAY.excluded.first), else_=cost_days.c.first)},
)
