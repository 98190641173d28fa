"""The sample schedules of docs/run.md are read as a config, and one like them runs by the clock."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

import commands
from bot.grammar.grammar import Grammar, Parsed, Vocabulary
from bot.settings import load_without_slack

PAGE = (Path(__file__).parents[3] / "docs" / "run.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```toml\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)
SCHEDULES: dict[str, Any] = {
    name: one for block in BLOCKS for name, one in tomllib.loads(block)["schedules"].items()
}
GRAMMAR = Grammar(commands.load(), Vocabulary(("dev", "prod"), ("ap-northeast-1",)))
ACCOUNT = '[accounts.prod]\nid = "111111111111"\nregions = ["ap-northeast-1"]\n'


@pytest.mark.parametrize("name", SCHEDULES)
def test_its_line_can_be_typed_and_is_canonical(name: str) -> None:
    parsed = GRAMMAR.parse(SCHEDULES[name]["line"])
    assert isinstance(parsed, Parsed)
    assert parsed.verb.noun == "run"
    assert parsed.line == SCHEDULES[name]["line"]


def test_the_samples_are_a_config(tmp_path: Path) -> None:
    file = tmp_path / "toban.toml"
    file.write_text("\n".join(['zone = "Asia/Tokyo"', ACCOUNT, *BLOCKS]), encoding="utf-8")
    assert {one.name for one in load_without_slack({"TOBAN_CONFIG": str(file)}).schedules} >= set(SCHEDULES)
