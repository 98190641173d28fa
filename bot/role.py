"""Which part of toban a process is; on a PostgreSQL there may be any number of each."""

from enum import StrEnum


class Role(StrEnum):
    """What a process does."""

    ALL = "all"  # everything
    FRONT = "front"  # only Slack's door: what people type and click, forms, the home tab
    WORKER = "worker"  # everything else: operations, messages, mail, the clock, events, failure tests

    @property
    def listens(self) -> bool:
        """Whether Slack's deliveries come in here."""
        return self is not Role.WORKER

    @property
    def works(self) -> bool:
        """Whether operations are carried out here, and the duty is contested."""
        return self is not Role.FRONT
