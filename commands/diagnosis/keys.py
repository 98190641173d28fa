"""Read what decides about a KMS key, once for each key and caller."""

from aws import iam, kms
from aws.account import Place
from aws.iam import Verdict
from bot.command import World
from bot.words import words
from commands.diagnosis.looking import Looking
from commands.diagnosis.rights import CREATE_GRANT, NEEDED, KeyFacts

READS = ("iam:SimulatePrincipalPolicy", "kms:DescribeKey", "kms:GetKeyPolicy", "kms:ListGrants")


def read(world: World, look: Looking, arn: str, who: str) -> KeyFacts:
    """State, policy, grants and what IAM says; what cannot be read is noted on `look`."""
    keys = kms.client(world.aws, look.place)
    key = look.maybe(words("the key {key}", key=arn), lambda: kms.describe(keys, arn))
    if not who or (key is not None and key.by_aws):
        return KeyFacts(arn, who, look.place.region, key, None, (), None)
    policy = look.maybe(words("the policy of the key {key}", key=arn), lambda: kms.policy(keys, arn))
    granted = look.maybe(
        words("the grants of the key {key}", key=arn), lambda: tuple(kms.grants(keys, arn, who))
    )
    verdicts = look.maybe(
        words("what {who} may do", who=who), lambda: _simulated(world, look.place, who, arn)
    )
    return KeyFacts(arn, who, look.place.region, key, policy, granted or (), verdicts)


def _simulated(world: World, place: Place, who: str, arn: str) -> dict[str, Verdict]:
    """What IAM says of each action; a grant is asked for as EC2 asks, for an AWS resource."""
    client = iam.client(world.aws, place)
    via: dict[str, str | bool] = {"kms:ViaService": f"ec2.{place.region}.amazonaws.com"}
    granting = iam.simulate(client, who, [CREATE_GRANT], arn, {**via, "kms:GrantIsForAWSResource": True})
    others = iam.simulate(client, who, [one for one in NEEDED if one != CREATE_GRANT], arn, via)
    return {one.action: one for one in (*granting, *others)}
