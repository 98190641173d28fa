"""What a stop takes away, or meets: looked for in the plan, before anybody agrees.

What toban's role may not read is a note on the plan and no refusal: the stop itself needs none of it.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from aws import instance_attribute, instance_type, session_manager, spot
from aws.account import Place
from aws.errors import AwsError
from aws.instance import Instance
from aws.session_manager import Session
from bot.command import World
from bot.refusals import said
from bot.words import Words, words
from commands.changes.instance_state import GROUP_TAG
from commands.reading import everywhere

T = TypeVar("T")
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


def of(world: World, running: Iterable[tuple[Place, Instance]]) -> Losses:
    """Look in every place that has one of these; a few calls a place, however many they are."""
    by_place: dict[Place, list[Instance]] = {}
    for place, one in running:
        by_place.setdefault(place, []).append(one)
    found = everywhere(by_place, lambda place: [_in_place(world, place, by_place[place])]) if by_place else ()
    seen = [losses for _, losses in found]
    return Losses(
        {key: said for losses in seen for key, said in losses.warnings.items()},
        {key: why for losses in seen for key, why in losses.kept.items()},
        tuple(dict.fromkeys(note for losses in seen for note in losses.notes)),
    )


def _in_place(world: World, place: Place, running: Sequence[Instance]) -> Losses:
    notes: list[Words] = []

    def extra(read: Callable[[], T], unseen: T, about: Callable[[Words], Words]) -> T:
        try:
            return read()
        except AwsError as error:
            notes.append(about(said(error, place.account)))
            return unseen

    stores = extra(lambda: _with_store(world, place, running), frozenset[str](), _no_types)
    sessions = extra(
        lambda: list(session_manager.active(world.aws.ssm(place))), list[Session](), _no_sessions
    )
    kept = extra(lambda: _one_time(world, place, running), dict[str, Words](), _no_requests)
    kept |= extra(lambda: _protected(world, place, running), dict[str, Words](), _no_protection)
    warnings = {(place, one.id): tuple(_warnings(one, stores, sessions)) for one in running}
    return Losses(warnings, {(place, id_): why for id_, why in kept.items()}, tuple(notes))


def _warnings(one: Instance, stores: frozenset[str], sessions: Sequence[Session]) -> Iterable[Words]:
    if group := one.tags.get(GROUP_TAG, ""):
        yield words("its Auto Scaling group {group} will replace it", group=group)
    if one.type in stores:
        yield words("what is on the disks of the {type} itself (instance store) is lost", type=one.type)
    if one.public_ip and not one.keeps_public_ip:
        yield words(
            "its public address {ip} will be another one when it starts again; an Elastic IP would stay",
            ip=one.public_ip,
        )
    for session in sessions:
        if session.instance_id == one.id:
            yield _open(session)


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
