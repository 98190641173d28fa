"""A small house for tests: the real path over a real database file and the local AWS, without Slack."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path as File
from zoneinfo import ZoneInfo

from sqlalchemy import select

import commands
from aws.account import AccountConfig, Accounts
from bot.bell import Bell
from bot.command import Risk
from bot.cost_asker import CostAsker
from bot.cost_book import CostBook
from bot.costs import BillRules
from bot.drill import Drills, NoDrills
from bot.engine import Engine
from bot.flow import cancel, decide, receive
from bot.flow.decide import Click
from bot.flow.path import Limits, Path
from bot.flow.receive import Accepted, Received
from bot.grammar.grammar import Grammar, Vocabulary
from bot.hours import Hours
from bot.ledger import StoredLedger
from bot.operation import Asker, Door, Operation, StepRow
from bot.people import Directory
from bot.policy.policy import DEFAULT, Policy
from bot.schedule import Schedule
from bot.schedules import Schedules
from bot.store import operations, steps
from bot.store.database import Database
from bot.store.schema import asks
from bot.trouble import Rule
from bot.words import Words
from jobs.asking import run_now
from jobs.desk import desk
from jobs.due import next_due
from tests.by_name import by_name
from tests.new_database import put_new_database, url_in

OPERATOR, APPROVER, OTHER, READER = "U0SATO", "U0SUZUKI", "U0MILLER", "U0ITO"
CHANNEL = "C0OPS"
KEY = b"k" * 32
GROUPS = {"operators": (OPERATOR, OTHER), "approvers": (APPROVER,)}


@dataclass
class Time:
    """A clock that tests push."""

    at: datetime = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at

    def pass_(self, **much: float) -> None:
        """Let this much time pass."""
        self.at += timedelta(**much)


@dataclass
class House:
    """The path, and hands to use it with."""

    path: Path
    engine: Engine
    time: Time
    clicks: int = field(default=0)
    asks: int = field(default=0)

    def ask(self, text: str, person: str = OPERATOR, *, key: str = "", door: Door = Door.SLASH) -> Received:
        self.asks += 1
        asker = Asker(person, "T0TOBAN", CHANNEL)
        return receive.receive(self.path, key or f"trigger-{self.asks}", door, asker, text)

    def asked(self, text: str, person: str = OPERATOR) -> int:
        """Ask, plan, and return the operation's number."""
        received = self.ask(text, person)
        assert isinstance(received, Accepted), received
        self.engine.run_until_idle()
        return received.number

    def click(self, number: int, person: str, *, agrees: bool = True, reason: str = "") -> Words | None:
        self.clicks += 1
        seen = self.operation(number).plan_hash
        return decide.decide(
            self.path,
            Click(f"click-{self.clicks}", Asker(person, "T0TOBAN", CHANNEL), number, seen, agrees, reason),
        )

    def cancel(self, number: int, person: str = OPERATOR) -> Words:
        return cancel.cancel(self.path, number, person)

    def number_of(self, key: str) -> int:
        """The operation of the ask with this key."""
        query = select(asks.c.id).where(asks.c.key == key)
        number: int = self.path.db.read(lambda tx: tx.execute(query).scalar_one())
        return number

    def operation(self, number: int) -> Operation:
        found = self.path.db.read(lambda tx: operations.get(tx, number))
        assert found is not None
        return found

    def steps(self, number: int) -> tuple[StepRow, ...]:
        return self.path.db.read(lambda tx: steps.rows(tx, number))

    def work(self, *, passing: float = 0, turns: int = 1) -> None:
        """Work until nothing is due, `turns` times, with so many seconds passing before each."""
        for _ in range(turns):
            self.time.pass_(seconds=passing)
            self.engine.run_until_idle()


@contextmanager
def house(
    folder: File,
    accounts: Sequence[AccountConfig],
    *,
    schedules: Sequence[Schedule] = (),
    time: Time | None = None,
    policy: str | None = None,
    limits: Limits | None = None,
    hours: Mapping[str, Hours] | None = None,
    bill: BillRules | None = None,
    rules: Sequence[Rule] = (),
    clients: Accounts | None = None,
    drills: Callable[[Database], Drills] = lambda _db: NoDrills(),
) -> Iterator[House]:
    """The house over a database in this folder; opening it twice, one after the other, is a restart.

    `clients` are those of the same accounts, where they were made before; they stay open.
    """
    moment = time or Time()
    put_new_database(folder)
    db = Database(url_in(folder))
    aws = clients or clients_of(accounts)
    pool = ThreadPoolExecutor(8, "call")
    bell = Bell()
    try:
        path = _path(
            db, aws, schedules, moment, policy, limits, pool, bell, hours or {}, bill or BillRules(), rules,
            drills(db),
        )  # fmt: skip
        if not db.is_shared:
            db.write(operations.forget_leases)
        yield House(path, Engine(path, bell), moment)
    finally:
        pool.shutdown()
        if clients is None:
            aws.close()
        db.close()


def clients_of(accounts: Sequence[AccountConfig]) -> Accounts:
    """AWS as a house sees it: an answer that does not come is not waited for long."""
    return Accounts(accounts, read_seconds=2)


@cache
def read_policy(text: str, named: tuple[tuple[str, Risk], ...]) -> Policy:
    """Read once: Cedar takes longer for it than most of these stories for all they do."""
    return Policy.load(text, named)


def _path(
    db: Database,
    aws: Accounts,
    schedules: Sequence[Schedule],
    now: Time,
    policy: str | None,
    limits: Limits | None,
    pool: ThreadPoolExecutor,
    bell: Bell,
    hours: Mapping[str, Hours],
    bill: BillRules,
    rules: Sequence[Rule],
    drills: Drills,
) -> Path:
    verbs = commands.load()
    actions = {action.name: action for verb in verbs for action in verb.actions}
    places = aws.places()
    known = Schedules({one.name: one for one in schedules})
    vocabulary = Vocabulary(
        accounts=tuple(dict.fromkeys(place.account for place in places)),
        regions=tuple(dict.fromkeys(place.region for place in places)),
        schedules=known,
        calendars=tuple(hours),
    )
    named: list[tuple[str, Risk]] = [(verb.action, verb.risk) for verb in verbs]
    named += [(action.name, action.risk) for action in actions.values()]
    made: list[Path] = []
    ledger = StoredLedger(
        db,
        known,
        KEY,
        now=now,
        cancel=lambda number, person: cancel.cancel(made[0], number, person),
        run_now=lambda schedule, key: run_now(made[0], schedule, key),
        next_due=next_due,
    )
    ledger.take_up()
    made.append(
        Path(
            db=db,
            grammar=Grammar(by_name(verbs), vocabulary),
            policy=read_policy(policy or DEFAULT.read_text(encoding="utf-8"), tuple(named)),
            people=Directory(GROUPS),
            verbs=by_name(verbs),
            actions=actions,
            aws=aws,
            ledger=ledger,
            schedules=known,
            languages={},
            language="en",
            zone=ZoneInfo("Asia/Tokyo"),
            hours=hours,
            troubles=desk(lambda: made[0], aws, rules),
            drills=drills,
            costs=CostBook(CostAsker(db, aws, bill, ZoneInfo("Asia/Tokyo"), now), pool),
            now=now,
            calls=pool,
            ring=bell.ring,
            limits=limits or Limits(),
        )
    )
    return made[0]
