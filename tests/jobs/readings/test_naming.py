"""What may stand in a line: ids that are ids, and names that mean nothing else."""

import pytest

from bot.words import words
from jobs.readings.naming import ids, name, names, offers, shown
from tests.jobs.readings.given import INSTANCE, OTHER, event


def test_an_id_is_found_by_itself_or_at_the_end_of_an_arn_each_once() -> None:
    arn = f"arn:aws:ec2:ap-northeast-1:222222222222:instance/{INSTANCE}"
    assert ids("i-", [INSTANCE, arn, "vol-0b1c2d3e4f5061728", OTHER]) == (INSTANCE, OTHER)


@pytest.mark.parametrize(
    "value", ["i-", "i-1", "i-0a1b2c3d4e5f6071", "i-0A1B2C3D", "all", "xi-0a1b2c3d", "i-0a1b2c3d\n"]
)
def test_what_only_looks_like_an_id_is_none(value: str) -> None:
    assert ids("i-", [value]) == ()


@pytest.mark.parametrize("value", ["web", "shop-db", "web.prod_2", "0web"])
def test_a_plain_word_is_a_name(value: str) -> None:
    assert name(value) == value


@pytest.mark.parametrize(
    "value", ["", "all", "ALL", "until", "web 2", "-web", "tag:env", INSTANCE, "ウェブ", "a" * 300]
)
def test_what_a_line_would_understand_otherwise_is_no_name(value: str) -> None:
    assert name(value) == ""


def test_lines_of_rules_get_what_means_only_itself() -> None:
    given = names(event("alarm_metric"), alarm="ＡＬＬ", group="web", empty="", tagged="tag:env=prod")
    assert given == {"account": "prod", "region": "ap-northeast-1", "group": "web"}


def test_a_button_without_targets_is_none() -> None:
    assert offers("ec2 stop", words("Stop"), []) == ()
    assert offers("ec2 stop", words("Stop"), [""]) == ()


def test_a_button_names_the_first_and_counts_the_others() -> None:
    assert shown([INSTANCE, OTHER]) == f"{INSTANCE} +1"
    assert shown([INSTANCE]) == INSTANCE
