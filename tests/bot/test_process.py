"""A signal ends the process, whenever it comes and whichever thread takes it."""

import subprocess
import sys

import pytest

BEGIN = """
import signal, threading, time
from bot.process import ends
until_it_ends = ends()
"""
WHENEVER = {
    "before the main thread waits": "signal.raise_signal(signal.SIGTERM)",
    "to another thread, while it waits": (
        "threading.Timer(0.3, lambda: signal.pthread_kill(threading.get_ident(), signal.SIGTERM)).start()"
    ),
    "Ctrl-C, while it waits": "threading.Timer(0.3, lambda: signal.raise_signal(signal.SIGINT)).start()",
}


@pytest.mark.parametrize("when", WHENEVER.values(), ids=WHENEVER)
def test_it_is_never_missed(when: str) -> None:
    words = [sys.executable, "-c", f"{BEGIN}{when}\nuntil_it_ends()\nprint('in order')"]
    ended = subprocess.run(words, capture_output=True, text=True, timeout=30, check=False)
    assert (ended.stdout, ended.returncode) == ("in order\n", 0), ended.stderr
