"""How many vCPUs may run in a place, and how many do.

Source: "Amazon EC2 instance type quotas" of the EC2 user guide: quotas count vCPUs by class of instance
types, and those of spot instances by themselves.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from aws.account import Accounts, Place
from aws.errors import speaking_plainly
from aws.page import SIZE, pages

if TYPE_CHECKING:
    from mypy_boto3_ec2 import EC2Client
    from mypy_boto3_service_quotas import ServiceQuotasClient

_ON_DEMAND = {  # letters that begin a type -> code of the quota
    "acdhimrtz": "L-1216C47A",
    "dl": "L-6E869C2A",
    "f": "L-74FC7D96",
    "g": "L-DB2E81BA",
    "gr": "L-DB2E81BA",
    "vt": "L-DB2E81BA",
    "hpc": "L-F7808C92",
    "inf": "L-1945791B",
    "p": "L-417A185B",
    "trn": "L-2C3B7624",
    "u": "L-43DA4232",
    "x": "L-7295265B",
}
_SPOT = {
    "acdhimrtz": "L-34B43A08",
    "dl": "L-85EED4F7",
    "f": "L-88CF9481",
    "g": "L-3819A6DF",
    "gr": "L-3819A6DF",
    "vt": "L-3819A6DF",
    "inf": "L-B5D1601B",
    "p": "L-7212CCBC",
    "trn": "L-6B0D517C",
    "x": "L-E3A00192",
}
_STANDARD = "acdhimrtz"
_BY_HOST = {"mac"}  # run on dedicated hosts, which have quotas of their own
_LETTERS = re.compile(r"[a-z]+")


@dataclass(frozen=True, slots=True)
class Cpus:
    """What one instance counts against a quota."""

    id: str
    type: str
    spot: bool
    vcpus: int

    @property
    def quota(self) -> str:
        """The code of the quota it counts against; "" for a class without one."""
        return quota_of(self.type, spot=self.spot)


def client(aws: Accounts, place: Place) -> "ServiceQuotasClient":
    """Service Quotas in a place."""
    return cast("ServiceQuotasClient", aws.client("service-quotas", place))


def quota_of(instance_type: str, *, spot: bool = False) -> str:
    """The code of the vCPU quota that a type counts against; "" when toban knows none."""
    codes = _SPOT if spot else _ON_DEMAND
    found = _LETTERS.match(instance_type)
    letters = found[0] if found else ""
    if letters in codes:
        return codes[letters]
    is_standard = letters and letters[0] in _STANDARD and letters not in _BY_HOST
    return codes[_STANDARD] if is_standard else ""


def limit(quotas: "ServiceQuotasClient", code: str) -> int:
    """The vCPUs that may run under a quota.  Raises AwsError."""
    with speaking_plainly(f"reading the quota {code}"):
        reply = quotas.get_service_quota(ServiceCode="ec2", QuotaCode=code)
    return int(reply["Quota"]["Value"])


def running(ec2: "EC2Client") -> Iterator[Cpus]:
    """What runs or starts in the place, by vCPUs.  Raises AwsError."""
    states = [{"Name": "instance-state-name", "Values": ["pending", "running"]}]
    found = ec2.get_paginator("describe_instances").paginate(
        Filters=states,  # type: ignore[arg-type]  # a list of literals is a list of filters
        PaginationConfig={"PageSize": SIZE},
    )
    for page in pages("counting what runs", found):
        for raw in (one for reservation in page["Reservations"] for one in reservation["Instances"]):
            cpu = raw.get("CpuOptions", {})
            vcpus = cpu.get("CoreCount", 1) * cpu.get("ThreadsPerCore", 1)
            yield Cpus(raw["InstanceId"], raw["InstanceType"], raw.get("InstanceLifecycle") == "spot", vcpus)
