"""The table ``[mail]``: from what TOML gives to what it means, or a `Mistake`."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from pydantic import SecretStr

from aws.account import Place
from bot.config.mistakes import Mistake, quoted
from bot.grammar.suggest import hint
from bot.words import words

_LOCAL = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_ADDRESS = re.compile(rf"(?=.{{1,64}}@){_LOCAL}@{_LABEL}(?:\.{_LABEL})+")
"""What RFC 5321 lets stand in an envelope, without quotation marks and without letters beyond ASCII."""
_LONGEST = 150  # of an address; RFC 5321 allows 254
_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


class Tls(StrEnum):
    """How the way to a mail server is encrypted, by the scheme that says so; its port is the usual one."""

    STARTTLS = "smtp"  # before anything else is said; a server that does not offer it gets nothing
    AT_ONCE = "smtps"
    NONE = "plain"  # only to a server on this machine

    @property
    def port(self) -> int:
        """Where such servers listen ("Service Name and Port Number Registry", IANA)."""
        return {Tls.STARTTLS: 587, Tls.AT_ONCE: 465, Tls.NONE: 25}[self]


@dataclass(frozen=True, slots=True)
class Relay:
    """A mail server that takes what toban sends."""

    host: str
    port: int
    tls: Tls = Tls.STARTTLS


@dataclass(frozen=True, slots=True)
class Login:
    """Who toban is to a mail server."""

    user: SecretStr
    password: SecretStr


@dataclass(frozen=True, slots=True)
class MailRules:
    """Who sends, and by which way."""

    sender: str
    by: Relay | Place  # Place: its SES
    login: Login | None = None  # None: the mail server wants none


def read_address(value: object) -> str:
    """A mail address, without a name before it."""
    if not isinstance(value, str) or len(value) > _LONGEST or not _ADDRESS.fullmatch(value):
        raise Mistake(
            words("“{address}” is no mail address, such as ops@example.com.", address=quoted(value))
        )
    return value


def read_relay(value: object) -> Relay:
    """A mail server: ``host:587``, which has to offer STARTTLS, or ``smtps://host:465``."""
    text = value if isinstance(value, str) else ""
    try:
        return _relay(text if "://" in text else f"{Tls.STARTTLS}://{text}")
    except ValueError:  # an unknown scheme, a port that is none, a bracket that is left open
        raise Mistake(
            words(
                "“{server}” is no mail server; write smtp.example.com:587, which has to offer STARTTLS,"
                " or smtps://smtp.example.com:465; on this machine also plain://localhost:25."
                " A name and a password stand in TOBAN_SMTP_USER and TOBAN_SMTP_PASSWORD (environment) only.",
                server="…" if "@" in text else quoted(value),  # before it a password may stand
            )
        ) from None


def _relay(url: str) -> Relay:
    """Raises ValueError for what cannot be one."""
    parts = urlsplit(url if url.isprintable() else "")  # which would take line ends out of it
    tls, host = Tls(parts.scheme), parts.hostname or ""
    beside = parts.path.strip("/") or parts.query or parts.fragment or "@" in parts.netloc
    known = host in _LOOPBACK or re.fullmatch(rf"{_LABEL}(?:\.{_LABEL})*|[0-9a-f:]+", host)
    if beside or not known or (tls is Tls.NONE and host not in _LOOPBACK):
        raise ValueError(host)
    return Relay(host, parts.port or tls.port, tls)


def read_ses(value: object) -> Place:
    """The account and region whose SES sends: ``prod/ap-northeast-1``."""
    account, slash, region = value.partition("/") if isinstance(value, str) else ("", "", "")
    if not account or not slash or not region:
        raise Mistake(
            words(
                "“{place}” is no account and region; write it like prod/ap-northeast-1.", place=quoted(value)
            )
        )
    return Place(account, region)


def must_be_known(ses: Place, regions: Mapping[str, Collection[str]]) -> None:
    """That there is this account, and that it has this region; `regions` are those of each account."""
    if ses.account not in regions:
        near = hint(ses.account, regions)
        raise Mistake(words("there is no account “{account}”. {hint}", account=ses.account, hint=near))
    if ses.region not in regions[ses.account]:
        near = hint(ses.region, regions[ses.account])
        raise Mistake(
            words(
                "the account {account} has no region “{region}”. {hint}",
                account=ses.account,
                region=ses.region,
                hint=near,
            )
        )
