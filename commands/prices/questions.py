"""How the Price List is asked for a rate, and which line of its answer is the one.  Pure.

Whatever fits several different prices is not known: a guess would look like a price.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from aws.price_list import Listed, Question

_EC2, _RDS, _ELB = "AmazonEC2", "AmazonRDS", "AWSELB"
_LINUX = (
    ("operatingSystem", "Linux"),
    ("tenancy", "Shared"),
    ("preInstalledSw", "NA"),
    ("capacitystatus", "Used"),
)
_ENGINES = {"mysql": "MySQL", "mariadb": "MariaDB", "postgres": "PostgreSQL"}
_IN_A_GIB = Decimal(1024)  # gp3's throughput is listed by the GiB/s


@dataclass(frozen=True, slots=True)
class _Line:
    """A usage type, and where it is listed."""

    service: str
    family: str
    usage: str
    unit: str
    divisor: Decimal = Decimal(1)


_LINES: Mapping[str, _Line] = {
    "ebs.gp2": _Line(_EC2, "Storage", "EBS:VolumeUsage.gp2", "GB-Mo"),
    "ebs.gp3": _Line(_EC2, "Storage", "EBS:VolumeUsage.gp3", "GB-Mo"),
    "ebs.gp3.iops": _Line(_EC2, "System Operation", "EBS:VolumeP-IOPS.gp3", "IOPS-Mo"),
    "ebs.gp3.throughput": _Line(
        _EC2, "Provisioned Throughput", "EBS:VolumeP-Throughput.gp3", "GiBps-mo", _IN_A_GIB
    ),
    "ebs.io1": _Line(_EC2, "Storage", "EBS:VolumeUsage.piops", "GB-Mo"),
    "ebs.io1.iops": _Line(_EC2, "System Operation", "EBS:VolumeP-IOPS.piops", "IOPS-Mo"),
    "ebs.io2": _Line(_EC2, "Storage", "EBS:VolumeUsage.io2", "GB-Mo"),
    "ebs.io2.iops": _Line(_EC2, "System Operation", "EBS:VolumeP-IOPS.io2", "IOPS-Mo"),
    "ebs.io2.iops.tier2": _Line(_EC2, "System Operation", "EBS:VolumeP-IOPS.io2.tier2", "IOPS-Mo"),
    "ebs.io2.iops.tier3": _Line(_EC2, "System Operation", "EBS:VolumeP-IOPS.io2.tier3", "IOPS-Mo"),
    "ebs.st1": _Line(_EC2, "Storage", "EBS:VolumeUsage.st1", "GB-Mo"),
    "ebs.sc1": _Line(_EC2, "Storage", "EBS:VolumeUsage.sc1", "GB-Mo"),
    "ebs.standard": _Line(_EC2, "Storage", "EBS:VolumeUsage", "GB-Mo"),
    "snapshot.standard": _Line(_EC2, "Storage Snapshot", "EBS:SnapshotUsage", "GB-Mo"),
    "snapshot.archive": _Line(_EC2, "Storage Snapshot", "EBS:SnapshotArchiveStorage", "GB-Mo"),
    "balancer.application": _Line(_ELB, "Load Balancer-Application", "LoadBalancerUsage", "Hrs"),
    "balancer.network": _Line(_ELB, "Load Balancer-Network", "LoadBalancerUsage", "Hrs"),
    "balancer.classic": _Line(_ELB, "Load Balancer", "LoadBalancerUsage", "Hrs"),
    "nat.gateway": _Line(_EC2, "NAT Gateway", "NatGateway-Hours", "Hrs"),
}
_UNITS = {"gb-month": "gb-mo", "hours": "hrs", "hour": "hrs"}
"""The same units as some products spell them."""


def question(key: str, region: str) -> Question | None:
    """What is asked for a rate; None: the Price List is not asked for it (a public address costs the same
    everywhere).
    """
    if key in _LINES:
        line = _LINES[key]
        return Question(line.service, region, (("productFamily", line.family),))
    kind, _, rest = key.partition(".")
    if kind == "ec2":
        return Question(_EC2, region, (("instanceType", rest), *_LINUX))
    engine, _, class_ = rest.partition(".")
    if kind == "rds" and engine in _ENGINES:
        wanted = (("instanceType", f"db.{class_}"), ("databaseEngine", _ENGINES[engine]))
        return Question(_RDS, region, (*wanted, ("deploymentOption", "Single-AZ")))
    return None


def amount(key: str, answer: Iterable[Listed]) -> Decimal | None:
    """The one price in the answer that is the key's; None: there is none, or more than one."""
    line = _line(key)
    fitting = {
        one.amount / line.divisor
        for one in answer
        if one.usage == line.usage and _unit(one.unit) == _unit(line.unit) and one.amount > 0
    }
    return fitting.pop() if len(fitting) == 1 else None


def _line(key: str) -> _Line:
    if key in _LINES:
        return _LINES[key]
    kind, _, rest = key.partition(".")
    if kind == "ec2":
        return _Line(_EC2, "", f"BoxUsage:{rest}", "Hrs")
    return _Line(_RDS, "", f"InstanceUsage:db.{rest.partition('.')[2]}", "Hrs")


def _unit(unit: str) -> str:
    return _UNITS.get(unit.casefold(), unit.casefold())
