"""docs/rules.toml, the rules to begin with: what AWS says gets one of them, and their lines can be asked."""

import json
from datetime import UTC, datetime

import pytest

import commands
from bot.event import Event
from bot.flow.rule_line import Unfilled, filled
from bot.grammar.grammar import Grammar, Parsed, Vocabulary
from bot.pattern import fits
from bot.settings import load_without_slack
from bot.trouble import Rule
from commands.alarm._samples import FOLDER
from jobs.envelope import Home, opened
from jobs.readings.read import read
from tests.bot.configs import LEAST
from tests.by_name import by_name
from tests.docs import ROOT

RULES = ROOT / "docs" / "rules.toml"
NAMES = sorted(path.stem for path in FOLDER.glob("*.json"))
OURS = Home("prod", "ap-northeast-1", {"111111111111": "prod", "222222222222": "dev"})
GRAMMAR = Grammar(by_name(commands.load()), Vocabulary(("prod", "dev"), ("ap-northeast-1",)))
FOR_THE_REST = {
    "advisor_ok", "ebs_copied", "ebs_snapshot_made", "ebs_snapshot_shared",
    "ebs_volume_deleted", "ebs_volume_made", "ecs_service_steady", "ecs_task_running",
    "rds_changed", "sns_text", "trail_login",
    "trail_login_failed", "trail_other", "trail_started", "unknown_guardduty",
    "rds_stopped", "rds_started_by_itself", "unknown_state_change",
}  # fmt: skip
"""What has no rule of its own: the team hears of it in `reports`."""


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> tuple[Rule, ...]:
    config = tmp_path_factory.mktemp("rules") / "toban.toml"
    config.write_text(f"{LEAST}\n{RULES.read_text(encoding='utf-8')}", encoding="utf-8")
    return load_without_slack({"TOBAN_CONFIG": str(config)}).rules


def event(name: str) -> Event:
    envelope = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return opened(json.dumps(envelope), OURS, datetime(2026, 11, 21, tzinfo=UTC), lambda _: None)


def first(rules: tuple[Rule, ...], name: str) -> str:
    return next((one.name for one in rules if fits(one.pattern, event(name).envelope)), "")


@pytest.mark.parametrize("name", NAMES)
def test_what_aws_says_has_a_rule_or_is_for_the_rest(rules: tuple[Rule, ...], name: str) -> None:
    assert (first(rules, name) == "") == (name in FOR_THE_REST), first(rules, name)


def test_every_rule_is_the_first_for_something(rules: tuple[Rule, ...]) -> None:
    assert {first(rules, name) for name in NAMES} >= {one.name for one in rules}


@pytest.mark.parametrize("name", NAMES)
def test_what_a_rule_would_ask_can_be_asked(rules: tuple[Rule, ...], name: str) -> None:
    """Each event of a rule fills the line that is asked by itself; a button that it does not is left out."""
    found = next((one for one in rules if one.name == first(rules, name)), None)
    if found is None:
        return
    names = read(event(name)).names
    for line in found.buttons:
        try:
            assert isinstance(GRAMMAR.parse(filled(line, names)), Parsed), line
        except Unfilled:
            continue
    if found.do:
        assert isinstance(GRAMMAR.parse(filled(found.do, names)), Parsed), found.do
