"""What must be there before stories of instances: one that runs and may have another type."""

from playground.aws.server import LocalAws
from tests.scenarios.conftest import ACCOUNT, TOKYO, run_instances

CHANGES = ("RebootInstances", "ModifyInstanceAttribute")


def one_that_may_grow(aws: LocalAws) -> str:
    """An m5.large of an image with every driver; returns its id."""
    (key,) = run_instances(aws, 1, {"env": "dev"})
    there = aws.backend("ec2", ACCOUNT, TOKYO).get_instance(key)
    there.instance_type, there.ena_support, there.virtualization_type = "m5.large", True, "hvm"
    return key
