"""SNS's part: a key and a certificate of one's own, and notifications that are signed with it."""

import base64
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.hashes import SHA1, SHA256
from cryptography.hazmat.primitives.serialization import Encoding

from aws.sns_signature import signed

NOW = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
DAY = timedelta(days=1)
URL = f"https://sns.ap-northeast-1.amazonaws.com/SimpleNotificationService-{'0a' * 16}.pem"
TOPIC = "arn:aws:sns:ap-northeast-1:123456789012:alarms"
_NAME = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "sns.amazonaws.com")])


@cache
def key() -> rsa.RSAPrivateKey:
    """Made once: it takes longer than all that is signed with it."""
    return rsa.generate_private_key(65537, 2048)


@cache
def pem(days: int = 365, *, elliptic: bool = False) -> bytes:
    """A certificate that holds from yesterday on, for so many days."""
    made = ec.generate_private_key(ec.SECP256R1()) if elliptic else key()
    builder = (
        x509.CertificateBuilder()
        .subject_name(_NAME)
        .issuer_name(_NAME)
        .public_key(made.public_key())
        .serial_number(1)
        .not_valid_before(NOW - DAY)
        .not_valid_after(NOW - DAY + days * DAY)
    )
    return builder.sign(made, SHA256()).public_bytes(Encoding.PEM)


def notification(message: str = "it rings", version: str = "1", **more: Any) -> dict[str, Any]:
    """A notification as SNS leaves it in a queue, without its signature."""
    return {
        "Type": "Notification",
        "MessageId": "22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324",
        "TopicArn": TOPIC,
        "Message": message,
        "Timestamp": "2026-11-21T02:59:58.123Z",
        "SignatureVersion": version,
        "SigningCertURL": URL,
        "UnsubscribeURL": "https://sns.ap-northeast-1.amazonaws.com/?Action=Unsubscribe",
        **more,
    }


def sign(message: Mapping[str, Any]) -> dict[str, Any]:
    """The same with SNS's signature, by the hash of its version."""
    hashed = SHA256() if message["SignatureVersion"] == "2" else SHA1()
    signature = key().sign(signed(message), padding.PKCS1v15(), hashed)
    return {**message, "Signature": base64.b64encode(signature).decode()}
