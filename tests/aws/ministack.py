"""ministack, an AWS emulator by others that enforces IAM, in a process and an environment of its own."""

import os
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager

HOST, PATIENCE = "127.0.0.1", 60  # seconds until it answers


def python() -> str:
    """The Python of an environment that has ministack; "" when nobody named one."""
    return os.environ.get("TOBAN_MINISTACK", "")


@contextmanager
def serving(interpreter: str) -> Iterator[str]:
    """Serve it on the loopback, with IAM enforced and calls recorded; yields its address."""
    port = _free_port()
    switches = {
        "AUTH": "true",
        "BIND_HOST": HOST,
        "CLOUDTRAIL_RECORDING": "1",
        "GATEWAY_PORT": str(port),
        "IOT_MTLS_ENABLED": "0",
        "SFTP_ENABLED": "0",
    }
    process = subprocess.Popen(
        [interpreter, "-m", "ministack"],
        env={"PATH": os.environ["PATH"], **switches},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(process, port)
        yield f"http://{HOST}:{port}"
    finally:
        process.terminate()
        process.wait(20)


def _free_port() -> int:
    with closing(socket.socket()) as one:
        one.bind((HOST, 0))
        port: int = one.getsockname()[1]
        return port


def _wait_for(process: subprocess.Popen[bytes], port: int) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        with closing(socket.socket()) as one:
            if one.connect_ex((HOST, port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError("ministack does not answer")
