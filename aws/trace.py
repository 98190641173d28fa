"""Which call an error belongs to: left on botocore's answers and exceptions as they pass.

botocore's exceptions name neither the service nor, for a broken line, the operation; and after its
own retries only the last failure is shown, although an earlier attempt may have reached AWS.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from botocore.exceptions import ConnectTimeoutError, EndpointConnectionError, ProxyConnectionError

from aws.codes import Meaning, meaning

_NO_CONNECTION = (ConnectTimeoutError, EndpointConnectionError, ProxyConnectionError)


@dataclass(frozen=True, slots=True)
class Call:
    """One API call as botocore saw it; empty when it never came as far as a client."""

    service: str = ""  # "ec2", "sts", "auto-scaling" ...: botocore's own hyphenated name
    operation: str = ""  # such as "StopInstances"
    doubtful: bool = False  # an attempt may have reached AWS without a usable answer


class Events(Protocol):
    """The part of botocore's event emitter used here."""

    def register(self, event_name: str, handler: Callable[..., None]) -> object:
        """Call the handler whenever an event of this name, or below it, is emitted."""


def register(events: Events) -> None:
    """Trace every client that is made from these events afterwards."""
    events.register("response-received", _note_doubt)
    events.register("after-call", _sign_answer)
    events.register("after-call-error", _sign_exception)


def call_of(error: Exception) -> Call:
    """Return the call in which a botocore exception (not a ClientError) was raised."""
    call = vars(error).get("aws_call")
    return call if isinstance(call, Call) else Call()


def never_left(error: Exception) -> bool:
    """Whether no connection was made, so that the request cannot have been sent."""
    return isinstance(error, _NO_CONNECTION) or "CERTIFICATE_VERIFY_FAILED" in str(error)


def _note_doubt(
    context: dict[str, object],
    exception: Exception | None,
    parsed_response: dict[str, dict[str, str]] | None,
    response_dict: dict[str, int] | None,
    **_: object,
) -> None:
    if exception is not None:
        doubtful = not never_left(exception)
    else:
        error = (parsed_response or {}).get("Error", {})
        status = response_dict["status_code"] if response_dict else 0
        doubtful = status >= 500 and _is_unclear(error, status)
    if doubtful:
        context["toban_doubtful"] = True


def _is_unclear(error: dict[str, str], status: int) -> bool:
    return meaning(error.get("Code", ""), status, error.get("Message", "")) is Meaning.UNCLEAR


def _sign_answer(parsed: dict[str, object], context: dict[str, object], event_name: str, **_: object) -> None:
    metadata = parsed.get("ResponseMetadata")
    if isinstance(metadata, dict):  # always, but botocore's types do not say so
        metadata["Service"] = event_name.split(".")[1]
        metadata["Doubtful"] = bool(context.get("toban_doubtful"))


def _sign_exception(exception: Exception, context: dict[str, object], event_name: str, **_: object) -> None:
    service, operation = event_name.split(".")[1:]
    call = Call(service, operation, doubtful=bool(context.get("toban_doubtful")))
    # An AssumeRole that failed while another call was being signed has signed it already.
    vars(exception).setdefault("aws_call", call)
