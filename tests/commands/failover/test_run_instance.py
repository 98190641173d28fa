import pytest

from bot.arguments import UsageError
from bot.operation import StepState
from bot.plan import Plan, Step
from tests.commands.desk import Desk, left
from tests.commands.failover.fleet import behind_a_balancer, group, members, state, vpc_of

ALLOWED = {"env": "dev", "toban:chaos": "allowed"}
STOP, START, TERMINATE = "failover.stop-instance", "failover.start-instance", "failover.terminate-instance"


def fault(plan: Plan) -> Step:
    """The step that breaks something."""
    (found,) = (step for step in plan.steps if step.action in (STOP, TERMINATE))
    return found


def chosen(lab: Desk, line: str) -> str:
    return fault(lab.plan(line)).target.id


def test_a_named_one_is_terminated(lab: Desk) -> None:
    first, *_ = group(lab)
    rows = lab.carry_out(f"/failover run instance {first}", turns=10)
    assert [(row.step.action, row.state) for row in rows] == [
        ("failover.steady", StepState.DONE),
        (TERMINATE, StepState.DONE),
        ("failover.recovered", StepState.DONE),
    ]
    assert state(lab, first) == "terminated"


def test_a_named_one_is_stopped_and_started_again(lab: Desk) -> None:
    (lone,) = lab.run(1, **ALLOWED)
    line = f"/failover run instance {lone} --how stop --for 1m --anyway"
    rows = lab.carry_out(line, turns=2)
    assert state(lab, lone) == "stopped"
    assert [(row.step.action, row.state) for row in rows][2] == (START, StepState.PLANNED)
    lab.house.work(passing=30, turns=5)
    assert [row.state for row in lab.house.steps(1)] == 4 * [StepState.DONE]
    assert state(lab, lone) == "running"


def test_ending_it_starts_it_at_once(lab: Desk) -> None:
    (lone,) = lab.run(1, **ALLOWED)
    number = lab.see_through(f"/failover run instance {lone} --how stop --for 1h --anyway", turns=2)
    assert state(lab, lone) == "stopped"
    lab.house.cancel(number)
    lab.house.work(passing=5, turns=3)
    assert state(lab, lone) == "running"


def test_the_way_back_wants_it_healthy_where_it_was(lab: Desk) -> None:
    ids = group(lab)
    arn = behind_a_balancer(lab, *ids)
    plan = lab.plan(f"/failover run instance {ids[0]} --how stop")
    (back,) = (step for step in plan.steps if step.action == START)
    assert dict(back.inputs) == {"groups": arn}
    assert any("there is no way back" in str(one) for one in fault(plan).warnings)  # its group is faster


def test_chance_chooses_the_same_by_the_same_seed(lab: Desk) -> None:
    ids = group(lab, 5)
    seen = {seed: chosen(lab, f"/failover run instance --group web --seed {seed}") for seed in range(8)}
    assert seen == {seed: chosen(lab, f"/failover run instance --group web --seed {seed}") for seed in seen}
    assert len(set(seen.values())) > 2
    assert set(seen.values()) <= set(ids)


def test_the_seed_is_said_and_is_the_day_where_nobody_gives_one(lab: Desk) -> None:
    group(lab)
    plan = lab.plan("/failover run instance --group web")
    assert any("out of 3 with --seed 20261121: the same seed" in str(note) for note in plan.notes)
    assert chosen(lab, "/failover run instance --group web --seed 20261121") == fault(plan).target.id


def test_chance_needs_to_know_among_which(lab: Desk) -> None:
    group(lab)
    with pytest.raises(UsageError, match="Say which instance, or among which chance chooses"):
        lab.plan("/failover run instance")


def test_chance_leaves_alone_what_is_not_allowed_to_be_broken(lab: Desk) -> None:
    ids = group(lab)
    lab.ec2().delete_tags(Resources=list(ids[1:]), Tags=[{"Key": "toban:chaos"}])
    plan = lab.plan("/failover run instance --group web")
    assert fault(plan).target.id == ids[0]
    assert left(plan) == dict.fromkeys(ids[1:], "it lacks the tag toban:chaos=allowed")


