"""Canned replies of AWS, for what no emulator shows; each is held against botocore's *output* model.

They make contract tests against replies that were written by hand: a member that the model does not know, or
one of another type, is an error here.  They prove how toban reads such a reply, and nothing about AWS.
"""

from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any, TypeAlias

from botocore.awsrequest import AWSResponse
from botocore.client import BaseClient
from botocore.compat import HTTPHeaders
from botocore.model import OperationModel
from botocore.validate import ParamValidator

from aws.account import AccountConfig, Accounts, Place

ACCOUNT_ID = "123456789012"
TOKYO = Place("dev", "ap-northeast-1")
ROLE = f"arn:aws:iam::{ACCOUNT_ID}:role/toban"


@dataclass(frozen=True)
class Refusal:
    """AWS says no."""

    code: str
    message: str = "no"
    status: int = 400


Reply: TypeAlias = "Mapping[str, Any] | Refusal"
Answer: TypeAlias = "Reply | Callable[[Mapping[str, Any]], Reply]"
"""What is answered, or what makes the answer of the request's parameters."""


class Uncanned(AssertionError):
    """Nobody has written a reply to this call."""


class WrongReply(AssertionError):
    """AWS's model knows no such reply."""


class CannedAccounts(Accounts):
    """Accounts whose AWS answers what the test has written, by "ec2.DescribeVolumes", and nothing else.

    The clients are real ones, so that requests are held against botocore's input model, too.
    """

    def __init__(self, replies: Mapping[str, Answer], role: str | None = ROLE) -> None:
        super().__init__([AccountConfig("dev", ACCOUNT_ID, (TOKYO.region,), role)])
        self.replies = dict(replies)
        self.asked: list[str] = []

    def client(self, service: str, place: Place, *, once: bool = False) -> BaseClient:
        client = super().client(service, place, once=once)
        client.meta.events.register("before-call", self._answer, unique_id="canned")  # type: ignore[arg-type]  # its handlers may answer
        return client

    def _answer(self, model: OperationModel, params: Mapping[str, Any], **_: object) -> tuple[Any, Any]:
        name = f"{model.service_model.endpoint_prefix}.{model.name}"
        if name not in self.replies:
            raise Uncanned(name)
        self.asked.append(name)
        written = self.replies[name]
        reply = written(params["body"]) if callable(written) else written
        return answered(model, reply)


def answered(model: OperationModel, reply: Reply) -> tuple[Any, Any]:
    """What botocore would make of the reply, once it is held against AWS's model."""
    if isinstance(reply, Refusal):
        metadata = {"HTTPStatusCode": reply.status, "RequestId": "canned"}
        said = {"Code": reply.code, "Message": reply.message}
        return AWSResponse("", reply.status, HTTPHeaders(), None), {
            "Error": said,
            "ResponseMetadata": metadata,
        }
    hold_against_model(model, reply)
    metadata = {"HTTPStatusCode": 200, "RequestId": "canned"}
    return AWSResponse("", 200, HTTPHeaders(), None), {**deepcopy(dict(reply)), "ResponseMetadata": metadata}


def hold_against_model(model: OperationModel, reply: Mapping[str, Any]) -> None:
    """Raise WrongReply for what AWS's model does not know of this operation's answer."""
    if model.output_shape is None:
        if reply:
            raise WrongReply(f"{model.name} answers nothing")
        return
    report = ParamValidator().validate(dict(reply), model.output_shape)
    if report.has_errors():
        raise WrongReply(f"{model.name}: {report.generate_report()}")
