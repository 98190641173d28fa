"""The samples of the pages about starting, stopping and running are read as a config, line by line."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

import commands
from bot.grammar.grammar import Grammar, Parsed, Vocabulary
from bot.settings import load_without_slack
from tests.by_name import by_name

DOCS = Path(__file__).parents[3] / "docs"
BLOCKS = [
    block
    for page in ("run.md", "start-and-stop.md")
    for block in re.findall(
        r"^```toml\n(.*?)^```", (DOCS / page).read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE
    )
]
SCHEDULES: dict[str, Any] = {
    name: one for block in BLOCKS for name, one in tomllib.loads(block).get("schedules", {}).items()
}
GRAMMAR = Grammar(
    by_name(commands.load()), Vocabulary(("prod",), ("ap-northeast-1",), calendars=("office-tokyo",))
)
ACCOUNT = '[accounts.prod]\nid = "111111111111"\nregions = ["ap-northeast-1"]\n'


@pytest.mark.parametrize("name", SCHEDULES)
def test_its_line_can_be_typed_and_is_canonical(name: str) -> None:
    parsed = GRAMMAR.parse(SCHEDULES[name]["line"])
    assert isinstance(parsed, Parsed)
    assert parsed.line == SCHEDULES[name]["line"]


def test_the_samples_are_a_config(tmp_path: Path) -> None:
    file = tmp_path / "toban.toml"
    file.write_text("\n".join(['zone = "Asia/Tokyo"', ACCOUNT, *BLOCKS]), encoding="utf-8")
    assert {one.name for one in load_without_slack({"TOBAN_CONFIG": str(file)}).schedules} >= set(SCHEDULES)
