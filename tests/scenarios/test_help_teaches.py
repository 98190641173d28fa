"""Help has only what its reader may do, with examples of what is really there."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from playground.aws.server import LocalAws
from tests.scenarios.given import ENGLISH, READER, SECOND, run_instances
from tests.scenarios.whole import Whole, the_whole


@pytest.fixture
def whole(local_aws: LocalAws, tmp_path: Path) -> Iterator[Whole]:
    with the_whole(local_aws, tmp_path) as there:
        yield there


def test_examples_are_of_this_teams_own_estate(whole: Whole) -> None:
    (one,) = run_instances(whole.aws, "dev", 1, env="検証", Name="検索-1")
    whole.front.estate.read()
    page = shown(whole, "/ec2 stop --help", SECOND)
    assert f"`/ec2 stop {one}`" in page
    assert "`/ec2 list`" in shown(whole, "/ec2", SECOND)
    assert "/ec2 stop" in shown(whole, "/toban", SECOND)


def test_who_may_only_read_is_taught_only_that(whole: Whole) -> None:
    page = shown(whole, "/ec2", READER)
    assert "/ec2 list" in page
    assert "/ec2 stop" not in page


def shown(whole: Whole, line: str, person: str) -> str:
    told = whole.types(line, person, ENGLISH)
    return json.dumps(told.response, ensure_ascii=False)
