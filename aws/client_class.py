"""One class for all clients of a service, whatever their account and region.

botocore makes a class of several hundred methods anew for each client, for EC2 of more than a million bytes,
though they are the same: each method only hands its name on to the client.
"""

from typing import Any

from botocore.client import BaseClient
from botocore.hooks import BaseEventHooks


class Classes:
    """The classes that were made, by service.  Whoever makes clients holds a lock meanwhile."""

    def __init__(self) -> None:
        """None is made yet."""
        self._made: dict[str, type] = {}

    def register(self, events: BaseEventHooks) -> None:
        """Be asked, after everybody else, whenever botocore is about to make a class."""
        events.register_last("creating-client-class", self._share)

    def _share(
        self, class_attributes: dict[str, Any], base_classes: list[type], event_name: str, **_: object
    ) -> None:
        """Let the new class have nothing of its own, and inherit the first one of its service."""
        service = event_name.rpartition(".")[2]
        if service not in self._made:
            self._made[service] = type(service, tuple(base_classes), dict(class_attributes))
        class_attributes.clear()
        base_classes[:] = [self._made[service]]


def forget_operations(client: BaseClient) -> None:
    """Let go of the descriptions of all operations, which were read for the docstrings of the class.

    botocore keeps them by the client, and reads one again when it is called; there is no public way to them,
    so that nothing is let go where botocore keeps them elsewhere.
    """
    vars(client.meta.service_model).get("_instance_cache", {}).clear()
