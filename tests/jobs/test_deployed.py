"""Deployments among what was going on when a trouble began."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from aws import deployment
from aws.account import AccountConfig
from bot.flow.path import Path as Ways
from bot.trouble import Trouble
from jobs import context
from jobs.deployed import Deployed
from tests.canned import CannedAccounts, Refusal
from tests.happened import DISK, INSTANCE, RULE, come, newest
from tests.house import House, house

WHO = "arn:aws:sts::123456789012:assumed-role/ci/build-7"


@pytest.fixture
def there(tmp_path: Path) -> Iterator[House]:
    with house(tmp_path, [AccountConfig("dev", "123456789012", ("ap-northeast-1",))], rules=(RULE,)) as made:
        yield made


def ways(there: House, answer: Any) -> Ways:
    return replace(there.path, aws=CannedAccounts({"cloudtrail.LookupEvents": answer}, role=None))


def stack(there: House, name: str, ago: int) -> dict[str, Any]:
    """CloudFormation was told to update a stack, so many minutes ago."""
    record = {"userIdentity": {"arn": WHO}, "requestParameters": {"stackName": name}}
    return {
        "EventName": "UpdateStack",
        "EventSource": "cloudformation.amazonaws.com",
        "EventTime": there.time() - timedelta(minutes=ago),
        "CloudTrailEvent": json.dumps(record),
    }


def recorded(*events: dict[str, Any]) -> Any:
    """CloudTrail's answers, where this was recorded and nothing else."""

    def answer(body: str) -> dict[str, Any]:
        (wanted,) = json.loads(body)["LookupAttributes"]
        named = [one for one in events if one["EventName"] == wanted["AttributeValue"]]
        return {"Events": named if wanted["AttributeKey"] == "EventName" else []}

    return answer


def said(known: Deployed, trouble: Trouble) -> list[str]:
    return [str(dict(one.values)["what"]) for one in known.before(trouble)]


def test_a_message_names_what_was_deployed_in_the_hour_before(there: House) -> None:
    come(there)
    path = ways(there, recorded(stack(there, "shop", 9), stack(there, "old", 61)))
    assert context.look(path) == 1
    (told,) = newest(there).context
    assert str(told).startswith("CloudFormation was told to deploy shop at ")
    assert str(told).endswith(f"by {WHO}")


def test_what_is_of_the_thing_itself_comes_first_and_then_the_newest(there: House) -> None:
    trouble = come(there)
    path = ways(there, recorded(*(stack(there, name, ago) for ago, name in enumerate(["a", "b", INSTANCE]))))
    assert said(Deployed(path, context.BEFORE), trouble) == [INSTANCE, "a", "b"]


def test_a_few_are_told_and_cloudtrail_is_asked_once_a_minute_for_a_place(there: House) -> None:
    path = ways(there, recorded(*(stack(there, f"s{ago}", ago) for ago in range(9))))
    known = Deployed(path, context.BEFORE)
    first, second = come(there), come(there, subject=DISK)
    assert said(known, first) == said(known, second) == ["s0", "s1", "s2"]
    assert isinstance(path.aws, CannedAccounts)
    assert len(path.aws.asked) == len(deployment.CALLS)
    there.time.pass_(minutes=1)
    said(known, first)
    assert len(path.aws.asked) == 2 * len(deployment.CALLS)


def test_one_that_began_long_ago_is_asked_about_by_itself(there: House) -> None:
    path = ways(there, recorded(stack(there, "now", 1), stack(there, "then", 200)))
    known = Deployed(path, context.BEFORE)
    assert said(known, come(there)) == ["now"]
    late = come(there, subject=DISK, at=there.time() - timedelta(hours=3))
    assert said(known, late) == ["then"]


def test_where_cloudtrail_may_not_be_read_nothing_is_said(there: House) -> None:
    trouble = come(there)
    assert said(Deployed(ways(there, Refusal("AccessDeniedException")), context.BEFORE), trouble) == []
