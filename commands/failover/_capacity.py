"""Whether the other region can carry what comes: healthy targets against those here, what may grow, quota."""

from typing import Any

from bot.command import World
from bot.words import Words, words
from commands.failover import _fleet
from commands.failover._fleet import Fleet
from commands.failover._found import Found
from commands.failover._route import Route

READS = _fleet.READS


def look(world: World, route: Route, found: Found) -> None:
    """Compare what is there with what does the work now; without one healthy target it is refused."""
    there = _behind(world, route, route.to[0].id, found)
    if there is None:
        said = words(
            "no load balancer that toban looks after is behind {id}: nobody knows what it can carry",
            id=route.to[0].id,
        )
        found.warnings.append(said)
    elif not there.healthy:
        count, name = there.registered, there.balancer.name
        said = words("none of the {count} targets of {balancer} is healthy", count=count, balancer=name)
        found.refusals.append(said)
    else:
        ids = dict.fromkeys(one.id for one in route.home)
        here = [_behind(world, route, each, found) for each in ids]
        _compare(world, there, sum(one.healthy for one in here if one), found)


def _behind(world: World, route: Route, id: str, found: Found) -> Fleet | None:
    """What is behind the records with this identifier, which may be several types of one."""
    record = next(one for one in route.records if one.id == id)
    what = words("the load balancer behind {id}", id=id)
    return found.look(route.account, what, lambda: _fleet.of(world, route.account, record))


def _compare(world: World, there: Fleet, here: int, found: Found) -> None:
    short = here - there.healthy
    known: dict[str, Any] = {"balancer": there.balancer.name, "region": there.place.region}
    known |= {"there": there.healthy, "here": here}
    if short <= 0:
        found.notes.append(
            words("{balancer} in {region} has {there} healthy targets; {here} do the work now", **known)
        )
    elif there.room < short:
        found.warnings.append(
            words(
                "{balancer} in {region} has {there} healthy targets where {here} do the work now, and its"
                " groups may grow by {room} only",
                **known,
                room=there.room,
            )
        )
    else:
        found.warnings.append(_scale(there, short, known))
        _quota(world, there, short, found)


def _scale(there: Fleet, short: int, known: dict[str, Any]) -> Words:
    first = next(one for one in there.scaled if one.largest > one.desired)
    return words(
        "{balancer} in {region} has {there} healthy targets where {here} do the work now: first"
        " `/asg scale {group} --desired {desired}`",
        **known,
        group=first.name,
        desired=first.desired + short,
    )


def _quota(world: World, there: Fleet, short: int, found: Found) -> None:
    what = words("the quota of vCPUs in {region}", region=there.place.region)
    cpu = found.look(there.place.account, what, lambda: _fleet.cpu(world, there))
    if cpu is None or not cpu.lacks(short):
        return
    found.warnings.append(
        words(
            "the quota {quota} of {region} allows {limit} vCPUs, {used} run, and {count} instances more need"
            " {vcpus}",
            quota=cpu.quota,
            region=there.place.region,
            limit=cpu.limit,
            used=cpu.used,
            count=short,
            vcpus=short * cpu.each,
        )
    )
