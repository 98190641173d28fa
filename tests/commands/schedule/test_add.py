from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot.arguments import UsageError
from bot.operation import Door, State
from bot.store.audit import Event
from bot.store.schema import asks, audit
from tests.commands.desk import DEV, PROD, Desk
from tests.commands.schedule.adding import ADD, added, brief, names, planned, refusal
from tests.commands.shelf import OURS
from tests.house import APPROVER, CHANNEL, OPERATOR, OTHER, READER, house


def test_it_is_stored_as_it_reads_and_owned_by_who_asked(desk: Desk) -> None:
    desk.run(1, env="dev")
    added(desk, f"{ADD} /ec2 start tag:env=dev --name mornings --grace 2h")
    one = brief(desk, "mornings")
    assert (one.line, one.when) == ("/ec2 start tag:env=dev", "weekdays 09:00 Asia/Tokyo")
    assert (one.owner, one.channel, one.configured) == (OPERATOR, CHANNEL, False)
    assert desk.house.path.schedules["mornings"].grace == timedelta(hours=2)


def test_without_a_zone_it_is_the_teams_and_without_a_name_it_is_made_of_the_line(desk: Desk) -> None:
    desk.run(1, env="dev")
    added(desk, '/schedule add "daily 20:00" /ec2 stop tag:env=dev')
    added(desk, '/schedule add "daily 21:00" /ec2 stop tag:env=dev')
    assert brief(desk, "ec2-stop-tag-env-dev").when == "daily 20:00 Asia/Tokyo"
    assert brief(desk, "ec2-stop-tag-env-dev-2").when == "daily 21:00 Asia/Tokyo"


def test_its_plan_says_what_it_would_do_now_and_when_it_comes(desk: Desk) -> None:
    ids = desk.run(2, env="dev", Name="web-1")
    plan = planned(desk, f"{ADD} /ec2 stop tag:env=dev --name off")
    now, comes, grace, click = map(str, plan.notes)
    assert str(plan.summary) == "add the schedule off: weekdays 09:00 Asia/Tokyo /ec2 stop tag:env=dev"
    assert now.startswith("If it ran now, it would stop 2 of 2 instances: web-1 (i-")
    assert [one for one in ids if f"web-1 ({one})" not in now] == []
    assert "2026-11-23T09:00:00+09:00" in comes
    assert "2026-11-25T09:00:00+09:00" in comes
    assert "at most" in grace
    assert "waits for a click" in click


def test_what_needs_nobody_is_added_at_once_and_runs_at_night_without_a_click(desk: Desk) -> None:
    desk.run(1, env="dev")
    number = desk.house.asked(f"{ADD} /ec2 stop tag:env=dev --name off")
    assert desk.house.operation(number).state is State.DONE
    assert brief(desk, "off").approved_by == ()


def test_what_its_line_needs_it_needs_itself_and_who_agrees_has_agreed_to_it(desk: Desk) -> None:
    desk.run(1, env="prod")
    number = desk.house.asked(f"{ADD} /ec2 stop tag:env=prod --name off")
    assert desk.house.operation(number).state is State.WAITING
    assert names(desk) == ["dev-off", "nightly"]
    desk.house.click(number, APPROVER)
    desk.house.work()
    assert brief(desk, "off").approved_by == (APPROVER,)


def test_a_schedule_that_others_agreed_to_runs_without_a_click(desk: Desk) -> None:
    desk.run(1, env="prod")
    added(desk, f"{ADD} /ec2 stop tag:env=prod --name off")
    desk.see_through("/schedule run off")
    assert desk.house.operation(3).ask.schedule == "off"
    assert desk.house.operation(3).state is State.DONE


def test_what_its_asker_may_not_do_cannot_be_added_and_aws_is_not_read(desk: Desk) -> None:
    parsed = desk.parse(f"{ADD} /ec2 stop tag:env=dev")
    world = desk.house.path.world_of(READER, Door.SLASH, CHANNEL)
    desk.local.control.log.clear()
    with pytest.raises(UsageError, match="Its line would be refused"):
        parsed.verb.plan(parsed.args, world)
    assert desk.local.control.calls() == ()


NOT_BY_THE_CLOCK = """
@id("all") permit (principal, action, resource);
@id("by-day") forbid (principal, action in Action::"ec2", resource)
when { context.door == "clock" && resource.env == "dev" };
"""


def test_what_the_clock_may_not_do_cannot_be_added_though_its_asker_may(desk: Desk, tmp_path: Path) -> None:
    desk.run(1, env="dev")
    folder = tmp_path / "strict"
    folder.mkdir()
    with house(folder, [DEV, PROD], policy=NOT_BY_THE_CLOCK) as strict:
        said = refusal(Desk(strict, desk.local), f"{ADD} /ec2 stop tag:env=dev")
    assert "Its line would be refused" in said


