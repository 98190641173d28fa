"""Our own views of AWS services, each made when the first call to its service arrives."""

from collections.abc import Callable
from typing import Any

from playground.aws import ec2
from playground.aws.times import Times


def view_of(service: str, times: Times) -> Callable[..., Any] | None:
    """Return our view of a service, or None where moto's own is good enough."""
    match service:
        case "ec2":
            return ec2.dispatcher(times)
        case "ssm":
            from playground.aws import ssm  # noqa: PLC0415 - half a second that few need

            return ssm.dispatcher(times.commands)
        case "rds":
            from playground.aws import rds  # noqa: PLC0415 - as above

            return rds.dispatcher()
        case "cloudwatch":
            from playground.aws import cloudwatch  # noqa: PLC0415 - as above

            return cloudwatch.dispatcher(times.clock)
        case _:
            return None
