"""Keys for EBS encryption, as EC2 reads and shows them."""

from typing import Any

from moto.ec2.exceptions import InvalidParameterDependency

from playground.aws.fleet import EBS_KEY, OWN_KEY

DENIED = "Given key ID is not accessible"  # the StateMessage of a copy that may not use its key


def default_key(backend: Any) -> str:
    """Return the ARN of the AWS managed key for EBS in the backend's account and region."""
    return f"arn:aws:kms:{backend.region_name}:{backend.account_id}:key/{EBS_KEY}"


def own_key(backend: Any) -> str:
    """Return the ARN of the key that the account made for its disks in the backend's region."""
    return f"arn:aws:kms:{backend.region_name}:{backend.account_id}:key/{OWN_KEY}"


def key_of_copy(backend: Any, source_is_encrypted: bool, encrypted: bool, key_id: str | None) -> str | None:
    """Return the key of a copy made in this place, or None when the copy is not encrypted.

    A copy of something encrypted is encrypted too; without a key that is the default one of the
    *destination*; a key needs encryption ("CopySnapshot", Amazon EC2 API Reference).
    """
    if key_id and not (encrypted or source_is_encrypted):
        raise InvalidParameterDependency("KmsKeyId", "Encrypted")
    if not encrypted and not source_is_encrypted:
        return None
    return _arn(backend, key_id) if key_id else default_key(backend)


def _arn(backend: Any, key_id: str) -> str:
    if key_id.startswith("arn:"):
        return key_id
    name = key_id if key_id.startswith("alias/") else f"key/{key_id}"
    return f"arn:aws:kms:{backend.region_name}:{backend.account_id}:{name}"
