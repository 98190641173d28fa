"""Show what AWS has said of late and what became of it, or how often one thing was wrong, and how long."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.arguments import Kind, UsageError, arg
from bot.command import Risk, Verb, World
from bot.plan import Cell, Plan, Table
from bot.trouble import Came, Trouble
from bot.words import Words, plural, words
from commands.alarm import _named, _shown

EVENTS, TIMES = 50, 50
OF_ONE = 8  # events of one alarm that are told
REASONS = 5
OUTCOMES: Mapping[str, Words] = {
    "told": words("told"),
    "late": words("too late: something newer was known"),
    "silenced": words("silenced"),
    "refused": words("refused"),
    "set aside": words("set aside"),
}


@dataclass(frozen=True, slots=True)
class Args:
    """What /alarm history is told."""

    alarm: str = arg(
        Kind.WORD,
        words("an alarm's number, such as A12: how often and how long it was so"),
        option=False,
        default="",
    )
    subject: str = arg(Kind.TEXT, words("what alarms are about, such as an alarm's ARN"), default="")


def plan(args: Args, world: World) -> Plan:
    """Of one thing when one is named, else of everything; nothing changes."""
    if args.alarm and args.subject:
        raise UsageError(words("Name either an alarm or what alarms are about, not both."))
    if args.alarm:
        return _of(world, _named.find(world, args.alarm).subject)
    return _of(world, args.subject) if args.subject else _of_all(world)


# -- of everything ------------------------------------------------------------------------------------


def _of_all(world: World) -> Plan:
    came = world.troubles.events(EVENTS)
    if not came:
        return Plan(words("AWS has said nothing yet."))
    heads = (words("When"), words("What"), words("Account"), words("What became of it"), words("Alarm"))
    counts = Counter(one.outcome for one in came)
    counted = tuple(words("{count} {state}", count=counts[each], state=_outcome(each)) for each in counts)
    summary = plural(
        "the newest event: {counts}", "the newest {n} events: {counts}", len(came), counts=counted
    )
    return Plan(summary, notes=tuple(_reasons(came)), table=Table(heads, tuple(map(_row, came))))


def _row(one: Came) -> tuple[Cell, ...]:
    alarm = f"#A{one.trouble}" if one.trouble else "–"
    return (_shown.at(one.at), _what(one), one.account, _outcome(one.outcome), alarm)


def _what(one: Came) -> str:
    return " · ".join(filter(None, (one.source, one.kind))) or "?"


def _outcome(outcome: str) -> Words:
    return OUTCOMES.get(outcome, words("{outcome}", outcome=outcome))


def _reasons(came: Iterable[Came]) -> list[Words]:
    """Why some were not acted on: the newest few."""
    said = [
        words("{at}, {outcome}: {why}", at=one.at, outcome=_outcome(one.outcome), why=one.why)
        for one in came
        if one.why
    ]
    return said[:REASONS]


# -- of one thing -------------------------------------------------------------------------------------


def _of(world: World, subject: str) -> Plan:
    several = world.troubles.about(subject, TIMES)
    if not several:
        raise UsageError(words("There was never an alarm about “{subject}”.", subject=subject[:200]))
    newest, begun = several[0], sum(one.times for one in several)
    summary = plural(
        "{title}: it has begun {n} time",
        "{title}: it has begun {n} times",
        begun,
        title=newest.title,
    )
    notes = (*_lengths(several), words("about {subject}", subject=subject), *_events(world, newest))
    return Plan(summary, notes=notes, table=_shown.earlier(several, world.now))


def _lengths(several: Sequence[Trouble]) -> list[Words]:
    """How long it lasts on average, as far as it ever ended."""
    length = _shown.mean(several)
    return [words("it lasts {length} on average", length=length)] if length is not None else []


def _events(world: World, newest: Trouble) -> list[Words]:
    """What AWS has said of the newest of them, and what became of that."""
    return [
        words(
            "#A{number}, {at}: {what}: {outcome}",
            number=newest.number,
            at=one.at,
            what=_what(one),
            outcome=_outcome(one.outcome),
        )
        for one in world.troubles.events(OF_ONE, newest.number)
    ]


VERB = Verb(
    noun="alarm",
    name="history",
    help=words("Show what AWS has said of late and what became of it, or how often one thing was wrong."),
    args=Args,
    risk=Risk.NONE,
    iam=(),
    plan=plan,
    examples=("/alarm history", "/alarm history A12"),
)
