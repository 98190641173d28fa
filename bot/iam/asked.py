"""What `toban iam-policy` prints: the documents of each role, with their names and sizes."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aws.account import AccountConfig, Accounts, Place
from aws.errors import Denied
from aws.iam import client as iam_client
from aws.iam import lasting, role_arn
from aws.identity import who_am_i
from bot.iam.document import LARGEST, documents, size, statements
from bot.iam.ground import chosen, ground, tags
from bot.iam.needs import needed, picked
from bot.iam.scope import Ground
from bot.iam.trust import principal, trust
from bot.settings import Settings
from bot.verbs import verbs

OWN = "toban-own"
"""The document of toban's own role, which takes the roles of the accounts."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked for; each empty: all of them, or none narrowed."""

    verbs: tuple[str, ...] = ()
    accounts: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Papers:
    """Documents by their names, and what to know of them, a line each."""

    documents: Mapping[str, dict[str, Any]]
    notes: tuple[str, ...]

    def text(self) -> str:
        """One document as it is pasted; several by their names."""
        only = next(iter(self.documents.values())) if len(self.documents) == 1 else self.documents
        return f"{json.dumps(only, indent=2)}\n"

    def write(self, folder: Path) -> list[str]:
        """A file each; returns their names.  Raises OSError."""
        folder.mkdir(parents=True, exist_ok=True)
        for name, one in self.documents.items():
            (folder / f"{name}.json").write_text(f"{json.dumps(one, indent=2)}\n", encoding="utf-8")
        return [f"{folder / name}.json" for name in self.documents]


def policies(settings: Settings, wish: Wish) -> Papers:
    """What each role must be allowed.  Raises UsageError."""
    made: dict[str, dict[str, Any]] = {}
    notes: list[str] = []
    for account, made_of in parts(settings, wish):
        who = f"the role {account.role_arn}" if account.role_arn else "toban's own role: it has no other here"
        names = _names(f"toban-{account.name}", len(made_of))
        made |= dict(zip(names, made_of, strict=True))
        notes += [f"{name}: for {who}; {_size(one)}" for name, one in zip(names, made_of, strict=True)]
        if len(made_of) > 1:
            notes.append(f"{account.name}: too large for one managed policy; attach all {len(made_of)}")
    for name, one in own(settings, wish).items():
        made[name] = one
        notes.append(f"{name}: for toban's own role, which takes the others; {_size(one)}")
    return Papers(made, tuple(notes))


def trusts(settings: Settings, wish: Wish, own_role: str) -> Papers:
    """Who may take each account's role; `own_role` "": whoever this is.  Raises UsageError or AwsError."""
    ours = [one for one in chosen(settings, wish.accounts) if one.role_arn]
    taker = principal(own_role or _whoever_this_is(settings)) if ours else ""
    bare = [one.name for one in ours if one.external_id is None]
    notes = [f"toban-{one.name}-trust: the trust policy of {one.role_arn}" for one in ours]
    notes += [
        f'{name}: it has no external id; write external_id = "…" under [accounts.{name}], a long random word'
        for name in bare
    ]
    if not ours:
        notes.append("no account has a role of its own, so there is nothing to trust")
    return Papers({f"toban-{one.name}-trust": trust(one, taker) for one in ours}, tuple(notes))


def parts(settings: Settings, wish: Wish) -> Iterator[tuple[AccountConfig, list[dict[str, Any]]]]:
    """Each account, and the documents of its role.  Raises UsageError."""
    those, tagged = picked(verbs(), wish.verbs), tags(wish.tags)
    for account in chosen(settings, wish.accounts):
        there = ground(settings, account, tagged, wish.keys)
        yield account, documents(statements(needed(those, settings, account), there))


def own(settings: Settings, wish: Wish) -> dict[str, dict[str, Any]]:
    """What toban's own role must be allowed: to take exactly these roles; nothing when no account has one."""
    roles = tuple(one.role_arn for one in chosen(settings, wish.accounts) if one.role_arn)
    there = Ground("", "", (), lists={"roles": roles})
    made = documents(statements({"sts:AssumeRole": frozenset()}, there))
    return dict(zip(_names(OWN, len(made)), made, strict=True))


def _whoever_this_is(settings: Settings) -> str:
    """The ARN of the role as which this runs; without its path where it may not be asked for."""
    aws = Accounts([AccountConfig("own", "", settings.accounts[0].regions[:1])])
    place = Place("own", settings.accounts[0].regions[0])
    with closing(aws):
        arn = who_am_i(aws.sts(place)).arn
        try:
            return role_arn(iam_client(aws, place), arn)
        except Denied:
            return lasting(arn)


def _names(name: str, count: int) -> Sequence[str]:
    return [name] if count == 1 else [f"{name}-{number}" for number in range(1, count + 1)]


def _size(one: Mapping[str, Any]) -> str:
    return f"{size(one['Statement']):,} of {LARGEST:,} characters"
