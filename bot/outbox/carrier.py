"""What the outbox needs of whoever carries mail, and the few ways it is told no.

* MailSaysNo
  x NotNow     certainly not sent; the same mail may go later
  x Cut        the line broke when it was handed over: it may or may not arrive
  x Rejected   for good, with a sentence for people: why, and what to do
"""

from email.message import EmailMessage
from typing import Protocol

from bot.words import Words


class MailSaysNo(Exception):
    """The mail was not taken.  The text is fit for a log: no address, no secret, nobody's words."""


class NotNow(MailSaysNo):
    """It may go later; when the server is `away`, no other mail goes now either."""

    def __init__(self, code: str, *, away: bool = False) -> None:
        super().__init__(code)
        self.away = away


class Cut(MailSaysNo):
    """It may have been taken: sent again it is the same mail, by its Message-ID."""


class Rejected(MailSaysNo):
    """It is not taken, now or later; when `all_mail` is true, no mail is until somebody mends it."""

    def __init__(self, code: str, why: Words, *, all_mail: bool = False) -> None:
        super().__init__(code)
        self.why = why
        self.all_mail = all_mail


class Carrier(Protocol):
    """Carries one mail to one address."""

    def send(self, mail: EmailMessage, sender: str, to: str) -> None:
        """Return when it was taken.  Raises NotNow, Cut or Rejected."""
