from tests.commands.desk import Desk


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
