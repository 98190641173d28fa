"""The deployment files: good CloudFormation, what the generator says and no more, nothing that could leak."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from cfnlint import lint
from cfnlint.config import ManualArgs

from bot.arguments import UsageError
from bot.deployment.files import LARGEST, files
from bot.health.pages import SAY_EVERY
from bot.iam.asked import Wish
from bot.settings import load_without_slack
from tests.bot.deployment.given import ALIKE, ALONE, DEV, OWN, PROD, QUEUE, REGIONS, made, settings, template

IMAGE = ("Dockerfile", "Dockerfile.dockerignore")
CONFIGS = {"alike": ALIKE, "with a queue": ALIKE + QUEUE, "alone": ALONE}
EVERY = [(name, file) for name in ("with a queue", "alone") for file in ("toban.yaml", "member.yaml")]
LINT = ManualArgs(regions=["ap-northeast-1", "us-east-1"], include_checks=["W", "E"])


@pytest.mark.parametrize(("name", "file"), EVERY)
def test_every_template_is_good_cloudformation(name: str, file: str) -> None:
    faults = lint(made(CONFIGS[name]).texts[file], config=LINT)
    assert [f"{one.rule.id} {one.message[:200]}" for one in faults] == []


def test_the_linter_sees_what_is_wrong() -> None:
    wrong = (
        made(ALIKE)
        .texts["toban.yaml"]
        .replace("MessageRetentionPeriod: 1209600", "MessageRetentionPeriod: 1")
    )
    assert lint(wrong, config=LINT) != []


@pytest.mark.parametrize(("name", "file"), EVERY)
def test_a_template_can_be_handed_in_as_it_is_and_nothing_is_left_to_fill_in(name: str, file: str) -> None:
    text = made(CONFIGS[name]).texts[file]
    assert len(text.encode()) < LARGEST
    assert re.findall(r"@\w+@", text) == []


def test_a_config_by_http_is_told_that_the_template_runs_socket_mode() -> None:
    by_http = made(f'{ALONE}\n[http]\nurl = "https://toban.example.com"\n')
    assert any("SLACK_SIGNING_SECRET" in note for note in by_http.notes)
    assert not any("[http]" in note for note in made(ALONE).notes)


# -- accounts ----------------------------------------------------------------------------------------


def test_accounts_that_need_the_same_share_a_template_for_a_stack_set() -> None:
    assert set(made(ALIKE).texts) == {"toban.yaml", "member.yaml", *IMAGE}
    text = made(ALIKE).texts["member.yaml"]
    assert f"# For prod ({PROD}), dev ({DEV})." in text
    assert PROD not in json.dumps(template(ALIKE, "member.yaml")["Resources"])
    assert f"dev ({DEV}; ap-northeast-1 us-west-2)" in made(ALIKE).notes[1]


def test_what_only_tobans_own_account_needs_is_allowed_there_alone() -> None:
    """The queue is read by the role of its account; the others may not, and share the template."""
    assert set(made(ALIKE + QUEUE).texts) == {"toban.yaml", "member.yaml", *IMAGE}
    found = template(ALIKE + QUEUE, "member.yaml")
    reading = [one for one in found["Resources"].values() if "sqs:ReceiveMessage" in json.dumps(one)]
    assert [one["Condition"] for one in reading] == ["AtHome"]
    assert {"Fn::Equals": [{"Ref": "AWS::AccountId"}, PROD]} in found["Conditions"]["AtHome"]["Fn::And"]


def test_an_account_with_other_regions_has_a_template_of_its_own() -> None:
    apart = ALIKE.replace(f'id = "{DEV}"\nregions = {REGIONS}', f'id = "{DEV}"\nregions = ["eu-west-1"]')
    assert set(made(apart).texts) == {"toban.yaml", "member-prod.yaml", "member-dev.yaml", *IMAGE}
    assert '"aws:RequestedRegion": "eu-west-1"' in made(apart).texts["member-dev.yaml"]


def test_an_external_id_that_the_config_does_not_have_must_be_given() -> None:
    without = ALIKE.replace('external_id = "a-long-random-word"', "")
    assert "Default" not in template(without, "member.yaml")["Parameters"]["ExternalId"]
    assert template(ALIKE, "member.yaml")["Parameters"]["ExternalId"]["Default"] == "a-long-random-word"


def test_where_toban_acts_as_itself_its_own_role_has_the_policies() -> None:
    member, own = template(ALONE, "member.yaml"), template(ALONE, "toban.yaml")
    assert member["Parameters"]["RoleName"]["Default"] == ""
    assert not [one for one in member["Resources"].values() if one["Type"] == "AWS::IAM::ManagedPolicy"]
    assert len([one for one in own["Resources"].values() if one["Type"] == "AWS::IAM::ManagedPolicy"]) >= 2
    assert "BusPolicy" not in own["Resources"]


def test_toban_runs_where_it_acts_as_itself_else_where_its_queue_is_else_in_the_first() -> None:
    found = {name: made(config).notes[0] for name, config in CONFIGS.items()}
    assert f"in only ({OWN})" in found["alone"]
    assert f"in prod ({PROD}), ap-northeast-1" in found["with a queue"]
    named = files(settings(ALIKE), Wish(), "dev")
    assert f"in dev ({DEV})" in named.notes[0]
    assert f"arn:aws:iam::{DEV}:role/toban-own" in named.texts["member.yaml"]
    with pytest.raises(UsageError, match="no account"):
        files(settings(ALIKE), Wish(), "tset")


def test_only_the_accounts_of_the_config_may_put_events_on_the_bus() -> None:
    policy = template(ALIKE, "toban.yaml")["Resources"]["BusPolicy"]["Properties"]["Statement"]
    assert policy["Principal"]["AWS"] == [{"Fn::Sub": "arn:${AWS::Partition}:iam::222222222222:root"}]
    rule = template(ALIKE, "toban.yaml")["Resources"]["FromTheBus"]["Properties"]["EventPattern"]
    assert rule == {"source": [{"prefix": "aws."}], "account": [PROD, DEV]}


# -- how it runs --------------------------------------------------------------------------------------


def resources() -> Any:
    return template(ALIKE, "toban.yaml")["Resources"]


def test_tokens_come_from_ssm_and_are_no_parameters() -> None:
    (container,) = resources()["Task"]["Properties"]["ContainerDefinitions"]
    assert [one["Name"] for one in container["Secrets"]] == [
        "SLACK_BOT_TOKEN",
        "SLACK_APP_TOKEN",
        "TOBAN_AUDIT_KEY",
    ]
    assert [one["Name"] for one in container["Environment"]] == ["AWS_REGION"]
    assert not [
        name
        for name in template(ALIKE, "toban.yaml")["Parameters"]
        if re.search("(?i)token|secret|key", name)
    ]


def test_the_container_is_nobody_and_can_write_nothing_but_its_state() -> None:
    (container,) = resources()["Task"]["Properties"]["ContainerDefinitions"]
    assert (container["User"], container["ReadonlyRootFilesystem"]) == ("10001:10001", True)
    assert container["LinuxParameters"]["Capabilities"] == {"Drop": ["ALL"]}
    assert [one["ContainerPath"] for one in container["MountPoints"]] == ["/var/lib/toban"]
    assert "PortMappings" not in container
    assert "SecurityGroupIngress" not in resources()["NothingIn"]["Properties"]


def test_the_container_cannot_ask_for_the_machines_role_and_the_machine_not_for_tobans() -> None:
    about = resources()["Machine"]["Properties"]["LaunchTemplateData"]
    assert about["MetadataOptions"] == {"HttpTokens": "required", "HttpPutResponseHopLimit": 1}
    assert resources()["Task"]["Properties"]["NetworkMode"] == "bridge"
    assert "sts:AssumeRole" not in json.dumps(resources()["MachineRole"]["Properties"]["Policies"])


def test_one_process_and_never_two_holds_the_database_file() -> None:
    service = resources()["Service"]["Properties"]["DeploymentConfiguration"]
    assert (service["MinimumHealthyPercent"], service["MaximumPercent"]) == (0, 100)
    assert (
        resources()["Machines"]["Properties"]["MinSize"],
        resources()["Machines"]["Properties"]["MaxSize"],
    ) == ("1", "1")
    assert resources()["Disk"]["DeletionPolicy"] == "Snapshot"


def test_a_machine_without_its_disk_joins_no_cluster() -> None:
    text = resources()["Machine"]["Properties"]["LaunchTemplateData"]["UserData"]["Fn::Base64"]["Fn::Sub"]
    assert text.index("set -euo pipefail") < text.index("mount /var/lib/toban\n") < text.index("ECS_CLUSTER=")


def test_every_alarm_goes_to_the_topic_and_says_what_to_look_at() -> None:
    alarms = {
        name: one["Properties"]
        for name, one in resources().items()
        if one["Type"] == "AWS::CloudWatch::Alarm"
    }
    assert set(alarms) == {"NotWell", "Behind", "SetAside", "Broken", "Stumbles"}
    assert all(one["AlarmActions"] == [{"Ref": "OnDuty"}] for one in alarms.values())
    assert all(len(one["AlarmDescription"]) > 60 for one in alarms.values())
    assert alarms["NotWell"]["TreatMissingData"] == "breaching"  # who is dead says nothing


def test_who_is_well_says_so_in_each_minute_that_the_alarm_counts() -> None:
    """ECS asks, health says so, the alarm misses it; a container is given up no sooner than that rings."""
    (container,) = resources()["Task"]["Properties"]["ContainerDefinitions"]
    asked, alarm = container["HealthCheck"], resources()["NotWell"]["Properties"]
    assert asked["Interval"] < SAY_EVERY <= 2 * asked["Interval"] == alarm["Period"]
    assert asked["Interval"] * asked["Retries"] == alarm["Period"] * alarm["EvaluationPeriods"] == 300


def test_what_alarms_are_made_of_is_what_toban_logs() -> None:
    """An `action` that nobody writes any more would leave an alarm that never rings."""
    filters = [one["Properties"] for one in resources().values() if one["Type"] == "AWS::Logs::MetricFilter"]
    said = {name for one in filters for name in re.findall(r'"([a-z]+\.[a-z-]+)"', one["FilterPattern"])}
    assert said == {"health.green", "audit.break", "outbox.given-up"}
    code = "\n".join(one.read_text(encoding="utf-8") for one in Path("bot").rglob("*.py"))
    assert {name for name in said if f'"action": "{name}"' not in code} == set()
    alarms = [one["Properties"] for one in resources().values() if one["Type"] == "AWS::CloudWatch::Alarm"]
    made_of = {one["MetricTransformations"][0]["MetricName"] for one in filters}
    assert made_of == {one["MetricName"] for one in alarms if one["Namespace"] == "toban"}


# -- the image ----------------------------------------------------------------------------------------


def test_the_image_gets_the_config_and_the_policy_that_it_names_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "our.cedar").write_text("permit (principal, action, resource);", encoding="utf-8")
    (tmp_path / "prod.toml").write_text(f'policy = "rules/our.cedar"\n{ALIKE}', encoding="utf-8")
    texts = files(load_without_slack({"TOBAN_CONFIG": str(tmp_path / "prod.toml")}), Wish()).texts
    assert texts["Dockerfile"].splitlines()[-3:] == [
        "FROM toban",
        "COPY prod.toml /etc/toban/toban.toml",
        "COPY rules/our.cedar /etc/toban/rules/our.cedar",
    ]
    assert texts["Dockerfile.dockerignore"] == "*\n!prod.toml\n!rules/our.cedar\n"


# -- files --------------------------------------------------------------------------------------------


def test_what_somebody_changed_is_written_over_only_when_asked_to(tmp_path: Path) -> None:
    assert len(made(ALIKE).write(tmp_path / "deploy", over=False)) == 4
    (tmp_path / "deploy" / "toban.yaml").write_text("mine", encoding="utf-8")
    assert made(ALIKE).write(tmp_path / "deploy", over=False) == []
    assert (tmp_path / "deploy" / "toban.yaml").read_text(encoding="utf-8") == "mine"
    assert len(made(ALIKE).write(tmp_path / "deploy", over=True)) == 4
