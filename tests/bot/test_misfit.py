import pytest

from bot.misfit import misfit

EVENT = {
    "source": "aws.ec2",
    "detail": {"state": "running", "of": {"name": "web"}, "list": [{"a": 1}], "text": "x" * 200},
}


@pytest.mark.parametrize(
    ("pattern", "why"),
    [
        ({"source": ["aws.rds"]}, 'source is "aws.ec2"; the rule wants ["aws.rds"]'),
        ({"account": ["1"]}, 'it has no account; the rule wants ["1"]'),
        (
            {"source": ["aws.ec2"], "detail": {"of": {"name": ["db"]}}},
            'detail.of.name is "web"; the rule wants ["db"]',
        ),
        ({"detail": {"state": {"value": ["x"]}}}, 'detail.state is "running", not an object'),
        ({"detail": {"list": {"a": [2]}}}, 'detail.list is [{"a": 1}]; the rule wants {"a": [2]}'),
        ({"$or": [{"source": ["a"]}, {"source": ["b"]}]}, "it fits none of the alternatives of $or"),
        ({"detail": {"text": ["y"]}}, f'detail.text is "{"x" * 78}…; the rule wants ["y"]'),
    ],
)
def test_the_first_field_that_is_in_the_way_is_named(pattern: dict[str, object], why: str) -> None:
    assert str(misfit(pattern, EVENT)) == why


def test_nothing_is_in_the_way_of_what_fits() -> None:
    assert misfit({"source": ["aws.ec2"], "detail": {"list": {"a": [1]}}}, EVENT) is None
