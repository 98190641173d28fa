"""The schedule that is named."""

from bot.arguments import Kind, UsageError, arg
from bot.brief import ScheduleBrief
from bot.command import World
from bot.plan import Fields, Step
from bot.words import Words, words
from commands.reading import fields

PAUSED, RUNS = fields(state="paused"), fields(state="runs")


def name_arg() -> str:
    """The schedule's name, by position; the grammar knows those there are."""
    declared: str = arg(Kind.SCHEDULE, words("the schedule's name"), option=False, required=True)
    return declared


def there(world: World, name: str) -> ScheduleBrief | None:
    """The schedule of this name as it reads now; None when there is none."""
    return next((one for one in world.ledger.schedules() if one.name == name), None)


def find(world: World, name: str) -> ScheduleBrief:
    """The schedule of this name.  Raises UsageError."""
    one = there(world, name)
    if one is None:
        raise UsageError(words("There is no schedule {name}.", name=name))
    return one


def look(world: World, step: Step) -> Fields | None:
    """Whether it is paused."""
    one = there(world, step.target.id)
    return None if one is None else PAUSED if one.paused_by else RUNS


def notes(one: ScheduleBrief) -> tuple[Words, ...]:
    """Why a schedule does not run, which run it leaves out, and where else it reports."""
    said = (disabled(one), paused(one), skips(one), by_mail(one))
    return tuple(note for note in said if note is not None)


def disabled(one: ScheduleBrief) -> Words | None:
    """Why it may not run; None when it may."""
    return (
        None if one.disabled is None else words("{name} is disabled: {why}", name=one.name, why=one.disabled)
    )


def paused(one: ScheduleBrief) -> Words | None:
    """Who paused it, and when; None while it runs."""
    if one.paused_at is None:
        return None
    return words(
        "{name} is paused by {person} since {at}", name=one.name, person=one.paused_by, at=one.paused_at
    )


def skips(one: ScheduleBrief) -> Words | None:
    """The run to come that it leaves out; None when there is none."""
    return None if one.skips is None else words("{name} skips its run of {at}", name=one.name, at=one.skips)


def by_mail(one: ScheduleBrief) -> Words | None:
    """To which addresses it goes beside its channel; None when to none."""
    if not one.mail:
        return None
    return words("{name} goes by mail to {addresses}, too", name=one.name, addresses=", ".join(one.mail))
