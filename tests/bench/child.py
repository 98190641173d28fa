"""A process of its own, watched from outside and always ended."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil

ROOT = Path(__file__).parents[2]


class Child:
    """A Python module that runs as a program."""

    def __init__(
        self, module: Sequence[str], environment: Mapping[str, str], log: Path | None, cwd: Path = ROOT
    ) -> None:
        self._name = module[0]
        self._log = log.open("ab") if log else None
        self._process = subprocess.Popen(
            [sys.executable, "-m", *module],
            env=os.environ | environment,
            cwd=cwd,
            stdout=subprocess.PIPE,
            stderr=self._log,
        )
        self._watched = psutil.Process(self._process.pid)

    @property
    def resident_mb(self) -> float:
        """Memory in RAM, in millions of bytes."""
        return float(self._watched.memory_info().rss) / 1e6

    @property
    def cpu_seconds(self) -> float:
        """User and system time used so far."""
        spent = self._watched.cpu_times()
        return float(spent.user + spent.system)

    def says(self) -> Any:
        """The next line it prints, read as JSON.  Raises RuntimeError when it ends instead."""
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError(f"{self._name} ended with {self._process.wait()}")
        return json.loads(line)

    def settle(self, seconds: float = 60.0, quiet: float = 0.05) -> None:
        """Return when it used less than `quiet` of a core for half a second, or when time is up."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            before = self.cpu_seconds
            time.sleep(0.5)
            if self.cpu_seconds - before < quiet * 0.5:
                return

    def end(self) -> None:
        """End it, politely first."""
        self._process.terminate()
        try:
            self._process.wait(15)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        if self._process.stdout:
            self._process.stdout.close()
        if self._log:
            self._log.close()


@contextmanager
def child(
    *module: str, environment: Mapping[str, str] | None = None, log: Path | None = None, cwd: Path = ROOT
) -> Iterator[Child]:
    """A child for the time of a `with`; what it writes to stderr goes to `log`, or to ours."""
    made = Child(module, environment or {}, log, cwd)
    try:
        yield made
    finally:
        made.end()
