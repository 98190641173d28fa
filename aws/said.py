"""What AWS, or the line to it, said: the facts of an error, out of botocore's exceptions, without secrets."""

import re
from dataclasses import dataclass

from botocore.exceptions import ClientError

from aws.redaction import formless
from aws.trace import call_of

_RESOURCE_ID = re.compile(r"\b[a-z]{1,10}-(?:[0-9a-f]{17}|[0-9a-f]{8})\b")
_DENIAL = re.compile(
    r"User:? `?(?P<principal>[^\s']+)'? is not authorized to perform:? `?(?P<action>[\w-]+:\w+)'?"
    r"(?: on resource:? `?(?P<resource>[^\s']+))?"
)  # SES writes it without colons, and `so'
# botocore's name of a service where IAM's prefix is another; the others are the same.
_IAM_PREFIXES = {
    "auto-scaling": "autoscaling",
    "cost-explorer": "ce",
    "elastic-load-balancing-v2": "elasticloadbalancing",
    "route-53": "route53",
    "service-quotas": "servicequotas",
    "sesv2": "ses",
}


@dataclass(frozen=True, slots=True)
class Said:
    """What AWS, or the line to it, said."""

    message: str
    code: str = ""  # AWS's error code, or the name of botocore's exception
    service: str = ""  # botocore's hyphenated name, such as "ec2" or "auto-scaling"
    operation: str = ""  # such as "StopInstances"
    request_id: str = ""
    status: int = 0  # the HTTP status; 0 when there was no answer
    doubtful: bool = False  # an attempt may have reached AWS without a usable answer

    @property
    def ids(self) -> tuple[str, ...]:
        """The EC2 resource ids in the message, each once, in their order."""
        return resource_ids(self.message)

    @property
    def action(self) -> str:
        """The IAM action: the one AWS's message names, else the one of the operation called."""
        named = self._denial("action")
        return named or f"{_IAM_PREFIXES.get(self.service, self.service)}:{self.operation}"

    @property
    def resource(self) -> str:
        """The ARN that access was denied to; "" when AWS did not say."""
        return self._denial("resource")

    @property
    def principal(self) -> str:
        """The ARN of the identity that was denied; "" when AWS did not say."""
        return self._denial("principal")

    def _denial(self, part: str) -> str:
        found = _DENIAL.search(self.message)
        return (found[part] or "") if found else ""


def resource_ids(text: str) -> tuple[str, ...]:
    """The EC2 resource ids (such as i-0123456789abcdef0) in a text, each once, in their order."""
    return tuple(dict.fromkeys(_RESOURCE_ID.findall(text)))


def by_answer(error: ClientError) -> Said:
    """Read an answer of AWS that is an error."""
    fault, metadata = error.response.get("Error", {}), error.response.get("ResponseMetadata", {})
    return Said(
        message=formless(fault.get("Message") or ""),  # an emulator may say nothing
        code=fault.get("Code", ""),
        service=str(metadata.get("Service", "")),
        operation=error.operation_name,
        request_id=metadata.get("RequestId", ""),
        status=metadata.get("HTTPStatusCode", 0),
        doubtful=bool(metadata.get("Doubtful")),
    )


def by_line(error: Exception) -> Said:
    """Read an exception that botocore raised without an answer of AWS."""
    call = call_of(error)
    return Said(
        message=formless(str(error)),
        code=type(error).__name__,
        service=call.service,
        operation=call.operation,
        doubtful=call.doubtful,
    )
