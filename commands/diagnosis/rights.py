"""Whether a caller may use a KMS key for an instance's volumes, and which side says no.  Pure.

Source: "Determining access to AWS KMS keys" (KMS developer guide): a key of the caller's own account is open
to whom its policy names, to a grant, or, where the policy leaves it to the account, to whom IAM allows it;
a key of another account needs both.  What a start needs: "Amazon EBS encryption", EBS user guide.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from aws.iam import ALLOWED, Verdict
from aws.kms import Grant, Key
from commands.diagnosis.key_policy import Request, Says, says

CREATE_GRANT, DECRYPT = "kms:CreateGrant", "kms:Decrypt"
NEEDED = (CREATE_GRANT, DECRYPT)
"""What whoever starts an instance must be allowed to on the keys of its volumes."""


class Right(StrEnum):
    """What comes out of policies, grants and the key's policy together."""

    ALLOWED = "allowed"
    IAM_SILENT = "iam silent"  # no policy of the caller allows it
    IAM_DENIES = "iam denies"  # one denies it
    ORGANIZATION = "organization"  # a service control policy denies it
    KEY_SILENT = "key silent"  # the key's policy neither names the caller nor leaves it to the account
    KEY_DENIES = "key denies"
    UNKNOWN = "unknown"  # something that decides could not be read


@dataclass(frozen=True, slots=True)
class KeyFacts:
    """What was read of one key, for one caller; None: it could not be read."""

    arn: str
    caller: str
    region: str
    key: Key | None
    policy: str | None
    grants: tuple[Grant, ...]
    verdicts: Mapping[str, Verdict] | None  # by action

    @property
    def is_foreign(self) -> bool:
        """Whether it is a key of another account, which needs the consent of both."""
        return self.arn.split(":")[4] != self.caller.split(":")[4]

    def right(self, action: str) -> Right:
        """Whether the caller may do this with the key."""
        verdict = self.verdicts.get(action) if self.verdicts is not None else None
        said = self._said(action)
        denied = _denied(verdict, said)
        if denied is not None:
            return denied
        granted = any(action.partition(":")[2] in one.operations for one in self.grants)
        if granted or (said is Says.ALLOWS and not self.is_foreign):
            return Right.ALLOWED
        if said is Says.NOTHING:
            return Right.KEY_SILENT
        if verdict is not None and verdict.decision != ALLOWED:
            return Right.IAM_SILENT
        return Right.UNKNOWN if verdict is None or said is Says.UNCLEAR else Right.ALLOWED

    def missing(self) -> dict[str, Right]:
        """The actions that a start needs and the caller has not, each with who says no."""
        rights = {action: self.right(action) for action in NEEDED}
        return {action: right for action, right in rights.items() if right not in _GOOD}

    def is_sure(self) -> bool:
        """Whether everything that decides could be read."""
        if self.key is None:
            return False
        return self.key.by_aws or Right.UNKNOWN not in {self.right(action) for action in NEEDED}

    def _said(self, action: str) -> Says:
        if self.policy is None:
            return Says.UNCLEAR
        return says(self.policy, Request(action, self.caller, f"ec2.{self.region}.amazonaws.com"))


_GOOD = {Right.ALLOWED, Right.UNKNOWN}


def _denied(verdict: Verdict | None, said: Says) -> Right | None:
    """A deny goes before everything else, wherever it stands."""
    if verdict is not None and verdict.by_organization:
        return Right.ORGANIZATION
    if verdict is not None and verdict.decision == "explicitDeny":
        return Right.IAM_DENIES
    return Right.KEY_DENIES if said is Says.DENIES else None
