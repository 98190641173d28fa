"""A letter with all that is known of it at one moment."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot.drawn import Drawn
from bot.operation import ENDS, Door, Report, State
from bot.outbox import alarms, drills
from bot.outbox.alarms import ALARMS, Alarm
from bot.outbox.drills import OneDrill
from bot.outbox.post import Mark, Spot
from bot.plan import File
from bot.store import delivery, operations, outbox
from bot.store.outbox import ALONE, IN_THREAD, Letter, Mail
from bot.store.report import report

TOLD = 20  # people who are told one by one: Slack takes about a message a second
DIRECT = "D"  # the first letter of a direct message's channel id


@dataclass(frozen=True, slots=True)
class View:
    """What is to be sent, of which operation, and the card it belongs to."""

    letter: Letter
    report: Report | None
    card: Letter | None  # of the same operation
    actions: frozenset[str]  # of all steps that wait for approval
    story: Alarm | OneDrill | None = None  # that it tells of
    off: bool = False  # it reminds of what is over

    @property
    def lane(self) -> str:
        """Letters of one lane go one after the other: a channel, or what one person alone is told."""
        return lane(self.letter)

    @property
    def mark(self) -> Mark:
        """What its message carries; another one after it was begun anew."""
        return {"outbox": str(self.letter.id), "since": self.letter.created.isoformat()}

    @property
    def spot(self) -> Spot:
        """Where it goes."""
        letter, card = self.letter, self.card
        if letter.kind in IN_THREAD and card:
            return Spot(letter.channel, (card.thread or card.ts) if card.channel == letter.channel else "")
        return Spot(letter.channel, letter.thread)

    @property
    def home(self) -> str:
        """The channel in which the message of a trouble, storm or drill belongs; "" for others."""
        return self.story.channel if self.story else ""

    @property
    def moved(self) -> bool:
        """Whether it goes to a person, or an alarm elsewhere, because a channel does not take it."""
        if self.letter.kind in ALARMS:
            return self.home not in {"", self.letter.channel}
        if self.report is None:
            return self.letter.kind is Mail.NOTICE and self.letter.channel.startswith(DIRECT)
        asked_in = self.report.operation.ask.asker.channel
        return asked_in not in {"", self.letter.channel}

    @property
    def out_of_sight(self) -> tuple[str, ...]:
        """Who is asked to approve, and cannot see it where it went: in the asker's direct messages."""
        seen_alone = self.letter.channel.startswith(DIRECT)
        if not (self._asks and seen_alone and self.report and not self.stale):
            return ()
        operation = self.report.operation
        return tuple(one for one in operation.could_approve[:TOLD] if one != operation.ask.asker.person)

    @property
    def private(self) -> bool:
        """Whether it is for one person alone."""
        answers = self.letter.kind is Mail.ANSWER and self.report is not None
        return self.letter.kind is Mail.PRIVATE or (answers and self._door in ALONE)

    @property
    def ended(self) -> bool:
        """Whether its operation, or its trouble, has come to an end."""
        if self.story is not None:
            return self.story.is_over
        return self.report is not None and self.report.operation.state in ENDS

    @property
    def stale(self) -> bool:
        """Whether nobody needs it any more: it asks for clicks that no longer count, or reminds too late."""
        asks = self._asks
        decided = self.report is not None and self.report.operation.state is not State.WAITING
        return self.off or (asks and decided)

    @property
    def file(self) -> File | None:
        """The file that belongs to an answer, or says how it went."""
        if self.letter.tells and self.report and self.report.told:
            return self.report.told.file
        plan = self.report.operation.plan if self.report and not self.report.total else None
        return plan.file if plan else None

    @property
    def chart(self) -> Drawn | None:
        """The chart or timeline that an answer or a trouble shows, or that this letter is the picture of."""
        if self.story is not None:
            return self.story.chart
        shows = self.letter.kind is Mail.ANSWER or self.letter.pictures
        plan = self.report.operation.plan if self.report and shows else None
        return plan.chart if plan else None

    def url_lives(self, now: datetime, life: timedelta) -> bool:
        """Whether its response_url may still take a message."""
        letter = self.letter
        asked = self.report.operation.ask if self.report else None
        ours = asked and asked.asker.response_url == letter.response_url
        made = asked.at if asked and ours else letter.created
        return bool(letter.response_url) and now - made < life

    @property
    def _asks(self) -> bool:
        return self.letter.key.endswith(":approve") and self.letter.kind is Mail.REPLY

    @property
    def _door(self) -> Door | None:
        return self.report.operation.ask.door if self.report else None


def lane(letter: Letter) -> str:
    """Which letters it keeps its order with."""
    return f"@{letter.person}" if letter.kind is Mail.PRIVATE else letter.channel


def look(tx: Connection, number: int, now: datetime) -> View | None:
    """The letter as it stands, with what it tells."""
    letter = outbox.get(tx, number)
    if letter is None:
        return None
    if letter.kind in ALARMS:
        off = alarms.is_off(tx, letter)
        return View(letter, None, alarms.card(tx, letter), frozenset(), alarms.of(tx, letter), off)
    if letter.kind is Mail.DRILL:
        return View(letter, None, None, frozenset(), drills.of(tx, letter, now))
    if letter.operation is None:
        return View(letter, None, None, frozenset())
    if letter.kind is Mail.ANSWER:  # of a plan without steps, which nobody had to approve
        operation = operations.get(tx, letter.operation)
        told = Report(operation, {}, (), {}, ()) if operation else None
        return View(letter, told, None, frozenset())
    told = report(tx, letter.operation)
    waits = told is not None and told.operation.state is State.WAITING
    actions = delivery.step_actions(tx, letter.operation) if waits else frozenset()
    return View(letter, told, outbox.card_of(tx, letter.operation), actions)
