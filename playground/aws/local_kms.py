"""KMS as AWS answers it: every key that a volume is encrypted with is there."""

from collections.abc import Callable
from typing import Any

from moto.backends import get_backend
from moto.kms.responses import KmsResponse

from playground.aws.kms import default_key
from playground.aws.times import Times


class LocalKms(KmsResponse):
    """moto's keys, and those that EC2's volumes of the place name."""

    @property
    def kms_backend(self) -> Any:
        """Return moto's state of the account and region of the request, with the volumes' keys in it."""
        backend, ec2 = super().kms_backend, get_backend("ec2")[self.current_account][self.region]
        named = {one.kms_key_id for one in ec2.volumes.values() if one.kms_key_id}
        for arn in sorted(named | {default_key(ec2)}):
            key_id = arn.rpartition("/")[2]
            if key_id not in backend.keys and f":{self.current_account}:" in arn:
                _make(backend, key_id, arn, is_managed=arn == default_key(ec2))
        return backend


def _make(backend: Any, key_id: str, arn: str, *, is_managed: bool) -> None:
    words = "Default key that protects EBS volumes" if is_managed else "Volumes of this account"
    made = backend.create_key(None, "ENCRYPT_DECRYPT", "SYMMETRIC_DEFAULT", words, None)
    del backend.keys[made.id]
    made.id, made.arn = key_id, arn
    made.key_manager = "AWS" if is_managed else "CUSTOMER"
    backend.keys[key_id] = made


def dispatcher(_times: Times) -> Callable[..., Any]:
    """Return the view for KMS's one URL."""
    view: Callable[..., Any] = LocalKms.dispatch
    return view
