"""What the trail says of a call about instances that AWS refused."""

from playground.aws.call import Call
from playground.aws.faults import Fault, Kind
from playground.aws.trail import TrailEvent

_RECORDED = ("Start", "Stop", "Reboot", "Modify", "Terminate")  # how the calls begin that change instances


def recorded(fault: Fault, call: Call, caller: str) -> TrailEvent | None:
    """Return the event of a refused change of instances; None for reads, and for what was throttled."""
    ids = call.values("InstanceId")
    if fault.kind not in {Kind.DENY, Kind.ERROR} or not ids or not call.action.startswith(_RECORDED):
        return None
    is_denied = fault.kind is Kind.DENY
    code = "UnauthorizedOperation" if is_denied else fault.code
    return TrailEvent(
        call.account,
        call.region,
        call.action,
        "ec2.amazonaws.com",
        caller,
        ids,
        "You are not authorized to perform this operation." if is_denied else fault.message,
        f"{'Server' if not is_denied and fault.status >= 500 else 'Client'}.{code}",
        {"instancesSet": {"items": [{"instanceId": one} for one in ids]}},
    )
