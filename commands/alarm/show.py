"""Show an alarm: what is wrong, since when, what was found out, and how often it was so before."""

from dataclasses import dataclass

from bot.command import Risk, Verb, World
from bot.glance import sign, standing
from bot.plan import File, Offer, Plan
from bot.trouble import State, Trouble
from bot.words import Words, words
from commands.alarm import _named, _shown

EARLIER = 20  # of the same subject
IN_MESSAGE = 12  # notes; of more there is a file


@dataclass(frozen=True, slots=True)
class Args:
    """What /alarm show is told."""

    alarm: str = _named.alarm_arg()


def plan(args: Args, world: World) -> Plan:
    """Everything that is known of it; nothing changes."""
    one = _named.find(world, args.alarm)
    others = [each for each in world.troubles.about(one.subject, EARLIER) if each.number != one.number]
    summary = words("{sign} #A{number}: {title}", sign=sign(one), number=one.number, title=one.title)
    notes = (*standing(one), *_where(one), *one.facts, *one.context, *_mean(others))
    return Plan(
        summary,
        notes=notes,
        table=_shown.earlier(others, world.now),
        file=_file(one, (summary, *notes), world) if len(notes) > IN_MESSAGE else None,
        offers=_offers(one),
    )


def _where(one: Trouble) -> list[Words]:
    """Where it is, since when, and whose rule it is."""
    said = [
        words(
            "{place}, since {began}, by the rule {rule}",
            place=f"{one.account}/{one.region}",
            began=one.began,
            rule=one.rule,
        )
    ]
    if one.times > 1:
        said.append(words("it has begun {n} times", n=one.times))
    if one.storm:
        said.append(words("it is one of many at once, told of in one message"))
    if one.operation:
        said.append(words("its rule has asked for the operation #{number}", number=one.operation))
    return said


def _mean(others: list[Trouble]) -> list[Words]:
    length = _shown.mean(others)
    if length is None:
        return []
    return [words("Earlier ones lasted {length} on average; they are in the table.", length=length)]


def _offers(one: Trouble) -> tuple[Offer, ...]:
    """What makes sense while it is not over."""
    if one.state is State.OVER:
        return one.clickable
    ours = (
        Offer(words("Acknowledge"), f"alarm acknowledge A{one.number}"),
        Offer(words("Snooze for an hour"), f"alarm snooze A{one.number} --for 1h"),
        Offer(words("Silence for a day"), f"alarm silence A{one.number} --for 1d"),
    )
    return (*ours[one.state is State.ACKNOWLEDGED :], *one.clickable)


def _file(one: Trouble, said: tuple[Words, ...], world: World) -> File:
    text = "\n".join(world.troubles.say(world.channel, each) for each in said)
    return File(f"A{one.number}.txt", f"{text}\n")


VERB = Verb(
    noun="alarm",
    name="show",
    help=words("Show an alarm: what is wrong, since when, what was found out, and how often it was so."),
    args=Args,
    risk=Risk.NONE,
    iam=(),
    plan=plan,
    examples=("/alarm show A12",),
)
