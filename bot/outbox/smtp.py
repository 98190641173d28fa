"""Mail by a mail server: one connection a mail, encrypted before anything else is said.

Source: RFC 5321: 4xx is "not now", 5xx "not at all"; until the server has answered the whole mail it may
have been taken or not.
"""

import base64
import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.message import EmailMessage
from smtplib import SMTP, SMTP_SSL, SMTPException, SMTPResponseException, SMTPServerDisconnected
from typing import TypeAlias

from bot.config.mail import Login, Relay, Tls
from bot.outbox.carrier import Cut, NotNow, Rejected
from bot.words import Words, words

SECONDS = 20.0  # for each answer of the server
_LONGEST = 200  # characters of an answer that are told
_GONE = 421  # "service not available, closing transmission channel"
_LOGIN = frozenset({530, 534, 535})  # whatever was tried, it wants a login, or another one (RFC 4954)
Why: TypeAlias = Callable[[str], Words]
"""What a clear no means, made of what the server said."""


@dataclass(frozen=True, slots=True)
class Smtp:
    """A mail server as a `Carrier`."""

    relay: Relay
    login: Login | None = None
    trusted: ssl.SSLContext | None = None  # None: whom this machine trusts
    seconds: float = SECONDS

    def send(self, mail: EmailMessage, sender: str, to: str) -> None:
        """Hand it over.  Raises NotNow, Cut or Rejected."""
        with self._connected() as server:
            self._encrypt(server)
            self._introduce(server)
            _hand_over(server, mail, sender, to)

    @contextmanager
    def _connected(self) -> Iterator[SMTP]:
        with _speaking_plainly(_of_server):
            server = self._connect()
        try:
            _greet(server)
            yield server
        finally:
            with suppress(OSError):  # whatever it says now, the mail was taken or not before
                server.quit()
            server.close()

    def _connect(self) -> SMTP:
        name, relay = socket.gethostname(), self.relay
        name = name if "." in name else "[127.0.0.1]"  # smtplib would ask the network for a longer one
        if relay.tls is Tls.AT_ONCE:
            return SMTP_SSL(relay.host, relay.port, name, timeout=self.seconds, context=self._context())
        return SMTP(relay.host, relay.port, name, timeout=self.seconds)

    def _encrypt(self, server: SMTP) -> None:
        if self.relay.tls is Tls.STARTTLS:
            with _speaking_plainly(_of_encryption):
                server.starttls(context=self._context())
            _greet(server)  # what it said in the open counts no more (RFC 3207)

    def _introduce(self, server: SMTP) -> None:
        if self.login is None:
            return
        user, password = self.login.user.get_secret_value(), self.login.password.get_secret_value()
        with _speaking_plainly(_of_login):
            try:
                server.login(user, password)
            except SMTPResponseException as no:
                raise SMTPResponseException(no.smtp_code, _unsaid(no.smtp_error, user, password)) from None

    def _context(self) -> ssl.SSLContext:
        return self.trusted or ssl.create_default_context()


def _unsaid(said: bytes | str, user: str, password: str) -> bytes:
    """A server's answer without what it repeats of the login, also as PLAIN and LOGIN write it (RFC 4616)."""
    text = said if isinstance(said, bytes) else said.encode()
    for secret in filter(lambda one: len(one) > 3, (f"\0{user}\0{password}", password, user)):
        for form in (base64.b64encode(secret.encode()), secret.encode()):
            text = text.replace(form, b"[redacted]")
    return text


def _greet(server: SMTP) -> None:
    with _speaking_plainly(_of_server):
        server.ehlo_or_helo_if_needed()


def _hand_over(server: SMTP, mail: EmailMessage, sender: str, to: str) -> None:
    with _speaking_plainly(_of_sender):
        _must_be_taken(server.mail(sender))
    with _speaking_plainly(_of_address, all_mail=False):
        _must_be_taken(server.rcpt(to))
    try:
        with _speaking_plainly(_of_mail, all_mail=False):
            _must_be_taken(server.data(mail.as_bytes()))
    except NotNow as no:
        if no.away:
            raise Cut(str(no)) from no
        raise


def _must_be_taken(answer: tuple[int, bytes]) -> None:
    code, text = answer
    if not 200 <= code < 300:
        raise SMTPResponseException(code, text)


@contextmanager
def _speaking_plainly(why: Why, *, all_mail: bool = True) -> Iterator[None]:
    """Turn what smtplib raises within into a MailSaysNo; all its exceptions are OSErrors."""
    try:
        yield
    except SMTPResponseException as no:
        raise _meaning(no, why, all_mail=all_mail) from no
    except SMTPServerDisconnected as error:
        raise NotNow("disconnected", away=True) from error
    except SMTPException as error:  # the server does not offer it, or not as smtplib can
        raise Rejected("not offered", why(""), all_mail=True) from error
    except ssl.SSLCertVerificationError as error:
        raise Rejected("certificate", _of_certificate(error.verify_message), all_mail=True) from error
    except OSError as error:
        raise NotNow(type(error).__name__, away=True) from error


def _meaning(no: SMTPResponseException, why: Why, *, all_mail: bool) -> NotNow | Rejected:
    code, text = no.smtp_code, no.smtp_error
    said = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    if code in _LOGIN:
        why, all_mail = _of_login, True
    if 500 <= code < 600:
        return Rejected(f"smtp {code}", why(f"{code} {said}"[:_LONGEST]), all_mail=all_mail)
    return NotNow(f"smtp {code}", away=code == _GONE)


# -- what to do about it -----------------------------------------------------------------------------


def _of_server(said: str) -> Words:
    return words("the mail server refuses toban ({said}); ask whoever keeps it", said=said)


def _of_encryption(_said: str) -> Words:
    return words(
        "the mail server does not take STARTTLS, and toban sends nothing in the open;"
        " have it switched on there, or write smtps:// before the server in [mail] of the config"
    )


def _of_certificate(said: str) -> Words:
    return words(
        "the mail server's certificate is not to be trusted ({said});"
        " write its name in [mail] as the certificate has it, or have it renewed",
        said=said,
    )


def _of_login(said: str) -> Words:
    return words(
        "the mail server does not let toban in ({said});"
        " set TOBAN_SMTP_USER and TOBAN_SMTP_PASSWORD (environment) anew",
        said=said,
    )


def _of_sender(said: str) -> Words:
    return words(
        "the mail server takes nothing from that sender ({said});"
        " write another from in [mail] of the config, or have this one let in",
        said=said,
    )


def _of_address(said: str) -> Words:
    return words(
        "the mail server takes nothing for this address ({said});"
        " correct it under mail of the schedule in the config, or have it let in",
        said=said,
    )


def _of_mail(said: str) -> Words:
    return words("the mail server does not take this mail ({said}); ask whoever keeps it", said=said)
