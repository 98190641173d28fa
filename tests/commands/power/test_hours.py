"""What hours want of one instance or database."""

import pytest

from bot.brief import Held
from bot.plan import Step
from commands.power import overrides
from commands.power.hours import Decided, Rules, of_databases, of_instances
from tests.commands.power.machines import HERE, database, held, machine, tokyo

NOON, TEN = tokyo("2026-11-20T12:00"), tokyo("2026-11-20T22:00")


def rules(*kept: Held, shall_run: bool) -> Rules:
    return Rules({"office": shall_run}, ("office", "night"), overrides.by_resource(kept, NOON))


def said(decided: Decided) -> str:
    """The one thing that was decided: an action, or why nothing is done; "" when it is passed over."""
    known = [step.action for step in decided.steps] + [str(left.why) for left in decided.left]
    return ", ".join(known)


@pytest.mark.parametrize(
    ("state", "shall_run", "decided"),
    [
        ("stopped", True, "ec2.start"),
        ("running", True, "it is running, as its hours want it"),
        ("pending", True, "it is pending, as its hours want it"),
        ("stopping", True, "it is stopping"),
        ("running", False, "ec2.stop"),
        ("stopped", False, "it is stopped, as its hours want it"),
        ("stopping", False, "it is stopping, as its hours want it"),
        ("pending", False, "it is pending"),
        ("terminated", True, ""),
        ("terminated", False, ""),
    ],
)
def test_an_instance_is_brought_to_what_its_hours_want(state: str, shall_run: bool, decided: str) -> None:
    assert said(of_instances([(HERE, machine(state))], rules(shall_run=shall_run))) == decided


@pytest.mark.parametrize(
    ("state", "shall_run", "decided"),
    [
        ("stopped", True, "rds.start"),
        ("available", True, "it is available, as its hours want it"),
        ("available", False, "rds.stop"),
        ("stopped", False, "it is stopped, as its hours want it"),
        ("backing-up", False, "it is backing-up"),
    ],
)
def test_a_database_is_brought_to_what_its_hours_want(state: str, shall_run: bool, decided: str) -> None:
    assert said(of_databases([(HERE, database(state))], rules(shall_run=shall_run))) == decided


def test_what_cannot_be_stopped_is_left_with_the_reason() -> None:
    store = machine("running", root_device="instance-store")
    assert "EC2 cannot stop it" in said(of_instances([(HERE, store)], rules(shall_run=False)))
    replica = database("available", source="shop")
    assert "RDS cannot stop it" in said(of_databases([(HERE, replica)], rules(shall_run=False)))


@pytest.mark.parametrize("action", ["ec2.stop", "ec2.start", "ec2.keep"])
@pytest.mark.parametrize("state", ["running", "stopped"])
def test_an_override_is_left_alone_whatever_its_hours_want(action: str, state: str) -> None:
    kept = rules(held(action, TEN), shall_run=state == "stopped")
    assert said(of_instances([(HERE, machine(state))], kept)).endswith("(#17)")


def test_the_database_of_an_override_is_left_alone_and_others_are_not() -> None:
    kept = rules(held("rds.stop", TEN, "shop"), shall_run=False)
    found = [(HERE, database("available")), (HERE, database("available", id="reports"))]
    assert [step.target.id for step in of_databases(found, kept).steps] == ["reports"]


@pytest.mark.parametrize("calendar", ["night", "none", ""])
def test_who_keeps_other_hours_or_none_is_passed_over(calendar: str) -> None:
    assert said(of_instances([(HERE, machine("running", calendar))], rules(shall_run=False))) == ""


def test_who_names_a_calendar_that_is_not_there_is_named() -> None:
    decided = of_instances([(HERE, machine("running", "ofice"))], rules(shall_run=False))
    assert said(decided) == "there is no calendar “ofice”; there are office, night"


def test_each_that_keeps_the_hours_is_decided_once() -> None:
    found = [(HERE, machine(("running", "stopped")[n % 2], id=f"i-{n:017x}")) for n in range(50)]
    decided = of_instances(found, rules(shall_run=True))
    assert (len(decided.steps), len(decided.left)) == (25, 25)
    assert all(isinstance(step, Step) for step in decided.steps)
