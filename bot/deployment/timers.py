"""What the role must be allowed by which AWS itself puts back what a failure test broke.

Its calls are those that are prepared for EventBridge Scheduler, and nothing else (`aws.prepared`).
"""

from collections.abc import Mapping, Sequence
from typing import Any

from aws.account import AccountConfig
from bot.iam.asked import Wish
from bot.iam.document import documents, statements
from bot.iam.ground import ground, tags
from bot.iam.needs import needed
from bot.iam.table import WITH_KEYS
from bot.settings import Settings
from bot.verbs import verbs

WAYS_BACK = (
    "autoscaling:ResumeProcesses",
    "autoscaling:UpdateAutoScalingGroup",
    "ec2:ReplaceNetworkAclAssociation",
    "ec2:StartInstances",
    "route53:ChangeResourceRecordSets",
    "s3:DeleteBucketPolicy",
    "s3:PutBucketPolicy",
)


def timer(settings: Settings, wish: Wish, account: AccountConfig) -> Sequence[Mapping[str, Any]]:
    """The documents of the account's `timer_role`; none where it has no such role.  Raises UsageError."""
    if not account.timer_role:
        return ()
    there = ground(settings, account, tags(wish.tags), wish.keys)
    names = {*WAYS_BACK, *(key for name in WAYS_BACK for key in WITH_KEYS.get(name, ()))}
    every = needed(verbs().verbs.values(), settings, account)
    return documents(statements({name: who for name, who in every.items() if name in names}, there))
