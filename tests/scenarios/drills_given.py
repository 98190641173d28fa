"""What stories of failure tests begin with, and what there is of it afterwards."""

from playground.aws.server import LocalAws
from tests.scenarios.conftest import ACCOUNT, TOKYO

CHANGES = ("DeleteNetworkAcl", "DeleteSecurityGroup", "TerminateInstances")


def what_a_drill_left(aws: LocalAws) -> str:
    """A network ACL of a drill that nobody knows any more."""
    ec2 = aws.client("ec2", account=ACCOUNT, region=TOKYO)
    tags = [{"Key": "toban:kind", "Value": "deny-acl"}, {"Key": "toban:operation", "Value": "7"}]
    ec2.create_network_acl(
        VpcId=ec2.describe_vpcs()["Vpcs"][0]["VpcId"],
        TagSpecifications=[{"ResourceType": "network-acl", "Tags": tags}],
    )
    return ""


def there(aws: LocalAws) -> dict[str, object]:
    """How many network ACLs, by moto's state."""
    return {"acls": len(aws.backend("ec2", ACCOUNT, TOKYO).network_acls)}
