"""Deployments: what was put into service, as CloudTrail recorded whoever asked for it.

Source: the API references of CodeDeploy, ECS, Lambda, CloudFormation, CodePipeline, Auto Scaling, Elastic
Beanstalk, AppConfig, App Runner and API Gateway; "CloudTrail record contents" (CloudTrail user guide): the
names in `requestParameters` are those of the call; Lambda's calls bear a date ("Logging AWS Lambda API calls
using AWS CloudTrail").
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from aws import trail
from aws.trail import Event

if TYPE_CHECKING:
    from mypy_boto3_cloudtrail import CloudTrailClient

_ONLY_SIZE = frozenset({"cluster", "service", "desiredCount"})
"""Fields of an UpdateService that changes how many tasks there are, and nothing in them."""


@dataclass(frozen=True, slots=True)
class Deployment:
    """Something was put into service, or that was begun."""

    at: datetime
    by: str  # the service, as AWS calls it
    what: tuple[str, ...]  # an application and its group, a cluster and its service, a function …
    who: str  # the ARN of the identity; "" when CloudTrail does not say

    def is_of(self, names: Sequence[str]) -> bool:
        """Whether it is of one of these things."""
        return any(part in names for part in self.what)


_KINDS: Mapping[tuple[str, str], tuple[str, tuple[str, ...]]] = {
    ("CreateDeployment", "codedeploy"): ("CodeDeploy", ("applicationName", "deploymentGroupName")),
    ("CreateDeployment", "apigateway"): ("API Gateway", ("restApiId",)),
    ("ExecuteChangeSet", "cloudformation"): ("CloudFormation", ("stackName",)),
    ("StartDeployment", "appconfig"): ("AppConfig", ("applicationId", "environmentId")),
    ("StartDeployment", "apprunner"): ("App Runner", ("serviceArn",)),
    ("StartInstanceRefresh", "autoscaling"): ("Auto Scaling", ("autoScalingGroupName",)),
    ("StartPipelineExecution", "codepipeline"): ("CodePipeline", ("name",)),
    ("UpdateEnvironment", "elasticbeanstalk"): ("Elastic Beanstalk", ("environmentName", "versionLabel")),
    ("UpdateFunctionCode20150331v2", "lambda"): ("Lambda", ("functionName",)),
    ("UpdateService", "apprunner"): ("App Runner", ("serviceArn",)),
    ("UpdateService", "ecs"): ("ECS", ("cluster", "service")),
    ("UpdateStack", "cloudformation"): ("CloudFormation", ("stackName",)),
}
CALLS = tuple(dict.fromkeys(name for name, _ in _KINDS))
"""CloudTrail is asked for each by its name: LookupEvents takes one name at a time."""


def between(cloudtrail: "CloudTrailClient", since: datetime, until: datetime) -> Iterator[Deployment]:
    """The deployments in a region, call by call, at two questions a second.  Raises AwsError."""
    for name in CALLS:
        for event in trail.called(cloudtrail, name, since, until):
            if found := deployment(event):
                yield found


def deployment(event: Event) -> Deployment | None:
    """The deployment that a call is; None for any other call."""
    kind = _KINDS.get((event.name, event.source.removesuffix(".amazonaws.com")))
    asked = _asked(event)
    if kind is None or event.code or (kind[0] == "ECS" and _ONLY_SIZE.issuperset(asked)):
        return None
    by, names = kind
    what = tuple(_named(str(asked[name])) for name in names if asked.get(name))
    return Deployment(event.at, by, what, event.who) if what else None


def _asked(event: Event) -> Mapping[str, object]:
    """What was asked for; AppConfig's fields begin with a capital letter."""
    asked = json.loads(event.record).get("requestParameters")
    return {name[:1].lower() + name[1:]: value for name, value in (asked or {}).items()}


def _named(said: str) -> str:
    """The name in an ARN; what is no ARN is a name.  Only ECS writes a service's cluster before its name."""
    if not said.startswith("arn:"):
        return said
    parts = re.split("[/:]", said.split(":", 5)[-1])
    return parts[-1] if ":ecs:" in said else parts[1 % len(parts)]
