"""A question over thirteen months of daily figures; prints how long the answers took, in seconds.

Argument: where Cost Explorer would answer; it is not asked.
"""

import json
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from pathlib import Path

from bot.costs import BY_SERVICE
from bot.store import costs
from bot.store.costs import Row
from bot.store.database import Database
from tests.bench.bill.at_morning import NOW, PAYER, answer, morning
from tests.bench.bill.explorer import IDS, LAST, NAMES

DAYS = 396
LINES = ("cost month --by service", "cost last-month --by account", "cost yesterday", "cost month --chart")
ROUNDS = 7


def main() -> None:
    """Fill thirteen months, then ask."""
    with tempfile.TemporaryDirectory() as folder, morning(Path(folder), sys.argv[1]) as path:
        for back in range(DAYS):
            put(path.db, LAST - timedelta(days=back))
        took = {line: sorted(asked(partial(answer, path, line)) for _ in range(ROUNDS)) for line in LINES}
        median = {line: each[ROUNDS // 2] for line, each in took.items()}
        sys.stdout.write(json.dumps({"slowest": max(median.values()), "each": median}) + "\n")


def put(db: Database, day: date) -> None:
    """Two thousand amounts of one day, final."""
    rows = [
        Row(account, name, Decimal(day.toordinal() * 7 + at * 13 + number) / 1000)
        for at, name in enumerate(NAMES)
        for number, account in enumerate(IDS)
    ]
    kept = partial(costs.put_day, cut=BY_SERVICE, payer=PAYER.name, day=day, rows=rows, asked=NOW)
    db.write(partial(kept, final=True, currency="USD"))


def asked(do: Callable[[], object]) -> float:
    """How long one answer takes, of the processor: nothing in it waits for anybody."""
    begun = time.process_time()
    do()
    return time.process_time() - begun


if __name__ == "__main__":
    main()
