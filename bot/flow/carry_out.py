"""The fourth stage: look once more, then make every call that can be made now."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from sqlalchemy import Connection

from bot import logs
from bot.bell import Topic
from bot.flow import end
from bot.flow.call import Hand
from bot.flow.drive import Drive
from bot.flow.outcomes import Later
from bot.flow.path import Path
from bot.flow.recover import settle, unanswered
from bot.flow.start import start
from bot.store import moments, operations, ready
from bot.store.operations import Claim


def carry_out(path: Path, held: Claim) -> None:
    """Carry an operation as far as it goes now; its waits, or the clock, wake it again."""
    operation = start(path, held)
    if operation is None:
        return
    logs.also_about(ask=operation.ask.key)
    hand = Hand(path, held, operation)
    unsettled = path.side_by_side(partial(settle, hand), unanswered(hand))
    later = [Later(moment) for moment in unsettled if moment]
    later += Drive(hand).run()
    path.db.write(lambda tx: end.settle(path, tx, held, _when(hand, tx, later)))
    path.ring(Topic.WORK, Topic.MAIL)


def _when(hand: Hand, tx: Connection, later: Sequence[Later]) -> datetime | None:
    """When to come back: now, when a wait that ended meanwhile, or a click, made something to do.

    Otherwise when the first moment comes that a step waits for, of which nobody else reminds.
    """
    number = hand.held.number
    put_off = {one.lane for one in later}
    if set(ready.lanes(tx, number)) - put_off or ready.is_lost(tx, number):
        return hand.path.now()
    if operations.still_ours(tx, hand.held) and ready.is_cancellable(tx, number):
        return hand.path.now()
    upcoming = moments.upcoming(tx, number)
    return min([*(one.moment for one in later), *([upcoming] if upcoming else [])], default=None)
