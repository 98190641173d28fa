"""Each failure test as it is typed, what must be there before, and what of it has no way back.

A verb `run-…` without a row here is named by a test.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from fnmatch import fnmatchcase
from typing import Any

from aws.account import AccountConfig
from bot.drill import Part
from playground.aws.server import LocalAws
from tests.house import Time
from tests.scenarios.conftest import ACCOUNT, DEV, TOKYO, run_instances
from tests.scenarios.region_given import NAME, two_addresses
from tests.scenarios.zone_given import OTHER, ZONE, given

TAGS = {"env": "dev", "toban:chaos": "allowed", "service": "web"}
TIMES = "--for 12s --before 3s --after 5s"
POLICY = (
    '{"Version": "2012-10-17",  "Statement": {"Effect": "Allow", "Principal": {"AWS": "111122223333"},'
    ' "Action": ["s3:GetObject"], "Resource": "arn:aws:s3:::shop-files/*"}}'
)
HOUR = timedelta(hours=1)
HELD = replace(DEV, timer_role=f"arn:aws:iam::{ACCOUNT}:role/toban-timer")
"""The same account, where AWS may hold timers as well."""


@dataclass(frozen=True)
class Kind:
    """A failure test; `{}` in its line is what `given` returns."""

    line: str
    given: Callable[[LocalAws], str]
    stays: Sequence[str] = ()  # paths of the fields that, as its plan says, are not put back
    gone: bool = False  # what the line names is gone for good, with all that belongs to it
    parts: Mapping[str, Sequence[Part]] = field(default_factory=dict)  # an experiment's, `{}` as above
    account: AccountConfig = DEV

    @property
    def verb(self) -> str:
        """The verb that it is a story of."""
        return "run-" + self.line.split()[2]

    def may_differ(self, path: str) -> bool:
        """Whether a field may be another than before."""
        return any(fnmatchcase(path, one) for one in self.stays)


# -- what must be there --------------------------------------------------------------------------------


def _listed(tags: Mapping[str, str]) -> list[dict[str, str]]:
    return [{"Key": key, "Value": value} for key, value in tags.items()]


def a_zone_with_timers(aws: LocalAws) -> str:
    """A VPC, and an EventBridge Scheduler that lives at the same time as toban."""
    aws.control.timers_now(Time().at.isoformat())
    return given(aws)


def a_zone_with_primaries(aws: LocalAws) -> str:
    """A VPC whose database, in two zones, has its primary in the zone."""
    vpc = given(aws)
    ec2 = aws.client("ec2", account=ACCOUNT, region=TOKYO)
    found = ec2.describe_subnets(Filters=[{"Name": "vpc-id", "Values": [vpc]}])["Subnets"]
    aws.client("rds", account=ACCOUNT, region=TOKYO).create_db_subnet_group(
        DBSubnetGroupName="db",
        DBSubnetGroupDescription="of the VPC",
        SubnetIds=[one["SubnetId"] for one in found],
    )
    a_database(aws, AvailabilityZone=ZONE, DBSubnetGroupName="db")
    return vpc


def a_database(aws: LocalAws, **more: Any) -> str:
    """One in two zones."""
    aws.client("rds", account=ACCOUNT, region=TOKYO).create_db_instance(
        DBInstanceIdentifier="shop",
        DBInstanceClass="db.t4g.micro",
        Engine="mysql",
        AllocatedStorage=20,
        MasterUsername="admin",
        MasterUserPassword="not-a-secret",
        MultiAZ=True,
        Tags=_listed(TAGS),
        **more,
    )
    return ""


def a_cluster(aws: LocalAws) -> str:
    """A writer and a reader, in two zones."""
    rds = aws.client("rds", account=ACCOUNT, region=TOKYO)
    rds.create_db_cluster(
        DBClusterIdentifier="orders",
        Engine="aurora-mysql",
        MasterUsername="admin",
        MasterUserPassword="not-a-secret",
        Tags=_listed(TAGS),
    )
    for name, zone in (("orders-1", ZONE), ("orders-2", OTHER)):
        rds.create_db_instance(
            DBInstanceIdentifier=name,
            DBInstanceClass="db.r7g.large",
            Engine="aurora-mysql",
            DBClusterIdentifier="orders",
            AvailabilityZone=zone,
            Tags=_listed(TAGS),
        )
    return ""


def two_that_run(aws: LocalAws) -> str:
    """Two instances that have run for an hour; returns the first one's id."""
    ids = [one for _ in range(2) for one in run_instances(aws, 1, TAGS)]
    for one in ids:
        aws.backend("ec2", ACCOUNT, TOKYO).get_instance(one).launch_time -= HOUR
    aws.control.instances_take(start=1, stop=2)
    return ids[0]