def test_chance_passes_over_what_is_protected(lab: Desk) -> None:
    ids = group(lab)
    line = "/failover run instance --group web --seed 1"
    first = chosen(lab, line)
    lab.ec2().modify_instance_attribute(InstanceId=first, DisableApiTermination={"Value": True})
    plan = lab.plan(line)
    assert fault(plan).target.id in set(ids) - {first}
    assert "protected against termination" in left(plan)[first]


def test_a_vpc_and_a_tag_narrow_it(lab: Desk) -> None:
    ids = group(lab)
    vpc = vpc_of(lab, ids[0])
    assert chosen(lab, f"/failover run instance --vpc {vpc}") in ids
    assert chosen(lab, f"/failover run instance name:web --vpc {vpc}") in ids
    with pytest.raises(UsageError, match="No instance is all of that at once"):
        lab.plan("/failover run instance --vpc vpc-0")


def test_where_none_may_be_broken_the_reasons_are_said(lab: Desk) -> None:
    (only,) = group(lab, 1)
    with pytest.raises(UsageError, match=r"None of them may be broken: .*nobody else serves"):
        lab.plan("/failover run instance --group web")
    assert chosen(lab, "/failover run instance --group web --anyway") == only


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("bastion-01", "it is a bastion, as its name"),
        ("lone", "it looks like a bastion"),
        ("db", "it is a single"),
    ],
)
def test_bastions_and_single_points_want_anyway(lab: Desk, name: str, said: str) -> None:
    (lone,) = lab.run(Name=name)
    if name == "db":
        lab.run()  # has a public address as well
    with pytest.raises(UsageError, match=r"is left alone: it .*Add --anyway"):
        lab.plan(f"/failover run instance {lone}")
    plan = lab.plan(f"/failover run instance {lone} --anyway")
    assert str(fault(plan).warnings[0]).startswith(said)
    assert any("nothing stands in" in str(note) for note in plan.notes)


def test_the_only_healthy_target_is_a_single_point(lab: Desk) -> None:
    first, *_ = group(lab)
    behind_a_balancer(lab, first)
    with pytest.raises(UsageError, match="the only healthy target of front"):
        lab.plan(f"/failover run instance {first}")


@pytest.mark.parametrize(
    ("how", "attribute", "said"),
    [
        ("terminate", "DisableApiTermination", "it is protected against termination"),
        ("stop", "DisableApiStop", "it is protected against being stopped"),
    ],
)
def test_protection_is_said_in_words_even_with_anyway(lab: Desk, how: str, attribute: str, said: str) -> None:
    first, *_ = group(lab)
    lab.ec2().modify_instance_attribute(InstanceId=first, **{attribute: {"Value": True}})
    with pytest.raises(UsageError, match=said):
        lab.plan(f"/failover run instance {first} --how {how} --anyway")


def test_what_does_not_run_is_not_broken(lab: Desk) -> None:
    first, *_ = group(lab)
    lab.ec2().stop_instances(InstanceIds=[first])
    with pytest.raises(UsageError, match="only what runs is broken"):
        lab.plan(f"/failover run instance {first}")


def test_the_plan_says_who_stands_in(lab: Desk) -> None:
    first, *_ = group(lab)
    plan = lab.plan(f"/failover run instance {first}")
    assert any(f"expect web to launch another instance than {first}" in str(note) for note in plan.notes)
    assert any("and the others (2) to serve meanwhile" in str(note) for note in plan.notes)


def test_a_place_that_cannot_be_read_stands_on_the_plan(lab: Desk) -> None:
    ids = group(lab)
    lab.deny("DescribeInstances")
    plan = lab.plan("/failover run instance --group web")
    assert fault(plan).target.id in ids
    assert [one.place.account for one in plan.unread] == ["prod"]
    assert members(lab) == ids
