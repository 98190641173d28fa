"""Letters about failure tests: one message each, from its begin to its verdict."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bot.drill import Phase
from bot.operation import StepState
from bot.plan import Offer
from bot.store import drills, marks, samples, steps
from bot.store.outbox import Letter
from bot.timeline import Timeline
from bot.views import drill as drill_view
from bot.views.chart import Shown
from bot.views.drill import DrillView
from bot.views.message import Message
from bot.views.speaker import Speaker
from bot.words import words

GATE = "failover.gate"
"""The action of a step that waits for a person."""


@dataclass(frozen=True, slots=True)
class OneDrill:
    """A drill with what its message shows of it."""

    view: DrillView
    channel: str  # where it belongs

    @property
    def is_over(self) -> bool:
        """Whether nothing more is to come."""
        return self.view.drill.phase is Phase.OVER

    @property
    def chart(self) -> Timeline | None:
        """What users saw, and what happened."""
        return self.view.timeline

    def message(self, speak: Speaker, shown: Shown) -> Message:
        """What is posted or edited."""
        return drill_view.message(self.view, speak, shown)


def of(tx: Connection, letter: Letter, now: datetime) -> OneDrill | None:
    """What a letter tells of."""
    number = int(letter.key.split(":")[1])
    drill = drills.get(tx, number)
    if drill is None:
        return None
    offers = _offers(number) if _waits_for_somebody(tx, number) else ()
    view = drill_view.look(drill, samples.of(tx, number), marks.of(tx, number), now, offers)
    return OneDrill(view, letter.channel)


def _waits_for_somebody(tx: Connection, number: int) -> bool:
    """Whether a person decides now: to go on, or to go back."""
    return any(row.step.action == GATE for row in steps.rows(tx, number, (StepState.AWAITING,)))


def _offers(number: int) -> tuple[Offer, ...]:
    return (
        Offer(words("Continue"), f"failover continue {number}"),
        Offer(words("Roll back"), f"failover abort {number}"),
    )
