"""What must be there before stories of instances: one that may have another type, one to be isolated."""

from datetime import timedelta

from commands.changes import isolation
from playground.aws.server import LocalAws
from tests.scenarios.conftest import ACCOUNT, TOKYO, run_instances

CHANGES = (
    "TerminateInstances",
    *("RebootInstances", "ModifyInstanceAttribute"),
    *("CreateSecurityGroup", "RevokeSecurityGroupEgress", "ModifyNetworkInterfaceAttribute"),
    *("CreateTags", "DeleteTags"),
)


def one_that_may_grow(aws: LocalAws) -> str:
    """An m5.large of an image with every driver; returns its id."""
    (key,) = run_instances(aws, 1, {"env": "dev"})
    there = aws.backend("ec2", ACCOUNT, TOKYO).get_instance(key)
    there.instance_type, there.ena_support, there.virtualization_type = "m5.large", True, "hvm"
    return key


def one_that_is_suspect(aws: LocalAws) -> str:
    """An instance with the security group that it was launched with; returns its id."""
    (key,) = run_instances(aws, 1, {"env": "dev"})
    return key


def one_to_break(aws: LocalAws) -> str:
    """An instance that a failure test may break, which has run for an hour; returns its id."""
    (key,) = run_instances(aws, 1, {"env": "dev", "toban:chaos": "allowed"})
    aws.backend("ec2", ACCOUNT, TOKYO).get_instance(key).launch_time -= timedelta(hours=1)
    return key


def one_that_is_isolated(aws: LocalAws) -> str:
    """An instance whose interface lets nothing through, with a note of what it had; returns its id."""
    (key,) = run_instances(aws, 1, {"env": "dev"})
    ec2, backend = aws.client("ec2", account=ACCOUNT, region=TOKYO), aws.backend("ec2", ACCOUNT, TOKYO)
    (eni,) = (one for one in backend.enis.values() if one.instance.id == key)
    gate = ec2.create_security_group(
        GroupName=isolation.GROUP,
        Description="as toban makes it",
        VpcId=eni.vpc_id,
        TagSpecifications=[
            {"ResourceType": "security-group", "Tags": [{"Key": isolation.MARK, "Value": "yes"}]}
        ],
    )["GroupId"]
    (shown,) = ec2.describe_security_groups(GroupIds=[gate])["SecurityGroups"]
    ec2.revoke_security_group_egress(GroupId=gate, IpPermissions=shown["IpPermissionsEgress"])
    had = [one.id for one in eni.group_set]
    noted = [{"Key": name, "Value": value} for name, value in isolation.notes({eni.id: had}).items()]
    ec2.create_tags(Resources=[key], Tags=noted)
    ec2.modify_network_interface_attribute(NetworkInterfaceId=eni.id, Groups=[gate])
    return key


def there(aws: LocalAws) -> dict[str, object]:
    """Security groups of interfaces by their names, and how many rules our own have; notes on instances."""
    backend = aws.backend("ec2", ACCOUNT, TOKYO)
    groups = [one for of_vpc in backend.groups.values() for one in of_vpc.values()]
    ours = [one for one in groups if one.name == isolation.GROUP]
    return {
        "through": sorted(sorted(one.name for one in eni.group_set) for eni in backend.enis.values()),
        "gates": sorted(len(one.ingress_rules) + len(one.egress_rules) for one in ours),
        "noted": sorted(
            sum(tag["key"].startswith(isolation.NOTED) for tag in one.get_tags())
            for one in backend.all_instances()
        ),
    }
