from datetime import timedelta

import pytest

from commands.generations.keep import Keep
from commands.generations.overrides import Wanted, wanted

LINE = Keep(newest=7)
REGIONS = ("ap-northeast-1", "us-west-2")


def of(tags: dict[str, str], copy_to: tuple[str, ...] = ()) -> Wanted:
    """How a volume in Tokyo with these tags is treated."""
    return wanted(tags, LINE, copy_to, REGIONS, "ap-northeast-1")


def test_without_tags_the_line_holds() -> None:
    assert of({}, ("us-west-2",)) == Wanted(LINE, ("us-west-2",))


def test_a_tag_changes_its_own_part_of_the_rule() -> None:
    assert of({"toban:keep": "14"}).keep == Keep(newest=14)
    assert of({"toban:older-than": "30d"}).keep == Keep(newest=7, older_than=timedelta(days=30))
    assert of({"toban:keep-monthly": "12"}).keep == Keep(newest=7, monthly=12)


def test_regions_are_named_with_spaces_between_them_and_home_is_none() -> None:
    assert of({"toban:copy-to": "us-west-2 ap-northeast-1"}).copy_to == ("us-west-2",)
    assert of({"toban:copy-to": ""}, ("us-west-2",)).copy_to == ()


@pytest.mark.parametrize("value", ["true", "True", " yes ", "1"])
def test_a_tag_keeps_toban_away(value: str) -> None:
    assert of({"toban:exclude": value}).excluded
    assert not of({"toban:exclude": "false"}).excluded


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("toban:keep", "0"),
        ("toban:keep", "seven"),
        ("toban:keep", "-1"),
        ("toban:keep", "１４"),
        ("toban:keep", ""),
        ("toban:older-than", "30"),
        ("toban:older-than", "30y"),
        ("toban:copy-to", "mars-north-1"),
    ],
)
def test_a_tag_that_cannot_be_read_deletes_nothing_and_is_named(key: str, value: str) -> None:
    read = of({key: value})
    assert read.keep == Keep()
    assert [str(why) for why in read.unclear] == [f"its tag {key} is “{value}”"]
