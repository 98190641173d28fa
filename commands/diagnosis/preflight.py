"""What would fail when stopped instances are started: read once for a whole place, then each is judged."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from aws import anatomy, spot, volume
from aws.account import Place
from aws.anatomy import Anatomy
from aws.instance import Instance
from aws.quota import quota_of
from aws.spot import SpotRequest
from aws.volume import Volume
from bot.command import World
from bot.words import Words, words
from commands.diagnosis import cpus, interfaces, kms, volumes
from commands.diagnosis import spot as spot_market
from commands.diagnosis.facts import Room
from commands.diagnosis.finding import Finding
from commands.diagnosis.gather import Gatherer
from commands.diagnosis.looking import Looking
from commands.diagnosis.rights import KeyFacts


@dataclass(frozen=True, slots=True)
class Check:
    """What a start of one instance would come to."""

    one: Instance
    findings: tuple[Finding, ...]
    unsure: tuple[str, ...]  # what could not be looked at, in AWS's words


@dataclass(frozen=True, slots=True)
class Ground:
    """What was read of a place for all of its instances; None: it could not be."""

    bodies: Mapping[str, Anatomy]
    volumes: Mapping[str, Volume] | None
    keys: Mapping[str, KeyFacts]
    requests: Mapping[str, SpotRequest]
    rooms: Mapping[str, Room | None]  # by the quota's code


def check(
    world: World, place: Place, some: Sequence[Instance], caller: str = ""
) -> tuple[list[Check], tuple[Words, ...]]:
    """A check of each of these stopped instances, and what could not be looked at.  Raises AwsError."""
    look = Looking(place)
    ground = _read(world, look, some, Gatherer(world, look, caller))
    return judge(some, ground), tuple(look.unread)


def judge(some: Sequence[Instance], ground: Ground) -> list[Check]:
    """Each in turn; who comes later finds the quota used by those before it.  Pure."""
    left = {code: room.left() for code, room in ground.rooms.items() if room}
    checks = []
    for one in some:
        body, code = ground.bodies[one.id], _quota(one)
        found = [*_of_volumes(one, ground), *_of_keys(one, ground)]
        lost = interfaces.problem(body, in_vpc=bool(one.vpc_id))
        closed = spot_market.problem(ground.requests.get(one.spot_request_id))
        found += [each for each in (lost, closed) if each]
        room = ground.rooms.get(code)
        if room and not found:
            left[code] -= body.vcpus
            found += [cpus.would_exceed(room)] if left[code] < 0 else []
        checks.append(Check(one, tuple(found), tuple(_unsure(one, ground))))
    return checks


def _read(world: World, look: Looking, some: Sequence[Instance], gatherer: Gatherer) -> Ground:
    ec2, ids = world.aws.ec2(look.place), [one.id for one in some]
    wanted = [each for one in some for each in one.volume_ids]
    found = look.maybe(
        words("the volumes"), lambda: {one.id: one for one in volume.find(ec2, ids=wanted)} if wanted else {}
    )
    arns = sorted({one.kms_key_id for one in (found or {}).values() if one.kms_key_id})
    asked = [one.spot_request_id for one in some if one.spot_request_id]
    requests = look.maybe(
        words("the spot requests"), lambda: {one.id: one for one in spot.find(ec2, asked)} if asked else {}
    )
    codes = {_quota(one): one for one in some}
    return Ground(
        bodies={one.id: one for one in anatomy.find(ec2, ids)},
        volumes=found,
        keys={arn: gatherer.key(arn) for arn in arns},
        requests=requests or {},
        rooms={code: gatherer.room(one) for code, one in codes.items() if code},
    )


def _quota(one: Instance) -> str:
    return quota_of(one.type, spot=one.lifecycle == "spot")


def _of_volumes(one: Instance, ground: Ground) -> list[Finding]:
    if ground.volumes is None:
        return []
    there = [ground.volumes[each] for each in one.volume_ids if each in ground.volumes]
    found = volumes.problem(one, there)
    return [found] if found else []


def _of_keys(one: Instance, ground: Ground) -> list[Finding]:
    found = (kms.problem(key, of) for key, of in _keys(one, ground))
    return [each for each in found if each]


def _keys(one: Instance, ground: Ground) -> list[tuple[KeyFacts, list[str]]]:
    """The keys of its volumes, each with the volumes under it."""
    there = ground.volumes or {}
    under: dict[str, list[str]] = {}
    for each in one.volume_ids:
        if each in there and there[each].kms_key_id:
            under.setdefault(there[each].kms_key_id, []).append(each)
    return [(ground.keys[arn], of) for arn, of in under.items()]


def _unsure(one: Instance, ground: Ground) -> list[str]:
    doubts = ["DescribeVolumes"] if ground.volumes is None else []
    doubts += [key.arn for key, _ in _keys(one, ground) if not key.is_sure()]
    code = _quota(one)
    return doubts + ([code] if code and ground.rooms.get(code) is None else [])