def test_a_line_that_fits_nothing_is_refused_as_if_it_had_been_typed(desk: Desk) -> None:
    assert refusal(desk, f"{ADD} /ec2 stop tag:evn=dev") == "No instance fits tag:evn=dev."


def test_what_has_nothing_to_do_today_is_judged_by_its_verb_and_says_so(desk: Desk) -> None:
    desk.ec2().stop_instances(InstanceIds=list(desk.run(1, env="prod")))
    plan = planned(desk, f"{ADD} /ec2 stop tag:env=prod --name off")
    assert str(plan.notes[0]).startswith("If it ran now, it would change nothing: ")
    assert names(desk) == ["dev-off", "nightly", "off"]


def test_deletions_beyond_its_cap_are_told_beforehand(desk: Desk) -> None:
    volume = desk.volumes_of(desk.run(1)[0])[0]
    for _ in range(3):
        desk.ec2().create_snapshot(
            VolumeId=volume, TagSpecifications=[{"ResourceType": "snapshot", "Tags": OURS}]
        )
    said = [str(note) for note in planned(desk, f"{ADD} /snapshot prune {volume} --keep 1").notes]
    assert said[-2:] == [
        "More than 0 deletions in one run wait for a click.",
        "That is 2 deletions now: raise --most-deletions if it shall run by itself.",
    ]


def test_what_only_answers_needs_nobody_and_no_caps(desk: Desk) -> None:
    said = [str(note) for note in planned(desk, f"{ADD} /ec2 list").notes]
    assert said[0].startswith("If it ran now, it would answer: ")
    assert len(said) == 3


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (f"{ADD} /ec2 stpo all", "Did you mean stop"),
        ('/schedule add "weekdays 25:00" /ec2 stop all', "is no timetable"),
        ('/schedule add "daily 09:00 Asia/Tokio" /ec2 stop all', "Did you mean Asia/Tokyo"),
        ('/schedule add "dayly 09:00" /ec2 stop all', "Did you mean daily"),
        (f"{ADD} /ec2 stop all --account porod", "Did you mean prod"),
        (f"{ADD} /ec2 stop all --grace 8d", "--grace is at most 7d"),
    ],
)
def test_what_is_wrong_is_told_with_what_would_be_right_and_nothing_is_stored(
    desk: Desk, line: str, said: str
) -> None:
    with pytest.raises(UsageError, match=said):
        desk.house.ask(line)
    assert desk.house.path.db.read(lambda tx: tx.execute(select(func.count(asks.c.id))).scalar_one()) == 0


@pytest.mark.parametrize("name", ["dev-off", "nightly"])
def test_a_name_that_is_taken_is_refused(desk: Desk, name: str) -> None:
    assert refusal(desk, f"{ADD} /ec2 list --name {name}") == f"There is a schedule {name} already."


@pytest.mark.parametrize("name", ['"a b"', "next", "-x", "x" * 61])
def test_a_name_that_could_not_be_typed_is_refused(desk: Desk, name: str) -> None:
    assert "is no name for a schedule" in refusal(desk, f"{ADD} /ec2 list --name {name}")


def test_it_is_added_where_others_can_read_what_becomes_of_it(desk: Desk) -> None:
    parsed = desk.parse(f"{ADD} /ec2 list")
    for nowhere in ("", "D0SATO"):
        with pytest.raises(UsageError, match="A schedule reports in a channel"):
            parsed.verb.plan(parsed.args, desk.house.path.world_of(OPERATOR, Door.SLASH, nowhere))


def test_two_who_add_the_same_name_at_once_get_one_schedule_and_one_refusal(desk: Desk) -> None:
    desk.run(1, env="prod")
    first = desk.house.asked(f"{ADD} /ec2 stop tag:env=prod --name off", OPERATOR)
    second = desk.house.asked(f"{ADD} /ec2 stop tag:env=prod --name off", OTHER)
    for number in (first, second):
        desk.house.click(number, APPROVER)
    desk.house.work()
    assert [desk.house.operation(number).state for number in (first, second)] == [State.DONE, State.FAILED]
    assert brief(desk, "off").owner == OPERATOR


def test_the_audit_log_says_who_added_what(desk: Desk) -> None:
    number = added(desk, f"{ADD} /ec2 list --name look")
    query = select(audit).where(audit.c.event == Event.SCHEDULE_ADDED)
    (line,) = desk.house.path.db.read(lambda tx: tx.execute(query).all())
    assert (line.person, line.line, line.operation) == (OPERATOR, "ec2 list", number)
    assert line.detail.startswith("look: weekdays 09:00 Asia/Tokyo, in C0OPS, at most 0 deletions a run")
