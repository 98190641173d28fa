"""Threads that do what they are given at once; more of them only while those there are have their hands full.

The pool of `concurrent.futures` would keep the process from ending until the last answer has come.
"""

import threading
from collections import deque
from collections.abc import Callable
from queue import SimpleQueue

Job = Callable[[], None]


class Hands:
    """Given to by one thread; a job raises nothing."""

    def __init__(self, most: int) -> None:
        """No thread yet, and at most so many."""
        self._most = most
        self._count = 0
        self._idle: deque[None] = deque()  # one for each thread that waits; its methods are atomic
        self._jobs: SimpleQueue[Job | None] = SimpleQueue()

    def give(self, job: Job) -> None:
        """Have it done by whoever is idle, else by a new thread.

        Giving is the last that is done here: whoever wakes wants the interpreter for itself.
        """
        if self._idle:
            self._idle.pop()
        elif self._count < self._most:
            self._count += 1
            threading.Thread(target=self._work, name="probe", daemon=True).start()
        self._jobs.put(job)

    def dismiss(self) -> None:
        """Let each thread end when it has done what is given."""
        for _ in range(self._count):
            self._jobs.put(None)

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            job()
            self._idle.append(None)
