"""docs/deploy.md: its commands are AWS's, its parameters the templates', its sum is right, its sizes fit."""

import re
import shlex
from decimal import Decimal

import pytest
from botocore.loaders import Loader
from botocore.model import ServiceModel

from aws import queue
from commands.prices import listed
from jobs import dead_letters
from tests.bot.deployment.given import ALIKE, template
from tests.docs import DEPLOY, ROOT, deployment

PAGE = (ROOT / "docs" / "deploy.md").read_text(encoding="utf-8")
LINES = [line[2:] for line in PAGE.splitlines() if line.startswith("$ ")]
AWS = [line for line in LINES if "aws " in line]
OF_THE_CLI = {  # commands of its own, which stand in no model
    ("cloudformation", "deploy"): {"stack-name", "template-file", "capabilities", "parameter-overrides"},
    ("ecr", "get-login-password"): set(),
    ("logs", "tail"): {"since"},
    ("s3", "cp"): set(),
}
EVERYWHERE = {"region", "profile"}


def test_what_the_page_shows_is_what_is_made() -> None:
    """`python -m tests.docs` writes it anew."""
    made = deployment()
    assert {path.name for path, text in made.items() if path.read_text(encoding="utf-8") != text} == set()
    assert {one.name for one in DEPLOY.iterdir()} == {"toban.toml", *(one.name for one in made)}


@pytest.mark.parametrize("line", AWS)
def test_every_command_is_one_of_the_aws_cli(line: str) -> None:
    words = shlex.split(line.partition(" | docker")[0].rpartition("| ")[2])
    _, service, operation, *rest = words
    flags = {word.removeprefix("--") for word in rest if word.startswith("--")} - EVERYWHERE
    if (service, operation) in OF_THE_CLI:
        assert flags <= OF_THE_CLI[service, operation]
        return
    model = ServiceModel(Loader().load_service_model(service, "service-2"))
    named = operation.title().replace("-", "")
    takes = model.operation_model(named).input_shape
    assert takes is not None
    assert {flag.title().replace("-", "") for flag in flags} <= set(takes.members)


def test_every_parameter_is_one_of_the_template() -> None:
    deploys = [line for line in AWS if "--parameter-overrides" in line]
    given = [word for line in deploys for word in shlex.split(line) if re.fullmatch(r"[A-Z]\w+=.*", word)]
    told = re.findall(r"`?\b([A-Z]\w+)=(?:…|false|DELEGATED_ADMIN|t4g\.small)", PAGE)
    named = {*(word.partition("=")[0] for word in given), *told}
    assert len(named) >= 7
    assert named <= set(template(ALIKE, "toban.yaml")["Parameters"])


def test_the_parameters_of_step_two_are_those_that_the_container_is_given() -> None:
    put = set(re.findall(r"--name (/toban/\S+)", PAGE))
    (container,) = template(ALIKE, "toban.yaml")["Resources"]["Task"]["Properties"]["ContainerDefinitions"]
    assert put == {one["ValueFrom"]["Fn::Sub"].partition("parameter")[2] for one in container["Secrets"]}


def test_every_alarm_stands_on_the_page() -> None:
    found = template(ALIKE, "toban.yaml")["Resources"].values()
    names = {one["Properties"]["AlarmName"] for one in found if one["Type"] == "AWS::CloudWatch::Alarm"}
    assert {name for name in names if f"| `{name}` |" not in PAGE} == set()


def test_the_costs_are_those_of_the_price_file_and_add_up() -> None:
    rows = re.findall(r"^\| (.+?) \| .+ \| (\d+\.\d\d) \|$", PAGE, re.MULTILINE)
    costs = {name: Decimal(cost) for name, cost in rows}
    (total,) = re.findall(r"\*\*together\*\* \| \| \| \*\*(\d+\.\d\d)\*\*", PAGE)
    assert sum(costs.values()) == Decimal(total)
    for name, key, times in (
        ("`t4g.micro`", "ec2.t4g.micro", 1),
        ("the system's disk, gp3 (ECS's image wants 30)", "ebs.gp3", 30),
        ("the database's disk, gp3", "ebs.gp3", 8),
        ("its snapshots, seven days", "snapshot.standard", 2),
        ("public IPv4 address", "address.ipv4", 1),
    ):
        rate = listed.rate(key, "ap-northeast-1")
        assert rate is not None
        assert costs[name] == (rate.amount * times).quantize(Decimal("0.01"))
    assert f"AWS Price List of {listed.as_of()}" in PAGE


def test_the_requests_to_sqs_are_those_that_toban_makes() -> None:
    hours = 730 * 3600
    requests = hours / queue.LONG + hours / dead_letters.EVERY.total_seconds()
    assert f"| {requests / 1e6:.2f} million | 0.40 a million | {requests / 1e6 * 0.4:.2f} |" in PAGE


def test_the_sizes_fit_what_the_container_may_have() -> None:
    (container,) = template(ALIKE, "toban.yaml")["Resources"]["Task"]["Properties"]["ContainerDefinitions"]
    measured = [
        int(one)
        for row in re.findall(r"^\| (?:SQLite|PostgreSQL), .+$", PAGE, re.MULTILINE)
        for one in re.findall(r"\| (\d+) (?=\|)", row)
    ]
    assert len(measured) >= 8
    assert max(measured) * 3 < container["Memory"]
    assert f"may have {container['Memory']} MB" in PAGE
