"""What is to be said of one instance, a sentence a fact.  Pure."""

from collections.abc import Iterator, Mapping, Sequence

from aws.instance import Instance, Status
from aws.instance_type import InstanceType
from aws.target_group import Target
from aws.volume import Volume
from bot.words import Words, words

GIB = 1024  # MiB


def headline(one: Instance, account: str, checks: Status | None) -> Words:
    """Which it is, and how it stands."""
    named = f"{one.name} ({one.id})" if one.name else one.id
    if one.state == "running" and checks is not None:
        return words(
            "{name} in {account} runs; {checks}", name=named, account=account, checks=checked(checks)
        )
    return words("{name} in {account} is {state}", name=named, account=account, state=one.state)


def checked(checks: Status) -> Words:
    """Its checks by themselves."""
    if checks.ebs:
        return words(
            "system check {system}, instance check {instance}, volume check {ebs}",
            system=checks.system,
            instance=checks.instance,
            ebs=checks.ebs,
        )
    return words(
        "system check {system}, instance check {instance}", system=checks.system, instance=checks.instance
    )


def since(one: Instance) -> Iterator[Words]:
    """Since when, and why not."""
    if one.state == "running" and one.launched is not None:
        yield words("started: {when}", when=one.launched)
    elif reason := one.state_reason or one.transition:
        yield words("why: {reason}", reason=reason)


def made_of(one: Instance, kind: InstanceType | None) -> Iterator[Words]:
    """Its type, image and place."""
    known = {"type": one.type, "image": one.image_id, "architecture": one.architecture}
    if kind is None:
        yield words("{type}, of the image {image} ({architecture})", **known)
    else:
        memory = f"{round(kind.memory_mib / GIB, 1):g}"
        yield words(
            "{type} ({vcpus} vCPUs, {memory} GiB), of the image {image} ({architecture})",
            **known,
            vcpus=str(kind.vcpus),
            memory=memory,
        )
    yield words("place: {zone}, {subnet}, {vpc}", zone=one.zone, subnet=one.subnet_id, vpc=one.vpc_id)
    if one.lifecycle:
        yield words("bought as: {lifecycle}", lifecycle=one.lifecycle)


def addresses(one: Instance) -> Iterator[Words]:
    """Its addresses, and whether the public one lasts."""
    if one.public_ip and one.keeps_public_ip:
        yield words(
            "addresses: {private}; {public}, an Elastic IP", private=one.private_ip, public=one.public_ip
        )
    elif one.public_ip:
        yield words(
            "addresses: {private}; {public}, another one after a stop and a start",
            private=one.private_ip,
            public=one.public_ip,
        )
    elif one.private_ip:
        yield words("address: {private}, none that is public", private=one.private_ip)


def volumes(found: Sequence[Volume], root: str) -> Iterator[Words]:
    """Its disks, the root first."""
    ordered = sorted(found, key=lambda volume: (volume.id != root, volume.id))
    said = (
        f"{one.id} {one.size_gib} GiB {one.type} {one.state}{' encrypted' if one.encrypted else ''}"
        for one in ordered
    )
    if ordered:
        yield words("volumes: {volumes}", volumes=", ".join(said))


def healths(groups: Mapping[str, Sequence[Target]]) -> Iterator[Words]:
    """How it stands in each target group, by the group's name."""
    said = [
        f"{name}:{target.port} {target.state}{f' ({why})' if (why := target.description) else ''}"
        for name, targets in groups.items()
        for target in targets
    ]
    if said:
        yield words("target groups: {groups}", groups=", ".join(said))


def protections(*, stop: bool, termination: bool) -> Iterator[Words]:
    """What EC2 refuses to do to it."""
    if stop:
        yield words("protected against being stopped")
    if termination:
        yield words("protected against being terminated")
