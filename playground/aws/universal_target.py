"""A universal target of EventBridge Scheduler: read as a call, and made as botocore writes it.

As "Using universal targets in EventBridge Scheduler" says: service and action stand in the ARN, the call's
parameters in its input; what only reads is refused.  A parameter is spelt as the SDK for Java spells it, and
not as botocore does: any other spelling is refused here, as a call that AWS would not make.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

import botocore.session
from botocore import xform_name
from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from botocore.compat import HTTPHeaders
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from botocore.model import ServiceModel, Shape

from playground.aws.answer import Answer
from playground.aws.call import Request

_ARN = re.compile(r"arn:aws[a-z-]*:scheduler:::aws-sdk:([a-z0-9]+):([a-z][A-Za-z0-9]+)")
_READS = re.compile(
    r"(get|describe|list|poll|receive|search|scan|query|select|read|lookup|discover|validate)"
)
_CAPITALS = re.compile(r"[A-Z]{2,}(?=[A-Z][a-z]|$)")
SERVICES = frozenset({"autoscaling", "ec2", "rds", "route53", "s3"})
"""Of the more than 270 that Scheduler knows: those whose name is botocore's as well."""


class NoTarget(Exception):
    """Scheduler knows no such call."""


@dataclass(frozen=True, slots=True)
class Target:
    """A call as botocore spells it."""

    service: str
    operation: str
    given: Mapping[str, Any]


def read(said: Mapping[str, Any]) -> Target:
    """A schedule's target as a call.  Raises NoTarget."""
    found = _ARN.fullmatch(said["Arn"])
    if found is None or found[1] not in SERVICES or _READS.match(found[2]):
        raise NoTarget(f"{said['Arn']} is not supported as a target.")
    service, action = found[1], found[2][0].upper() + found[2][1:]
    model = _model(service)
    if action not in model.operation_names:
        raise NoTarget(f"{action} is no action of {service}.")
    try:
        given = json.loads(said.get("Input", "{}"))
    except ValueError as problem:
        raise NoTarget("The input is no JSON.") from problem
    return Target(service, action, _native(model.operation_model(action).input_shape, given))


def make(target: Target, account: str, region: str, answering: Callable[[Request], Answer]) -> str:
    """Make the call as somebody of that account; returns "ok" or the error's code."""
    client: Any = _client(target.service, account, region)

    def answered(request: AWSPreparedRequest, **_: object) -> AWSResponse:
        result = answering(_request(request))
        headers = HTTPHeaders()
        for name, value in result.headers.items():
            headers[name] = value
        return AWSResponse(request.url, result.status, headers, _Raw(result.body))

    client.meta.events.register("before-send", answered, unique_id="local-aws")
    try:
        getattr(client, xform_name(target.operation))(**target.given)
    except ClientError as error:
        return str(error.response["Error"]["Code"])
    except BotoCoreError as error:
        return type(error).__name__
    finally:
        client.meta.events.unregister("before-send", unique_id="local-aws")
    return "ok"


class _Raw(BytesIO):
    """A body as botocore reads one off the wire."""

    def stream(self, **_: object) -> Any:
        """All of it at once."""
        yield self.read()


def _request(sent: AWSPreparedRequest) -> Request:
    url = urlsplit(sent.url)
    path = url.path + (f"?{url.query}" if url.query else "")
    headers = {
        name.lower(): value.decode() if isinstance(value, bytes) else str(value)
        for name, value in sent.headers.items()
    }
    body: Any = sent.body or b""
    body = body.read() if hasattr(body, "read") else body
    return Request(sent.method, path, headers, body.encode() if isinstance(body, str) else bytes(body))


def _native(shape: Shape | None, value: Any) -> Any:
    """Parameters as botocore spells them.  Raises NoTarget for one that nobody knows."""
    of: Any = shape
    match value:
        case dict() if of is not None and of.type_name == "structure":
            known = {_spelt(name): (name, member) for name, member in of.members.items()}
            if unknown := set(value) - set(known):
                raise NoTarget(f"{min(unknown)} is no parameter of {of.name}.")
            return {known[name][0]: _native(known[name][1], each) for name, each in value.items()}
        case dict() if of is not None and of.type_name == "map":
            return {name: _native(of.value, each) for name, each in value.items()}
        case list() if of is not None and of.type_name == "list":
            return [_native(of.member, each) for each in value]
        case _:
            return value


def _spelt(name: str) -> str:
    """As the SDK for Java has it: of several capitals only the first stays one."""
    return _CAPITALS.sub(lambda found: found[0].capitalize(), name)


@cache
def _session() -> Any:
    return botocore.session.get_session()


@cache
def _model(service: str) -> ServiceModel:
    model: ServiceModel = _session().get_service_model(service)
    return model


@cache
def _client(service: str, account: str, region: str) -> Any:
    """A client whose requests never leave this process; its key is one of that account (`identity.py`)."""
    return _session().create_client(
        service,
        region_name=region,
        endpoint_url="http://127.0.0.1:1",
        aws_access_key_id=account,
        aws_secret_access_key="local",
        config=Config(retries={"total_max_attempts": 1}),
    )
