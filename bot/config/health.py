"""The table ``[health]``: from what TOML gives to where the pages are served, or a `Mistake`."""

from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

from bot.config.mistakes import Mistake, quoted
from bot.words import words


@dataclass(frozen=True, slots=True)
class Listen:
    """Where something listens."""

    host: str  # an address, never a name: it must not depend on a name server
    port: int

    def __str__(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


HERE = Listen("127.0.0.1", 8085)
"""Where nobody but this machine can ask."""


def read_listen(value: object) -> Listen:
    """An address and a port: ``127.0.0.1:8085``, ``[::1]:8085``."""
    try:
        return _listen(value if isinstance(value, str) else "")
    except ValueError:  # no address, no port, or more than these
        why = words(
            "“{listen}” is no address and port to listen at; write 127.0.0.1:8085.", listen=quoted(value)
        )
        raise Mistake(why) from None


def _listen(text: str) -> Listen:
    """Raises ValueError for what cannot be one."""
    parts = urlsplit(f"//{text}")
    if not parts.port or parts.netloc != text or "@" in text:
        raise ValueError(text)
    return Listen(str(ip_address(parts.hostname or "")), parts.port)
