"""What the verbs of /run are told alike: where, and for how long at most."""

from datetime import timedelta

from bot.arguments import Kind, UsageError, arg
from bot.targets import Targets
from bot.words import words

SEEN = 500
"""Characters that a card shows whole: nobody shall approve what they cannot see."""
LONGEST = 48 * 60 * 60  # seconds: the most that AWS-RunShellScript's executionTimeout takes


def on_arg() -> Targets:
    """The option --on: which instances."""
    declared: Targets = arg(Kind.TARGETS, words("on which instances"), required=True, prefixes=("i-",))
    return declared


def within_arg() -> timedelta:
    """The option --within: after that it is stopped."""
    declared: timedelta = arg(
        Kind.DURATION,
        words("so long it may run; then it is stopped"),
        default=timedelta(minutes=10),
        at_least=10,
        at_most=LONGEST,
    )
    return declared


def must_be_seen(*texts: str) -> None:
    """Raise UsageError for more than the card can show to whoever approves it."""
    if sum(map(len, texts)) > SEEN:
        raise UsageError(
            words(
                "That is longer than {most} characters, and who approves it could not see all of it: put it"
                " into a document of Systems Manager, or into a script on the instances.",
                most=SEEN,
            )
        )
