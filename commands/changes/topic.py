"""The SNS topic that alarms tell: one of their own region, as "PutMetricAlarm" (CloudWatch) wants it."""

import re
from collections.abc import Iterable

from aws.account import Place
from bot.arguments import Kind, UsageError, arg
from bot.words import words

_ARN = re.compile(r"arn:aws[a-z-]*:sns:([a-z0-9-]+):[0-9]{12}:[A-Za-z0-9_-]{1,256}")


def topic_arg() -> str:
    """The option --topic."""
    declared: str = arg(Kind.WORD, words("the ARN of the SNS topic that hears of it"), required=True)
    return declared


def region_of(topic: str) -> str:
    """The region of a topic by its ARN.  Raises UsageError for what is none."""
    found = _ARN.fullmatch(topic)
    if not found:
        raise UsageError(
            words(
                "“{topic}” is no ARN of an SNS topic; one reads arn:aws:sns:REGION:ACCOUNT:NAME.",
                topic=topic[:80],
            )
        )
    return found[1]


def must_be_of(topic: str, meant: Iterable[Place]) -> None:
    """Raise UsageError unless a topic is of the region of all these places."""
    region = region_of(topic)
    others = sorted({place.region for place in meant} - {region})
    if others:
        raise UsageError(
            words(
                "The topic is in {region}, the alarm would be in {others}; an alarm tells topics of its own"
                " region only.",
                region=region,
                others=", ".join(others),
            )
        )
