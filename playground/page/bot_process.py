"""The bot as users run it, in a process of its own: started, stopped, killed and started again."""

import os
import signal
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Mapping, Sequence
from enum import StrEnum
from pathlib import Path

BOT = (sys.executable, "-m", "bot", "run")
LINES = 200  # of what it wrote


class Doing(StrEnum):
    """What the bot is doing, as far as one sees from outside."""

    WAITING = "waiting"  # nobody started it yet
    STARTING = "starting"  # it runs, and is not connected
    RUNNING = "running"  # it is connected
    STOPPING = "stopping"  # it was asked to stop
    STOPPED = "stopped"  # it was asked to, and did
    KILLED = "killed"
    FAILED = "failed"  # it ended by itself


_ENDS: Mapping[int, Doing] = {signal.SIGTERM: Doing.STOPPED, signal.SIGKILL: Doing.KILLED}


class BotProcess:
    """One bot at a time, over one folder; what it knows outlives it there.  Safe from many threads."""

    def __init__(self, folder: Path, program: Sequence[str] = BOT) -> None:
        """Ready to be told its environment; starts nothing."""
        self.folder, self._program = folder, tuple(program)
        self.environment: Mapping[str, str] = {}
        self._lock = threading.RLock()
        self._process: subprocess.Popen[bytes] | None = None
        self._asked: int = 0  # the signal it was sent

    @property
    def log(self) -> Path:
        """Where everything it writes goes."""
        return self.folder / "bot.log"

    @property
    def log_size(self) -> int:
        """How many bytes it wrote so far."""
        return self.log.stat().st_size if self.log.exists() else 0

    @property
    def pid(self) -> int | None:
        """The number of its process, while there is one."""
        with self._lock:
            return self._process.pid if self._process and self._process.poll() is None else None

    @property
    def code(self) -> int | None:
        """How it ended; None while it runs."""
        with self._lock:
            return self._process.poll() if self._process else None

    def doing(self, connections: int) -> Doing:
        """Return what it is doing, given how many connections it has."""
        with self._lock:
            if self._process is None:
                return Doing.WAITING
            if self._process.poll() is None:
                if self._asked:
                    return Doing.STOPPING
                return Doing.RUNNING if connections else Doing.STARTING
            return _ENDS.get(self._asked, Doing.FAILED)

    def start(self) -> None:
        """Start it, unless it runs."""
        with self._lock:
            if self.pid is not None:
                return
            self._asked = 0
            with self.log.open("ab") as log:
                self._process = subprocess.Popen(
                    self._program,
                    env={**os.environ, **self.environment},
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=subprocess.STDOUT,
                )

    def stop(self) -> None:
        """Ask it to stop, as a deployment does (SIGTERM); returns at once."""
        self._send(signal.SIGTERM)

    def kill(self) -> None:
        """Kill it, as a power cut does (SIGKILL); returns at once."""
        self._send(signal.SIGKILL)

    def end(self, patience: float = 15.0) -> None:
        """Ask it to stop and wait; kill it when that takes longer than `patience` seconds."""
        self.stop()
        if self._process is None:
            return
        try:
            self._process.wait(patience)
        except subprocess.TimeoutExpired:
            self.kill()
            self._process.wait()

    def forget(self) -> None:
        """Let the next one know nothing; only while none runs."""
        for path in self.folder.iterdir():
            path.unlink()

    def last_lines(self) -> list[str]:
        """Return the last lines it wrote."""
        if not self.log.exists():
            return []
        with self.log.open(encoding="utf-8", errors="replace") as log:
            return list(deque(log, LINES))

    def _send(self, number: signal.Signals) -> None:
        with self._lock:
            if self._process is not None and self._process.poll() is None:
                self._asked = number
                self._process.send_signal(number)