def a_bucket(aws: LocalAws, policy: str = POLICY) -> str:
    """A bucket with a policy, and a role that uses it."""
    s3 = aws.client("s3", account=ACCOUNT, region=TOKYO)
    s3.create_bucket(Bucket="shop-files", CreateBucketConfiguration={"LocationConstraint": TOKYO})
    s3.put_bucket_tagging(Bucket="shop-files", Tagging={"TagSet": _listed(TAGS)})
    if policy:
        s3.put_bucket_policy(Bucket="shop-files", Policy=policy)
    aws.client("iam", account=ACCOUNT).create_role(RoleName="shop", AssumeRolePolicyDocument="{}")
    return ""


def a_bare_bucket(aws: LocalAws) -> str:
    """One that has no policy."""
    return a_bucket(aws, "")


def a_name(aws: LocalAws) -> str:
    """A name of two weighted addresses; Route 53 takes a while for each change."""
    aws.control.records_take(2)
    two_addresses(aws, home=7, away=1)
    return ""


def a_zone_and_instances(aws: LocalAws) -> str:
    """What an experiment breaks: a VPC, and two instances elsewhere."""
    vpc = given(aws)
    two_that_run(aws)
    return vpc


# -- the table -----------------------------------------------------------------------------------------

FRIDAY = (
    Part(f"failover run zone {ZONE} --vpc {{}} --without-primary"),
    Part("failover run latency tag:service=web --delay 200ms", timedelta(seconds=4)),
)

KINDS = {
    "zone": Kind(f"/failover run zone {ZONE} --vpc {{}} --without-primary {TIMES}", given),
    "zone with timers at AWS": Kind(
        f"/failover run zone {ZONE} --vpc {{}} --without-primary {TIMES}", a_zone_with_timers, account=HELD
    ),
    "zone with its primary": Kind(
        f"/failover run zone {ZONE} --vpc {{}} {TIMES}",
        a_zone_with_primaries,
        stays=("/rds databases/shop/*zone*",),
    ),
    "database": Kind(
        f"/failover run database shop {TIMES}", a_database, stays=("/rds databases/shop/*zone*",)
    ),
    "cluster": Kind(
        f"/failover run database orders {TIMES}",
        a_cluster,
        stays=("/rds clusters/orders/*", "/rds databases/orders-?/is_cluster_writer"),
    ),
    "instance stopped": Kind(
        f"/failover run instance {{}} --how stop --anyway {TIMES}",
        two_that_run,
        stays=("*/launch_time", "*/public_ip"),
    ),
    "instance terminated": Kind(
        f"/failover run instance {{}} --how terminate --anyway {TIMES}", two_that_run, gone=True
    ),
    "latency": Kind(f"/failover run latency tag:service=web --delay 200ms {TIMES}", two_that_run),
    "loss": Kind(f"/failover run loss tag:service=web --loss 10% {TIMES}", two_that_run),
    "bucket": Kind(f"/failover run bucket shop-files --role shop {TIMES}", a_bucket),
    "bucket without a policy": Kind(f"/failover run bucket shop-files --role shop {TIMES}", a_bare_bucket),
    "region": Kind(f"/failover run region {NAME} --to oregon --stages 20,100 {TIMES}", a_name),
    "region to stay": Kind(
        f"/failover run region {NAME} --to oregon --stages 20,100 --stay {TIMES}",
        a_name,
        stays=("/route53 zones/*/weight",),
    ),
    "experiment": Kind(
        f"/failover run experiment friday {TIMES}", a_zone_and_instances, parts={"friday": FRIDAY}
    ),
}
