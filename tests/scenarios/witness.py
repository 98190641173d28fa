"""A witness who stands in the local AWS and judges each call of toban's at the moment it is carried out.

It knows nothing of the product's code: it reads moto's state, and what is committed in toban's file.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playground.aws.answer import Answer
from playground.aws.call import Call, Request
from playground.aws.server import LocalAws
from tests.scenarios.conftest import ACCOUNT, TOKYO

OREGON = "us-west-2"
NOTHING_GOES = 10**6  # generations to keep, where a wish cannot be read
Answering = Callable[[Request, Call], Answer]


def tags(one: Any) -> dict[str, str]:
    """The tags of something in moto's state."""
    return {tag["key"]: tag["value"] for tag in one.get_tags()}


@dataclass
class Witness:
    """What it saw that must not be."""

    local: LocalAws
    database: Path
    foreign: set[str] = field(default_factory=set)  # ids of what people and other tools made
    by_hand: set[str] = field(default_factory=set)  # ids of what people deleted
    promised: dict[int, dict[str, int]] = field(default_factory=dict)  # operation -> volume -> generations
    wrong: list[str] = field(default_factory=list)

    def attend(self, answer: Answering) -> Answering:
        """The same AWS, with the witness beside it."""

        def attended(request: Request, call: Call) -> Answer:
            judge = {"DeleteSnapshot": self._deletion}.get(call.action, self._creation)
            found = list(judge(call))
            answered = answer(request, call)
            if answered.outcome == "ok":
                self.wrong += found
            return answered

        return attended

    def snapshots(self, region: str) -> dict[str, Any]:
        """moto's state."""
        found: dict[str, Any] = self.local.backend("ec2", ACCOUNT, region).snapshots
        return found

    def series(self, region: str, volume: str) -> list[Any]:
        """The completed, restorable generations of a volume in a region, the newest first."""
        found = [
            one
            for one in self.snapshots(region).values()
            if one.id not in self.foreign
            and (one.status, one.storage_tier) == ("completed", "standard")
            and volume_of(one) == volume
        ]
        return sorted(found, key=lambda one: (one.start_time, one.id), reverse=True)

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """What is committed, read beside the bot."""
        with closing(sqlite3.connect(f"file:{self.database}?mode=ro", uri=True)) as tx:
            return [tuple(row) for row in tx.execute(query, values)]

    # -- each call ----------------------------------------------------------------------------------------

    def _creation(self, call: Call) -> Iterator[str]:
        if call.action in {"CreateSnapshot", "CreateSnapshots", "CopySnapshot"}:
            written = [key for key, value in call.params.items() if value == "toban:token"]
            tokens = [call.params[f"{key.removesuffix('Key')}Value"] for key in written]
            if len(tokens) != 1 or not self.is_intended(tokens[0]):
                yield f"{call.action} without an audit line"

    def is_intended(self, token: str) -> bool:
        """Whether the audit log tells of a call with this token."""
        query = "select 1 from audit where event = 'step.intended' and detail like ? limit 1"
        return bool(token and self.rows(query, f"{token}%"))

    def _deletion(self, call: Call) -> Iterator[str]:
        one = self.snapshots(call.region).get(call.params["SnapshotId"])
        if one is None:
            return
        if one.id in self.foreign:
            yield f"{one.id} of somebody else was deleted"
            return
        query = (
            "select operation from audit where event = 'step.intended' and action = 'snapshot.delete'"
            " and resource = ? and region = ? order by id desc limit 1"
        )
        told = self.rows(query, one.id, call.region)
        if not told:
            yield f"{one.id} was deleted without an audit line"
            return
        yield from self._too_few(call.region, one, told[0][0])
        yield from self._not_replaced(call.region, one, told[0][0])

    def _too_few(self, region: str, one: Any, number: int) -> Iterator[str]:
        volume = volume_of(one)
        newer = [other for other in self.series(region, volume) if _age(other) > _age(one)]
        wanted = self.promised[number][volume]
        if len(newer) < wanted:
            yield f"#{number} deleted {one.id} of {volume} with {len(newer)} newer ones, not {wanted}"

    def _not_replaced(self, region: str, one: Any, number: int) -> Iterator[str]:
        """What the same operation makes of the volume is there, unless people deleted it."""
        query = (
            "select action, region, result, json_extract(body, '$.inputs.source') from steps"
            " where resource = ? and operation = ? and action in ('snapshot.create', 'snapshot.copy')"
        )
        for action, there, result, source in self.rows(query, volume_of(one), number):
            if region not in (TOKYO, there):  # elsewhere only the copy to that place is waited for
                continue
            ids = [result] if result else self._copies_of(there, source)
            if not any(self._is_complete(there, made) for made in ids):
                yield f"#{number} deleted {one.id} before {action} to {there} was complete"

    def _copies_of(self, region: str, source: str) -> list[str]:
        """A copy that was there already is no result of the step."""
        copies = self.snapshots(region).values()
        return [one.id for one in copies if source and tags(one).get("toban:copy-of") == source]

    def _is_complete(self, region: str, made: str) -> bool:
        one = self.snapshots(region).get(made)
        return made in self.by_hand or (one is not None and one.status == "completed")


def volume_of(one: Any) -> str:
    """The volume that a snapshot or a copy of toban's holds; "" for others, such as an image's."""
    told = tags(one)
    match told.get("toban:kind"):
        case "snapshot":
            return str(one.volume_id)
        case "copy":
            return told.get("toban:volume", "")
        case _:
            return ""


def _age(one: Any) -> tuple[Any, str]:
    return one.start_time, one.id
