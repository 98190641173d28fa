import json
from typing import Any, cast

import boto3
import pytest

from aws import topic
from aws.account import Accounts
from aws.errors import NotFound
from tests.aws.conftest import PLACE

ACCOUNT = "123456789012"


def test_the_subscribers_get_the_text_under_a_subject_that_sns_takes(
    local_aws: str, accounts: Accounts
) -> None:
    sns: Any = boto3.client("sns", region_name=PLACE.region)
    sqs: Any = boto3.client("sqs", region_name=PLACE.region)
    arn = sns.create_topic(Name="on-duty")["TopicArn"]
    url = sqs.create_queue(QueueName="telephone")["QueueUrl"]
    sns.subscribe(TopicArn=arn, Protocol="sqs", Endpoint=f"arn:aws:sqs:{PLACE.region}:{ACCOUNT}:telephone")
    assert topic.publish(topic.client(accounts, PLACE), arn, subject="#A1 障害\n" + "x" * 200, text="電話")
    (message,) = sqs.receive_message(QueueUrl=url)["Messages"]
    told = json.loads(message["Body"])
    assert told["Message"] == "電話"
    assert told["Subject"] == "#A1 ???" + "x" * 92


def test_a_topic_that_is_gone_is_said_so(local_aws: str, accounts: Accounts) -> None:
    arn = f"arn:aws:sns:{PLACE.region}:{ACCOUNT}:nobody"
    with pytest.raises(NotFound):
        topic.publish(topic.client(accounts, PLACE), arn, subject="x", text="y")


def test_nothing_is_repeated_by_itself(local_aws: str, accounts: Accounts) -> None:
    client = cast("Any", topic.client(accounts, PLACE))
    assert client.meta.config.retries["total_max_attempts"] == 1
