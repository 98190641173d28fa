"""An office that sends mail too: its letters, a mail server, and the bot's way to it."""

from collections.abc import Iterable
from dataclasses import dataclass
from email.message import EmailMessage
from zoneinfo import ZoneInfo

from bot.drawn import Drawn
from bot.language import Languages
from bot.operation import Door, State
from bot.outbox.by_mail import Mailer
from bot.outbox.carrier import Carrier
from bot.outbox.mail_write import MailWriter, Paint
from bot.outbox.smtp import Smtp
from bot.picture.painter import Picture
from bot.plan import Plan
from bot.store import operations, outbox
from bot.store.outbox import Letter, Mail
from bot.words import words
from tests.bot.outbox.office import Office
from tests.mail_server import LocalMail, certificate

SENDER, OPS, CFO = "toban@example.com", "ops@example.com", "cfo@example.com"
PNG = b"\x89PNG\r\n\x1a\n a picture"
ANSWER = Plan(words("The bill of yesterday: {amount}", amount="$412.30"))


def painted(chart: Drawn, language: str) -> Picture:
    return Picture(PNG)


@dataclass
class Postbox:
    """Letters that go by mail, and hands to send them with."""

    office: Office
    mailer: Mailer

    def answered(self, plan: Plan = ANSWER, to: Iterable[str] = (OPS,), language: str = "en") -> int:
        """A schedule's question was answered, in its channel and to these addresses."""
        office, number = self.office, self.office.ask(Door.CLOCK)
        office.write_plan(number, plan)
        office.move(number, State.ANSWERED)
        office.mail(Mail.ANSWER, number)
        self.post(number, to, language)
        return number

    def post(self, number: int, to: Iterable[str], language: str = "en") -> None:
        """Have a mail sent about an operation."""
        office = self.office
        operation = office.db.read(lambda tx: operations.get(tx, number))
        assert operation is not None
        for address in to:
            office.db.write(
                lambda tx, one=address: outbox.by_mail(  # type: ignore[misc]
                    tx, operation, office.clock(), one, language=language
                )
            )

    def turns(self, times: int, minutes: float = 1.0) -> None:
        """Send what is due, so many times, and let time go by before each but the first."""
        for turn in range(times):
            self.office.clock.push(minutes=minutes if turn else 0)
            self.mailer.send_due()

    def waits(self) -> list[Letter]:
        return [row for row in self.office.waits() if row.kind is Mail.EMAIL]

    def told(self) -> list[str]:
        """What the channel is told beside answers, once all of it was sent."""
        for _ in range(10):
            self.office.outbox.send_due()
            self.office.clock.push(seconds=2)
        return [said.text for said in self.office.said() if "by mail" in said.text]


@dataclass
class Served(Postbox):
    """One whose mail goes to a server on this machine."""

    server: LocalMail

    def restart(self) -> None:
        """As after a crash: only rows are left."""
        self.office.restart()
        self.mailer = mailer(self.office, smtp(self.server))

    def came(self, to: str = OPS) -> list[EmailMessage]:
        """What reached an address."""
        return [mail for address, mail in self.server.inbox.came if address == to]


def served(office: Office, server: LocalMail) -> Served:
    return Served(office, mailer(office, smtp(server)), server)


def mailer(office: Office, carrier: Carrier, paint: Paint = painted) -> Mailer:
    writer = MailWriter(Languages.load(), ZoneInfo("Asia/Tokyo"), paint, SENDER)
    return Mailer(office.db, carrier, writer, office.clock, jitter=lambda: 1.0)


def smtp(server: LocalMail) -> Smtp:
    return Smtp(server.relay(), None, certificate()[1], seconds=5)
