"""Run a command on instances as root, and show what it printed and returned."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from aws.command import SHELL
from bot.arguments import Kind, arg, emergency_arg
from bot.command import Risk, Verb, World
from bot.plan import Plan
from bot.targets import Targets
from bot.words import Words, plural, words
from commands import reach as reachable
from commands.changes import run_command
from commands.changes.run_command import RUN, Work
from commands.reading import accounts_arg, regions_arg
from commands.redaction import refuse_secrets, refuse_unresolved
from commands.run._args import must_be_seen, on_arg, within_arg
from commands.run._told import tell

_MARKS = "“”‘’–—"
"""What phones and Macs make of plain quotation marks and hyphens; a shell knows none of them."""


@dataclass(frozen=True, slots=True)
class Args:
    """What /run command is told."""

    command: str = arg(Kind.WORD, words("the command, in quotation marks"), option=False, required=True)
    on: Targets = on_arg()
    within: timedelta = within_arg()
    account: tuple[str, ...] = accounts_arg()
    region: tuple[str, ...] = regions_arg()
    emergency: str = emergency_arg()

    def __post_init__(self) -> None:
        """Raises UsageError for a secret, and for what cannot be seen, before the line is stored anywhere."""
        must_be_seen(self.command)
        refuse_secrets(self.command)
        refuse_unresolved(self.command)


def plan(args: Args, world: World) -> Plan:
    """One step for each instance that the command can reach; the others are left, with the reason."""
    reach = reachable.find(world, args.on, args.account, args.region)
    windows = {target: _windows(its.platform) for target, its in reach.there if its.platform == "Windows"}
    reach = reachable.split(reach, windows)
    seconds = str(int(args.within.total_seconds()))
    work = Work(SHELL, {"commands": [args.command], "executionTimeout": [seconds]}, args.within)
    return Plan(
        plural(
            "run the command as root on {count} of {n} instance",
            "run the command as root on {count} of {n} instances",
            reach.meant,
            count=len(reach.there),
        ),
        tuple(run_command.step(RUN.name, target, work) for target, _ in reach.there),
        reach.left,
        reach.unread,
        notes=tuple(_notes(args)),
    )


def _windows(platform: str) -> Words:
    return words("it runs {platform}: /run document AWS-RunPowerShellScript is for it", platform=platform)


def _notes(args: Args) -> Iterator[Words]:
    if odd := "".join(dict.fromkeys(mark for mark in args.command if mark in _MARKS)):
        yield words(
            "The command holds {marks}, which a shell does not read as quotation marks or hyphens; a phone"
            " may have put them there.",
            marks=odd,
        )


VERB = Verb(
    noun="run",
    name="command",
    help=words("Run a command on instances as root, and show what it printed and returned."),
    args=Args,
    risk=Risk.DESTROY,
    iam=reachable.IAM,
    plan=plan,
    examples=(
        '/run command "systemctl status nginx" --on i-0123456789abcdef0 --within 1m',
        '/run command "df -h" --on tag:env=dev',
    ),
    actions=(RUN,),
    tell=tell,
    default=True,
)
