"""What a stop takes away, or meets: looked for in the plan, before anybody agrees.

What toban's role may not read is a note on the plan and no refusal: the stop itself needs none of it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from aws import instance_attribute, instance_type, session_manager, spot
from aws.account import Place
from aws.instance import Instance
from aws.session_manager import Session
from bot.command import World
from bot.words import Words, words
from commands.changes.instance_state import GROUP_TAG
from commands.ec2._extra import Extra
from commands.reading import everywhere

FEW = 20  # protection is one call for each instance; of more, EC2 tells it when it is called

IAM = (
    "ec2:DescribeInstanceAttribute",
    "ec2:DescribeInstanceTypes",
    "ec2:DescribeSpotInstanceRequests",
    "ssm:DescribeSessions",
)


@dataclass(frozen=True, slots=True)
class Losses:
    """What is to be said of instances, by place and id; why some cannot be stopped; what nobody could see."""

    warnings: Mapping[tuple[Place, str], tuple[Words, ...]]
    kept: Mapping[tuple[Place, str], Words]
    notes: tuple[Words, ...]


def of(world: World, running: Iterable[tuple[Place, Instance]], *, reboots: bool = False) -> Losses:
    """Look in every place that has one of these; a few calls a place, however many they are.

    What only reboots loses nothing but its sessions.
    """
    by_place: dict[Place, list[Instance]] = {}
    for place, one in running:
        by_place.setdefault(place, []).append(one)
    look = _sessions_in if reboots else _in_place
    found = everywhere(by_place, lambda place: [look(world, place, by_place[place])]) if by_place else ()
    seen = [losses for _, losses in found]
    return Losses(
        {key: said for losses in seen for key, said in losses.warnings.items()},
        {key: why for losses in seen for key, why in losses.kept.items()},
        tuple(dict.fromkeys(note for losses in seen for note in losses.notes)),
    )


def _in_place(world: World, place: Place, running: Sequence[Instance]) -> Losses:
    extra = Extra(place.account)
    stores = extra.look(lambda: _with_store(world, place, running), frozenset[str](), _no_types)
    sessions = extra.look(lambda: _sessions(world, place), list[Session](), _no_sessions)
    kept = extra.look(lambda: _one_time(world, place, running), dict[str, Words](), _no_requests)
    kept |= extra.look(lambda: _protected(world, place, running), dict[str, Words](), _no_protection)
    warnings = {(place, one.id): (*_taken(one, stores), *_interrupted(one, sessions)) for one in running}
    return Losses(warnings, {(place, id_): why for id_, why in kept.items()}, tuple(extra.notes))


def _sessions_in(world: World, place: Place, running: Sequence[Instance]) -> Losses:
    extra = Extra(place.account)
    sessions = extra.look(lambda: _sessions(world, place), list[Session](), _no_sessions)
    return Losses(
        {(place, one.id): tuple(_interrupted(one, sessions)) for one in running}, {}, tuple(extra.notes)
    )


def _sessions(world: World, place: Place) -> list[Session]:
    return list(session_manager.active(world.aws.ssm(place)))


def _taken(one: Instance, stores: frozenset[str]) -> Iterator[Words]:
    if group := one.tags.get(GROUP_TAG, ""):
        yield words("its Auto Scaling group {group} will replace it", group=group)
    if one.type in stores:
        yield words("what is on the disks of the {type} itself (instance store) is lost", type=one.type)
    if one.public_ip and not one.keeps_public_ip:
        yield words(
            "its public address {ip} will be another one when it starts again; an Elastic IP would stay",
            ip=one.public_ip,
        )


def _interrupted(one: Instance, sessions: Sequence[Session]) -> Iterator[Words]:
    yield from (_open(session) for session in sessions if session.instance_id == one.id)


def _open(session: Session) -> Words:
    if session.since is None:
        return words("{who} has a session open on it", who=session.owner)
    return words("{who} has had a session open on it since {when}", who=session.owner, when=session.since)


def _with_store(world: World, place: Place, running: Sequence[Instance]) -> frozenset[str]:
    found = instance_type.find(world.aws.ec2(place), {one.type for one in running})
    return frozenset(name for name, one in found.items() if one.has_store)


def _one_time(world: World, place: Place, running: Sequence[Instance]) -> dict[str, Words]:
    """Spot instances whose request is not persistent: "Stop a Spot Instance", EC2 user guide."""
    requests = {one.spot_request_id: one.id for one in running if one.spot_request_id}
    if not requests:
        return {}
    why = words("it is of a one-time spot request: EC2 can terminate it, and not stop it")
    found = spot.find(world.aws.ec2(place), list(requests))
    return {requests[one.id]: why for one in found if not one.is_persistent and one.id in requests}


def _protected(world: World, place: Place, running: Sequence[Instance]) -> dict[str, Words]:
    if len(running) > FEW:
        return {}
    ec2 = world.aws.ec2(place)
    return {
        one.id: words(
            "it is protected against being stopped; whoever may lifts that with"
            " `aws ec2 modify-instance-attribute --instance-id {id} --no-disable-api-stop`",
            id=one.id,
        )
        for one in running
        if instance_attribute.stop_protected(ec2, one.id)
    }


def _no_types(why: Words) -> Words:
    return words("could not look whether data on instance stores is lost: {why}", why=why)


def _no_sessions(why: Words) -> Words:
    return words("could not look whether somebody has a session open there: {why}", why=why)


def _no_requests(why: Words) -> Words:
    return words("could not look whether spot requests are persistent: {why}", why=why)


def _no_protection(why: Words) -> Words:
    return words("could not look whether they are protected against being stopped: {why}", why=why)
