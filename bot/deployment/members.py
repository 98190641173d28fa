"""Which accounts share a template: those whose role needs the same.  Pure.

toban's own account may need more, its queue above all: that stands beside it, for that account alone, so that
one stack set serves them all.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from aws.account import AccountConfig
from bot.deployment.anywhere import anywhere
from bot.deployment.home import Home
from bot.iam.document import documents
from bot.iam.ground import partition_of

Document = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Member:
    """A template, and whose it is."""

    accounts: tuple[AccountConfig, ...]
    documents: Sequence[Document]  # what all of them may do
    more: Sequence[Document]  # what only toban's own account may do besides
    timer: Sequence[Document]  # what AWS may put back by itself, where the accounts have a role for it

    @property
    def external_id(self) -> str:
        """What the trust asks for; "" for nothing."""
        return self.accounts[0].external_id or ""

    @property
    def role(self) -> tuple[str, str]:
        """The role's path and name, as a template takes them; the name is "" where there is none."""
        return _role(self.accounts[0].role_arn)

    @property
    def timer_role(self) -> tuple[str, str]:
        """The same of the role for EventBridge Scheduler."""
        return _role(self.accounts[0].timer_role)


@dataclass(frozen=True, slots=True)
class _Need:
    """What decides whether two accounts can share."""

    statements: tuple[str, ...]  # as JSON, true of any account
    external_id: str
    role: tuple[str, str]
    timer: tuple[str, ...]
    timer_role: tuple[str, str]

    def is_part_of(self, other: "_Need") -> bool:
        same = replace(self, statements=other.statements) == other
        return same and self != other and set(self.statements) <= set(other.statements)


Parts = tuple[AccountConfig, Sequence[Document], Sequence[Document]]
"""An account, the documents of its role, and those of its timers'."""


def members(parts: Iterable[Parts], where: Home) -> Iterator[Member]:
    """The templates, in the order of the config."""
    needs = {account.name: (account, _need(account, made, timer)) for account, made, timer in parts}
    own = needs[where.account.name][1] if where.account.name in needs else None
    shared = next(
        (need for _, need in needs.values() if own and own.statements and need.is_part_of(own)), None
    )
    for need in dict.fromkeys(need for _, need in needs.values()):
        if shared and need == own:
            continue
        joins = [own] if need == shared else []
        those = tuple(account for account, one in needs.values() if one == need or one in joins)
        more = [one for one in own.statements if one not in need.statements] if joins and own else []
        yield Member(those, _documents(need.statements), _documents(more), _documents(need.timer))


def _need(account: AccountConfig, made: Sequence[Document], timer: Sequence[Document]) -> _Need:
    return _Need(
        _anyones(account, made if account.role_arn else ()),
        account.external_id or "",
        _role(account.role_arn),
        _anyones(account, timer),
        _role(account.timer_role),
    )


def _anyones(account: AccountConfig, made: Sequence[Document]) -> tuple[str, ...]:
    every = [statement for one in made for statement in one["Statement"]]
    return tuple(json.dumps(anywhere(one, account.id, partition_of(account))) for one in every)


def _documents(statements: Iterable[str]) -> Sequence[Document]:
    return documents([json.loads(one) for one in statements])


def _role(arn: str | None) -> tuple[str, str]:
    *between, name = (arn or "").partition(":role/")[2].split("/")
    return (f"/{'/'.join(between)}/" if between else "/"), name
