"""Channels that take no messages of toban: what has to go elsewhere, and what goes on when it is back."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select, update

from bot.operation import ENDS
from bot.store.outbox import Mail, put
from bot.store.schema import operations, outbox

SHUT = frozenset(
    {
        "not_in_channel",
        "channel_not_found",
        "is_archived",
        "channel_is_archived",
        "restricted_action",
        "restricted_action_read_only_channel",
        "restricted_action_thread_only_channel",
        "restricted_action_non_threadable_channel",
        "restricted_action_thread_locked",
        "user_not_in_channel",
        "slack_connect_file_link_sharing_blocked",
        "team_access_not_granted",
        "no_permission",
    }
)
"""Slack's codes for a channel that does not take a message ("Errors", chat.postMessage)."""


@dataclass(frozen=True, slots=True)
class Telling:
    """Who is told that a channel takes no messages any more."""

    channel: str  # "" where one person is told directly
    person: str
    language: str
    body: Mapping[str, Any]  # words as JSON


def lost(tx: Connection, channel: str, at: datetime, told: Iterable[Telling]) -> None:
    """It takes nothing more: what goes on moves, and these are told, once an hour at most.

    Two of Slack's events may tell of one thing.
    """
    look_again(tx, channel, at)
    for one in told:
        key = f"lost:{channel}:{at:%Y%m%d%H}:{one.channel or one.person}"
        to = {"channel": one.channel, "person": one.person, "language": one.language, "body": one.body}
        put(tx, key, Mail.PRIVATE if one.person else Mail.NOTICE, at, **to)


def look_again(tx: Connection, channel: str, at: datetime) -> None:
    """What goes on and has its card there is shown anew: where that cannot be, it moves to who asked."""
    going_on = select(operations.c.id).where(operations.c.state.not_in(ENDS))
    tx.execute(
        update(outbox)
        .where(outbox.c.channel == channel, outbox.c.kind == Mail.CARD, outbox.c.operation.in_(going_on))
        .values(version=outbox.c.version + 1, next_try=at)
    )


def go_on(tx: Connection, channel: str, at: datetime) -> None:
    """What waits because it took nothing is sent now."""
    tx.execute(
        update(outbox)
        .where(outbox.c.channel == channel, outbox.c.next_try > at, outbox.c.error.in_(SHUT))
        .values(next_try=at)
    )
