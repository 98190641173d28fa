"""What a plan is made of: resources, steps, what is left alone, what could not be read.

A leaf of bot/: it imports no other part of bot/ but `drawn` and `words`.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeAlias

from aws.account import Place
from bot.drawn import Drawn
from bot.words import Words

Fields = tuple[tuple[str, str], ...]
"""Named values in the order of their names, such as ``(("state", "running"),)``."""

Cell: TypeAlias = "str | Words"
"""What stands in a table: AWS's own words as they are, or a sentence in the reader's language."""


@dataclass(frozen=True, slots=True)
class Resource:
    """What a step acts on, as policy, audit and report see it."""

    account: str  # the name in the config, not the twelve digits
    region: str
    type: str  # EC2's word: instance, volume, snapshot, image; or toban's: schedule, operation
    id: str
    name: str = ""
    tags: Fields = ()

    @property
    def place(self) -> Place:
        """The account and region it lives in."""
        return Place(self.account, self.region)


@dataclass(frozen=True, slots=True)
class Step:
    """One change to one resource: what is approved, carried out, verified, audited and reported."""

    key: str  # unique in its plan and the same in every reading of it
    action: str  # the name of its Action
    target: Resource
    before: Fields  # the declared fields as AWS shows them now; compared again before the call
    after: Fields  # the same fields as AWS shall show them afterwards
    inputs: Fields = ()  # what else the call needs
    group: str = ""  # steps of one group share one call, always
    needs: tuple[str, ...] = ()  # keys of steps that must be done first
    follows: tuple[str, ...] = ()  # keys of steps whose calls must be over first, however they went
    undoes: str = (
        ""  # the key of the step whose way back this is: made whatever happens, once that was called
    )
    about: str = ""  # the id of what was asked for, where the target was only made of it
    warnings: tuple[Words, ...] = ()  # dependants, what cannot be undone
    within: timedelta | None = None  # its own time limit, instead of its action's
    not_before: datetime | None = None  # called at this moment at the earliest; with its zone
    after_a_while: timedelta | None = None
    """Called at the earliest so long after the last of the steps that it `needs` or `follows`."""


@dataclass(frozen=True, slots=True)
class Unread:
    """A place that could not be read: nothing is changed there."""

    place: Place
    why: Words


@dataclass(frozen=True, slots=True)
class Left:
    """A target that needs no step, and why."""

    target: Resource
    why: Words


@dataclass(frozen=True, slots=True)
class Table:
    """An answer in rows."""

    heads: tuple[Words, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class File:
    """An answer too long, or too regular, for a message.

    What people read in it may be `said`: each sentence stands in the text as its `place`, and is said in the
    reader's language when the file is sent.
    """

    name: str
    text: str
    said: tuple[Words, ...] = ()


def place(number: int) -> str:
    """Where the sentence of this number belongs in a file's text; no text of AWS's has such letters."""
    return f"\ue000{number}\ue001"


@dataclass(frozen=True, slots=True)
class Offer:
    """A button beside an answer: it asks a line, as whoever clicks it and by the same rules."""

    label: Words
    line: str  # as a person would type it, without the slash


@dataclass(frozen=True, slots=True)
class Plan:
    """Exactly what will happen.  A plan without steps is simply an answer."""

    summary: Words
    steps: tuple[Step, ...] = ()
    left: tuple[Left, ...] = ()
    unread: tuple[Unread, ...] = ()
    notes: tuple[Words, ...] = ()
    table: Table | None = None
    file: File | None = None
    approvals: int = 0  # so many other people must agree at least, whatever the policy says of the steps
    chart: Drawn | None = None
    offers: tuple[Offer, ...] = ()
    again: datetime | None = None
    """An answer that is not final yet: it is made anew at this moment, and its message is edited in place."""
