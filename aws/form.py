"""The form in which EC2 is asked, written once and fast.

botocore writes it twice, to sign it and to send it, and looks at every name and value of it for what must be
quoted.  In a request about hundreds of ids that takes as long as reading the answer, and nothing needs it.
"""

import re
from collections.abc import Callable
from typing import Any, Protocol
from urllib.parse import urlencode

_AS_IT_IS = re.compile(r"[A-Za-z0-9_.~-]*")  # what `urlencode` leaves alone


class Request(Protocol):
    """The part of botocore's request used here."""

    data: Any


class Events(Protocol):
    """The part of botocore's event emitter used here."""

    def register_first(self, event_name: str, handler: Callable[..., None]) -> object:
        """Call the handler whenever the event is emitted, before all that do not come first."""


def watch(events: Events) -> None:
    """Write the form of each request of a client of EC2 before it is signed.

    Whoever reads the request's parameters is registered before.
    """
    events.register_first("request-created.ec2", _write)


def _write(request: Request, **_: object) -> None:
    if isinstance(request.data, dict):
        request.data = written(request.data)


def written(form: dict[str, Any]) -> bytes:
    """What botocore would send."""
    if all(type(value) is str for value in form.values()):
        plain = "".join(form) + "".join(form.values())
        if _AS_IT_IS.fullmatch(plain):
            return "&".join([f"{name}={value}" for name, value in form.items()]).encode()
    return urlencode(form, doseq=True).encode()
