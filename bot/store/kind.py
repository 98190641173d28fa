"""What is different between the databases that can keep toban's state: `sqlite.py` and `postgresql.py`."""

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from sqlalchemy import Engine
from sqlalchemy.engine import URL


class Kind(Protocol):
    """One of the two modules."""

    @property
    def BEGIN(self) -> str:  # noqa: N802 - a module's constant
        """What begins a transaction that writes: from there on nobody else does."""

    @property
    def OPTIONS(self) -> Mapping[str, Any]:  # noqa: N802 - as above
        """Of the engine."""

    @property
    def WRITING(self) -> Mapping[str, Any]:  # noqa: N802 - as above
        """Of the connection that writes."""

    def hold(self, url: URL) -> Callable[[], None]:
        """Make sure that we may open it; returns what lets go of it."""

    def prepare(self, engine: Engine) -> None:
        """Set up its connections and transactions."""
