"""The server around the application: uvicorn, on a socket that is bound already."""

import asyncio
import socket as sockets
import threading

import uvicorn

from playground.slack.lines import Lines


class Server(uvicorn.Server):
    """uvicorn, telling when it is ready and breaking off what is left open at the end."""

    def __init__(self, config: uvicorn.Config, bound: sockets.socket, lines: Lines) -> None:
        super().__init__(config)
        self.ready = threading.Event()
        self._bound, self._open = bound, lines

    def serve_bound(self) -> None:
        """Serve on the socket that is bound already."""
        asyncio.run(self.serve(sockets=[self._bound]))

    async def startup(self, sockets: list[sockets.socket] | None = None) -> None:
        """Begin to serve, and say so."""
        await super().startup(sockets=sockets)
        self.ready.set()

    async def shutdown(self, sockets: list[sockets.socket] | None = None) -> None:
        """End, without waiting for callers that wait themselves."""
        self._open.break_all()
        await super().shutdown(sockets=sockets)
