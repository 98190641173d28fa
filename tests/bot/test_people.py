"""Who is in which group: people whom the config names stay, whoever changes user groups in Slack."""

from datetime import timedelta

import pytest

from bot.people import Directory


def test_whom_the_config_names_by_id_no_user_group_adds_or_removes() -> None:
    """Whoever may edit Slack's user groups gets nobody into a group of people."""
    asked: list[str] = []

    def members(group: str) -> tuple[str, ...]:
        asked.append(group)
        return ("U0EVIL",)

    people = Directory({"approvers": ("U0ANNA",), "operators": ("S0OPS",)}, members)
    assert people.person("U0EVIL").groups == ("operators",)
    assert people.person("U0ANNA").groups == ("approvers",)
    assert set(asked) == {"S0OPS"}


@pytest.mark.parametrize("user", ["", "approvers", "S0OPS", "U0ANNA ", "u0anna", "*"])
def test_who_is_named_nowhere_is_in_no_group(user: str) -> None:
    assert Directory({"approvers": ("U0ANNA",)}).person(user).groups == ()


def test_while_slack_does_not_say_nobody_is_in_its_groups() -> None:
    people = Directory({"operators": ("S0OPS",)}, lambda _group: None)
    assert not people.are_known()
    assert people.person("U0SATO").groups == ()
    assert not people.has_left("U0SATO", timedelta(0))
