from pathlib import Path

import pytest

from tests.bot.configs import LEAST, SCHEDULE, Load, loader, mistakes


@pytest.fixture
def config(tmp_path: Path) -> Load:
    return loader(tmp_path)


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ('zon = "x"\n' + LEAST, "zone"),
        (LEAST + 'rol = "x"\n', "role"),
        (LEAST + "[limits]\naproval = '1h'\n", "approval"),
        (LEAST + SCHEDULE + "most_deletion = 3\n", "most_deletions"),
        (LEAST + "[channels.C0OPS]\nlanguage = 'ja'\nlanguages = 'ja'\n", "language"),
    ],
)
def test_an_unknown_key_is_a_mistake_with_what_was_meant(config: Load, text: str, near: str) -> None:
    (found,) = mistakes(config, text)
    assert f"Did you mean {near}" in found


@pytest.mark.parametrize(
    ("written", "days"),
    [
        ('"daily"', "mon tue wed thu fri sat sun"),
        ('["weekdays"]', "mon tue wed thu fri"),
        ('["fri", "mon", "Mon"]', "mon fri"),
        ('["mon-wed", "sat"]', "mon tue wed sat"),
        ('["sat-mon"]', "mon sat sun"),
        ('["weekends"]', "sat sun"),
        ('"monthly"', "1st"),
        ('["15th", "mon"]', "mon 15th"),
    ],
)
def test_days_are_written_by_name_and_by_range(config: Load, written: str, days: str) -> None:
    (schedule,) = config(LEAST + SCHEDULE.replace('"daily"', written)).schedules
    assert schedule.days == tuple(days.split())


@pytest.mark.parametrize(
    "written", ["[1]", '["0"]', '["1-5"]', '["monday"]', "[]", '["mon-"]', "true", '"* * 1"']
)
def test_days_are_never_numbers_nor_guessed(config: Load, written: str) -> None:
    (found,) = mistakes(config, LEAST + SCHEDULE.replace('"daily"', written))
    assert found.startswith("[schedules.nightly] days (in ")


def test_a_time_of_day_is_understood_as_text_and_as_tomls_own(config: Load) -> None:
    (schedule,) = config(LEAST + SCHEDULE.replace('"01:00"', "19:30:00")).schedules
    assert schedule.time == "19:30"


@pytest.mark.parametrize("written", ['"24:00"', '"1:00"', '"0100"', "100", "01:00:30", '"0１:00"'])
def test_a_time_that_is_none_is_a_mistake(config: Load, written: str) -> None:
    (found,) = mistakes(config, LEAST + SCHEDULE.replace('"01:00"', written))
    assert "time (in " in found


def test_a_schedule_takes_its_zone_from_the_team_and_its_language_from_its_channel(config: Load) -> None:
    text = LEAST + '[channels.C0OPS]\nlanguage = "ja"\n' + SCHEDULE
    (schedule,) = config(text).schedules
    assert (schedule.zone, schedule.language) == ("Asia/Tokyo", "ja")
    (moved,) = config(text + 'zone = "America/New_York"\n').schedules
    assert moved.zone == "America/New_York"


@pytest.mark.parametrize("zone", ["", "Asia/Tokio", "Asia", "../etc/passwd", "/etc/passwd", "日本"])
def test_a_zone_that_is_none_is_a_mistake(config: Load, zone: str) -> None:
    (found,) = mistakes(config, LEAST.replace("Asia/Tokyo", zone))
    assert found.startswith("zone (in ")


def test_a_channel_and_an_owner_are_ids_since_names_change(config: Load) -> None:
    text = LEAST + SCHEDULE.replace("C0OPS", "#ops").replace("U0SATO", "sato")
    assert [line.split(" (in ")[0] for line in mistakes(config, text)] == [
        "[schedules.nightly] channel",
        "[schedules.nightly] owner",
    ]


def test_a_groups_members_are_people_and_slacks_user_groups(config: Load) -> None:
    found = config(LEAST + '[groups]\noperators = ["U0SATO", "S0OPERATORS"]\n')
    assert found.groups == {"operators": ("U0SATO", "S0OPERATORS")}
    (wrong,) = mistakes(config, LEAST + '[groups]\noperators = ["U0SATO", "@sato"]\n')
    assert wrong.startswith("[groups] operators #2 (in ")


def test_a_role_belongs_to_its_account(config: Load) -> None:
    (found,) = mistakes(config, LEAST + 'role = "arn:aws:iam::222222222222:role/toban"\n')
    assert "another account than 111111111111" in found


def test_aws_may_hold_timers_by_a_role_of_the_same_account(config: Load) -> None:
    role = 'timer_role = "arn:aws:iam::{}:role/toban-timer"'
    ours = LEAST.replace("regions", f"{role.format('111111111111')}\nregions", 1)
    assert config(ours).accounts[0].timer_role == "arn:aws:iam::111111111111:role/toban-timer"
    assert config(LEAST).accounts[0].timer_role is None
    (found,) = mistakes(config, LEAST.replace("regions", f"{role.format('222222222222')}\nregions", 1))
    assert "another account than 111111111111" in found


def test_an_account_is_named_once(config: Load) -> None:
    twin = '[accounts.twin]\nid = "111111111111"\nregions = ["us-east-1"]\n'
    (found,) = mistakes(config, LEAST + twin)
    assert "prod has the id of another account" in found


def test_an_id_with_leading_zeros_is_kept(config: Load) -> None:
    assert config(LEAST.replace("111111111111", "000000000012")).accounts[0].id == "000000000012"
    (found,) = mistakes(config, LEAST.replace('"111111111111"', "111111111111"))
    assert "in quotes" in found


def test_the_policy_lies_beside_the_config(config: Load, tmp_path: Path) -> None:
    text = 'policy = "team.cedar"\n' + LEAST
    (found,) = mistakes(config, text)
    assert str(tmp_path / "team.cedar") in found
    (tmp_path / "team.cedar").touch()
    assert config(text).policy == tmp_path / "team.cedar"


@pytest.mark.parametrize("span", ["30", "1w", "10s", "9d", "", "1h 30m"])
def test_a_span_has_a_unit_and_lasts_a_minute_to_a_week(config: Load, span: str) -> None:
    (found,) = mistakes(config, LEAST + f'[limits]\nstart = "{span}"\n')
    assert found.startswith("[limits] start (in ")


@pytest.mark.parametrize("caps", ["-1", "true", '"3"', "1.5"])
def test_a_cap_is_a_whole_number(config: Load, caps: str) -> None:
    (found,) = mistakes(config, LEAST + SCHEDULE + f"most_deletions = {caps}\n")
    assert found.startswith("[schedules.nightly] most_deletions (in ")
