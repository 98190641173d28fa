"""A schedule that is added by a person, and looked at afterwards."""

from bot.brief import ScheduleBrief
from bot.operation import State
from bot.plan import Plan
from tests.commands.desk import Desk
from tests.house import APPROVER, OPERATOR

ADD = '/schedule add "weekdays 09:00 Asia/Tokyo"'


def planned(desk: Desk, line: str, person: str = OPERATOR) -> Plan:
    """The plan of a line that reads with its own verb's rights."""
    plan = desk.house.operation(desk.house.asked(line, person)).plan
    assert plan is not None
    return plan


def added(desk: Desk, line: str, person: str = OPERATOR) -> int:
    """Ask for a schedule, and agree where that is needed; returns the operation's number."""
    number = desk.house.asked(line, person)
    if desk.house.operation(number).state is State.WAITING:
        desk.house.click(number, APPROVER)
        desk.house.work()
    assert desk.house.operation(number).state is State.DONE, desk.house.operation(number).reason
    return number


def brief(desk: Desk, name: str) -> ScheduleBrief:
    """The schedule of this name, as everybody sees it."""
    (found,) = [one for one in desk.house.path.ledger.schedules() if one.name == name]
    return found


def names(desk: Desk) -> list[str]:
    """The names of the schedules there are."""
    return [one.name for one in desk.house.path.ledger.schedules()]


def refusal(desk: Desk, line: str, person: str = OPERATOR) -> str:
    """Why an operation was refused."""
    operation = desk.house.operation(desk.house.asked(line, person))
    assert operation.state is State.REFUSED
    return str(operation.reason)
