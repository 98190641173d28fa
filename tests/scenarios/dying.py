"""A process that tells a story with the house, and dies where it is told to.

Each line on standard input is one life: `{"folder", "line", "die_at", "later", "ready"}`.  The process
forks, the child tells the story and kills itself, as `kill -9` does, just before the `die_at`-th commit
or request; the answer is one line, `{"died": …, "points": …}`.  Dying before a commit or a request is
the same as dying after what came before it, so that every moment is met.
"""

import gc
import json
import os
import signal
import sys
import threading
from collections.abc import Callable
from datetime import timedelta
from functools import cache
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from botocore.endpoint import Endpoint
from sqlalchemy import event

import commands
from aws import models, session
from aws.account import AccountConfig, Accounts
from aws.calls import CALLS
from bot.arguments import UsageError
from bot.operation import ENDS, State, StepState
from bot.schedule import DAYS, Schedule
from bot.store import audit, database
from bot.store.database import Database
from tests import compiled_once
from tests.commands.failover.lab import well
from tests.house import APPROVER, CHANNEL, OPERATOR, OTHER, House, Time, clients_of, house
from tests.scenarios import alarms_given
from tests.scenarios.alarms_given import ALARMS
from tests.scenarios.hours_given import OFFICE

TOKYO = "ap-northeast-1"
ACCOUNT = "123456789012"
DEV = AccountConfig("dev", ACCOUNT, (TOKYO,))
WIDE = AccountConfig("dev", ACCOUNT, (TOKYO, "us-west-2"))  # for stories that lead there
SCHEDULE = Schedule("dev-off", "ec2 stop tag:env=dev", DAYS, "20:00", "Asia/Tokyo", CHANNEL, APPROVER)

HOURS = {OFFICE.name: OFFICE}


class Points:
    """Counts the moments at which the process may die, and lets it die at one."""

    def __init__(self, die_at: int) -> None:
        self._die_at = die_at
        self._lock = threading.Lock()
        self.passed = 0

    def pass_(self, *_: object) -> None:
        with self._lock:
            self.passed += 1
            if self.passed == self._die_at:
                os.kill(os.getpid(), signal.SIGKILL)


def watch_commits(db: Database, points: Points) -> None:
    event.listen(db.engine, "commit", points.pass_)


def watch_requests(points: Points) -> None:
    send: Callable[..., Any] = vars(Endpoint)["_send"]

    def counted(self: Endpoint, request: Any) -> Any:
        points.pass_()
        return send(self, request)

    setattr(Endpoint, "_send", counted)  # noqa: B010 - every request of botocore passes here


def tell(there: House, line: str, key: str = "the-story") -> None:
    """Ask, approve, and work until it has ended."""
    try:
        there.ask(line, OPERATOR, key=key)
    except UsageError:  # what it names is gone: it was asked in another life, or this raises
        there.number_of(key)
    for _ in range(40):
        there.engine.run_until_idle()
        number = there.number_of(key)
        state = there.operation(number).state
        if state is State.WAITING:
            there.click(number, APPROVER)
        elif state in ENDS:
            return
        there.time.pass_(seconds=20)
    raise RuntimeError(f"it does not end: {there.steps(number)}")


def live(life: dict[str, Any]) -> int:
    """One life in this process; returns how many points it passed."""
    points = Points(life["die_at"])
    folder = Path(life["folder"])
    time = Time(Time().at + timedelta(seconds=life["later"]))
    far = "us-west-2" in life["line"]
    account, clients = WIDE if far else DEV, made(far=far)
    with house(
        folder,
        [account],
        schedules=[SCHEDULE],
        time=time,
        hours=HOURS,
        rules=[ALARMS],
        clients=clients,
        drills=well,
    ) as there:
        if life["ready"]:
            ready(there, life["ready"])
            return 0
        watch_commits(there.path.db, points)
        watch_requests(points)
        tell(there, life["line"])
    return points.passed


def ready(there: House, what: str) -> None:
    """What must have happened before the story begins."""
    match what:
        case "something to cancel":
            there.ask("/ec2 stop tag:env=prod", OPERATOR, key="to-cancel")
            there.engine.run_until_idle()
        case "a failure test that waits":
            line = "/failover run-instance tag:env=dev --how terminate --anyway"
            there.ask(line, OPERATOR, key="to-abort")
            there.engine.run_until_idle()
        case "an emergency":
            line = '/ec2 stop tag:env=prod --emergency "the disk is full"'
            there.ask(line, OTHER, key="the-emergency")
            there.engine.run_until_idle()
        case "a database that AWS started":
            done = {"outcome": StepState.DONE, "action": "rds.stop", "operation": 0}
            of = {"account": DEV.name, "region": TOKYO, "resource": "shop"}
            stopped = audit.line(audit.Event.STEP_ENDED, there.time(), **done, **of)
            there.path.db.write(lambda tx: audit.write(tx, stopped))
        case "an alarm":
            alarms_given.begin(there)
        case "a silence":
            alarms_given.begin(there)
            tell(there, "/alarm silence A1 --for 1d", key="to-end")
        case "a pause":
            tell(there, "/schedule pause dev-off", key="to-resume")
        case "a schedule from chat":
            tell(there, '/schedule add "daily 09:00" /ec2 list --name look', key="to-remove")
        case "a break":
            there.path.db.write(
                lambda tx: tx.exec_driver_sql(
                    "insert into flags (name, value, at) "
                    "values ('audit-break', '[\"x\"]', '2026-11-21 00:00:00.000000')"
                )
            )


@cache
def made(*, far: bool) -> Accounts:
    """Every client of an account, none of them connected: making one takes longer than most calls."""
    clients = clients_of([WIDE if far else DEV])
    for place, service, once in product(clients.places(), CALLS, (False, True)):
        clients.client(service, place, once=once)
    return clients


def get_ready() -> None:
    """What every life would read for itself is read before the first begins: verbs, AWS, tables."""
    setattr(session, "loader", cache(models.loader))  # noqa: B010 - this process is nobody else's
    setattr(database, "create_engine", compiled_once.create_engine)  # noqa: B010 - as above
    commands.load()
    made(far=False)
    made(far=True)
    with TemporaryDirectory() as folder, house(Path(folder), [DEV], schedules=[SCHEDULE]) as there:
        tell(there, "/schedule skip dev-off")  # the database's migrations, the policy, most of the SQL
    gc.collect()
    gc.freeze()  # what is shared by all lives; looking through it would copy it for each
    gc.disable()  # a life is too short


def main() -> None:
    get_ready()
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    for line in sys.stdin:
        life = json.loads(line)
        count = Path(life["folder"]) / "points"
        child = os.fork()
        if child == 0:
            count.write_text(str(live(life)))
            os._exit(0)
        _, status = os.waitpid(child, 0)
        died = os.WIFSIGNALED(status)
        ended = os.WIFEXITED(status) and os.WEXITSTATUS(status) == 0
        points = int(count.read_text()) if ended else 0
        sys.stdout.write(json.dumps({"died": died, "ended": ended, "points": points}) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
