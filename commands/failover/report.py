"""Report a failure test: whether the hypothesis held, how long users were out, why, and what happened."""

from dataclasses import dataclass

from bot.arguments import Kind, UsageError, arg
from bot.command import Risk, Verb, World
from bot.plan import Plan
from bot.words import Words, words
from commands.failover import _compared, _page, _report, _text
from commands.failover._document import Heading, Lines, Part, Rows
from commands.failover._report import Report


@dataclass(frozen=True, slots=True)
class Args:
    """What /failover report is told."""

    number: int = arg(
        Kind.NUMBER,
        words("the number of its operation; without it, the newest"),
        option=False,
        default=0,
        at_least=1,
    )
    compare: int = arg(
        Kind.NUMBER, words("the number of another one, to see what changed"), default=0, at_least=1
    )
    markdown: bool = arg(Kind.FLAG, words("a file in Markdown, for a wiki"), default=False)


def plan(args: Args, world: World) -> Plan:
    """The verdict, the picture, how each probe fared, and a file with all of it; nothing changes."""
    report = _read(world, args.number or _newest(world))
    if args.compare == report.drill.number:
        raise UsageError(words("#{number} against itself shows nothing: name two.", number=args.compare))
    other = _read(world, args.compare) if args.compare else None
    beside: list[Part] = []
    notes = _report.lines(report)
    if other:
        notes = [*_compared.said(other, report), *notes]
        beside = [Heading(_title(other, report)), Lines(tuple(_compared.said(other, report)))]
        beside.append(Rows(_compared.table(other, report)))
    document = _report.document(report, beside)
    return Plan(
        _report.summary(report),
        notes=tuple(notes),
        table=_compared.table(other, report) if other else _report.table(report),
        file=_text.markdown(document) if args.markdown else _page.page(document),
        chart=report.timeline,
    )


def _title(other: Report, report: Report) -> Words:
    return words("#{number} against #{operation}", number=report.drill.number, operation=other.drill.number)


def _newest(world: World) -> int:
    """Raises UsageError when there was none."""
    found = world.drills.find(most=1)
    if not found:
        raise UsageError(words("There was no failure test yet."))
    return found[0].number


def _read(world: World, number: int) -> Report:
    """All of one.  Raises UsageError when there is none with this number."""
    drill = world.drills.get(number)
    if drill is None:
        raise UsageError(words("#{number} is no failure test.", number=number))
    return _report.of(drill, world.drills.samples(number), world.drills.marks(number), world.now)


VERB = Verb(
    noun="failover",
    name="report",
    help=words("Report a failure test: whether the hypothesis held, how long users were out, and why."),
    args=Args,
    risk=Risk.NONE,
    iam=(),
    plan=plan,
    examples=("/failover report", "/failover report 42 --compare 17", "/failover report 42 --markdown"),
)
