"""Mail by Amazon SES of one of the accounts.

SES gives each mail a Message-ID and a date of its own ("Amazon SES header fields", Amazon SES developer
guide): a mail that is sent again after a cut answer may be seen twice.
"""

from dataclasses import dataclass
from email.message import EmailMessage

from aws import mail as ses
from aws.account import Accounts, Place
from aws.errors import AwsError, NoAnswer, NoCredentials, Refused, Throttled, Unreachable
from bot.outbox.carrier import Cut, MailSaysNo, NotNow, Rejected
from bot.refusals import said
from bot.words import Words, words

_LATER = frozenset({"LimitExceededException", "SendingPausedException"})
"""Codes of the whole account that pass: a quota that is used up, sending that somebody paused."""
_ONE = frozenset({"BadRequestException", "MessageRejected"})
"""Codes that are about one mail: its address, mostly, while the account is in SES's sandbox."""


@dataclass(frozen=True, slots=True)
class Ses:
    """SES as a `Carrier`."""

    aws: Accounts
    place: Place

    def send(self, mail: EmailMessage, sender: str, to: str) -> None:
        """Hand it over.  Raises NotNow, Cut or Rejected."""
        try:
            ses.send(ses.client(self.aws, self.place), mail.as_bytes(), sender=sender, to=to)
        except AwsError as error:
            raise self._meaning(error, sender) from error

    def _meaning(self, error: AwsError, sender: str) -> MailSaysNo:
        code = error.said.code or type(error).__name__
        match error:
            case NoAnswer():
                return Cut(code)
            case Throttled() | NoCredentials() | Unreachable():
                return NotNow(code, away=True)
            case Refused() if code in _LATER:
                return NotNow(code, away=True)
            case Refused():
                return Rejected(code, self._refused(error, sender), all_mail=code not in _ONE)
            case _:
                return Rejected(code, said(error, self.place.account), all_mail=True)

    def _refused(self, error: AwsError, sender: str) -> Words:
        return words(
            "{why}; verify {sender} in Amazon SES of {place}, and the address too while that account"
            " is in SES's sandbox",
            why=said(error, self.place.account),
            sender=sender,
            place=f"{self.place.account}/{self.place.region}",
        )
