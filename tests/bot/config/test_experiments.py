"""Experiments: several faults that the config names as one."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.drill import Part
from bot.rulebook import rules
from bot.settings import SettingsError
from tests.bot.configs import LEAST, Load, loader, mistakes

GROUPS = '[groups]\noperators = ["U0SATO"]\napprovers = ["U0SUZUKI"]\n'


@pytest.fixture
def config(tmp_path: Path) -> Load:
    return loader(tmp_path)


def table(parts: str) -> str:
    return f"{LEAST}\n{GROUPS}\n[experiments.bad-friday]\nparts = {parts}\n"


def test_its_parts_are_lines_some_of_them_later(config: Load) -> None:
    text = table('["zone ap-northeast-1a", { run = "database shop", later = "30s" }]')
    assert config(text).experiments == {
        "bad-friday": (
            Part("failover run zone ap-northeast-1a"),
            Part("failover run database shop", timedelta(seconds=30)),
        )
    }


def test_it_has_at_least_one_part(config: Load) -> None:
    (found,) = mistakes(config, table("[]"))
    assert "[experiments.bad-friday] parts" in found


def test_what_is_no_part_says_what_one_is(config: Load) -> None:
    (found,) = mistakes(config, table("[7]"))
    assert "such as “zone ap-northeast-1a”" in found


def test_a_part_that_nobody_could_ask_keeps_toban_from_starting(config: Load) -> None:
    with pytest.raises(SettingsError, match="“failover run zoo x” of experiment bad-friday"):
        rules(config(table('["zoo x"]')))


def test_parts_that_can_be_asked_are_fine(config: Load) -> None:
    assert rules(config(table('["zone ap-northeast-1a"]')))
