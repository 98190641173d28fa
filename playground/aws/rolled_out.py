"""What was put into service before something happens, as CloudTrail records it."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from playground.aws.fleet import TOKYO
from playground.aws.planting import naive
from playground.aws.trail import TrailEvent

if TYPE_CHECKING:
    from playground.aws.server import LocalAws

AGO = timedelta(minutes=8)
_WHO = "arn:aws:sts::{}:assumed-role/deploy/pipeline"


def by_codedeploy(aws: "LocalAws", account: str, at: datetime) -> None:
    """The team's pipeline has begun a deployment some minutes before."""
    asked = {"applicationName": "shop", "deploymentGroupName": "web"}
    who, when = _WHO.format(account), naive(at - AGO)
    event = TrailEvent(
        account,
        TOKYO,
        "CreateDeployment",
        "codedeploy.amazonaws.com",
        who,
        (),
        "",
        code="",
        request=asked,
        when=when,
    )
    aws.control.times.trail.note(event)
