"""The KMS keys of an instance's volumes that Auto Scaling may not use: its group would launch nothing.

Source: "Required AWS KMS key policy for use with encrypted volumes" (Amazon EC2 Auto Scaling user guide).
"""

from collections.abc import Sequence

from aws import kms, volume
from aws.account import Place
from aws.errors import AwsError
from bot.command import World

READS = ("ec2:DescribeVolumes", "kms:DescribeKey", "kms:GetKeyPolicy", "kms:ListGrants")
ROLE = "AWSServiceRoleForAutoScaling"
"""By which groups launch, unless they are told another."""


def closed(world: World, place: Place, instance_ids: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """For each of these instances, the keys of its volumes that nobody gave to Auto Scaling, as far as seen.

    A key that toban may not look at counts as closed.  Raises AwsError when volumes cannot be listed.
    """
    of: dict[str, tuple[str, ...]] = {}
    known: dict[str, bool] = {}
    for one in volume.find(world.aws.ec2(place), instance_ids=instance_ids):
        key = one.kms_key_id
        if not one.encrypted or not key or key in of.get(one.instance_id, ()):
            continue
        if key not in known:
            known[key] = _is_open(world, place, key)
        if not known[key]:
            of[one.instance_id] = (*of.get(one.instance_id, ()), key)
    return of


def _is_open(world: World, place: Place, key: str) -> bool:
    """Whether the key is AWS's own, or its policy or a grant names the role."""
    client, account = kms.client(world.aws, place), world.aws.config(place.account).id
    role = f"arn:aws:iam::{account}:role/aws-service-role/autoscaling.amazonaws.com/{ROLE}"
    try:
        if kms.describe(client, key).by_aws or ROLE in kms.policy(client, key):
            return True
        return any("CreateGrant" in one.operations for one in kms.grants(client, key, role))
    except AwsError:
        return False
