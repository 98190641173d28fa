"""The look before the calls of a lane: which of its ready steps AWS still shows as planned."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from aws.errors import AwsError, NoAnswer, Throttled, Unreachable
from bot.command import Action
from bot.flow.call import Hand, Rows, finish, finish_each, in_haste, read_results
from bot.flow.choose import Compared, calls_of, compare
from bot.flow.intents import Wanted
from bot.flow.outcomes import Later, put_off
from bot.flow.overtake import overtake
from bot.operation import StepState
from bot.refusals import said
from bot.store import ready
from bot.store.ready import Cursor, Lane
from bot.words import Words
from bot.words import words as _

NOTHING = Compared()
LOOK = 200  # steps in one look: the values that one of EC2's filters takes


@dataclass(frozen=True, slots=True)
class Looked:
    """What a look means for the steps it was about."""

    lane: Lane
    rows: Rows
    compared: Compared = NOTHING
    calls: tuple[Wanted, ...] = ()
    blind: Rows = ()  # AWS could not be asked about these
    why: Words | None = None
    again: bool = False  # it may be asked later
    most: int = LOOK  # steps that were asked for: with fewer, nothing more was ready
    full: bool = False  # as many are in flight in this lane as may be

    @property
    def ends_something(self) -> bool:
        """Whether there are steps that need no call."""
        return bool(self.compared.already or self.compared.different or self.blind)


def look(hand: Hand, lane: Lane, after: Cursor) -> Looked:
    """Read the next ready steps of a lane, and look at AWS once for all of them."""
    action = hand.action(lane.action)

    def read(tx: Connection) -> tuple[Rows, Mapping[str, str], int]:
        most = min(LOOK, room(tx, action, lane))
        rows = ready.ready(tx, hand.held.number, lane, after, most) if most > 0 else ()
        return rows, read_results(hand, tx, rows), most

    rows, results, most = hand.path.db.read(read)
    if not rows:
        return Looked(lane, (), full=most <= 0)
    try:
        with in_haste(rows):
            seen = action.look(hand.path.world(hand.operation), lane.place, [row.step for row in rows])
    except AwsError as error:
        return _blind(hand, lane, rows, results, error)
    compared = compare(rows, seen)
    calls = calls_of(compared.as_planned, hand.path.actions)
    return Looked(lane, rows, compared, tuple(Wanted(one, results) for one in calls), most=most)


def room(tx: Connection, action: Action, lane: Lane) -> int:
    """How many more steps of a lane may be in flight, with those of all operations."""
    return LOOK if action.at_once is None else action.at_once - ready.in_flight(tx, lane)


def _blind(hand: Hand, lane: Lane, rows: Rows, results: Mapping[str, str], error: AwsError) -> Looked:
    """What cannot be looked at is not called; a way back is."""
    back = tuple(row for row in rows if row.step.undoes)
    return Looked(
        lane,
        rows,
        calls=tuple(Wanted(one, results) for one in calls_of(back, hand.path.actions)),
        blind=tuple(row for row in rows if not row.step.undoes),
        why=said(error, lane.place.account),
        again=isinstance(error, Throttled | Unreachable | NoAnswer),
    )


def note(hand: Hand, tx: Connection, looked: Looked, *, cancelled: bool = False) -> list[Later]:
    """End what needs no call: so already, no longer as planned, or not to be looked at.

    When it was cancelled meanwhile, only ways back are left.
    """
    already = [row for row in looked.compared.already if row.step.undoes or not cancelled]
    different = [one for one in looked.compared.different if one[0].step.undoes or not cancelled]
    finish(hand, tx, tuple(already), StepState.DONE, _("it was so already"))
    overtake(hand, tx, already)
    finish_each(hand, tx, different, StepState.SKIPPED)
    if cancelled or looked.why is None or not looked.blind:
        return []
    if looked.again:
        later = put_off(hand, tx, looked.blind, looked.why)
        return [later] if later else []
    finish(hand, tx, looked.blind, StepState.FAILED, looked.why)
    return []
