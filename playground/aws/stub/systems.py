"""The stub's Systems Manager: nobody has a session open."""

import json

from playground.aws.answer import GAP, Answer
from playground.aws.call import Call
from playground.aws.stub.refused import Refused


def answer(call: Call, request_id: str) -> Answer:
    """Answer in JSON; raises Refused for a gap."""
    if call.action != "DescribeSessions":
        raise Refused(GAP, f"the stub does not know {call.service}:{call.action}")
    headers = {"content-type": "application/x-amz-json-1.1", "x-amzn-requestid": request_id}
    return Answer(200, headers, json.dumps({"Sessions": []}).encode(), request_id=request_id)
