"""What the made-up company pays AWS for, a line for each kind of use: about $300 on a weekday.

Services and usage types are called as on AWS's bills: usage types begin with the region, but not those of
us-east-1.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from playground.aws.fleet import DEVELOPMENT, PRODUCTION, TOKYO, VIRGINIA

COMPUTE = "Amazon Elastic Compute Cloud - Compute"
OTHER = "EC2 - Other"
RDS = "Amazon Relational Database Service"
S3 = "Amazon Simple Storage Service"
NAT_BYTES = "APN1-NatGateway-Bytes"
EVERYWHERE = "global"
NAMES: Mapping[str, str] = {PRODUCTION: "asagao-production", DEVELOPMENT: "asagao-development"}
"""AWS's names of the accounts; toban's config has shorter ones."""


class Rhythm(Enum):
    """How the days of a week differ, from Monday on, in percent."""

    STEADY = (100, 100, 100, 100, 100, 100, 100)
    OFFICE = (100, 102, 101, 100, 97, 28, 26)
    SHOP = (100, 101, 102, 103, 106, 78, 72)


STEADY, OFFICE, SHOP = Rhythm


@dataclass(frozen=True, slots=True)
class Recurring:
    """A use that costs something every day."""

    account: str
    region: str
    service: str
    usage: str
    daily: Decimal  # on an ordinary day, at first
    rhythm: Rhythm = STEADY
    team: str = ""  # "": nobody has tagged it


def _lines(*rows: tuple[str, str, str, str, str, Rhythm, str]) -> tuple[Recurring, ...]:
    return tuple(
        Recurring(account, region, service, usage, Decimal(daily), rhythm, team)
        for account, region, service, usage, daily, rhythm, team in rows
    )


_P, _D, _T, _V = PRODUCTION, DEVELOPMENT, TOKYO, VIRGINIA
_LB, _DATA, _WATCH = "Amazon Elastic Load Balancing", "AWS Data Transfer", "AmazonCloudWatch"
_KMS, _LAMBDA, _DNS, _CDN = "AWS Key Management Service", "AWS Lambda", "Amazon Route 53", "Amazon CloudFront"

RECURRING = _lines(
    (_P, _T, COMPUTE, "APN1-BoxUsage:m7i.large", "12.50", STEADY, "shop"),
    (_P, _T, COMPUTE, "APN1-BoxUsage:c7i.xlarge", "21.57", STEADY, "shop"),
    (_P, _T, COMPUTE, "APN1-BoxUsage:c7i.2xlarge", "21.57", STEADY, "data"),
    (_P, _T, COMPUTE, "APN1-BoxUsage:r7i.2xlarge", "30.64", STEADY, "platform"),
    (_P, _T, COMPUTE, "APN1-BoxUsage:r7i.large", "11.49", STEADY, "data"),
    (_P, _T, COMPUTE, "APN1-BoxUsage:t3.large", "7.83", OFFICE, "shop"),
    (_P, _T, COMPUTE, "APN1-SpotUsage:c7i.large", "0.94", SHOP, "shop"),
    (_P, _V, COMPUTE, "BoxUsage:m7i.large", "4.84", STEADY, "shop"),
    (_P, _V, COMPUTE, "BoxUsage:r7i.xlarge", "6.35", STEADY, "platform"),
    (_P, _T, OTHER, "APN1-EBS:VolumeUsage.gp3", "8.76", STEADY, "platform"),
    (_P, _T, OTHER, "APN1-EBS:SnapshotUsage", "3.42", STEADY, "platform"),
    (_P, _V, OTHER, "EBS:SnapshotUsage", "1.18", STEADY, "platform"),
    (_P, _T, OTHER, "APN1-NatGateway-Hours", "2.98", STEADY, "platform"),
    (_P, _T, OTHER, NAT_BYTES, "6.12", SHOP, "platform"),
    (_P, _T, OTHER, "APN1-DataTransfer-Regional-Bytes", "2.05", SHOP, ""),
    (_P, _T, RDS, "APN1-Multi-AZUsage:db.r7g.large", "14.21", STEADY, "shop"),
    (_P, _T, RDS, "APN1-RDS:Multi-AZ-GP3-Storage", "4.56", STEADY, "shop"),
    (_P, _T, S3, "APN1-TimedStorage-ByteHrs", "9.80", STEADY, "data"),
    (_P, _T, S3, "APN1-Requests-Tier1", "1.37", SHOP, "shop"),
    (_P, _T, S3, "APN1-Requests-Tier2", "0.88", SHOP, "shop"),
    (_P, _T, _DATA, "APN1-DataTransfer-Out-Bytes", "16.40", SHOP, ""),
    (_P, _V, _DATA, "DataTransfer-Out-Bytes", "3.10", SHOP, ""),
    (_P, _T, _LB, "APN1-LoadBalancerUsage", "1.17", STEADY, "shop"),
    (_P, _T, _LB, "APN1-LCUUsage", "2.44", SHOP, "shop"),
    (_P, _T, _WATCH, "APN1-CW:MetricMonitorUsage", "2.70", STEADY, "platform"),
    (_P, _T, _WATCH, "APN1-DataProcessing-Bytes", "5.20", SHOP, "platform"),
    (_P, _T, _KMS, "ap-northeast-1-KMS-Requests", "0.31", STEADY, "platform"),
    (_P, _T, _LAMBDA, "APN1-Lambda-GB-Second", "1.92", SHOP, "data"),
    (_P, EVERYWHERE, _DNS, "DNS-Queries", "0.42", SHOP, ""),
    (_P, EVERYWHERE, _CDN, "JP-DataTransfer-Out-Bytes", "19.30", SHOP, "shop"),
    (_D, _T, COMPUTE, "APN1-BoxUsage:t3.medium", "7.83", OFFICE, "shop"),
    (_D, _T, COMPUTE, "APN1-BoxUsage:t3.large", "7.94", OFFICE, "data"),
    (_D, _T, COMPUTE, "APN1-BoxUsage:m5.xlarge", "5.95", STEADY, ""),
    (_D, _V, COMPUTE, "BoxUsage:t3.medium", "2.00", OFFICE, ""),
    (_D, _T, OTHER, "APN1-EBS:VolumeUsage.gp2", "8.40", STEADY, ""),
    (_D, _T, OTHER, "APN1-EBS:VolumeUsage.gp3", "1.96", STEADY, "shop"),
    (_D, _T, OTHER, "APN1-NatGateway-Hours", "1.49", STEADY, "platform"),
    (_D, _T, OTHER, NAT_BYTES, "1.12", OFFICE, "platform"),
    (_D, _T, RDS, "APN1-InstanceUsage:db.r7g.large", "6.94", OFFICE, "shop"),
    (_D, _T, S3, "APN1-TimedStorage-ByteHrs", "2.30", STEADY, "data"),
    (_D, _T, _WATCH, "APN1-DataProcessing-Bytes", "1.08", OFFICE, ""),
    (_D, _T, _LAMBDA, "APN1-Lambda-GB-Second", "0.26", OFFICE, "data"),
)
