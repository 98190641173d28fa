"""What the policy is asked about and what it answers: Person, Decision, PolicyError."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.words import Words


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in Slack and the groups they belong to, from the config and from Slack's user groups."""

    id: str
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """Yes or no, how many other people must agree, and why."""

    allowed: bool
    approvals: int  # 0 when it is not allowed
    why: Words
    rules: tuple[str, ...] = ()  # the @ids that decided; empty when no rule spoke

    def at_least(self, approvals: int) -> "Decision":
        """The same, and so many other people must agree at least."""
        return replace(self, approvals=max(self.approvals, approvals)) if self.allowed else self


def yes(approvals: int, why: Words, rules: tuple[str, ...]) -> Decision:
    """It is allowed once so many other people agree."""
    return Decision(allowed=True, approvals=approvals, why=why, rules=rules)


def no(why: Words, rules: tuple[str, ...] = ()) -> Decision:
    """It is not allowed, whoever agrees."""
    return Decision(allowed=False, approvals=0, why=why, rules=rules)


class PolicyError(Exception):
    """The policy file cannot be used; `mistakes` names every mistake with its place."""

    def __init__(self, mistakes: Sequence[Words]) -> None:
        super().__init__("; ".join(str(mistake) for mistake in mistakes))
        self.mistakes = tuple(mistakes)
