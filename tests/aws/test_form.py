"""The form that EC2 is asked with is the one botocore would send."""

from typing import Any

import pytest
from botocore.awsrequest import AWSRequest
from hypothesis import given
from hypothesis import strategies as st

from aws import form


def by_botocore(parameters: dict[str, Any]) -> bytes:
    body = AWSRequest("POST", "https://ec2.example", data=dict(parameters)).prepare().body
    return str(body).encode()


@given(st.dictionaries(st.text(min_size=1), st.one_of(st.text(), st.integers()), min_size=1))
def test_whatever_is_asked_is_written_as_botocore_writes_it(parameters: dict[str, Any]) -> None:
    assert form.written(parameters) == by_botocore(parameters)


@pytest.mark.parametrize("value", ["i-0123456789abcdef0", "Ünï çödé", "a b+c&d=e", "~._-", "", "/x?"])
def test_names_and_values_are_quoted_where_they_must_be(value: str) -> None:
    parameters = {"Action": "DescribeInstances", "Filter.1.Value.1": value}
    assert form.written(parameters) == by_botocore(parameters)
