"""Tags behave as a mapping that can be a key."""

from aws.filters import literally
from aws.tags import Tags


def test_tags_are_equal_to_any_mapping_of_the_same_content() -> None:
    assert Tags.of({"b": "2", "a": "1"}) == {"a": "1", "b": "2"}
    assert Tags.of({"b": "2", "a": "1"}) == Tags.read(
        [{"Key": "a", "Value": "1"}, {"Key": "b", "Value": "2"}]
    )


def test_equal_tags_have_equal_hashes() -> None:
    assert len({Tags.of({"b": "2", "a": "1"}), Tags.of({"a": "1", "b": "2"}), Tags()}) == 2


def test_no_tags_are_not_written() -> None:
    assert Tags().written("snapshot") == []


def test_a_value_that_looks_like_a_pattern_can_be_meant_literally() -> None:
    assert literally(r"a*b?\c") == r"a\*b\?\\c"
