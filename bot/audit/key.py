"""The key of the chain: without it nobody can rewrite the log so that it still verifies."""

import os
import secrets
from pathlib import Path

LEAST = 32
"""Bytes a key has at least, as many as SHA-256 gives (RFC 2104, section 3)."""


class UnusableKey(Exception):
    """The key of the audit log cannot be used; the message says what to do."""


def from_setting(text: str) -> bytes:
    """The key as a setting holds it.  Raises UnusableKey when it is too short."""
    return _long_enough(text.strip().encode(), "the audit key")


def from_file(path: Path) -> bytes:
    """The key in this file, which is made at the first start, readable by its owner only.

    Raises UnusableKey when others can read it or when it is too short.
    """
    if not path.exists():
        _make(path)
    if os.name == "posix" and path.stat().st_mode & 0o077:
        raise UnusableKey(f"others can read the audit key: chmod 600 {path}")
    return _long_enough(path.read_bytes().strip(), str(path))


def _make(path: Path) -> None:
    """Write the whole key beside its place, then link it there: whoever is second finds the first one's."""
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_hex(LEAST) + "\n")
            file.flush()
            os.fsync(file.fileno())
        os.link(draft, path)
    except FileExistsError:
        pass  # another process made it in this moment
    finally:
        draft.unlink()


def _long_enough(key: bytes, name: str) -> bytes:
    if len(key) < LEAST:
        raise UnusableKey(f"{name} needs at least {LEAST} characters")
    return key
