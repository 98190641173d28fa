"""The stub's CloudWatch: takes every number, keeps none, has no alarms."""

import json
from collections.abc import Mapping

from playground.aws.answer import GAP, Answer
from playground.aws.call import Call
from playground.aws.stub.refused import Refused

_ANSWERS: Mapping[str, Mapping[str, object]] = {"PutMetricData": {}, "DescribeAlarms": {"MetricAlarms": []}}


def answer(call: Call, request_id: str) -> Answer:
    """Answer in JSON, the protocol that botocore speaks with CloudWatch; raises Refused for a gap."""
    if call.action not in _ANSWERS:
        raise Refused(GAP, f"the stub does not know {call.service}:{call.action}")
    headers = {"content-type": "application/x-amz-json-1.0", "x-amzn-requestid": request_id}
    return Answer(200, headers, json.dumps(_ANSWERS[call.action]).encode(), request_id=request_id)
