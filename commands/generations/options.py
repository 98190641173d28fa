"""The options that several verbs share, each declared once."""

from dataclasses import dataclass
from datetime import timedelta

from bot.arguments import Kind, arg
from bot.words import words
from commands.generations.keep import Keep

MOST = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepOptions:
    """How many generations stay."""

    keep: int | None = arg(
        Kind.NUMBER,
        words("so many completed generations of each stay"),
        at_least=1,
        at_most=MOST,
    )
    older_than: timedelta | None = arg(
        Kind.DURATION, words("only older ones go; with --keep, only those that are beyond it too")
    )
    keep_daily: int | None = arg(
        Kind.NUMBER, words("the newest of each of so many days stays"), at_least=1, at_most=MOST
    )
    keep_weekly: int | None = arg(
        Kind.NUMBER, words("the newest of each of so many weeks stays"), at_least=1, at_most=MOST
    )
    keep_monthly: int | None = arg(
        Kind.NUMBER, words("the newest of each of so many months stays"), at_least=1, at_most=MOST
    )

    @property
    def rule(self) -> Keep:
        """What they say together."""
        return Keep(self.keep, self.older_than, self.keep_daily, self.keep_weekly, self.keep_monthly)


def copy_to_arg() -> tuple[str, ...]:
    """The option --copy-to."""
    declared: tuple[str, ...] = arg(
        Kind.REGION, words("also copy to this region, with generations there"), default=(), many=True
    )
    return declared


def without_arg() -> tuple[str, ...]:
    """The option --without."""
    declared: tuple[str, ...] = arg(
        Kind.WORD, words("leave out what carries this tag, such as Key=Value"), default=(), many=True
    )
    return declared


def count_existing_arg() -> bool:
    """The option --count-existing."""
    declared: bool = arg(
        Kind.FLAG,
        words("snapshots and images tagged BackupType by the former Lambda functions count too"),
        default=False,
    )
    return declared
