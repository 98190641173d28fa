"""A web server on loopback that is always well, on as many ports as the argument says; prints them."""

import asyncio
import json
import sys

OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 8\r\nConnection: close\r\n\r\nall's ok"


async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answer once."""
    try:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(OK)
        await writer.drain()
    except (OSError, asyncio.IncompleteReadError):
        pass  # who asked is gone
    writer.close()


async def main(count: int) -> None:
    """Serve until it is ended."""
    servers = [await asyncio.start_server(serve, "127.0.0.1", 0) for _ in range(count)]
    sys.stdout.write(json.dumps([one.sockets[0].getsockname()[1] for one in servers]) + "\n")
    sys.stdout.flush()
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))
