"""One request to the local AWS, as AWS would understand it: which action, where, by whom."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl

from playground.aws import rest_calls

_REST: Mapping[str, str] = {
    "GET /v2/email/account": "GetAccount",
    "POST /v2/email/outbound-emails": "SendEmail",
}
_REST_XML = frozenset({"route53", "s3"})
"""Services whose errors read as those of the Query protocol."""
_CREDENTIAL = re.compile(r"Credential=([^/,\s]+)/\d+/([^/]+)/([^/]+)/aws4_request")


@dataclass(frozen=True, slots=True)
class Request:
    """What came over the wire; header names are in lower case."""

    method: str
    path: str  # with the query string
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Call:
    """A request read as an AWS call."""

    service: str  # the signing name: ec2, sts, autoscaling, ...
    action: str  # StopInstances; for REST services "METHOD path", unless it is one of `_REST`
    account: str  # twelve digits
    region: str
    access_key: str
    params: Mapping[str, str]  # flat as on the wire: InstanceId.1, Filter.1.Name, ...
    protocol: str  # how errors are written: "ec2", "query", "json" or "rest"

    def values(self, name: str) -> tuple[str, ...]:
        """Return the parameter `name` and its numbered members `name.1`, `name.2`, ..."""
        numbered = re.compile(rf"{re.escape(name)}(\.\d+)?$")
        return tuple(value for key, value in self.params.items() if numbered.match(key))


def read_call(request: Request, account_of: Callable[[str], str]) -> Call:
    """Read a signed request; `account_of` tells the account of an access key id.

    The region and service come from the Signature Version 4 credential scope.
    """
    scope = _CREDENTIAL.search(request.headers.get("authorization", ""))
    key, region, service = scope.groups() if scope else ("", "us-east-1", "unsigned")
    target = request.headers.get("x-amz-target", "")
    form = request.headers.get("content-type", "").startswith("application/x-www-form-urlencoded")
    text = request.body.decode("utf-8", "replace") if form else request.path.partition("?")[2]
    params = dict(parse_qsl(text, keep_blank_values=True))
    if target and not form:
        params |= _flat(request.body)
    path = f"{request.method} {request.path}"
    rest = rest_calls.named(service, request.method, request.path) or _REST.get(path, path)
    action = target.rpartition(".")[2] or params.get("Action") or rest
    protocol = _protocol(service, target, "Action" in params)
    return Call(service, action, account_of(key), region, key, params, protocol)


def _flat(body: bytes) -> dict[str, str]:
    """Return a JSON body as the Query protocol would write it; one that is none has no parameters."""
    try:
        read = json.loads(body or b"{}")
    except ValueError:
        return {}
    return dict(_members("", read))


def _members(name: str, value: object) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for key, each in value.items():
            yield from _members(f"{name}.{key}" if name else str(key), each)
    elif isinstance(value, list):
        for number, each in enumerate(value, start=1):
            yield from _members(f"{name}.{number}", each)
    elif name:
        yield name, value if isinstance(value, str) else json.dumps(value)


def _protocol(service: str, target: str, has_action: bool) -> str:
    if service == "ec2":
        return "ec2"
    if target:
        return "json"
    return "query" if has_action or service in _REST_XML else "rest"
