"""SQS's long polling: who receives may wait for a message, and keeps nobody else waiting.

moto waits inside its answer, under the lock; here each look is a short one, and the wait is between them
("Amazon SQS short and long polling").
"""

import json
import time
from collections.abc import Callable
from dataclasses import replace

from playground.aws.answer import Answer
from playground.aws.call import Call, Request

LOOK_EVERY = 0.2  # seconds


def is_one(call: Call) -> bool:
    """Whether a call may wait for a message."""
    return call.service == "sqs" and call.action == "ReceiveMessage" and waits(call) > 0


def waits(call: Call) -> float:
    """How many seconds it may wait."""
    try:
        return float(call.params.get("WaitTimeSeconds", 0))
    except ValueError:
        return 0.0


def answer(request: Request, call: Call, work: Callable[[Request, Call], Answer]) -> Answer:
    """Look until a message is there or the time is over."""
    at_once = replace(request, body=_without_wait(request.body))
    until = time.monotonic() + waits(call)
    while True:
        found = work(at_once, call)
        if found.status != 200 or b'"Messages"' in found.body or time.monotonic() >= until:
            return found
        time.sleep(LOOK_EVERY)


def _without_wait(body: bytes) -> bytes:
    said = json.loads(body)
    return json.dumps({**said, "WaitTimeSeconds": 0}).encode()
