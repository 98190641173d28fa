from tests.commands.desk import Desk, in_english
from tests.commands.schedule.adding import added


def test_every_schedule_is_listed_with_what_it_asks_and_for_whom(desk: Desk) -> None:
    plan = desk.plan("/schedule list")
    assert plan.table is not None
    assert [row[:4] for row in plan.table.rows] == [
        ("dev-off", "mon,fri 20:00 Asia/Tokyo", "/ec2 stop tag:env=dev", "<@U0MILLER>"),
        ("nightly", "daily 01:00 Asia/Tokyo", "/snapshot create all --keep 7", "<@U0MILLER>"),
    ]
    assert str(plan.summary) == "2 schedules"


def test_its_last_run_and_who_agreed_are_shown(desk: Desk) -> None:
    desk.run(1, env="dev")
    desk.carry_out("/schedule approve dev-off")
    desk.see_through("/schedule run dev-off")
    plan = desk.plan("/schedule list")
    assert plan.table is not None
    shown = {row[0]: (row[4], row[6]) for row in plan.table.rows}
    assert shown["dev-off"] == ("<@U0SATO>", "#3 done")
    assert shown["nightly"] == ("–", "–")


def test_the_next_three_runs_are_shown_in_the_schedules_own_zone(desk: Desk) -> None:
    added(desk, '/schedule add "daily 09:00 America/New_York" /ec2 list --name look')
    assert next_runs(desk)["look"] == "2026-11-21 09:00 EST · 11-22 09:00 · 11-23 09:00"


def test_what_does_not_run_has_no_next_run_and_says_why(desk: Desk) -> None:
    desk.carry_out("/schedule pause nightly")
    desk.carry_out("/schedule skip dev-off")
    assert next_runs(desk) == {"dev-off": "2026-11-27 20:00 JST · 11-30 20:00 · 12-04 20:00", "nightly": "–"}
    skipped, paused = map(str, desk.plan("/schedule list").notes)
    assert skipped.startswith("dev-off skips its run of 2026-11-23")
    assert paused.startswith("nightly is paused by U0SATO since")


def next_runs(desk: Desk) -> dict[str, str]:
    plan = desk.plan("/schedule list")
    assert plan.table is not None
    return {row[0]: row[5] for row in in_english(plan.table)}
