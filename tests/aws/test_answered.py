from datetime import UTC, datetime

import pytest

from aws import answered

OTHERWISE = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)


def reply(**headers: str) -> dict[str, object]:
    return {"ResponseMetadata": {"HTTPHeaders": headers}}


def test_aws_says_when_it_answered() -> None:
    said = answered.moment(reply(date="Sat, 21 Nov 2026 04:05:06 GMT"), OTHERWISE)
    assert said == datetime(2026, 11, 21, 4, 5, 5, tzinfo=UTC)


@pytest.mark.parametrize("headers", [{}, {"date": "yesterday"}, {"date": ""}])
def test_without_that_it_is_the_moment_that_was_given(headers: dict[str, str]) -> None:
    assert answered.moment(reply(**headers), OTHERWISE) == OTHERWISE


def test_an_answer_without_headers_is_none_the_worse() -> None:
    assert answered.moment({"ResponseMetadata": {}}, OTHERWISE) == OTHERWISE
