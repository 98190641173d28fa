"""Web servers on loopback that are out for times drawn by lot, and write down the truth; many side by side.

Arguments: the first run, and how many.  Prints `{"run", "port"}` when one serves, which begins with its first
request; `{"run", "truth": [[begin, end, kind] …], "until"}` when it is over, in seconds since 1970.
"""

import asyncio
import json
import socket
import struct
import sys
import time
from contextlib import suppress

from tests.bench.failover.drawn import AFTER, SLOW, drawn, longest_first

SIDE_BY_SIDE = 30
OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok"
_BAD = {
    "502": b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
    "504": b"HTTP/1.1 504 Gateway Timeout\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
}


class Site:
    """One server."""

    def __init__(self, run: int) -> None:
        self.run = run
        self.port = 0
        self.kind = ""  # "" while it is well
        self.asked = asyncio.Event()
        self.truth: list[tuple[float, float, str]] = []
        self._server: asyncio.Server | None = None

    async def live(self) -> None:
        """From the first request to the end of the last outage, and a while."""
        await self._open()
        say(run=self.run, port=self.port)
        await self.asked.wait()
        for one in drawn(self.run):
            await asyncio.sleep(one.after)
            await self._break(one.kind)
            begin = time.time()
            await asyncio.sleep(one.lasts)
            await self._mend()
            self.truth.append((begin, time.time(), one.kind))
        await asyncio.sleep(AFTER)
        say(run=self.run, truth=self.truth, until=time.time())
        await asyncio.sleep(AFTER)  # who asks hears of the end a moment later
        self._close()

    async def _break(self, kind: str) -> None:
        self.kind = kind
        if kind == "refused":
            self._close()

    async def _mend(self) -> None:
        if self.kind == "refused":
            await self._open()
        self.kind = ""

    async def _open(self) -> None:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", self.port, reuse_address=True)
        self.port = self._server.sockets[0].getsockname()[1]

    def _close(self) -> None:
        if self._server is not None:
            self._server.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        kind = self.kind
        self.asked.set()
        with suppress(OSError, asyncio.IncompleteReadError):
            await reader.readuntil(b"\r\n\r\n")
            if kind == "reset":
                taken = writer.get_extra_info("socket")
                taken.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                writer.transport.abort()
                return
            await asyncio.sleep(SLOW if kind == "504" else 0)
            writer.write(_BAD.get(kind, OK))
            await writer.drain()
            writer.close()


def say(**told: object) -> None:
    """One line for who started this."""
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()


async def main(first: int, count: int) -> None:
    """All runs, so many side by side."""
    room = asyncio.Semaphore(SIDE_BY_SIDE)

    async def one(run: int) -> None:
        async with room:
            await Site(run).live()

    await asyncio.gather(*map(one, longest_first(first, count)))


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), int(sys.argv[2])))
