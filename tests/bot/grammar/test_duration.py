from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.grammar.duration import LONGEST, read_duration, write_duration


@pytest.mark.parametrize(
    ("text", "milliseconds"),
    [
        ("100ms", 100),
        ("1s500ms", 1500),
        ("1m5ms", 60_005),
        ("1m5s", 65_000),
        ("５００ｍｓ", 500),
        ("250ミリ秒", 250),
        ("1h30m", 5_400_000),
    ],
)
def test_a_span_may_be_shorter_than_a_second(text: str, milliseconds: int) -> None:
    assert read_duration(text) == timedelta(milliseconds=milliseconds)


@pytest.mark.parametrize("text", ["", "ms", "100", "100 ms", "1.5s", "-1s", "100msec", "1sm"])
def test_what_is_no_span_is_none(text: str) -> None:
    assert read_duration(text) is None


@given(st.integers(0, LONGEST // timedelta(milliseconds=1)).map(lambda count: timedelta(milliseconds=count)))
def test_what_is_written_can_be_read(span: timedelta) -> None:
    assert read_duration(write_duration(span)) == span
