"""The bell: a commit that leaves work behind wakes whoever does that work, and nobody else."""

import threading
from enum import StrEnum


class Topic(StrEnum):
    """What there may be to do."""

    WORK = "work"  # an operation wants to be looked at
    WAITS = "waits"  # something is awaited of AWS
    MAIL = "mail"  # a message wants to be sent


class Bell:
    """Wakes whoever waits for work; each waits with an ear of its own, so that nobody takes another's."""

    def __init__(self) -> None:
        """Silent."""
        self._ears: list[Ear] = []

    def ear(self, *topics: Topic) -> "Ear":
        """An ear for one thread; without topics it hears them all."""
        heard = Ear(self, frozenset(topics or Topic))
        self._ears.append(heard)
        return heard

    def ring(self, *topics: Topic) -> None:
        """There may be work about these; without topics, about anything."""
        for ear in self._ears:
            if not topics or ear.topics.intersection(topics):
                ear.rung.set()


class Ear:
    """One thread's way to hear the bell."""

    def __init__(self, bell: Bell, topics: frozenset[Topic]) -> None:
        """Nothing heard yet."""
        self._bell = bell
        self.topics = topics
        self.rung = threading.Event()

    def ring(self) -> None:
        """Ring for everybody who hears the same."""
        self._bell.ring(*self.topics)

    def wait(self, seconds: float) -> None:
        """Return when it was rung since the last time, or after so many seconds."""
        self.rung.wait(seconds)
        self.rung.clear()
