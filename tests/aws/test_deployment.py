"""Which of CloudTrail's records are deployments, and of what; a contract test with records by hand."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from aws import deployment, trail
from aws.deployment import Deployment
from tests.canned import TOKYO, CannedAccounts

AT = datetime(2026, 11, 22, tzinfo=UTC)
WHO = "arn:aws:sts::123456789012:assumed-role/ci/build-7"
ARN = "arn:aws:{}:ap-northeast-1:123456789012:{}"


def raw(name: str, source: str, asked: Any, code: str = "") -> dict[str, Any]:
    """A record as LookupEvents shows it."""
    record = {"userIdentity": {"arn": WHO}, "requestParameters": asked}
    more = {"errorCode": code} if code else {}
    return {
        "EventName": name,
        "EventSource": f"{source}.amazonaws.com",
        "EventTime": AT,
        "CloudTrailEvent": json.dumps(record | more),
    }


def asked(*events: dict[str, Any]) -> tuple[list[Deployment], CannedAccounts]:
    """What is found among these, each under its own name."""

    def answer(params: Any) -> dict[str, Any]:
        wanted = json.loads(params)["LookupAttributes"][0]["AttributeValue"]
        return {"Events": [one for one in events if one["EventName"] == wanted]}

    aws = CannedAccounts({"cloudtrail.LookupEvents": answer})
    found = deployment.between(trail.client(aws, TOKYO), AT - timedelta(hours=1), AT)
    return list(found), aws


@pytest.mark.parametrize(
    ("name", "source", "parameters", "by", "what"),
    [
        (
            "CreateDeployment",
            "codedeploy",
            {"applicationName": "shop", "deploymentGroupName": "blue"},
            "CodeDeploy",
            ("shop", "blue"),
        ),
        ("CreateDeployment", "apigateway", {"restApiId": "abc"}, "API Gateway", ("abc",)),
        (
            "UpdateService",
            "ecs",
            {"cluster": ARN.format("ecs", "cluster/c"), "service": "web", "taskDefinition": "web:8"},
            "ECS",
            ("c", "web"),
        ),
        (
            "UpdateService",
            "ecs",
            {"service": ARN.format("ecs", "service/c/web"), "forceNewDeployment": True},
            "ECS",
            ("web",),
        ),
        (
            "UpdateFunctionCode20150331v2",
            "lambda",
            {"functionName": ARN.format("lambda", "function:pay:live")},
            "Lambda",
            ("pay",),
        ),
        (
            "ExecuteChangeSet",
            "cloudformation",
            {"stackName": ARN.format("cloudformation", "stack/shop/1-2-3"), "changeSetName": "c"},
            "CloudFormation",
            ("shop",),
        ),
        ("UpdateStack", "cloudformation", {"stackName": "shop"}, "CloudFormation", ("shop",)),
        ("StartPipelineExecution", "codepipeline", {"name": "shop"}, "CodePipeline", ("shop",)),
        ("StartInstanceRefresh", "autoscaling", {"autoScalingGroupName": "web"}, "Auto Scaling", ("web",)),
        (
            "UpdateEnvironment",
            "elasticbeanstalk",
            {"environmentName": "shop-prod", "versionLabel": "v8"},
            "Elastic Beanstalk",
            ("shop-prod", "v8"),
        ),
        (
            "StartDeployment",
            "appconfig",
            {"ApplicationId": "app", "EnvironmentId": "env"},
            "AppConfig",
            ("app", "env"),
        ),
        (
            "StartDeployment",
            "apprunner",
            {"serviceArn": ARN.format("apprunner", "service/web/0f1e")},
            "App Runner",
            ("web",),
        ),
    ],
)
def test_a_deployment_is_named_with_its_service_its_target_and_who_asked(
    name: str, source: str, parameters: Any, by: str, what: tuple[str, ...]
) -> None:
    found, aws = asked(raw(name, source, parameters))
    assert found == [Deployment(AT, by, what, WHO)]
    assert len(aws.asked) == len(deployment.CALLS) == len(set(deployment.CALLS))


@pytest.mark.parametrize(
    "event",
    [
        raw("UpdateService", "ecs", {"cluster": "c", "service": "web", "desiredCount": 5}),
        raw("UpdateService", "servicediscovery", {"id": "srv-1"}),
        raw("CreateDeployment", "codedeploy", {"applicationName": "shop"}, "AccessDenied"),
        raw("UpdateStack", "cloudformation", None),
        raw("UpdateStack", "cloudformation", {"stackName": ""}),
    ],
    ids=["only more tasks", "another service's", "refused", "nothing said", "no name"],
)
def test_what_puts_nothing_into_service_is_no_deployment(event: dict[str, Any]) -> None:
    assert asked(event)[0] == []
