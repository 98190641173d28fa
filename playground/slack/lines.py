"""The HTTP connections that are open, so that one can be broken off in the middle, or fall silent."""

import asyncio

from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol


class Lines:
    """The open connections by the caller's address; touched from the server's loop only."""

    def __init__(self) -> None:
        self._open: dict[object, asyncio.BaseTransport] = {}

    def protocol(self) -> type[H11Protocol]:
        """Return uvicorn's protocol, made to note its connections here."""
        lines = self._open

        class Noted(H11Protocol):
            """One connection."""

            def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # uvicorn's own
                lines[transport.get_extra_info("peername")] = transport
                super().connection_made(transport)

            def connection_lost(self, exc: Exception | None) -> None:
                lines.pop(self.transport.get_extra_info("peername"), None)
                super().connection_lost(exc)

        return Noted

    def break_off(self, address: tuple[object, ...] | None) -> None:
        """Close the connection of this caller without another byte."""
        transport = self._open.pop(address, None)
        if isinstance(transport, asyncio.Transport):
            transport.abort()

    def hush(self, address: tuple[object, ...] | None) -> None:
        """Let a websocket of this caller stay open and say nothing more: not even a pong."""
        transport = self._open.get(address)
        if isinstance(transport, asyncio.Transport):
            protocol = transport.get_protocol()
            if isinstance(protocol, WebSocketsSansIOProtocol):
                protocol.stop_keepalive()
                protocol.data_received = _swallow  # type: ignore[assignment, method-assign]  # its end is still noticed

    def break_all(self) -> None:
        """Close every connection."""
        for address in list(self._open):
            transport = self._open.pop(address)
            if isinstance(transport, asyncio.Transport):
                transport.abort()


def _swallow(_data: bytes) -> None:
    """What is said to a silent line vanishes."""
