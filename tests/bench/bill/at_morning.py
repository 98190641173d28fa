"""The house on the morning after the last day, with one payer, whose bill another process answers for."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

from aws.account import AccountConfig, Accounts
from bot.cost_asker import CostAsker
from bot.cost_book import CostBook
from bot.costs import BillRules
from bot.flow.path import Path as Ways
from bot.grammar.grammar import Parsed
from bot.operation import Door
from bot.plan import Plan
from tests.bench import at_home, environment
from tests.bench.bill.explorer import LAST

NOW = datetime.combine(LAST + timedelta(days=1), time(13), UTC)
PAYER = AccountConfig("payer", environment.PROD, environment.REGIONS)


@contextmanager
def morning(folder: Path, url: str) -> Iterator[Ways]:
    """Everything as `toban run` has it, but for the clock and the payer."""
    with at_home.house(folder, url) as home:
        aws = Accounts([PAYER])
        asker = CostAsker(home.db, aws, BillRules(payers=(PAYER.name,)), home.path.zone, lambda: NOW)
        yield replace(home.path, now=lambda: NOW, costs=CostBook(asker, home.calls))
        aws.close()


def answer(path: Ways, line: str) -> Plan:
    """What a line answers."""
    parsed = path.grammar.parse(line)
    assert isinstance(parsed, Parsed), parsed
    return parsed.verb.plan(parsed.args, path.world_of(environment.OPERATOR, Door.CLOCK))
