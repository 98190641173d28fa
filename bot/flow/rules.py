"""The policy and the grammar as commands may read them: the Rules of `bot.command`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.arguments import UsageError
from bot.command import Action, Ruling, Verb
from bot.flow.people import People
from bot.grammar.grammar import Grammar, HelpWanted
from bot.operation import Door
from bot.plan import Step
from bot.policy.policy import Policy
from bot.words import words


@dataclass(frozen=True, slots=True)
class RulesFor:
    """The rules as they are for one person at one door."""

    grammar: Grammar
    policy: Policy
    people: People
    actions: Mapping[str, Action]
    verbs: Mapping[str, Verb[Any]]
    asker: str
    door: Door

    def read(self, line: str) -> tuple[Verb[Any], Any]:
        """A line's verb and arguments.  Raises UsageError."""
        parsed = self.grammar.parse(line)
        if isinstance(parsed, HelpWanted):
            raise UsageError(words("{line} asks for nothing", line=line[:60]))
        return parsed.verb, parsed.args

    def rule(
        self,
        verb: Verb[Any],
        steps: Sequence[Step],
        *,
        emergency: bool,
        approvals: int = 0,
        by_the_clock: bool = False,
    ) -> Ruling:
        """What the policy says of these steps, of which their plan wants so many approvals at least.

        `by_the_clock`: if a schedule of whoever asks had asked.
        """
        person, door = self.people.person(self.asker), Door.CLOCK if by_the_clock else self.door
        risks = {step.action: self.actions[step.action].risk for step in steps}
        decision = (
            self.policy.judge(person, verb.action, steps, risks, door, emergency=emergency)
            if steps
            else self.policy.may_ask(person, verb.action, verb.risk, door, emergency=emergency)
        )
        decision = decision.at_least(approvals)
        could = self.policy.could_approve(self.people.everybody(), self.asker, steps)
        return Ruling(
            decision.allowed,
            decision.approvals,
            decision.why,
            decision.rules,
            could if decision.approvals else (),
        )

    def groups(self) -> tuple[str, ...]:
        """The groups that whoever asks is in."""
        return self.people.person(self.asker).groups

    def allowed(self) -> tuple[str, ...]:
        """The verbs that whoever asks may use on something, as noun.verb."""
        person = self.people.person(self.asker)
        return tuple(
            verb.action
            for verb in self.verbs.values()
            if self.policy.may_ask(person, verb.action, verb.risk, self.door).allowed
        )
