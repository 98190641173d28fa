"""The questions of `toban init`; what was given by a flag is not asked."""

import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import click

from bot.first_time import read
from bot.first_time.answers import REGION, ROLE, Answers

T = TypeVar("T")
NONE = "-"
"""Answers a question with nothing, where an empty answer means the default."""


@dataclass(frozen=True, slots=True)
class Flags:
    """What was given by flags; None or (): not given."""

    zone: str | None = None
    language: str | None = None
    accounts: tuple[str, ...] = ()  # NAME=ID
    regions: tuple[str, ...] = ()
    role: str | None = None
    external_id: str | None = None
    channels: tuple[str, ...] = ()
    operators: tuple[str, ...] = ()
    approvers: tuple[str, ...] = ()
    home: str | None = None
    url: str | None = None


def answers(flags: Flags, environ: Mapping[str, str], *, ask: bool) -> Answers:
    """All that the file needs; with `ask` False nobody is asked.  Raises click.UsageError or click.Abort."""
    accounts = tuple(map(read.account, flags.accounts)) or tuple(_accounts() if ask else ())
    if not accounts:
        raise click.UsageError("an account is needed: --account prod=123456789012")
    if any(len(set(each)) < len(accounts) for each in zip(*accounts, strict=True)):
        raise click.UsageError("each account needs a name and an id of its own.")
    japanese = environ.get("LANG", "").startswith("ja")
    asked = _Asked(ask)
    return Answers(
        zone=asked.one(flags.zone, "The team's time zone", "Asia/Tokyo" if japanese else "UTC", read.zone),
        language=asked.one(flags.language, "Language, en or ja", "ja" if japanese else "en", _language),
        accounts=accounts,
        regions=asked.many(flags.regions, "Regions, with spaces between", REGION, read.regions),
        role=asked.one(
            flags.role, f"The role toban takes in each account ({NONE}: none, it acts as itself)", ROLE, _role
        ),
        external_id=read.word(flags.external_id if flags.external_id is not None else secrets.token_hex(16)),
        channels=asked.many(flags.channels, "Ids of its channels, C… (channel, About)", "", read.channels),
        operators=asked.many(
            flags.operators, "Who may ask for changes: ids of people U… or user groups S…", "", read.members
        ),
        approvers=asked.many(flags.approvers, "Who else may agree to them", "", read.members),
        home=asked.one(
            flags.home,
            f"The account in which toban itself runs, by CloudFormation ({NONE}: none)",
            NONE if flags.url else accounts[0][0],
            lambda text: _home(text, [name for name, _ in accounts]),
        ),
        url=read.url(flags.url or ""),
    )


@dataclass(frozen=True, slots=True)
class _Asked:
    """A flag, else an answer, else what is usual."""

    ask: bool

    def one(self, given: str | None, question: str, usual: str, reads: Callable[[str], T]) -> T:
        if given is not None:
            return reads(given)
        return _prompt(question, usual, reads) if self.ask else reads(usual)

    def many(self, given: tuple[str, ...], question: str, usual: str, reads: Callable[[str], T]) -> T:
        return self.one(" ".join(given) if given else None, question, usual, reads)


def _prompt(question: str, usual: str, reads: Callable[[str], T]) -> T:
    found: Any = click.prompt(question, default=usual, value_proc=reads, show_default=bool(usual))
    answer: T = found
    return answer


def _accounts() -> Iterator[tuple[str, str]]:
    name: str = click.prompt(
        "The first account's name, as people type it", default="prod", value_proc=read.name_of
    )
    while name:
        yield name, click.prompt(f"The twelve digits of {name}", value_proc=read.number_of)
        name = click.prompt("Another account's name", default="", show_default=False, value_proc=_maybe)


def _maybe(text: str) -> str:
    return read.name_of(text) if text.strip() else ""


def _role(text: str) -> str:
    return read.role("" if text.strip() == NONE else text)


def _home(text: str, names: Sequence[str]) -> str:
    if text.strip() not in (NONE, *names):
        raise click.UsageError(f"it is one of the accounts: {', '.join(names)}.")
    return "" if text.strip() == NONE else text.strip()


def _language(text: str) -> str:
    if text not in ("en", "ja"):
        raise click.UsageError("it is en or ja.")
    return text
