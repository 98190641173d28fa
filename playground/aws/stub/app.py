"""The stub as an ASGI application."""

import asyncio
import json
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from playground.aws.answer import Answer
from playground.aws.call import Request, read_call
from playground.aws.stub.identity import account_of
from playground.aws.stub.state import State

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]


class App:
    """AWS at `/`; GET /_stub/calls counts, POST /_stub/reset begins anew."""

    def __init__(self, state: State, latency: float = 0.0) -> None:
        self._state = state
        self._latency = latency  # seconds a call

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer one request."""
        body = await _body(receive)
        path: str = scope["path"]
        if path.startswith("/_stub/"):
            answer = self._own(scope["method"], path)
        else:
            answer = self._state.answer(read_call(_request(scope, body), account_of))
            if self._latency:
                await asyncio.sleep(self._latency)
        await _send(send, answer)

    def _own(self, method: str, path: str) -> Answer:
        if (method, path) == ("POST", "/_stub/reset"):
            self._state.reset()
            return _json({})
        if path == "/_stub/calls":
            return _json({"actions": self._state.calls, "outcomes": self._state.outcomes})
        return Answer(404)


async def _body(receive: Receive) -> bytes:
    parts = []
    while True:
        message = await receive()
        parts.append(message.get("body", b""))
        if not message.get("more_body"):
            return b"".join(parts)


def _request(scope: Message, body: bytes) -> Request:
    headers = {name.decode(): value.decode("latin-1") for name, value in scope["headers"]}
    path = scope["path"] + ("?" + scope["query_string"].decode() if scope["query_string"] else "")
    return Request(scope["method"], path, headers, body)


async def _send(send: Send, answer: Answer) -> None:
    headers = [(name.encode(), value.encode()) for name, value in answer.headers.items()]
    headers.append((b"content-length", str(len(answer.body)).encode()))
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    await send({"type": "http.response.body", "body": answer.body})


def _json(body: object) -> Answer:
    return Answer(200, {"content-type": "application/json"}, json.dumps(body).encode())
