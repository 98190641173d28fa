"""A database, a local Slack and an outbox between them, on a clock that a test pushes."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from slack_sdk import WebClient
from sqlalchemy import Connection, select, update

from bot.canonical import plan_to_json
from bot.command import Risk
from bot.flow.path import always
from bot.language import Languages
from bot.operation import Ask, Asker, Door, Operation, State
from bot.outbox.outbox import Outbox
from bot.outbox.post import Mark, Spot
from bot.plan import File, Plan, Resource, Step
from bot.slack.post import SlackPost
from bot.store import operations, outbox, steps
from bot.store.database import Database
from bot.store.outbox import Letter, Mail
from bot.store.schema import operations as table
from bot.store.schema import outbox as letters
from bot.views.message import Message as Sheet
from bot.words import words
from playground.slack.message import Message
from playground.slack.server import LocalSlack
from tests.new_database import migrated

START = datetime(2026, 11, 2, 1, 0, tzinfo=UTC)
HASTY, PATIENT = 0.25, 20  # seconds until a call counts as unanswered


@dataclass
class PushedClock:
    """Time that moves only when a test says so."""

    now: datetime = field(default_factory=lambda: START)

    def __call__(self) -> datetime:
        return self.now

    def push(self, **by: float) -> None:
        self.now += timedelta(**by)


class Died(BaseException):
    """The process is gone."""


class Dying(SlackPost):
    """Slack, and a process that dies before it hears Slack's answer."""

    def post(self, spot: Spot, message: Sheet, mark: Mark) -> str:
        super().post(spot, message, mark)
        raise Died


