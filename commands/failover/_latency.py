"""Instances whose network is late, or loses what is sent, as a block of a drill."""

from datetime import timedelta

from aws.account import Place
from bot.arguments import UsageError
from bot.command import World
from bot.drill import Watched
from bot.plan import Left, Resource
from bot.targets import Targets
from bot.words import Words, words
from commands import reach as reachable
from commands.changes import shape_traffic
from commands.changes.shape_traffic import RELEASE, SHAPE
from commands.changes.traffic_script import Shape
from commands.failover._block import Block
from commands.failover._options import Options
from commands.reach import IAM, Reach

ACTIONS = (SHAPE, RELEASE)
READS = IAM
LINUX = "Linux"
HIGHEST_PORT = 65_535


def block(place: Place, reach: Reach, shape: Shape, lasts: timedelta) -> Block:
    """Spoil what these instances send, for so long."""
    faults = [shape_traffic.shaping(target, shape, lasts) for target, _ in reach.there]
    backs = [shape_traffic.freeing(fault, lasts) for fault in faults]
    watched = [Watched(place.account, place.region, "instance", target.id) for target, _ in reach.there]
    return Block((*faults, *backs), tuple(watched), _notes(shape, lasts), reach.left, reach.unread)


def meant(world: World, targets: Targets, options: Options) -> tuple[Place, Reach]:
    """The Linux instances that a command can reach, all in one place.  Raises UsageError."""
    found = reachable.find(world, targets, options.account, options.region)
    reach = reachable.split(
        found, {target: _system(its.platform) for target, its in found.there if its.platform != LINUX}
    )
    if not reach.there:
        raise UsageError(_nobody(reach))
    if len(places := reach.places()) > 1:
        known = ", ".join(f"{place.account}/{place.region}" for place in places)
        raise UsageError(
            words(
                "They are in several places: {known}. A drill is in one: say --account or --region.",
                known=known,
            )
        )
    return places[0], reach


def port(given: int) -> int:
    """A port, 0 for all.  Raises UsageError."""
    if given > HIGHEST_PORT:
        raise UsageError(words("There is no port {port}.", port=given))
    return given


def _system(platform: str) -> Words:
    return words("it runs {platform}, and only Linux has what is needed", platform=platform)


def _nobody(reach: Reach) -> Words:
    """That none is left, with why the first is not."""
    if reach.unread:
        return words("No instance could be looked at: {why}.", why=reach.unread[0].why)
    if reach.left:
        first = reach.left[0]
        return words("No instance can be reached: {id}: {why}.", id=_known(first), why=first.why)
    return words("There is no instance to be reached.")


def _known(one: Left) -> str:
    return named(one.target)


def named(one: Resource) -> str:
    """An instance's id, and its name where it has one."""
    return f"{one.id} ({one.name})" if one.name else one.id


def about(reach: Reach) -> str:
    """Which instances, in a few words: the first three, and how many more."""
    names = [target.id for target, _ in reach.there]
    more = f" +{len(names) - 3}" if len(names) > 3 else ""
    return " ".join(names[:3]) + more


def _notes(shape: Shape, lasts: timedelta) -> tuple[Words, ...]:
    timer = words(
        "a timer on each instance itself ends it after {lasts}, also when toban and Systems Manager are gone;"
        " it runs before anything is changed",
        lasts=lasts,
    )
    if shape.port == 443:
        return timer, words("by port 443 the agent asks Systems Manager, so the way back may be the timer")
    spared = words(
        "only what comes from or goes to port {port} is touched, on the interface of the default route",
        port=shape.port,
    )
    if not shape.port:
        spared = words(
            "it is what they send by the interface of their default route; what they ask by HTTPS (443) or"
            " DNS, and of 169.254.0.0/16, is spared, so that Systems Manager still reaches them"
        )
    needs = words(
        "they need tc and netem (packages iproute-tc, kernel-modules-extra); where somebody's own queue is"
        " on the interface, nothing is changed"
    )
    return timer, spared, needs
