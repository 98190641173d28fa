"""What a mail says, from what is stored now."""

import logging
from dataclasses import dataclass
from datetime import tzinfo
from email.message import EmailMessage
from typing import Protocol

from sqlalchemy import Connection

from bot.drawn import Drawn
from bot.language import Languages
from bot.operation import Report, State, StepRow
from bot.outbox.mime import Head, mail
from bot.outbox.pictures import NOT_DRAWN
from bot.picture.painter import Picture, Unpaintable
from bot.plan import File
from bot.store import outbox, steps
from bot.store.outbox import Letter
from bot.store.report import report
from bot.views.file_text import file_text
from bot.views.mail import SHOWN, sheet
from bot.views.plan_text import plan_text
from bot.views.speaker import Speaker

log = logging.getLogger("toban.outbox")


class Paint(Protocol):
    """Draws charts and timelines."""

    def __call__(self, chart: Drawn, language: str) -> Picture:
        """The chart as a picture.  Raises Unpaintable."""


@dataclass(frozen=True, slots=True)
class Told:
    """A letter that goes by mail, with what it tells."""

    letter: Letter
    report: Report
    steps: tuple[StepRow, ...]  # all of them, where not all are shown
    own_id: str  # of this database


@dataclass(frozen=True, slots=True)
class MailWriter:
    """Writes mails, each in its language."""

    languages: Languages
    zone: tzinfo
    paint: Paint
    sender: str

    def mail(self, told: Told) -> EmailMessage:
        """The mail; the same one each time while nothing has changed.  Raises ValueError for no address."""
        letter, plan = told.letter, told.report.operation.plan
        speak = Speaker(self.languages, letter.language, self.zone)
        files = _files(told, speak)
        picture = self._picture(plan.chart, letter.language) if plan and plan.chart else Picture(b"")
        lacks = (picture.lacks,) if picture.lacks else ()
        said = sheet(told.report, speak, *lacks, files=[file.name for file in files])
        return mail(self._head(told), said, speak, files, picture.png)

    def _head(self, told: Told) -> Head:
        """Its mark is of this letter of this database; of one put back from a backup it is another."""
        letter = told.letter
        mark = f"toban.{told.own_id}.{letter.id}.{letter.created:%Y%m%d%H%M%S}"
        return Head(self.sender, letter.address, mark, letter.created.astimezone(self.zone))

    def _picture(self, chart: Drawn, language: str) -> Picture:
        try:
            return self.paint(chart, language)
        except Unpaintable as error:
            log.warning("a mail has no picture: %s", error, extra={"action": "mail.no-picture"})
            return Picture(b"", NOT_DRAWN)


def look(tx: Connection, number: int, own_id: str) -> Told:
    """The letter as it stands.  Raises LookupError when it is about nothing."""
    letter = outbox.get(tx, number)
    found = report(tx, letter.operation, SHOWN) if letter and letter.operation else None
    if letter is None or found is None:
        raise LookupError(f"letter {number} is about no operation")
    rows = steps.rows(tx, found.operation.number) if _has_more(found) else ()
    return Told(letter, found, rows, own_id)


def _has_more(found: Report) -> bool:
    return found.told is None and found.total > len(found.steps)


def _files(told: Told, speak: Speaker) -> list[File]:
    """The answer's, or how it went resource by resource; named for its operation, as in Slack."""
    operation = told.report.operation
    if told.steps:
        return [File(f"{operation.number}-plan.txt", plan_text(told.report, told.steps, speak))]
    plan = operation.plan if operation.state is State.ANSWERED else None
    own = told.report.told.file if told.report.told else plan and plan.file
    return [File(f"{operation.number}-{own.name}", file_text(own, speak))] if own else []
