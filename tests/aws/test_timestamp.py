"""AWS's times are read as aware UTC, in every form AWS has."""

from datetime import UTC, datetime

import pytest

from aws import timestamp


@pytest.mark.parametrize(
    "written",
    [
        "2026-11-21T01:02:03.000Z",
        "2026-11-21T01:02:03Z",
        "2026-11-21T10:02:03+09:00",
        "2026-11-21T01:02:03",
        "20261121T010203Z",
        "Sat, 21 Nov 2026 01:02:03 GMT",
        "1795222923",
        1795222923,
        1795222923.0,
    ],
)
def test_every_form_is_the_same_moment(written: str | float) -> None:
    read = timestamp.parse(written)
    assert read == datetime(2026, 11, 21, 1, 2, 3, tzinfo=UTC)
    assert read.tzinfo is UTC


def test_what_is_no_time_is_refused() -> None:
    with pytest.raises(ValueError, match="soon"):
        timestamp.parse("soon")
