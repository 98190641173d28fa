"""Where the AWS console shows what: pure, a line for each kind of resource that a plan may name.

The addresses are those that the console itself shows.  Each partition has its own domain ("AWS service
endpoints", AWS General Reference).  A link opens in whichever account somebody is signed in to; the access
portal's links choose the account first ("Creating shortcut links to AWS Management Console destinations",
IAM Identity Center user guide).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import quote

_EC2, _VPC = "ec2/home?region={region}#", "vpcconsole/home?region={region}#"
_CLOUDWATCH = "cloudwatch/home?region={region}#"

PAGES: Mapping[str, str] = {
    "address": f"{_EC2}ElasticIpDetails:AllocationId={{id}}",
    "alarm": f"{_CLOUDWATCH}alarmsV2:alarm/{{id}}",
    "auto-scaling-group": f"{_EC2}AutoScalingGroupDetails:id={{id}}",
    "bucket": "s3/buckets/{id}?region={region}",
    "cache": "elasticache/home?region={region}#/redis/{id}",
    "canary": f"{_CLOUDWATCH}synthetics:canary/detail/{{id}}",
    "command": "systems-manager/run-command/{id}?region={region}",
    "dashboard": f"{_CLOUDWATCH}dashboards/dashboard/{{id}}",
    "database": "rds/home?region={region}#database:id={id};is-cluster=false",
    "database-cluster": "rds/home?region={region}#database:id={id};is-cluster=true",
    "image": f"{_EC2}ImageDetails:imageId={{id}}",
    "instance": f"{_EC2}InstanceDetails:instanceId={{id}}",
    "load-balancer": f"{_EC2}LoadBalancers:search={{id}}",
    "network-acl": f"{_VPC}NetworkAclDetails:networkAclId={{id}}",
    "network-interface": f"{_EC2}NetworkInterface:networkInterfaceId={{id}}",
    "security-group": f"{_EC2}SecurityGroup:groupId={{id}}",
    "snapshot": f"{_EC2}SnapshotDetails:snapshotId={{id}}",
    "subnet": f"{_VPC}SubnetDetails:subnetId={{id}}",
    "volume": f"{_EC2}VolumeDetails:volumeId={{id}}",
    "vpc": f"{_VPC}VpcDetails:VpcId={{id}}",
}
"""By a target's type, with {region} and {id} to fill in."""

WITHOUT = frozenset({"drill", "gate", "metric", "record", "timer", "topic"})
"""Kinds without a page of their own: toban's own, and what a page finds only by more than its name."""

_PREFIXES = {
    "acl": "network-acl",
    "ami": "image",
    "eipalloc": "address",
    "eni": "network-interface",
    "i": "instance",
    "sg": "security-group",
    "snap": "snapshot",
    "subnet": "subnet",
    "vol": "volume",
    "vpc": "vpc",
}
_ID = re.compile(rf"({'|'.join(_PREFIXES)})-[0-9a-f]{{1,17}}")
_SKY = r"(?:central|north|south|(?:north|south)?(?:east|west))"
REGION = re.compile(rf"[a-z]{{2,4}}(?:-[a-z]+)?-{_SKY}-[1-9]")
"""Such as ap-northeast-1 or us-gov-west-1."""
_DOMAINS = {"cn-": "amazonaws.cn", "us-gov-": "amazonaws-us-gov.com"}
_NAME = re.compile(r"[\w .:/@+=()\[\]-]{1,255}", re.ASCII)


def kind_of(id_: str) -> str:
    """What an id names by its first letters; "" for what is no id of these."""
    found = _ID.fullmatch(id_)
    return _PREFIXES[found[1]] if found else ""


def address(kind: str, id_: str, region: str) -> str:
    """Where the console shows a resource; "" for what has no page, or a name that no link can carry."""
    page = PAGES.get(kind, "")
    if not page or not REGION.fullmatch(region) or not _NAME.fullmatch(id_):
        return ""
    domain = next((name for start, name in _DOMAINS.items() if region.startswith(start)), "aws.amazon.com")
    return f"https://{region}.console.{domain}/{page.format(region=region, id=quote(id_, safe=''))}"


@dataclass(frozen=True, slots=True)
class Console:
    """How people get there: straight, or by the access portal, which signs them in to the right account."""

    portal: str = ""  # such as https://d-1234567890.awsapps.com/start; "" is straight
    role: str = ""  # the permission set to sign in with; "": the portal asks
    accounts: Mapping[str, str] = field(default_factory=dict)  # name -> twelve digits

    def link(self, kind: str, id_: str, account: str, region: str) -> str:
        """The address to put behind a resource's name; "" when there is none."""
        url, digits = address(kind, id_, region), self.accounts.get(account, "")
        if not (url and self.portal and digits):
            return url
        role = f"&role_name={quote(self.role, safe='')}" if self.role else ""
        return f"{self.portal}/#/console?account_id={digits}{role}&destination={quote(url, safe='')}"
