"""How it went, in the words of the operation's verb: told once, at the end, and stored."""

from collections.abc import Iterable
from dataclasses import replace

from sqlalchemy import Connection

from bot.command import Ended, Told
from bot.flow import mail
from bot.flow.path import Path
from bot.operation import Operation, StepRow
from bot.plan import Plan
from bot.store import steps, tellings
from bot.words import plural


def tell(path: Path, tx: Connection, operation: Operation) -> None:
    """Have the verb say how it went, if it has words of its own; its file goes into the thread."""
    noun, name = operation.ask.line.split()[:2]
    verb = path.verbs.get(f"{noun}.{name}")
    if verb is None or verb.tell is None or operation.plan is None:
        return
    told = whole(verb.tell(ended(steps.rows(tx, operation.number)), operation.plan.left), operation.plan)
    tellings.add(tx, operation.number, told)
    if told.file:
        mail.told_file(path, tx, operation)


def ended(rows: Iterable[StepRow]) -> list[Ended]:
    """The steps as a verb is told of them."""
    return [Ended(row.step, row.state, row.reason, row.result) for row in rows]


def whole(told: Told, plan: Plan) -> Told:
    """The same, and not well when there was a place that nobody could look at.  Pure."""
    if not plan.unread:
        return told
    said = plural("{n} place could not be read", "{n} places could not be read", len(plan.unread))
    return replace(told, lines=(*told.lines, said), well=False)
