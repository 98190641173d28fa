"""Actions without a verb: a step is looked at, called and watched by hand, over the local AWS."""

from dataclasses import dataclass

from bot.command import Action, Batch, Seen, Sent, World
from bot.plan import Fields, Step
from tests.commands.desk import Desk


@dataclass
class Hand:
    """Carries one action's steps out as the engine would, one at a time."""

    desk: Desk
    action: Action

    @property
    def world(self) -> World:
        """As it is now."""
        return self.desk.house.path.observer()

    def look(self, step: Step) -> Fields | None:
        """What is there; None: nothing."""
        return self.action.look(self.world, step.target.place, [step]).get(step.key)

    def call(self, step: Step) -> Sent:
        """The one call."""
        called = self.action.call(self.world, Batch(7, "token", step.target.place, (step,), {}))
        return Sent(step, called.results.get(step.key, ""))

    def watch(self, sent: Sent) -> Seen:
        """How it stands."""
        return self.action.watch(self.world, sent.step.target.place, [sent])[sent.step.key]

    def pass_(self, seconds: float) -> None:
        """Let time pass, for the local AWS and for toban."""
        self.desk.local.control.advance(seconds)
        self.desk.house.time.pass_(seconds=seconds)
