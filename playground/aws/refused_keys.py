"""The keys that KMS refuses: those of the volumes of instances that may not start."""

from collections.abc import Iterator
from typing import Any

from moto.backends import get_backend

from playground.aws.trail import TrailEvent

_OPERATIONS = ("Decrypt", "GenerateDataKeyWithoutPlaintext", "CreateGrant")


def keys_of(backend: Any, instance_id: str) -> dict[str, str]:
    """Return the keys of an instance's encrypted volumes, by volume."""
    attached = (
        one
        for one in backend.volumes.values()
        if one.attachment and one.attachment.instance.id == instance_id
    )
    return {one.id: one.kms_key_id for one in attached if one.kms_key_id}


def refused_keys(account: str, refused: set[str]) -> Iterator[str]:
    """Yield the ARNs of the keys that these instances of the account cannot use."""
    for backend in get_backend("ec2")[account].values():
        for instance_id in refused:
            yield from keys_of(backend, instance_id).values()


def denied(backend: Any, instance_id: str, caller: str) -> Iterator[TrailEvent]:
    """Yield what the trail says of a start that KMS refused: the first grant that was denied."""
    for volume, key in list(keys_of(backend, instance_id).items())[:1]:
        yield TrailEvent(
            backend.account_id,
            backend.region_name,
            "CreateGrant",
            "kms.amazonaws.com",
            caller,
            (key,),
            f"User: {caller} is not authorized to perform: kms:CreateGrant on resource: {key} "
            "because no identity-based policy allows the kms:CreateGrant action",
            request={
                "keyId": key,
                "operations": list(_OPERATIONS),
                "granteePrincipal": (
                    f"arn:aws:sts::{backend.account_id}:assumed-role/aws:ec2-infrastructure/{instance_id}"
                ),
                "constraints": {"encryptionContextSubset": {"aws:ebs:id": volume}},
            },
        )
