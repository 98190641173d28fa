"""How AWS words a refusal: throttled, denied, broken inside."""

from playground.aws.answer import Answer, error
from playground.aws.call import Call
from playground.aws.faults import Fault, Kind

_RESOURCES = {"InstanceId": "instance", "VolumeId": "volume", "SnapshotId": "snapshot", "ImageId": "image"}


def refusal(fault: Fault, call: Call, caller: str) -> Answer:
    """Write the error of a THROTTLE, DENY or ERROR fault; `caller` is the ARN of who asked."""
    if fault.kind is Kind.THROTTLE:
        return _throttled(call)
    if fault.kind is Kind.DENY:
        return _denied(call, caller)
    return error(call, fault.code, fault.message, fault.status)


def _throttled(call: Call) -> Answer:
    if call.protocol == "ec2":
        return error(call, "RequestLimitExceeded", "Request limit exceeded.", 503)
    code = "ThrottlingException" if call.protocol == "json" else "Throttling"
    return error(call, code, "Rate exceeded", 400)


def _denied(call: Call, caller: str) -> Answer:
    """Deny in the words of "Troubleshoot access denied error messages" (IAM User Guide)."""
    action = f"{call.service}:{call.action}"
    why = (
        f"User: {caller} is not authorized to perform: {action} on resource: {_resource(call)} "
        f"because no identity-based policy allows the {action} action"
    )
    if call.protocol == "ec2":
        first = "You are not authorized to perform this operation."
        last = "Encoded authorization failure message: local"
        return error(call, "UnauthorizedOperation", f"{first} {why}. {last}", 403)
    code = "AccessDeniedException" if call.protocol == "json" else "AccessDenied"
    return error(call, code, why, 403)


def _resource(call: Call) -> str:
    """Return the ARN of the first thing the call names, or `*`."""
    if role := call.params.get("RoleArn"):
        return role
    for name, kind in _RESOURCES.items():
        if ids := call.values(name):
            account = "" if kind in {"snapshot", "image"} else call.account
            return f"arn:aws:ec2:{call.region}:{account}:{kind}/{ids[0]}"
    return "*"
