"""Instance types: what they are made of, as far as it decides what runs on them."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aws.filters import batches
from aws.page import pages

if TYPE_CHECKING:
    from mypy_boto3_ec2 import EC2Client
    from mypy_boto3_ec2.type_defs import InstanceTypeInfoTypeDef

_PAGE = 100  # the most types on a page


@dataclass(frozen=True, slots=True)
class InstanceType:
    """A type as toban talks about it; the words are EC2's own."""

    name: str  # such as t3.micro
    is_current: bool  # of the current generation
    architectures: tuple[str, ...]  # x86_64, arm64, i386
    virtualizations: tuple[str, ...]  # hvm, paravirtual
    ena: str  # the Elastic Network Adapter: required, supported, unsupported
    has_store: bool  # it has disks of its own, which a stop erases
    vcpus: int
    memory_mib: int
    hypervisor: str = ""  # nitro, xen; "" for bare metal
    usages: tuple[str, ...] = ()  # on-demand, spot, capacity-block
    recovers: bool = False  # EC2's automatic recovery supports it


def find(ec2: "EC2Client", names: Collection[str]) -> dict[str, InstanceType]:
    """Return the types of these names that the region has; others are absent.  Raises AwsError."""
    found: dict[str, InstanceType] = {}
    paginator = ec2.get_paginator("describe_instance_types")
    for filters in batches({"instance-type": sorted(names)}) if names else ():
        listed = paginator.paginate(Filters=filters, PaginationConfig={"PageSize": _PAGE})
        for page in pages("reading instance types", listed):
            found |= {one.name: one for one in map(_type, page["InstanceTypes"])}
    return found


def _type(raw: "InstanceTypeInfoTypeDef") -> InstanceType:
    return InstanceType(
        name=raw.get("InstanceType", ""),
        is_current=raw.get("CurrentGeneration", True),
        architectures=tuple(raw.get("ProcessorInfo", {}).get("SupportedArchitectures", [])),
        virtualizations=tuple(raw.get("SupportedVirtualizationTypes", [])),
        ena=raw.get("NetworkInfo", {}).get("EnaSupport", ""),
        has_store=raw.get("InstanceStorageSupported", False),
        vcpus=raw.get("VCpuInfo", {}).get("DefaultVCpus", 0),
        memory_mib=raw.get("MemoryInfo", {}).get("SizeInMiB", 0),
        hypervisor=raw.get("Hypervisor", ""),
        usages=tuple(raw.get("SupportedUsageClasses", [])),
        recovers=raw.get("AutoRecoverySupported", False),
    )
