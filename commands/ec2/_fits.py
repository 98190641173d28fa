"""Whether an instance can have another type.  Pure.

Source: "Compatibility for changing the instance type", EC2 user guide.
"""

from collections.abc import Collection, Iterator, Mapping

from aws.instance import Instance
from aws.instance_type import InstanceType
from bot.words import Words, words


def why_not(
    one: Instance, name: str, types: Mapping[str, InstanceType], zones: Collection[str]
) -> Words | None:
    """Why it cannot have the type of this name, which these zones offer; None: it can."""
    new = types.get(name)
    if one.state not in ("running", "stopped"):
        return words("it is {state}", state=one.state)
    if one.type == name:
        return words("its type is {type} already", type=name)
    if new is None or one.zone not in zones:
        return words("{zone} does not offer {type}", zone=one.zone, type=name)
    if one.root_device == "instance-store":
        return words("its root device is an instance store: EC2 cannot stop it")
    if one.lifecycle == "spot":
        return words("it is a spot instance, whose type cannot be changed")
    return _unlike(one, new)


def _unlike(one: Instance, new: InstanceType) -> Words | None:
    """What of its image does not run on the new type."""
    if one.architecture and one.architecture not in new.architectures:
        return words(
            "its image is for {architecture}, and {type} is for {others}",
            architecture=one.architecture,
            type=new.name,
            others=", ".join(new.architectures),
        )
    if one.virtualization and one.virtualization not in new.virtualizations:
        return words(
            "its image needs {virtualization} virtualization, which {type} does not have",
            virtualization=one.virtualization,
            type=new.name,
        )
    if new.ena == "required" and not one.ena:
        return words("{type} needs the driver of ENA, which its image does not say it has", type=new.name)
    return None


def warnings(one: Instance, name: str, types: Mapping[str, InstanceType]) -> tuple[Words, ...]:
    """What is to be known of the change before somebody agrees."""
    return tuple(_warnings(types.get(one.type), types[name]))


def _warnings(old: InstanceType | None, new: InstanceType) -> Iterator[Words]:
    if not new.is_current:
        yield words("{type} is of a previous generation", type=new.name)
    if new.hypervisor == "nitro" and old is not None and old.hypervisor == "xen":
        yield words(
            "{type} is built on Nitro: its image needs the drivers of NVMe, and the names of devices change",
            type=new.name,
        )
    if new.has_store and old is not None and not old.has_store:
        yield words("the disks of the {type} itself (instance store) are empty at each start", type=new.name)
