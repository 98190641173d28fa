"""Names that have room, and are still told apart."""

import pytest

from bot.picture.names import fitted, places, shortened


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("AWS Lambda", "AWS Lambda"),
        ("Amazon Simple Storage Service", "S3"),
        ("Amazon Elastic Compute Cloud - Compute", "EC2 - Compute"),
        ("Amazon Managed Blockchain", "Managed Blockchain"),
        ("AWS Glue for quite a long name", "Glue for quite a lo…"),
        ("経理部のデータベースとその複製", "経理部のデータベー…"),
    ],
)
def test_a_name_is_shortened_as_people_say_it(name: str, short: str) -> None:
    assert shortened([name], 20) == [short]


def test_no_two_names_become_the_same() -> None:
    made = shortened(["costs of the team called A", "costs of the team called B"], 12)
    assert made == ["costs of th…", "costs of… 2"]


def test_a_cut_name_is_never_longer_than_its_room() -> None:
    assert [places(fitted(name, 7)) <= 7 for name in ("日本語の名前", "abcdefgh", "a日本語名")] == [True] * 3
