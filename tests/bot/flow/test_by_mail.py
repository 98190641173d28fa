"""What a schedule's channel is told goes to its addresses too: put into the outbox with what it tells."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import Connection, select

from aws.account import AccountConfig
from bot.command import Replay, World
from bot.operation import State
from bot.plan import Plan
from bot.schedule import DAYS, Schedule
from bot.store import outbox
from bot.store.outbox import Letter, Mail
from bot.store.schema import outbox as letters
from jobs.asking import run_now
from tests.bot.flow.crowd import HERE, Args, Crowd, cut, lamps
from tests.house import APPROVER, CHANNEL, OPERATOR, House, house

OPS, CFO = "ops@example.com", "cfo@example.com"
CONFIG = AccountConfig(HERE.account, "123456789012", (HERE.region,))


@dataclass
class Cautious(Crowd):
    """Lamps that somebody else has to agree to; more than eight cannot be planned."""

    def plan(self, args: Args, _world: World) -> Plan:
        if args.count > 8:
            raise cut()
        return replace(super().plan(args, _world), approvals=1)


@contextmanager
def lit(folder: Path, line: str) -> Iterator[House]:
    """A house with lamps, where a schedule asks for this line and names two addresses."""
    one = Schedule("bill", line, DAYS, "09:00", "Asia/Tokyo", CHANNEL, OPERATOR, mail=(OPS, CFO))
    with (
        house(folder, [CONFIG], schedules=[one]) as at_home,
        lamps(at_home, Cautious(), Replay.REPEATABLE) as there,
    ):
        yield there


def run(there: House) -> int:
    """The clock asks, and what it asks is planned."""
    run_now(there.path, there.path.schedules["bill"], "key")
    there.work()
    return there.number_of("schedule/bill/now/key")


def mails(there: House) -> list[Letter]:
    def read(tx: Connection) -> list[Letter]:
        found = tx.execute(select(letters.c.id).where(letters.c.kind == Mail.EMAIL)).scalars()
        return [one for each in found if (one := outbox.get(tx, each))]

    return there.path.db.read(read)


def mailed(there: House, number: int) -> tuple[State, list[str]]:
    """How an operation stands, and to whom it goes."""
    to = [one.address for one in mails(there) if one.operation == number]
    return there.operation(number).state, to


def test_an_answer_goes_to_each_address_once(tmp_path: Path) -> None:
    with lit(tmp_path, "lamp light 0") as there:
        assert mailed(there, run(there)) == (State.ANSWERED, [OPS, CFO])
        assert {(one.channel, one.language) for one in mails(there)} == {(CHANNEL, "en")}


def test_a_person_who_types_the_same_line_sends_no_mail(tmp_path: Path) -> None:
    with lit(tmp_path, "lamp light 0") as there:
        there.asked("/lamp light 0")
        assert mails(there) == []


def test_an_end_goes_to_each_address_once_and_what_waits_to_none(tmp_path: Path) -> None:
    with lit(tmp_path, "lamp light 2") as there:
        number = run(there)
        assert mailed(there, number) == (State.WAITING, [])
        there.click(number, APPROVER)
        there.work(passing=15, turns=3)
        assert mailed(there, number) == (State.DONE, [OPS, CFO])


def test_so_does_a_no_of_the_people_who_were_asked(tmp_path: Path) -> None:
    with lit(tmp_path, "lamp light 2") as there:
        number = run(there)
        there.click(number, APPROVER, agrees=False, reason="not today")
        assert mailed(there, number) == (State.DENIED, [OPS, CFO])


def test_a_plan_that_cannot_be_made_is_told_by_mail_too(tmp_path: Path) -> None:
    with lit(tmp_path, "lamp light 9") as there:
        assert mailed(there, run(there)) == (State.FAILED, [OPS, CFO])


def test_a_schedule_that_is_gone_when_it_is_answered_sends_none(tmp_path: Path) -> None:
    with lit(tmp_path, "lamp light 0") as there:
        run_now(there.path, there.path.schedules["bill"], "key")
        number = there.number_of("schedule/bill/now/key")
    with house(tmp_path, [CONFIG]) as at_home, lamps(at_home, Cautious(), Replay.REPEATABLE) as there:
        there.work()
        assert mailed(there, number) == (State.ANSWERED, [])
