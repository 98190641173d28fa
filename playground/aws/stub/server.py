"""The stub behind HTTP on 127.0.0.1: in this process, in a thread of its own.

    with StubAws(Size(instances=2000), latency=0.02, limited=True) as stub:
        boto3.client("ec2", endpoint_url=stub.url, ...)
        stub.state.calls["StopInstances"]

As its own process: `python -m playground.aws.stub --instances 2000`.
An access key id names its account by its last twelve digits; AssumeRole works.
"""

import socket
import time
from threading import Thread

import uvicorn

from playground.aws.stub.app import App
from playground.aws.stub.size import Size
from playground.aws.stub.state import State


def listen(port: int = 0) -> socket.socket:
    """Return a listening socket on 127.0.0.1; port 0 is any free one."""
    # asyncio turns Nagle's algorithm off only for sockets that say they are TCP; 40 ms a call else.
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listening.bind(("127.0.0.1", port))
    listening.listen(1024)
    listening.settimeout(0)
    return listening


def server(app: App) -> uvicorn.Server:
    """Return the server that carries the stub: quiet, keep-alive."""
    config = uvicorn.Config(
        app, log_config=None, access_log=False, lifespan="off", timeout_keep_alive=60, interface="asgi3",
        timeout_graceful_shutdown=1,
    )  # fmt: skip
    return uvicorn.Server(config)


class StubAws:
    """A context manager: it answers between enter and exit."""

    def __init__(
        self, size: Size | None = None, *, latency: float = 0.0, limited: bool = False,
        completes_after: float = 0.0, port: int = 0, state: State | None = None,
    ) -> None:  # fmt: skip
        self.state = state or State(size or Size(), limited, completes_after)
        self._socket = listen(port)
        self._server = server(App(self.state, latency))
        self._thread = Thread(target=self._server.run, args=([self._socket],), name="stub-aws", daemon=True)

    @property
    def url(self) -> str:
        """Return where it listens: http://127.0.0.1:<port>."""
        return f"http://127.0.0.1:{self._socket.getsockname()[1]}"

    def __enter__(self) -> "StubAws":
        self._thread.start()
        while not self._server.started and self._thread.is_alive():
            time.sleep(0.005)
        return self

    def __exit__(self, *_: object) -> None:
        self._server.should_exit = True
        self._thread.join()
        self._socket.close()
