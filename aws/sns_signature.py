"""Whether a message that claims to be of SNS is: its signature, by a certificate of Amazon's.

Source: "Verifying the signatures of Amazon SNS messages" (Amazon SNS developer guide).
"""

import base64
import binascii
import re
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import lru_cache
from http.client import HTTPException
from typing import Any
from urllib.request import urlopen

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA1, SHA256, HashAlgorithm

from aws.forged import Forged

SECONDS = 5  # to fetch a certificate
LARGEST = 20_000  # bytes of one
_URL = re.compile(
    r"https://sns\.[a-z0-9-]{3,30}\.amazonaws\.com(?:\.cn)?/SimpleNotificationService-[0-9a-f]{16,64}\.pem"
)
_SIGNED = ("Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type")
_HASHES: Mapping[str, Callable[[], HashAlgorithm]] = {"1": SHA1, "2": SHA256}
"""By the version of the signature; a topic that says nothing signs with the first."""

Fetch = Callable[[str], bytes]


def verify(message: Mapping[str, Any], now: datetime, fetch: Fetch | None = None) -> None:
    """Raise Forged for a notification that SNS has not signed.

    Raises OSError when the certificate cannot be fetched: then nobody knows, and it should be tried again.
    """
    kind = _HASHES.get(str(message.get("SignatureVersion", "")))
    if kind is None:
        raise Forged("its signature has no known version")
    url = str(message.get("SigningCertURL", ""))
    if not _URL.fullmatch(url):
        raise Forged("its certificate is not at SNS's own address")
    try:
        signature = base64.b64decode(str(message.get("Signature", "")), validate=True)
        certificate = x509.load_pem_x509_certificate((fetch or fetched)(url))
        key = certificate.public_key()
    except (binascii.Error, UnsupportedAlgorithm, ValueError) as error:
        raise Forged("its signature or certificate cannot be read") from error
    if not isinstance(key, rsa.RSAPublicKey):
        raise Forged("its certificate is of another kind than SNS has")
    if not certificate.not_valid_before_utc <= now <= certificate.not_valid_after_utc:
        raise Forged("its certificate has expired")
    try:
        key.verify(signature, signed(message), padding.PKCS1v15(), kind())
    except InvalidSignature as error:
        raise Forged("its signature does not fit what it says") from error


def signed(message: Mapping[str, Any]) -> bytes:
    """The text that a notification's signature is of."""
    lines = [f"{name}\n{message[name]}\n" for name in _SIGNED if message.get(name) is not None]
    return "".join(lines).encode(errors="replace")


@lru_cache(maxsize=32)
def fetched(url: str) -> bytes:
    """A certificate of Amazon's, fetched once.  Raises OSError."""
    try:
        with urlopen(url, timeout=SECONDS) as answer:  # noqa: S310 - only https to Amazon's host comes here
            read: bytes = answer.read(LARGEST)
    except HTTPException as error:
        raise OSError(f"an answer that is none: {type(error).__name__}") from error
    return read
