"""Synthetics of the local AWS: what moto's does not do."""

from typing import Any

import pytest
from botocore.exceptions import ClientError

from playground.aws.server import LocalAws
from tests.playground.aws.conftest import ONCE, PRODUCTION


@pytest.fixture
def synthetics(aws: LocalAws) -> Any:
    return aws.client("synthetics", account=PRODUCTION, config=ONCE)


def make(synthetics: Any, name: str) -> None:
    synthetics.create_canary(
        Name=name,
        Code={"ZipFile": b"x", "Handler": "canary.handler"},
        ArtifactS3Location="s3://canaries",
        ExecutionRoleArn=f"arn:aws:iam::{PRODUCTION}:role/canary",
        Schedule={"Expression": "rate(5 minutes)"},
        RuntimeVersion="syn-python-selenium-5.1",
    )


def states(synthetics: Any, **asked: Any) -> dict[str, str]:
    found = synthetics.describe_canaries(**asked)["Canaries"]
    return {one["Name"]: one["Status"]["State"] for one in found}


def test_a_canary_runs_once_it_was_started(synthetics: Any) -> None:
    make(synthetics, "shop")
    make(synthetics, "api")
    assert states(synthetics) == {"shop": "READY", "api": "READY"}
    synthetics.start_canary(Name="shop")
    assert states(synthetics, Names=["shop"]) == {"shop": "RUNNING"}


def test_a_name_is_given_once_and_what_runs_is_not_started(synthetics: Any) -> None:
    make(synthetics, "shop")
    with pytest.raises(ClientError, match="already exists"):
        make(synthetics, "shop")
    synthetics.start_canary(Name="shop")
    with pytest.raises(ClientError, match="ConflictException"):
        synthetics.start_canary(Name="shop")
    with pytest.raises(ClientError, match="ResourceNotFoundException"):
        synthetics.start_canary(Name="nobody")
