"""A way back is not patient: what AWS throttles is asked again within tenths of a second.

botocore's own patience doubles up to 20 s ("Retry behavior", AWS SDKs and Tools Reference Guide), which is
right for everything else.  A fault that somebody wants to end is a few calls, and the others can wait.
Only a request that was throttled is sent again here: AWS says that nothing was done.
"""

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from aws.codes import Meaning, meaning
from aws.pace import is_way_back

PAUSES = (0.1, 0.2, 0.3, 0.4, 0.5, 0.5)
"""Seconds before each time that a request is sent again; then it is an answer, and toban comes back to it."""


class Events(Protocol):
    """The part of botocore's event emitter used here."""

    def register(self, event_name: str, handler: Callable[..., None]) -> object:
        """Call the handler whenever the event is emitted."""


def watch(events: Events) -> None:
    """Let every request of a client that puts something back be sent again soon, while AWS throttles it."""
    events.register("needs-retry", _pause)  # type: ignore[arg-type] # its stubs know no answer


def _pause(response: tuple[object, Mapping[str, Any]] | None, attempts: int, **_: object) -> float | None:
    """How long until it is sent again; None: not at all."""
    if response is None or not is_way_back() or attempts > len(PAUSES):
        return None
    error = response[1].get("Error", {})
    if not error:
        return None
    status = int(response[1].get("ResponseMetadata", {}).get("HTTPStatusCode", 0))
    means = meaning(str(error.get("Code", "")), status, str(error.get("Message", "")))
    return PAUSES[attempts - 1] if means is Meaning.THROTTLED else None
