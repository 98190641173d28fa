"""toban's processes: started as users start them, and started again whenever one has died."""

import os
import signal
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

Process = subprocess.Popen[bytes]
LOOK_EVERY = 1.0  # seconds
POLITE = 25.0  # seconds that one has to end in order


@dataclass(slots=True)
class Pause:
    """A time during which a process stood still."""

    name: str
    begin: datetime
    end: datetime | None = None


@dataclass(slots=True)
class Replica:
    """One process, life after life."""

    role: str
    number: int
    life: int = 0
    process: Process | None = None
    asked_to_stop: float | None = None

    @property
    def name(self) -> str:
        """What its requests to AWS carry: who, and which life of it."""
        return f"r{self.number}-{self.life}"


@dataclass
class Replicas:
    """All of them, and whoever starts them again."""

    environ: Mapping[str, str]
    folder: Path
    roles: Sequence[str]
    pauses: list[Pause] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.all = [Replica(role, number) for number, role in enumerate(self.roles)]
        self._lock = threading.RLock()
        self._over = threading.Event()
        self._keeper = threading.Thread(target=self._keep, daemon=True)

    def start(self) -> None:
        """Start them."""
        for one in self.all:
            self._begin(one)
        self._keeper.start()

    def stop(self) -> None:
        """Ask them to end, and wait; whoever does not is killed, and counted."""
        self._over.set()
        self._keeper.join()
        for one in self.all:
            if one.process is not None:
                one.process.terminate()
        for one in self.all:
            if one.process is not None:
                self._wait(one.process)

    def kill(self, one: Replica) -> None:
        """kill -9."""
        self._signal(one, signal.SIGKILL, "kill -9")

    def terminate(self, one: Replica) -> None:
        """Ask it to end in order."""
        self._signal(one, signal.SIGTERM, "SIGTERM")

    def pause(self, one: Replica, seconds: float) -> None:
        """Let it stand still for so long, in the background; nothing, if it does already."""
        with self._lock:
            if any(each.end is None and each.name == one.name for each in self.pauses):
                return
            if self._signal(one, signal.SIGSTOP, f"paused {seconds:g} s"):
                pause = Pause(one.name, datetime.now(UTC))
                self.pauses.append(pause)
                timer = threading.Timer(seconds, self._go_on, (one, pause, one.process))
                timer.daemon = True
                timer.start()

    def wake_all(self) -> None:
        """Let every one go on."""
        for one in self.all:
            if one.process is not None and one.process.poll() is None:
                one.process.send_signal(signal.SIGCONT)

    def kill_all(self) -> None:
        """However the story went, nobody outlives it."""
        self._over.set()
        for one in self.all:
            if one.process is not None and one.process.poll() is None:
                one.process.kill()
                one.process.wait()

    def was_paused(self, name: str, begin: datetime, end: datetime) -> bool:
        """Whether that life stood still at any time between these two moments."""
        return any(
            each.name == name and each.begin <= end and (each.end is None or each.end >= begin)
            for each in self.pauses
        )

    def went_on(self, begin: datetime, end: datetime) -> bool:
        """Whether any process that had stood still went on between these two moments."""
        return any(each.end is not None and begin <= each.end <= end for each in self.pauses)

    def _signal(self, one: Replica, which: signal.Signals, counted: str) -> bool:
        with self._lock:
            if one.process is None or one.process.poll() is not None:
                return False
            one.process.send_signal(which)
            self.counts[counted] += 1
            return True

    def _go_on(self, one: Replica, pause: Pause, process: Process) -> None:
        with self._lock:
            if process.poll() is None:
                process.send_signal(signal.SIGCONT)
            pause.end = datetime.now(UTC)

    def _keep(self) -> None:
        while not self._over.wait(LOOK_EVERY):
            with self._lock:
                for one in self.all:
                    if one.process is not None and one.process.poll() is not None:
                        self.counts["ended with an error"] += one.process.returncode not in (0, -9)
                        self.counts["started again"] += 1
                        self._begin(one)

    def _begin(self, one: Replica) -> None:
        one.life += 1
        environ = {**os.environ, **self.environ, "TOBAN_LOG": "WARNING", "AWS_SDK_UA_APP_ID": one.name}
        with (self.folder / f"replica-{one.number}.log").open("ab") as log:
            command = [sys.executable, "-m", "bot", "run", "--role", one.role]
            one.process = subprocess.Popen(command, env=environ, cwd=self.folder, stderr=log, stdout=log)

    def _wait(self, process: Process) -> None:
        try:
            process.wait(POLITE)
        except subprocess.TimeoutExpired:
            self.counts["did not end in order"] += 1
            process.kill()
            process.wait()
