"""/run document: by name, with the parameters that it declares."""

import json

import pytest

from bot.arguments import UsageError
from bot.operation import StepState
from playground.aws.faults import Fault, Kind
from tests.commands.desk import DEV_ID, TOKYO, Desk, left, targets

PATCH = "/run document AWS-RunPatchBaseline on tag:env=dev"


def a_document(desk: Desk, name: str, **parameters: object) -> None:
    content = {"schemaVersion": "2.2", "description": "Ours", "parameters": parameters, "mainSteps": []}
    desk.local.client("ssm", account=DEV_ID, region=TOKYO).create_document(
        Name=name, Content=json.dumps(content), DocumentType="Command", DocumentFormat="JSON"
    )


def test_it_is_run_with_its_parameters(desk: Desk) -> None:
    desk.run(2, env="dev")
    rows = desk.carry_out(f"{PATCH} --parameters Operation=Scan RebootOption=NoReboot", turns=3)
    assert [row.state for row in rows] == [StepState.DONE, StepState.DONE]
    (sent,) = desk.local.control.commands_sent()
    assert sent.document == "AWS-RunPatchBaseline"
    assert sent.parameters == {"Operation": ["Scan"], "RebootOption": ["NoReboot"]}


def test_a_name_that_comes_again_adds_a_value_and_the_time_limit_goes_along(desk: Desk) -> None:
    desk.run(1, env="dev")
    line = "/run document AWS-RunShellScript on tag:env=dev --parameters commands='df -h' commands=uptime"
    desk.carry_out(f"{line} --within 1m", turns=3)
    (sent,) = desk.local.control.commands_sent()
    assert sent.parameters == {"commands": ["df -h", "uptime"], "executionTimeout": ["60"]}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("/run document AWS-RunPatchBaselin on all", "Did you mean AWS-RunPatchBaseline"),
        (PATCH, "also needs Operation: --parameters Operation=…"),
        (
            f"{PATCH} --parameters Operation=Scan Reboot=No",
            "no parameter “Reboot”. Did you mean RebootOption?",
        ),
        (f"{PATCH} --parameters Operation=Look", "is one of Scan, Install"),
        (f"{PATCH} --parameters Operation=Scan Operation=Install", "takes one value"),
        ("/run document ours on all --parameters day=Monday", "day of ours must fit"),
    ],
)
def test_what_does_not_fit_the_document_is_refused_before_anything_is_planned(
    desk: Desk, line: str, said: str
) -> None:
    desk.run(1, env="dev")
    a_document(desk, "ours", day={"type": "String", "allowedPattern": "[0-9]{1,2}"})
    with pytest.raises(UsageError) as refused:
        desk.plan(line)
    assert said in str(refused.value)


def test_what_systems_manager_fills_in_is_left_to_it(desk: Desk) -> None:
    desk.run(1, env="dev")
    a_document(desk, "ours", day={"type": "String", "allowedPattern": "[0-9]{1,2}"})
    assert len(desk.plan("/run document ours on all --parameters day={{ssm:day}}").steps) == 1


def test_an_instance_of_another_platform_is_left(desk: Desk) -> None:
    linux, windows = desk.run(2, env="dev")
    desk.local.backend("ec2", DEV_ID, TOKYO).get_instance(windows).platform = "windows"
    plan = desk.plan("/run document AWS-RunShellScript on all --parameters commands=uptime")
    assert targets(plan.steps) == {linux}
    assert left(plan) == {windows: "it runs Windows, and the document is for Linux, MacOS"}


@pytest.mark.parametrize("word", ["Operation", "=Scan", ""])
def test_a_parameter_has_a_name_and_a_value(desk: Desk, word: str) -> None:
    with pytest.raises(UsageError, match="written as name=value"):
        desk.parse(f'{PATCH} --parameters "{word}"')


def test_a_secret_among_the_parameters_is_refused_and_a_reference_is_not(desk: Desk) -> None:
    with pytest.raises(UsageError, match="looks like a secret") as refused:
        desk.parse(f"{PATCH} --parameters password=hunter2")
    assert "hunter2" not in str(refused.value)
    desk.parse(f"{PATCH} --parameters password={{{{ssm-secure:/db/password}}}}")


def test_where_documents_cannot_be_read_nothing_is_run(desk: Desk) -> None:
    (one,) = desk.run(1, env="dev")
    desk.local.control.order(Fault(Kind.DENY, action="DescribeDocument"))
    plan = desk.plan(f"{PATCH} --parameters Operation=Scan")
    assert plan.steps == ()
    assert left(plan) == {one: "the document could not be read there"}
    assert len(plan.unread) == 1


def test_the_version_that_somebody_agreed_to_is_what_runs(desk: Desk) -> None:
    """Whoever changes a document after its plan changes nothing of what is run."""
    desk.run(1, env="dev")
    a_document(desk, "ours")
    number = desk.house.asked("/run document ours on tag:env=dev")
    plan = desk.house.operation(number).plan
    assert plan is not None
    (note,) = plan.notes
    assert str(note) == f"ours runs in version 1, written by {DEV_ID}."
    changed = {"schemaVersion": "2.2", "description": "Theirs", "parameters": {}, "mainSteps": []}
    client = desk.local.client("ssm", account=DEV_ID, region=TOKYO)
    client.update_document(Name="ours", Content=json.dumps(changed), DocumentVersion="$LATEST")
    client.update_document_default_version(Name="ours", DocumentVersion="2")
    desk.house.click(number, "U0SUZUKI")
    desk.house.work(passing=5, turns=2)
    (sent,) = desk.local.control.commands_sent()
    assert (sent.document, sent.version) == ("ours", "1")
