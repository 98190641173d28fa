import pytest

from bot.arguments import UsageError
from tests.commands.alarm.alarms import lines
from tests.commands.desk import Desk


def test_a_rule_that_fits_says_what_it_would_do_although_another_comes_first(desk: Desk) -> None:
    said = lines(desk, "/alarm try rest health_abuse")
    assert "the rule rest fits it, and would tell of it in C0OPS" in said
    assert not any("would ask" in each for each in said)


@pytest.mark.parametrize(
    ("event", "why"),
    [
        ("alarm_metric", 'source is "aws.cloudwatch"; the rule wants ["aws.health"]'),
        ("health_issue", 'detail.service is "EC2"; the rule wants ["ABUSE"]'),
    ],
)
def test_a_rule_that_does_not_fit_says_what_is_in_the_way(desk: Desk, event: str, why: str) -> None:
    assert f"the rule abuse does not fit it: {why}" in lines(desk, f"/alarm try abuse {event}")


def test_a_rule_that_is_not_there_is_a_sentence(desk: Desk) -> None:
    with pytest.raises(UsageError, match="There is no rule alarm; there is alarms"):
        desk.plan("/alarm try alarm health_abuse")
    with pytest.raises(UsageError, match="There is no rule nightly; there is alarms, abuse, rest"):
        desk.plan("/alarm try nightly health_abuse")
