"""Tags behave as a mapping that can be a key."""

from aws.filters import by_tags
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


def test_a_tag_without_a_value_means_any_value_and_patterns_stay_patterns() -> None:
    assert by_tags([("env", "dev"), ("env", "stg*"), ("Backup", "")]) == {
        "tag:env": ("dev", "stg*"),
        "tag:Backup": ("*",),
    }
