"""What the doctor sees of the policy, of the settings and of the fonts."""

from pathlib import Path

import pytest

from bot.doctor import fonts, policy
from bot.doctor import settings as of_settings
from bot.doctor.finding import Finding, Health
from bot.picture import fonts as installed
from tests.bot.doctor.conftest import Setup, only

ALONE = """
zone = "Asia/Tokyo"
[accounts.dev]
id = "222222222222"
regions = ["ap-northeast-1"]
"""


def looked(setup: Setup, groups: str = "", more: str = "") -> list[Finding]:
    setup.configure(f"{more}{ALONE}[groups]\n{groups}")
    patient = setup.patient
    return list(policy.look(patient.settings, patient.slack))


def test_a_policy_that_does_not_parse_is_told_rule_by_rule(setup: Setup) -> None:
    (setup.folder / "policy.cedar").write_text("permit (principal", encoding="utf-8")
    found = only(looked(setup, more='policy = "policy.cedar"\n'), Health.FAILED)
    assert "policy.cedar" in found.what
    assert "does not start" in found.do


def test_a_config_whose_groups_are_empty_lets_nobody_change_anything(setup: Setup) -> None:
    found = only(looked(setup, "operators = []\napprovers = []\n"), Health.FAILED)
    assert "Nobody may change anything" in found.what
    assert "[groups]" in found.do


def test_one_person_alone_is_warned_that_nobody_could_agree(setup: Setup) -> None:
    found = only(looked(setup, 'operators = ["U0SATO"]\napprovers = []\n'), Health.WARNING)
    assert "U0SATO" in found.what
    assert "second person" in found.do


def test_two_people_of_whom_one_agrees_are_enough(setup: Setup) -> None:
    found = only(looked(setup, 'operators = ["U0SATO"]\napprovers = ["U0SUZUKI"]\n'), Health.OK)
    assert "1 may change something, 1 may agree" in found.what


def test_the_people_of_a_user_group_are_asked_of_slack(setup: Setup) -> None:
    setup.slack.workspace.groups.pop("S0APPROVERS")
    groups = 'operators = ["U0SATO"]\napprovers = ["S0APPROVERS"]\n'
    assert "U0SATO" in only(looked(setup, groups), Health.WARNING).what
    setup.environment["SLACK_API_URL"] = "http://127.0.0.1:9/api/"
    only(looked(setup, groups), Health.OK)  # who is in it is not known: somebody may be


# -- settings ----------------------------------------------------------------------------------------


def test_everything_that_is_missing_is_named_with_what_to_do(tmp_path: Path) -> None:
    none, found = of_settings.read({"TOBAN_CONFIG": str(tmp_path / "none.toml")})
    assert none is None
    assert {one.health for one in found} == {Health.FAILED}
    bot, app, file = found
    assert "SLACK_BOT_TOKEN" in bot.what
    assert "SLACK_APP_TOKEN" in app.what
    assert "https://api.slack.com/apps" in bot.do
    assert "toban init" in file.do


def test_where_only_tokens_are_missing_the_rest_is_looked_at_all_the_same(setup: Setup) -> None:
    del setup.environment["SLACK_APP_TOKEN"]
    settings, found = of_settings.read(setup.environment)
    only(found, Health.FAILED)
    assert settings is not None
    assert settings.accounts[0].name == "prod"


# -- fonts -------------------------------------------------------------------------------------------


def test_a_machine_without_japanese_letters_is_told_which_package_has_some(
    setup: Setup, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(installed, "JAPANESE", ())
    installed._japanese.cache_clear()
    try:
        found = only(list(fonts.look(setup.patient.settings)), Health.WARNING)
    finally:
        installed._japanese.cache_clear()
    assert "fonts-noto-cjk" in found.do


def test_where_nobody_reads_japanese_no_font_is_looked_for(setup: Setup) -> None:
    setup.configure(ALONE)
    assert "No channel reads Japanese" in only(list(fonts.look(setup.patient.settings)), Health.OK).what
