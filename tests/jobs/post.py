"""A house with its queue, and the thread that reads it, by hand."""

import threading
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from aws.sns_signature import verify
from bot.trouble import Rule
from jobs.inbox import HIDDEN, Door, Inbox
from jobs.readings.read import read
from playground.aws import saying
from tests.aws.certificates import pem
from tests.happened import DOING, INSTANCE, RULE, every
from tests.house import CHANNEL, House
from tests.jobs.box import MAIN, Box, Boxed

ACCOUNT, STRANGER = "123456789012", "999999999999"
ACTING = replace(DOING, pattern=RULE.pattern)
REST = Rule("rest", {"source": [{"exists": True}]}, CHANNEL)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@dataclass
class Post:
    """The house, its queue, and the thread that reads it, by hand."""

    house: House
    box: Box
    inbox: Inbox
    stop: threading.Event

    def turn(self, times: int = 1) -> None:
        for _ in range(times):
            self.inbox.turn(0)

    def turns(self, times: int) -> None:
        """So many, with the visibility timeout passing after each."""
        for _ in range(times):
            self.turn(2)
            self.house.time.pass_(seconds=HIDDEN + 1)

    def alarm(self, name: str = "web", state: str = "ALARM", account: str = ACCOUNT, **ago: float) -> Any:
        at = self.house.time() - timedelta(**ago)
        return saying.cpu_alarm(account, INSTANCE, name, at, state)

    def states(self) -> list[str]:
        return [one.state.value for one in every(self.house)]


def post(house: House, rules: tuple[Rule, ...] = (ACTING, REST), **door: Any) -> Post:
    def check(message: Any) -> None:
        verify(message, house.time(), lambda _: pem())

    made = {"read": read, "check": check, "reports": "C0REPORTS", **door}
    box, stop = Box(house.time), threading.Event()
    opened = Door(house.path, rules, {ACCOUNT: "dev"}, **made)
    return Post(house, box, Inbox(Boxed(box), MAIN, opened, stop), stop)
