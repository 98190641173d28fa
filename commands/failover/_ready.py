"""Whether the other region is ready for a name's traffic: its health, its database, and what DNS means."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from aws import health_check, metric, route53
from aws.account import Place
from aws.health_check import Health
from aws.record import Record
from bot.command import World
from bot.words import Words, words
from commands.failover import _capacity, _replica, _route
from commands.failover._found import Found
from commands.failover._replica import Lag
from commands.failover._route import Route

READS = (
    *_capacity.READS,
    *_replica.READS,
    "route53:GetHealthCheck",
    "route53:GetHealthCheckStatus",
)
NO_LAG = Lag("", -1)


def check(world: World, route: Route, replicas: Sequence[str], most_lag: timedelta) -> Found:
    """Look at all of it."""
    found = Found()
    for one in route.to:
        _health(world, route, one, found)
    _capacity.look(world, route, found)
    if not replicas:
        found.notes.append(words("no database was looked at: name its replica there with --replica"))
    for name in replicas:
        _database(world, route, name, most_lag, found)
    found.notes.extend(_dns(route))
    return found


# -- health --------------------------------------------------------------------------------------------


def _health(world: World, route: Route, one: Record, found: Found) -> None:
    if one.health_check:
        what = words("the health check of {id}", id=one.id)
        seen = found.look(route.account, what, lambda: _status(world, route, one))
        if seen is not None:
            _judge(one.id, seen, found)
    elif route.swaps and not one.alias:  # Route 53 refuses such a PRIMARY
        found.refusals.append(words("{id} has no health check, and a primary record needs one", id=one.id))
    elif not one.evaluates:
        found.warnings.append(words("no health check of Route 53 looks at {id}", id=one.id))


def _status(world: World, route: Route, one: Record) -> Health:
    client = route53.client(world.aws, route.account)
    cloudwatch = metric.client(world.aws, route53.place(route.account))
    return health_check.status(client, cloudwatch, one.health_check, world.now)


def _judge(id: str, seen: Health, found: Found) -> None:
    if seen.healthy:
        found.notes.append(words("{id} is healthy: {said}", id=id, said=seen.said))
    elif seen.healthy is None:
        found.warnings.append(words("whether {id} is healthy is not known: {said}", id=id, said=seen.said))
    else:
        found.refusals.append(words("{id} is not healthy: {said}", id=id, said=seen.said))


# -- the database, and DNS -----------------------------------------------------------------------------


def _database(world: World, route: Route, name: str, most_lag: timedelta, found: Found) -> None:
    place = Place(route.account, _route.region_of(route.to[0]) or route53.REGION)
    what = words("how far {name} is behind", name=name)
    seen = found.look(route.account, what, lambda: _replica.lag(world, place, name) or NO_LAG)
    if seen is NO_LAG:
        said = words("no metric of {region} says how far {name} is behind", region=place.region, name=name)
        found.refusals.append(said)
    elif seen is not None:
        into = found.notes if seen.within(most_lag) else found.refusals
        into.append(_behind(name, seen, most_lag))


def _behind(name: str, seen: Lag, most_lag: timedelta) -> Words:
    if seen.seconds < 0:
        return words("{name} does not follow its source", name=name)
    lag = f"{seen.seconds:.1f}"
    if seen.within(most_lag):
        return words("{name} is {lag} s behind its source", name=name, lag=lag)
    return words("{name} is {lag} s behind its source; it may be {most}", name=name, lag=lag, most=most_lag)


def _dns(route: Route) -> Iterator[Words]:
    yield words(
        "who has asked for {name} may keep the answer for {ttl}: so long, and longer with clients that do not"
        " mind it, some of the traffic goes where it went before",
        name=route.name,
        ttl=timedelta(seconds=route.ttl),
    )
    for one in route.fixed:
        yield words(
            "the {type} record of {name} is {policy} and stays as it is",
            type=one.type,
            name=one.name,
            policy=one.policy,
        )
