"""Silence an alarm, or all of a rule: nobody hears of it for a while; it is noted all the same."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.arguments import Kind, UsageError, arg
from bot.command import Risk, Verb, World
from bot.moment import Moment
from bot.plan import Fields, Plan, Step
from bot.trouble import Silence
from bot.words import Words, words
from commands import here
from commands.alarm import _named, _named_rule, _quiet
from commands.reading import fields

RULE = "rule:"
LOUD = fields(silent="no")


@dataclass(frozen=True, slots=True)
class Args:
    """What /alarm silence is told."""

    what: str = arg(
        Kind.WORD,
        words("an alarm's number, such as A12, or rule:NAME for all of a rule"),
        option=False,
        required=True,
    )
    for_: timedelta | None = _quiet.for_arg()
    until: Moment | None = _quiet.until_arg()
    end: bool = arg(Kind.FLAG, words("end a silence"), default=False)


@dataclass(frozen=True, slots=True)
class Meant:
    """What is to be silent."""

    name: str  # as steps call it
    rule: str
    subject: str  # "": all of the rule
    said: Words


def plan(args: Args, world: World) -> Plan:
    """One step: it becomes silent, or is heard of again."""
    one = _meant(args.what, world)
    silence = _silence(world, one.rule, one.subject)
    if args.end:
        return _ended(one, silence, world, args)
    until = _quiet.until(args.for_, args.until, world)
    summary = words("tell nobody of {what} until {until}", what=one.said, until=until)
    note = words("What comes meanwhile is noted all the same: `/alarm history` shows it.")
    return Plan(summary, (_step(one, _shown(silence), until.isoformat(), world),), notes=(note,))


def _ended(one: Meant, silence: Silence | None, world: World, args: Args) -> Plan:
    if args.for_ or args.until:
        raise UsageError(words("A silence ends at once; take --for and --until away."))
    if silence is None:
        return Plan(words("{what} is not silent.", what=one.said))
    return Plan(words("tell of {what} again", what=one.said), (_step(one, _shown(silence), "no", world),))


def _step(one: Meant, before: Fields, silent: str, world: World) -> Step:
    given = {"rule": one.rule, "subject": one.subject, "person": world.asker}
    return here.step("alarm.silence", "alarm", one.name, before, fields(silent=silent), **given)


def _meant(text: str, world: World) -> Meant:
    """Raises UsageError."""
    if text.startswith(RULE):
        rule = _named_rule.find(world, text.removeprefix(RULE)).name
        return Meant(f"{RULE}{rule}", rule, "", words("the rule {rule}", rule=rule))
    one = _named.find(world, text)
    said = words("#A{number} ({title})", number=one.number, title=one.title)
    return Meant(_named.target(one), one.rule, one.subject, said)


def _silence(world: World, rule: str, subject: str) -> Silence | None:
    """The silence that there is now of just this."""
    found = (one for one in world.troubles.silences() if (one.rule, one.subject) == (rule, subject))
    return next(found, None)


def _shown(silence: Silence | None) -> Fields:
    return fields(silent=silence.until.isoformat()) if silence else LOUD


def look(world: World, step: Step) -> Fields:
    """Until when it is silent."""
    return _shown(_silence(world, here.given(step, "rule"), here.given(step, "subject")))


def do(world: World, step: Step, _token: str) -> None:
    """Silence it, or end that; the second time changes nothing."""
    silent = dict(step.after)["silent"]
    until = world.now if silent == "no" else datetime.fromisoformat(silent)
    rule, subject, person = (here.given(step, name) for name in ("rule", "subject", "person"))
    world.troubles.silence(rule, subject, until, person)


SILENCE = here.action("alarm.silence", look, do)

VERB = Verb(
    noun="alarm",
    name="silence",
    help=words("Silence an alarm, or all of a rule: nobody hears of it for a while, but it is noted."),
    args=Args,
    risk=Risk.CHANGE,
    iam=(),
    plan=plan,
    examples=(
        "/alarm silence A12 --for 1d",
        "/alarm silence rule:spot --until 22:00",
        "/alarm silence A12 --end",
    ),
    actions=(SILENCE,),
)
