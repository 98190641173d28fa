"""Read what is known of one instance: what always matters, and the rest as the reason asks for it."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from aws import console, instance, offering, quota, spot, subnet, trail, volume
from aws.anatomy import Anatomy
from aws.instance import Instance
from aws.spot import SpotRequest
from aws.trail import Event
from aws.volume import Volume
from bot.brief import AuditQuery
from bot.command import World
from bot.words import words
from commands.diagnosis import caller as who
from commands.diagnosis import keys
from commands.diagnosis.capacity import NO_CAPACITY, alike, fits
from commands.diagnosis.cpus import CPU_LIMIT
from commands.diagnosis.facts import Facts, Options, Refusal, Room
from commands.diagnosis.looking import Looking
from commands.diagnosis.rights import KeyFacts

READS = (
    "cloudtrail:LookupEvents",
    "ec2:DescribeInstanceStatus",
    "ec2:DescribeInstanceTypeOfferings",
    "ec2:DescribeInstances",
    "ec2:DescribeSpotInstanceRequests",
    "ec2:DescribeSubnets",
    "ec2:DescribeVolumes",
    "ec2:GetConsoleOutput",
    "servicequotas:GetServiceQuota",
    *keys.READS,
    *who.READS,
)
"""What a diagnosis reads with, whatever the cause."""

DENIABLE = ("CreateGrant", "Decrypt", "GenerateDataKeyWithoutPlaintext")
"""Calls to KMS that a start leads to ("How Amazon EBS encryption works", EBS user guide)."""
_BACK = timedelta(hours=2)  # the trail is read so far back from now
_REFUSED = re.compile(r"AWS refused with (?P<code>[\w.]+): (?P<message>.*)")


class Gatherer:
    """Reads for several instances of one place; a key, and a name in the trail, are read once for all."""

    def __init__(self, world: World, look: Looking, caller: str = "") -> None:
        """`caller` is whose rights matter; "": toban's own."""
        self._world, self._look, self._caller = world, look, caller
        self._ec2 = world.aws.ec2(look.place)
        self._keys: dict[str, KeyFacts] = {}
        self._trail: dict[str, tuple[Event, ...]] = {}

    def facts(self, one: Instance, body: Anatomy, refusal: Refusal | None = None) -> Facts:
        """Everything that the reason asks for."""
        found = Facts(self._look.place, one, body, refusal)
        found = self._running(found) if one.state == "running" else self._down(found)
        return replace(found, unread=tuple(self._look.unread))

    def key(self, arn: str) -> KeyFacts:
        """What decides about one key for this caller."""
        self._caller = self._caller or who.own(self._world, self._look.place, self._look)
        if arn not in self._keys:
            self._keys[arn] = keys.read(self._world, self._look, arn, self._caller)
        return self._keys[arn]

    def volumes(self, one: Instance) -> tuple[Volume, ...] | None:
        """Its volumes that exist; None when they could not be read."""
        if not one.volume_ids:
            return ()
        what = words("the volumes of {id}", id=one.id)
        return self._look.maybe(what, lambda: tuple(volume.find(self._ec2, ids=one.volume_ids)))

    # -- it runs ---------------------------------------------------------------------------------------

    def _running(self, found: Facts) -> Facts:
        one = found.one
        what = words("the status checks of {id}", id=one.id)
        status = self._look.maybe(what, lambda: instance.statuses(self._ec2, [one.id]).get(one.id))
        shown: tuple[str, ...] = ()
        if status is not None and "impaired" in (status.instance, status.ebs):
            what = words("the console of {id}", id=one.id)
            shown = self._look.at(what, lambda: console.tail(self._ec2, one.id), ())
        return replace(found, status=status, console=shown, spot=self.spot(one))

    # -- it does not -----------------------------------------------------------------------------------

    def _down(self, found: Facts) -> Facts:
        one, volumes = found.one, self.volumes(found.one)
        found = replace(
            found,
            refusal=found.refusal or (None if found.fell_back else self._last_refusal(one)),
            volumes=volumes or (),
            read_volumes=volumes is not None,
            spot=self.spot(one),
        )
        if found.fell_back:
            arns = sorted({one.kms_key_id for one in found.volumes if one.kms_key_id})
            used = tuple(self.key(arn) for arn in arns)
            asked = any(one.key is None or not one.key.by_aws for one in used)
            return replace(found, keys=used, denials=self._denials(arns) if asked else ())
        if found.code in NO_CAPACITY:
            what = words("which zones offer {type}", type=one.type)
            return replace(found, options=self._look.maybe(what, lambda: self._options(one)))
        return replace(found, room=self.room(one)) if found.code in CPU_LIMIT else found

    def spot(self, one: Instance) -> SpotRequest | None:
        """The spot request of a spot instance."""
        if one.lifecycle != "spot":
            return None
        what = words("the spot request of {id}", id=one.id)
        return self._look.maybe(what, lambda: next(spot.find(self._ec2, instance_ids=[one.id]), None))

    def room(self, one: Instance) -> Room | None:
        """What its vCPU quota leaves."""
        code = quota.quota_of(one.type, spot=one.lifecycle == "spot")
        if not code:
            return None
        quotas = quota.client(self._world.aws, self._look.place)

        def read() -> Room:
            runs = sum(each.vcpus for each in quota.running(self._ec2) if each.quota == code)
            return Room(code, quota.limit(quotas, code), runs)

        return self._look.maybe(words("the quota {quota}", quota=code), read)

    def _options(self, one: Instance) -> Options:
        offered = list(offering.find(self._ec2, [one.type, alike(one.type)]))
        zones = {each.zone for each in offered if each.type == one.type} - {one.zone}
        there = list(subnet.find(self._ec2, vpc_ids=[one.vpc_id])) if one.vpc_id else []
        reached = {each.zone for each in there if each.free}
        types = {each.type for each in offered if each.zone == one.zone and fits(one.type, each.type)}
        return Options(tuple(sorted(zones & reached)), tuple(sorted(zones - reached)), tuple(sorted(types)))

    def _last_refusal(self, one: Instance) -> Refusal | None:
        """The start that EC2 refused last, toban's own or else anybody's, unless it has run since."""
        found = self._of_ledger(one) or self._of_trail(one)
        has_run = found and found.at and one.launched and one.launched > found.at
        return None if has_run else found

    def _of_ledger(self, one: Instance) -> Refusal | None:
        """The audit log keeps AWS's words in English."""
        since = self._world.now - timedelta(days=1)
        lines = self._world.ledger.search(AuditQuery(resource=one.id, since=since, limit=10))
        newest = next((line for line in lines if line.event == "step.ended"), None)
        said = _REFUSED.search(newest.detail) if newest and newest.action == "ec2.start" else None
        return Refusal(said["code"], said["message"], newest.at) if said and newest else None

    def _of_trail(self, one: Instance) -> Refusal | None:
        for event in self._events("StartInstances", one.id):
            if event.instances() == {one.id}:
                return Refusal(
                    event.code.removeprefix("Client.").removeprefix("Server."), event.message, event.at
                )
        return None

    def _denials(self, arns: Sequence[str]) -> tuple[Event, ...]:
        found = [event for name in DENIABLE for event in self._events(name, "arn:aws")]
        mine = [event for event in found if any(arn in event.record for arn in arns)]
        return tuple(sorted(mine, key=lambda event: event.at, reverse=True))

    def _events(self, name: str, about: str) -> tuple[Event, ...]:
        key, until = f"{name}/{about}", self._world.now
        if key not in self._trail:
            events = trail.client(self._world.aws, self._look.place)
            what = words("{name} in CloudTrail", name=name)
            self._trail[key] = self._look.at(
                what, lambda: tuple(trail.refused(events, name, about, until - _BACK, until)), ()
            )
        return self._trail[key]
