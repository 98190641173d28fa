"""Fields of another kind than was thought are empty, and what is there is on one line and clipped."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from jobs.readings.fields import amount, at, decoded, items, lines, moment, prose, short, text, texts


@pytest.mark.parametrize(
    ("value", "said"),
    [("a\n b\x00c", "a b c"), (7, "7"), (2.5, "2.5"), (True, "true"), (None, ""), ({}, ""), ([], ""),
     (10**40, ""), ("\ud800x", "\ufffdx"), ("x" * 200, "x" * 79 + "…")],
)  # fmt: skip
def test_a_text_is_one_line_that_can_be_stored(value: Any, said: str) -> None:
    assert text({"field": value}, "field") == said


@pytest.mark.parametrize("value", [None, 1, "x", [], [{"b": 1}], {"a": None}, {"a": "x"}, {"a": []}])
def test_a_path_that_leads_nowhere_ends_in_nothing(value: Any) -> None:
    assert at(value, "a", "b", 0) is None
    assert at(value, "a", -1, "c") is None


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("2026-11-22T01:00:40.989+0000", datetime(2026, 11, 22, 1, 0, 40, 989000, UTC)),
        ("2026-11-22T01:00:40Z", datetime(2026, 11, 22, 1, 0, 40, tzinfo=UTC)),
        ("2026-11-22T01:00:40", datetime(2026, 11, 22, 1, 0, 40, tzinfo=UTC)),
        ("Sun, 22 Nov 2026 01:00:40 GMT", datetime(2026, 11, 22, 1, 0, 40, tzinfo=UTC)),
        ("0001-01-01T00:00:00Z", None),
        ("9999-12-31T23:59:59-14:00", None),
        ("tomorrow", None),
        ("", None),
        (7, None),
    ],
)
def test_a_moment_is_read_as_aws_s_services_write_it(said: Any, expected: datetime | None) -> None:
    found = moment(said)
    assert found == expected
    assert found is None or found.utcoffset() == timedelta(0)


@pytest.mark.parametrize("said", ["NaN", "Infinity", "1e400", "ten", "", None, True, [], float("nan")])
def test_what_is_no_number_is_none(said: Any) -> None:
    assert amount(said) is None


@pytest.mark.parametrize(
    ("number", "said"),
    [("45628", "45,628"), ("99.50160229", "99.5"), ("0.0666851903", "0.0667"), ("0", "0"), ("-3.10", "-3.1"),
     ("1e15", "1.000e+15"), ("50.0", "50"), ("1000", "1,000")],
)  # fmt: skip
def test_numbers_are_said_as_people_say_them(number: str, said: str) -> None:
    assert short(Decimal(number)) == said


def test_what_somebody_wrote_shows_no_secret() -> None:
    assert prose("password=hunter2 is\nwrong") == "password=[redacted] is wrong"
    assert lines({"m": "a\n\npassword=hunter2\nb"}, "m", most=5) == ("a", "password=[redacted]", "b")


def test_many_lines_end_with_a_sign_that_there_are_more() -> None:
    assert lines("a\nb\nc", most=2) == ("a", "b…")
    assert all(len(one) <= 280 for one in lines("word " * 500, most=3))


def test_lists_hold_what_they_should_hold() -> None:
    assert items([{"a": 1}, 7, None, {"b": 2}]) == ({"a": 1}, {"b": 2})
    assert items({"a": 1}) == ()
    assert texts(["a", None, {}, 7]) == ("a", "7")
    assert texts("a") == ("a",)
    assert decoded('{"a": 1}') == {"a": 1}
    assert decoded("{") is None
    assert decoded("[" * 100_000) is None
