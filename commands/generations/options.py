"""The options that several verbs share, each declared once."""

from dataclasses import dataclass
from datetime import timedelta

from bot.arguments import Kind, UsageError, arg, emergency_arg
from bot.words import words
from commands.generations.keep import Keep
from commands.generations.order import Freeze, Order
from commands.reading import accounts_arg, regions_arg
from commands.redaction import refuse_secrets, refuse_unresolved

MOST = 1000
SHORTEST_FREEZE, LONGEST_FREEZE = timedelta(seconds=10), timedelta(minutes=10)


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


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupOptions(KeepOptions):
    """What every backup of volumes may be told."""

    copy_to: tuple[str, ...] = copy_to_arg()
    without: tuple[str, ...] = without_arg()
    before: str = arg(
        Kind.TEXT, words("run this on the instance first: a shell command, or document:NAME"), default=""
    )
    after: str = arg(
        Kind.TEXT, words("run this afterwards, whatever happens; it must bear to be run twice"), default=""
    )
    frozen: timedelta = arg(
        Kind.DURATION,
        words("after so long the instance runs --after by itself"),
        default=timedelta(minutes=1),
    )
    count_existing: bool = count_existing_arg()
    account: tuple[str, ...] = accounts_arg()
    region: tuple[str, ...] = regions_arg()
    emergency: str = emergency_arg()

    def __post_init__(self) -> None:
        """Raises UsageError for a secret, before the line is stored anywhere."""
        for command in (self.before, self.after):
            refuse_secrets(command)
            refuse_unresolved(command)

    def order(self, night: str = "") -> Order:
        """What they say together.  Raises UsageError for one of --before and --after without the other."""
        return Order(self.rule, self.copy_to, self.without, self.count_existing, night, self._freeze())

    def _freeze(self) -> Freeze | None:
        if not self.before and not self.after:
            return None
        if not self.before or not self.after:
            raise UsageError(words("--before and --after belong together: what is frozen must be thawed."))
        if not SHORTEST_FREEZE <= self.frozen <= LONGEST_FREEZE:
            raise UsageError(
                words("--frozen is from {least} to {most}.", least=SHORTEST_FREEZE, most=LONGEST_FREEZE)
            )
        return Freeze(self.before, self.after, int(self.frozen.total_seconds()))
