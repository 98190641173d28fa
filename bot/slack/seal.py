"""Tokens as they are stored: sealed with the app's client secret, without which they are of no use anyway."""

import base64
import hashlib
import json
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from bot.slack.exchange import Pair

NONCE = 12  # bytes, as AES-GCM wants it (NIST SP 800-38D)


class OtherSecret(Exception):
    """It was sealed with another client secret."""


class Seal:
    """Seals and opens with one client secret."""

    def __init__(self, client_secret: str) -> None:
        key = HKDF(SHA256(), 32, None, b"toban: Slack's pair of tokens").derive(client_secret.encode())
        self._aead = AESGCM(key)

    def close(self, pair: Pair) -> str:
        """As text."""
        nonce = os.urandom(NONCE)
        sealed = self._aead.encrypt(nonce, json.dumps([pair.access, pair.refresh]).encode(), None)
        return base64.b64encode(nonce + sealed).decode()

    def open(self, sealed: str) -> Pair:
        """The pair.  Raises OtherSecret."""
        whole = base64.b64decode(sealed)
        try:
            access, refresh = json.loads(self._aead.decrypt(whole[:NONCE], whole[NONCE:], None))
        except InvalidTag:
            raise OtherSecret from None
        return Pair(access, refresh)


def digest(refresh: str) -> str:
    """What a refresh token is known by afterwards."""
    return hashlib.sha256(refresh.encode()).hexdigest()
