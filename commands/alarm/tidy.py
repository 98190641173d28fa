"""Tidy up after instances that are gone: alarms, target registrations and what dashboards show of them."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from aws import alarm, instance
from aws.account import Place
from aws.alarm import Listed
from aws.errors import AwsError
from bot.arguments import Kind, UsageError, arg, emergency_arg
from bot.command import Risk, Verb, World
from bot.plan import Left, Plan, Resource, Step
from bot.refusals import said
from bot.targets import Targets
from bot.words import Words, plural, words
from commands.changes import delete_alarms, deregister_target, tidy_dashboard
from commands.changes.dashboard_body import Gone
from commands.changes.delete_alarms import DELETE_ALARMS
from commands.changes.deregister_target import DRAIN
from commands.changes.tidy_dashboard import TIDY_DASHBOARD, Dashboard
from commands.reading import Found, accounts_arg, everywhere, places, regions_arg

DIMENSION = "InstanceId"
GONE = ("shutting-down", "terminated")


@dataclass(frozen=True, slots=True)
class Args:
    """What /alarm tidy is told."""

    targets: Targets = arg(
        Kind.TARGETS,
        words("the ids of instances that are gone"),
        option=False,
        required=True,
        prefixes=("i-",),
    )
    account: tuple[str, ...] = accounts_arg()
    region: tuple[str, ...] = regions_arg()
    emergency: str = emergency_arg()


@dataclass(frozen=True, slots=True)
class Looked:
    """What one place knows of them."""

    states: Mapping[str, str]  # by instance
    alarms: tuple[Listed, ...] = ()  # of the place, about any of them
    composites: tuple[Listed, ...] = ()
    registered: Mapping[str, tuple[deregister_target.Registration, ...]] | None = None
    dashboards: tuple[Dashboard, ...] = ()  # of the account; read in one of its places
    notes: tuple[Words, ...] = ()


def plan(args: Args, world: World) -> Plan:
    """A step for each alarm and each registration of those that are gone.  Raises UsageError."""
    ids = tuple(dict.fromkeys(args.targets.ids))
    if args.targets != Targets(ids=args.targets.ids):
        raise UsageError(words("Name the instances by their ids: what is gone has neither name nor tags."))
    meant = places(world, args.account, args.region)
    first = {place.account: place for place in reversed(meant)}
    found = everywhere(
        meant, lambda place: [_in_place(world, place, frozenset(ids), first[place.account] == place)]
    )
    kept = _kept(ids, found)
    gone = frozenset(ids) - {one.target.id for one in kept}
    left, steps = list(kept), list[Step]()
    notes = [note for _, one in found for note in one.notes]
    for place, one in found:
        steps += _registrations(place, one, gone)
        for step in (*_alarms(place, one, gone), *_dashboards(world, place, found, gone)):
            match step:
                case Left():
                    left.append(step)
                case Step():
                    steps.append(step)
                case _:
                    notes.append(step)
    return Plan(_summary(len(gone), steps), tuple(steps), tuple(left), found.unread, tuple(notes))


def _summary(gone: int, steps: Collection[Step]) -> Words:
    return plural(
        "tidy up after {n} instance: {alarms} alarms, {targets} target registrations,"
        " {dashboards} dashboards",
        "tidy up after {n} instances: {alarms} alarms, {targets} target registrations,"
        " {dashboards} dashboards",
        gone,
        alarms=str(sum(step.action == DELETE_ALARMS.name for step in steps)),
        targets=str(sum(step.action == DRAIN.name for step in steps)),
        dashboards=str(sum(step.action == TIDY_DASHBOARD.name for step in steps)),
    )


def _in_place(world: World, place: Place, ids: frozenset[str], is_first: bool) -> Looked:
    states = {one.id: one.state for one in instance.find(world.aws.ec2(place), ids=sorted(ids))}
    every = tuple(alarm.everything(alarm.client(world.aws, place)))
    about = tuple(one for one in every if _instances(one) & ids)
    composites = tuple(one for one in every if one.rule)
    registered, boards, notes = None, tuple[Dashboard, ...](), list[Words]()
    try:
        registered = deregister_target.of_gone(world, place, ids)
    except AwsError as error:
        notes.append(words("could not look at target groups: {why}", why=said(error, place.account)))
    try:
        boards = tidy_dashboard.naming(world, place, ids) if is_first else ()
    except AwsError as error:
        notes.append(words("could not look at dashboards: {why}", why=said(error, place.account)))
    return Looked(states, about, composites, registered, boards, tuple(notes))


def _instances(one: Listed) -> set[str]:
    return {value for name, value in one.dimensions if name == DIMENSION}


def _kept(ids: Sequence[str], found: Found[Looked]) -> list[Left]:
    """Those that are not gone, or of which nobody can know that."""
    left = []
    for id_ in ids:
        seen = [(place, one.states[id_]) for place, one in found if id_ in one.states]
        alive = [(place, state) for place, state in seen if state not in GONE]
        if alive:
            place, state = alive[0]
            left.append(Left(_resource(place, id_), words("it is still there: {state}", state=state)))
        elif not seen and found.unread:
            why = words("it may be in a place that could not be read")
            left.append(Left(_resource(found.unread[0].place, id_), why))
    return left


def _resource(place: Place, id_: str) -> Resource:
    return Resource(place.account, place.region, "instance", id_)


def _registrations(place: Place, one: Looked, gone: Collection[str]) -> Iterator[Step]:
    for id_, each in (one.registered or {}).items():
        if id_ in gone:
            yield from (deregister_target.step_of(_resource(place, id_), where) for where in each)


def _alarms(place: Place, one: Looked, gone: frozenset[str]) -> Iterator[Step | Left]:
    """What is about those that are gone, and about nobody else, goes."""
    for each in one.alarms:
        meant = _instances(each)
        if not meant & gone:
            continue
        why = _why_kept(each, meant - gone, one.composites)
        if why is None:
            yield delete_alarms.step(place, each, min(meant & gone))
        else:
            yield Left(Resource(place.account, place.region, "alarm", each.name), why)


def _dashboards(
    world: World, place: Place, found: Found[Looked], gone: frozenset[str]
) -> Iterator[Step | Left | Words]:
    """Dashboards of this account, read in this place: what they show of regions that were read goes."""
    regions = frozenset(other.region for other, _ in found if other.account == place.account)
    dead = Gone(gone, regions, world.aws.config(place.account).id)
    boards = (board for other, one in found if other == place for board in one.dashboards)
    return (each for board in boards for each in tidy_dashboard.planned(place, board, dead))


def _why_kept(one: Listed, others: Collection[str], composites: Iterable[Listed]) -> Words | None:
    if others:
        return words("it is also about {others}", others=", ".join(sorted(others)[:5]))
    if one.foreign:
        return words("it is about metrics of another account")
    for each in composites:
        if any(mark in each.rule for mark in (f'"{one.name}"', f"({one.name})", f":alarm:{one.name}")):
            return words("the composite alarm {name} counts it", name=each.name)
    return None


VERB = Verb(
    noun="alarm",
    name="tidy",
    help=words(
        "Tidy up after instances that are gone: alarms, target registrations and metrics on dashboards go."
    ),
    args=Args,
    risk=Risk.CHANGE,
    iam=(
        "cloudwatch:DescribeAlarms",
        "ec2:DescribeInstances",
        *deregister_target.READS,
        *tidy_dashboard.READS,
    ),
    plan=plan,
    examples=("/alarm tidy i-0123456789abcdef0",),
    actions=(DELETE_ALARMS, DRAIN, TIDY_DASHBOARD),
)
