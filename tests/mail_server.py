"""A mail server on this machine, which takes, refuses and breaks off as a test says."""

import asyncio
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import SMTP as BY_SMTP
from functools import cache
from ipaddress import IPv4Address
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from bot.config.mail import Relay, Tls

HOST = "127.0.0.1"


@dataclass
class Inbox:
    """What came, and how the server answers; the hooks are aiosmtpd's."""

    came: list[tuple[str, EmailMessage]] = field(default_factory=list)  # to whom, and what
    raw: list[bytes] = field(default_factory=list)
    senders: dict[str, str] = field(default_factory=dict)  # address -> what MAIL FROM is answered
    addresses: dict[str, str] = field(default_factory=dict)  # address -> what RCPT TO is answered
    answers: list[str] = field(default_factory=list)  # to the next mails, instead of taking them
    cuts: int = 0  # of the next mails the line breaks when they were taken
    encrypted: list[bool] = field(default_factory=list)  # of each mail

    async def handle_MAIL(  # noqa: N802
        self, server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        envelope.mail_from = address
        return self.senders.get(address, "250 OK")

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if said := self.addresses.get(address):
            return said
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.answers:
            return self.answers.pop(0)
        content = envelope.content
        assert isinstance(content, bytes)
        mail = BytesParser(policy=BY_SMTP).parsebytes(content)
        assert isinstance(mail, EmailMessage)
        self.raw.append(content)
        self.came += [(address, mail) for address in envelope.rcpt_tos]
        self.encrypted.append(session.ssl is not None)
        if self.cuts:
            self.cuts -= 1
            break_off(server)
        return "250 taken"


class LocalMail:
    """The server: it listens between `start` and `stop`, always at the same port."""

    def __init__(self, **options: Any) -> None:
        self.inbox = Inbox()
        self.options: dict[str, Any] = {"tls_context": certificate()[0], **options}
        self.tls_at_once = False
        self.port = 0
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="mail server", daemon=True)
        self._server: asyncio.Server | None = None
        self._open: list[SMTP] = []

    def relay(self, tls: Tls = Tls.STARTTLS) -> Relay:
        return Relay(HOST, self.port, tls)

    def start(self) -> None:
        if not self._thread.is_alive():
            self._thread.start()
        asyncio.run_coroutine_threadsafe(self._listen(), self._loop).result()

    def stop(self) -> None:
        """Nobody listens any more, and what was open is closed."""
        asyncio.run_coroutine_threadsafe(self._leave(), self._loop).result()

    def close(self) -> None:
        self.stop()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _listen(self) -> None:
        ssl_ = certificate()[0] if self.tls_at_once else None
        self._server = await self._loop.create_server(self._session, HOST, self.port, ssl=ssl_)
        self.port = self._server.sockets[0].getsockname()[1]

    async def _leave(self) -> None:
        if self._server is not None:
            self._server.close()
            self._server = None
        for one in self._open:
            break_off(one)
        self._open.clear()
        await asyncio.sleep(0)

    def _session(self) -> SMTP:
        made = SMTP(self.inbox, hostname="local.example", loop=self._loop, **self.options)
        self._open.append(made)
        return made


def break_off(session: SMTP) -> None:
    """Close its connection at once, if it has one; what was to be said is not said."""
    if isinstance(session.transport, asyncio.Transport):
        session.transport.abort()


def wants_login(user: str, password: str) -> dict[str, Any]:
    """The options of a server that lets nobody else in."""

    def knows(
        _server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, given: LoginPassword
    ) -> AuthResult:
        known = (given.login, given.password) == (user.encode(), password.encode())
        return AuthResult(success=known, handled=False)

    return {"authenticator": knows, "auth_required": True}


@contextmanager
def local_mail(**options: Any) -> Iterator[LocalMail]:
    server = LocalMail(**options)
    server.start()
    try:
        yield server
    finally:
        server.close()


@cache
def certificate() -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """The server's side, and that of a client who trusts it; made once, for this machine's address."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "toban's tests")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(IPv4Address(HOST))]), critical=False)
        .sign(key, SHA256())
        .public_bytes(Encoding.PEM)
    )
    server = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    with TemporaryDirectory() as folder:
        file = Path(folder) / "both.pem"
        file.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()) + made)
        server.load_cert_chain(file)
    return server, ssl.create_default_context(cadata=made.decode())
