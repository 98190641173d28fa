"""As much of HTTP as the shop needs: one GET a connection, asked and answered with asyncio on 127.0.0.1."""

import asyncio
import socket
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from http import HTTPStatus

HOST = "127.0.0.1"
_LONGEST = 30.0  # seconds that a connection may take in all


class Silence(Exception):
    """The connection is taken and never answered."""


class HungUp(Exception):
    """The connection is ended without an answer."""


class Refused(Exception):
    """Nobody takes the connection."""


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer."""

    status: int
    body: str = ""
    server: str = ""  # who answered in the end


Answering = Callable[[str], Awaitable[Reply]]


def reserved() -> socket.socket:
    """Return a socket with a port of its own; who connects is refused until it listens."""
    made = socket.socket()
    made.settimeout(0)
    made.bind((HOST, 0))
    return made


def port_of(taken: socket.socket) -> int:
    """Return its port."""
    return int(taken.getsockname()[1])


async def serve(answering: Answering, at: socket.socket) -> asyncio.Server:
    """Answer on this socket until the server is closed; `answering` may raise Silence or HungUp."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            async with asyncio.timeout(_LONGEST):
                await _answer(reader, writer, answering)
        except (OSError, TimeoutError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, ValueError):
            pass  # who asks is gone, or speaks something else
        except asyncio.CancelledError:
            pass  # the loop ends: nobody waits for this task
        finally:
            writer.close()

    return await asyncio.start_server(answer, sock=at, backlog=256)


async def fetch(port: int, path: str, patience: float) -> Reply:
    """Ask for a page.  Raises Refused, HungUp, or TimeoutError after `patience` seconds."""
    async with asyncio.timeout(patience):
        try:
            reader, writer = await asyncio.open_connection(HOST, port)
        except OSError as error:
            raise Refused from error
        try:
            writer.write(f"GET {path} HTTP/1.1\r\nHost: shop\r\nConnection: close\r\n\r\n".encode())
            return _read(await reader.read())
        except OSError as error:
            raise HungUp from error
        finally:
            writer.close()


async def _answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, answering: Answering) -> None:
    asked = await reader.readuntil(b"\r\n\r\n")
    words = asked.split(b" ", 2)
    try:
        reply = await answering(words[1].decode() if len(words) == 3 else "/")
    except HungUp:
        return
    except Silence:
        await reader.read()  # until the other side has had enough
        return
    writer.write(_written(reply))
    await writer.drain()


def _written(reply: Reply) -> bytes:
    body = reply.body.encode()
    head = (
        f"HTTP/1.1 {reply.status} {HTTPStatus(reply.status).phrase}\r\n"
        f"Content-Type: text/html; charset=utf-8\r\nContent-Length: {len(body)}\r\n"
        f"Cache-Control: no-store\r\nX-Served-By: {reply.server}\r\nConnection: close\r\n\r\n"
    )
    return head.encode() + body


def _read(raw: bytes) -> Reply:
    head, found, body = raw.partition(b"\r\n\r\n")
    if not found:
        raise HungUp
    lines = head.decode().split("\r\n")
    named = dict(line.split(": ", 1) for line in lines[1:])
    return Reply(int(lines[0].split(" ")[1]), body.decode(), named.get("X-Served-By", ""))