class Office:
    """What a test of the outbox needs, and the few things the path would do."""

    reports = ""  # the channel for alarms whose own takes no messages
    patience: float = PATIENT  # a busy machine is no Slack that does not answer

    def __init__(self, path: Path, slack: LocalSlack, clock: PushedClock) -> None:
        self.path, self.slack, self.clock = path, slack, clock
        path.write_bytes(migrated())
        self.db = self._opened()
        self.outbox = self._outbox()

    def _opened(self) -> Database:
        return Database(f"sqlite:///{self.path}")

    def replace_outbox(self, kind: type[SlackPost], on_duty: Callable[[], bool] = always) -> None:
        """Another one over the same rows, which speaks to Slack in this way."""
        self.outbox.close()
        self.outbox = self._outbox(kind, on_duty)

    def another(self) -> Outbox:
        """That of another process, on the same rows."""
        return self._outbox()

    def _outbox(self, kind: type[SlackPost] = SlackPost, on_duty: Callable[[], bool] = always) -> Outbox:
        web = WebClient(self.slack.bot_token, base_url=self.slack.api_url, retry_handlers=[])
        web.timeout = self.patience  # type: ignore[assignment] # urllib takes fractions of a second
        risks = {"ec2.stop": Risk.CHANGE, "snapshot.delete": Risk.DESTROY}
        zone = ZoneInfo("Asia/Tokyo")
        post, languages = kind(web, self.patience), Languages.load()
        return Outbox(
            self.db, post, languages, zone, risks, self.clock, reports=self.reports, on_duty=on_duty
        )

    def die_at_the_next_post(self) -> None:
        """The post arrives; nothing of its answer is stored."""
        self.outbox.close()
        self.outbox = self._outbox(Dying)
        with pytest.raises(Died):
            self.outbox.send_due()
        self.restart()

    def be_hasty(self) -> None:
        """Count a call as unanswered soon, for a Slack that leaves calls unanswered."""
        self.patience = HASTY
        self.restart()

    def restart(self) -> None:
        """As after a crash: only rows are left."""
        self.close()
        self.db = self._opened()
        self.outbox = self._outbox()

    def close(self) -> None:
        self.outbox.close()
        self.db.close()

    # -- what the path does ----------------------------------------------------------------------

    def ask(
        self, door: Door = Door.SLASH, channel: str = "C0OPS", person: str = "U0SATO", **asker: Any
    ) -> int:
        """An operation that is asked for."""
        count = len(self.rows()) + self.clock.now.microsecond
        who = Asker(person, "T0ASAGAO", channel, **asker)
        made = Ask(f"key-{count}-{channel}-{person}", door, who, "ec2 stop tag:env=dev", self.clock())
        return self.db.write(lambda tx: operations.ask(tx, made))

    def plan(
        self, number: int, *, steps_: int = 1, action: str = "ec2.stop", file: File | None = None
    ) -> None:
        """Its plan is stored, as steps or as an answer."""
        made = [_step(index, action) for index in range(steps_)]
        self.write_plan(number, Plan(words("stop {what}", what="web servers"), file=file))
        self.db.write(lambda tx: steps.add(tx, number, made))

    def answer(self, plan: Plan, door: Door = Door.CLOCK, **asked: Any) -> int:
        """An ask that was answered with this plan, and the letter that says so."""
        number = self.ask(door, **asked)
        self.write_plan(number, plan)
        self.move(number, State.ANSWERED)
        self.mail(Mail.ANSWER, number)
        return number

    def answer_anew(self, number: int, plan: Plan) -> None:
        """The answer was made again, and is this one now."""
        self.write_plan(number, plan)
        self.db.write(lambda tx: outbox.renew(tx, number, self.clock()))

    def write_plan(self, number: int, plan: Plan) -> None:
        written = update(table).values(plan=plan_to_json(plan)).where(table.c.id == number)
        self.db.write(lambda tx: tx.execute(written))

    def move(self, number: int, *states: State) -> None:
        """It goes on, through these states, and its card with it."""
        for state in states:
            self._move(number, state)
        self.touch(number)

    def _move(self, number: int, state: State) -> None:
        self.db.write(lambda tx: operations.move(tx, number, state, self.clock()))

    def touch(self, number: int, *, progress: bool = False) -> None:
        self.db.write(lambda tx: outbox.touch(tx, number, self.clock(), progress=progress))

    def mail(self, kind: Mail, number: int, about: str = "", said: str = "") -> None:
        """The path leaves a letter."""
        body = words(said) if said else None
        at = self.clock()
        self.db.write(
            lambda tx: outbox.post(tx, kind, _got(tx, number), at, language="en", about=about, said=body)
        )

    def waiting(self, **asked: Any) -> int:
        """An operation with a plan, waiting for approval, and its card."""
        number = self.ask(**asked)
        self.plan(number)
        self.move(number, State.WAITING)
        self.mail(Mail.CARD, number)
        return number

    def notice(self, key: str, channel: str, said: str, **columns: str) -> None:
        body, at = {"text": said}, self.clock()
        self.db.write(lambda tx: outbox.put(tx, key, Mail.NOTICE, at, channel=channel, body=body, **columns))

    def tell(self, key: str, channel: str, person: str, said: str, url: str) -> None:
        at, who = self.clock(), {"channel": channel, "person": person, "response_url": url}
        self.db.write(lambda tx: outbox.put(tx, key, Mail.PRIVATE, at, body={"text": said}, **who))

    # -- what happens then -----------------------------------------------------------------------

    def settle(self, turns: int = 300, seconds: float = 1.5) -> None:
        """Send, and let time go by, in longer and longer steps, until nothing waits."""
        for turn in range(turns):
            self.outbox.send_due()
            if not self.waits():
                return
            self.clock.push(seconds=seconds * (1 + turn // 50))
        raise AssertionError(f"still waits: {[(row.key, row.tries) for row in self.waits()]}")

    def waits(self) -> list[Letter]:
        return [row for row in self.rows() if self._wants(row)]

    def rows(self) -> list[Letter]:
        def read(tx: Connection) -> list[Letter]:
            ids = tx.execute(select(letters.c.id).order_by(letters.c.id)).scalars().all()
            return [row for each in ids if (row := outbox.get(tx, each))]

        return self.db.read(read)

    def _wants(self, row: Letter) -> bool:
        wanted = select(letters.c.next_try).where(letters.c.id == row.id)
        return self.db.read(lambda tx: tx.execute(wanted).scalar_one()) is not None

    def said(self, channel: str = "C0OPS") -> list[Message]:
        return self.slack.messages(channel)

    def calls(self, method: str) -> int:
        return len(self.slack.wire.lines(method, way="in"))


def _got(tx: Connection, number: int) -> Operation:
    operation = operations.get(tx, number)
    assert operation is not None
    return operation


def _step(index: int, action: str) -> Step:
    target = Resource("main", "ap-northeast-1", "instance", f"i-{index:04}", f"web-{index}")
    return Step(f"stop/{index}", action, target, (("state", "running"),), (("state", "stopped"),))
