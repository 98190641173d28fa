import json
from typing import Any

import pytest

from aws.errors import Refused
from bot.command import Batch
from bot.operation import StepState
from commands.changes import tidy_dashboard
from tests.commands.alarm.watchers import cloudwatch, put, there
from tests.commands.desk import DEV_ID, TOKYO, Desk, left

NEVER, ALIVE = "i-0fedcba9876543210", "i-0123456789abcdef0"
TEXT = {"type": "text", "properties": {"markdown": "shop"}}


def cpu(*instances: str, **more: Any) -> dict[str, Any]:
    """A widget with the CPU of each."""
    metrics = [["AWS/EC2", "CPUUtilization", "InstanceId", one] for one in instances]
    return {"type": "metric", "properties": {"metrics": metrics, "region": TOKYO, **more}}


def draw(desk: Desk, name: str, *widgets: Any) -> None:
    body = json.dumps({"widgets": widgets})
    cloudwatch(desk).put_dashboard(DashboardName=name, DashboardBody=body)


def drawn(desk: Desk, name: str) -> list[Any]:
    body = cloudwatch(desk).get_dashboard(DashboardName=name)["DashboardBody"]
    widgets: list[Any] = json.loads(body)["widgets"]
    return widgets


def test_metrics_of_the_gone_are_taken_out_of_dashboards(desk: Desk) -> None:
    draw(desk, "shop", cpu(NEVER, ALIVE), TEXT, cpu(NEVER))
    draw(desk, "other", cpu(ALIVE))
    (row,) = desk.carry_out(f"/alarm tidy {NEVER}")
    assert (row.step.action, row.step.target.id, row.state) == (
        "alarm.tidy-dashboard",
        "shop",
        StepState.DONE,
    )
    assert drawn(desk, "shop") == [cpu(ALIVE), TEXT]
    assert drawn(desk, "other") == [cpu(ALIVE)]


def test_the_summary_counts_them(desk: Desk) -> None:
    draw(desk, "shop", cpu(NEVER))
    put(desk, "cpu", NEVER)
    said = "tidy up after 1 instance: 1 alarms, 0 target registrations, 1 dashboards"
    assert str(desk.plan(f"/alarm tidy {NEVER}").summary) == said


def test_what_was_there_before_can_be_put_back(desk: Desk) -> None:
    draw(desk, "shop", cpu(NEVER, ALIVE), TEXT)
    before = drawn(desk, "shop")
    (row,) = desk.carry_out(f"/alarm tidy {NEVER}")
    kept = dict(row.step.inputs)["definition"]
    cloudwatch(desk).put_dashboard(DashboardName="shop", DashboardBody=kept)
    assert drawn(desk, "shop") == before


def test_one_that_gets_empty_stays_and_that_is_said(desk: Desk) -> None:
    draw(desk, "shop", cpu(NEVER))
    plan = desk.plan(f"/alarm tidy {NEVER}")
    assert [str(note) for note in plan.notes] == ["the dashboard shop is empty afterwards; it stays"]
    desk.carry_out(f"/alarm tidy {NEVER}")
    assert drawn(desk, "shop") == []


def test_a_widget_that_counts_with_it_stays_and_that_is_said(desk: Desk) -> None:
    total = cpu(NEVER, title="load")
    total["properties"]["metrics"].append([{"expression": "SUM(METRICS())", "id": "e"}])
    draw(desk, "shop", total)
    plan = desk.plan(f"/alarm tidy {NEVER}")
    assert plan.steps == ()
    assert "the widget load stays as it is" in str(plan.notes[0])


def test_a_dashboard_that_was_changed_since_is_left(desk: Desk) -> None:
    draw(desk, "shop", cpu(NEVER))
    (step,) = desk.plan(f"/alarm tidy {NEVER}").steps
    draw(desk, "shop", cpu(NEVER), TEXT)
    world = desk.house.path.observer()
    shows = tidy_dashboard.look(world, step.target.place, [step])
    assert shows[step.key] not in (step.before, step.after)


def test_also_in_the_last_moment(desk: Desk) -> None:
    draw(desk, "shop", cpu(NEVER))
    (step,) = desk.plan(f"/alarm tidy {NEVER}").steps
    draw(desk, "shop", cpu(NEVER), TEXT)
    with pytest.raises(Refused, match="changed meanwhile"):
        tidy_dashboard.call(desk.house.path.observer(), Batch(1, "token", step.target.place, (step,), {}))
    assert drawn(desk, "shop") == [cpu(NEVER), TEXT]


def test_a_dashboard_is_the_accounts_and_is_put_once(desk: Desk) -> None:
    draw(desk, "shop", cpu(NEVER, region="us-west-2"), cpu(NEVER), TEXT)
    desk.carry_out(f"/alarm tidy {NEVER}")
    assert drawn(desk, "shop") == [TEXT]
    assert desk.local.control.count("PutDashboard") == 1


def test_one_that_was_deleted_since_shows_nothing(desk: Desk) -> None:
    draw(desk, "shop", cpu(NEVER))
    (step,) = desk.plan(f"/alarm tidy {NEVER}").steps
    cloudwatch(desk).delete_dashboards(DashboardNames=["shop"])
    assert tidy_dashboard.look(desk.house.path.observer(), step.target.place, [step]) == {}


def test_an_instance_that_is_still_there_keeps_its_metrics(desk: Desk) -> None:
    (alive,) = desk.run(1)
    draw(desk, "shop", cpu(alive))
    assert desk.plan(f"/alarm tidy {alive}").steps == ()


def test_what_is_of_a_region_that_was_not_read_stays(desk: Desk) -> None:
    draw(desk, "shop", cpu(NEVER, region="us-west-2"))
    assert desk.plan(f"/alarm tidy {NEVER} --region {TOKYO}").steps == ()
    assert len(desk.plan(f"/alarm tidy {NEVER}").steps) == 1


def test_one_that_is_too_long_to_be_kept_is_left(desk: Desk) -> None:
    long = {"type": "text", "properties": {"markdown": "x" * tidy_dashboard.LONGEST}}
    draw(desk, "shop", cpu(NEVER), long)
    plan = desk.plan(f"/alarm tidy {NEVER}")
    assert plan.steps == ()
    assert left(plan)["shop"].startswith("it is too long to be kept")


def test_where_nobody_may_see_dashboards_the_alarms_go_all_the_same(desk: Desk) -> None:
    put(desk, "cpu", NEVER)
    desk.deny("ListDashboards", DEV_ID)
    plan = desk.plan(f"/alarm tidy {NEVER}")
    assert "could not look at dashboards" in str(plan.notes[0])
    desk.carry_out(f"/alarm tidy {NEVER}")
    assert there(desk) == {}


def test_where_nobody_may_open_one_that_is_a_note_too(desk: Desk) -> None:
    draw(desk, "shop", cpu(NEVER))
    put(desk, "cpu", NEVER)
    desk.deny("GetDashboard", DEV_ID)
    plan = desk.plan(f"/alarm tidy {NEVER}")
    assert [step.action for step in plan.steps] == ["alarm.tidy"]
    assert "could not look at dashboards" in str(plan.notes[0])
