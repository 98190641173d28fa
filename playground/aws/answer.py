"""What goes back over the wire: an answer, an error in AWS's own shape, or nothing at all."""

import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

from playground.aws.call import Call

GAP = "LocalAwsGap"  # the error code of whatever the local AWS cannot do


@dataclass(frozen=True, slots=True)
class Answer:
    """An HTTP answer; `outcome` is what the log of calls says of it."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    outcome: str = "ok"
    request_id: str = ""


@dataclass(frozen=True, slots=True)
class Cut:
    """The connection closes without a word; `outcome` says whether the work was done."""

    outcome: str
    request_id: str = ""


def new_request_id() -> str:
    """Return an id as AWS makes them, different for each answer."""
    return str(uuid.uuid4())


def error(call: Call, code: str, message: str, status: int = 400) -> Answer:
    """Write an error the way the call's protocol does.

    The shapes are those of "Error codes for the Amazon EC2 API" and of the AWS Query and JSON
    protocols.
    """
    request_id = new_request_id()
    headers = {"x-amzn-requestid": request_id, "content-type": "text/xml;charset=UTF-8"}
    if call.protocol in {"json", "rest"}:
        headers |= {"content-type": "application/x-amz-json-1.1", "x-amzn-errortype": code}
        body = json.dumps({"__type": code, "message": message})
    else:
        body = _xml(call.protocol, code, message, request_id, status)
    if code == GAP:
        headers["x-local-aws-gap"] = "1"
    return Answer(status, headers, body.encode(), outcome=code, request_id=request_id)


def _xml(protocol: str, code: str, message: str, request_id: str, status: int) -> str:
    inner = f"<Code>{escape(code)}</Code><Message>{escape(message)}</Message>"
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    if protocol == "ec2":
        errors = f"<Errors><Error>{inner}</Error></Errors>"
        return f"{head}<Response>{errors}<RequestID>{request_id}</RequestID></Response>"
    kind = "Sender" if status < 500 else "Receiver"
    return (
        f"{head}<ErrorResponse><Error><Type>{kind}</Type>{inner}</Error>"
        f"<RequestId>{request_id}</RequestId></ErrorResponse>"
    )
