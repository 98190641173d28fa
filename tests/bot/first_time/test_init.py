"""`toban init` as people call it: what it asks, what it writes, what it says is next."""

import json
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from click.testing import CliRunner, Result

import commands
from aws.account import AccountConfig
from bot.__main__ import main
from bot.config.health import HERE
from bot.settings import Settings, load_without_slack
from bot.slack.manifest import manifest
from tests.bot.doctor.conftest import Setup
from tests.new_database import put_new_database

FLAGS = (
    *("--yes", "--zone", "Asia/Tokyo", "--language", "ja", "--account", "prod=111111111111"),
    *("--account", "dev=222222222222", "--region", "ap-northeast-1", "--region", "us-east-1"),
    *("--external-id", "asagao", "--channel", "C0OPS", "--operator", "S0OPERATORS"),
    *("--operator", "U0SATO", "--approver", "S0APPROVERS"),
)


@pytest.fixture
def config(tmp_path: Path) -> Path:
    return tmp_path / "etc" / "toban.toml"


def init(config: Path, *words: str, typed: str = "", **more: str) -> Result:
    environment = {
        "TOBAN_CONFIG": str(config),
        "TOBAN_DATABASE_URL": f"sqlite:///{config.parent}/toban.db",
        "AWS_ENDPOINT_URL": "http://127.0.0.1:9",
        "LANG": "ja_JP.UTF-8",
        **more,
    }
    return CliRunner().invoke(main, ["init", *words], input=typed, env=environment)


def loaded(config: Path) -> Settings:
    return load_without_slack({"TOBAN_CONFIG": str(config)})


def test_flags_alone_make_a_config_that_loads(config: Path) -> None:
    done = init(config, *FLAGS)
    assert done.exit_code == 0, done.output
    found = loaded(config)
    regions = ("ap-northeast-1", "us-east-1")
    assert found.accounts == (
        AccountConfig("prod", "111111111111", regions, "arn:aws:iam::111111111111:role/toban", "asagao"),
        AccountConfig("dev", "222222222222", regions, "arn:aws:iam::222222222222:role/toban", "asagao"),
    )
    assert (found.zone.key, found.language, dict(found.channels)) == ("Asia/Tokyo", "ja", {"C0OPS": "ja"})
    assert found.groups == {"operators": ("S0OPERATORS", "U0SATO"), "approvers": ("S0APPROVERS",)}


def test_the_least_is_one_account_and_the_rest_is_as_usual(config: Path) -> None:
    assert init(config, "--yes", "--account", "prod=111111111111").exit_code == 0
    found = loaded(config)
    assert (found.zone.key, found.language) == ("Asia/Tokyo", "ja")
    (account,) = found.accounts
    assert account.regions == ("ap-northeast-1",)
    assert account.external_id is not None
    assert len(account.external_id) == 32
    assert found.groups == {"operators": (), "approvers": ()}


def test_a_process_that_acts_as_itself_needs_no_role(config: Path) -> None:
    init(config, "--yes", "--account", "prod=111111111111", "--role", "-", LANG="C")
    (account,) = loaded(config).accounts
    assert (account.role_arn, account.external_id) == (None, None)
    assert loaded(config).language == "en"


def test_questions_are_asked_again_until_the_answer_can_be_used(config: Path) -> None:
    typed = [
        *("prod", "1111", "111111111111", "dev", "222222222222", ""),
        *("Asia/Tokio", "Asia/Tokyo", "ja", "tokyo", "ap-northeast-1", "toban", "#ops", "C0OPS"),
        *("U0SATO U0MILLER", "S0APPROVERS", "tset", "dev"),
    ]
    done = init(config, typed="\n".join(typed) + "\n")
    assert done.exit_code == 0, done.output
    assert "AWS's twelve digits" in done.output
    assert "Did you mean Asia/Tokyo" in done.output
    assert "is not a region's code" in done.output
    assert "channel id" in done.output
    found = loaded(config)
    assert [(one.name, one.id) for one in found.accounts] == [
        ("prod", "111111111111"),
        ("dev", "222222222222"),
    ]
    assert found.groups["operators"] == ("U0SATO", "U0MILLER")
    assert "it is one of the accounts: prod, dev." in done.output
    assert found.queues[0].account == "dev"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ([], "--account prod=123456789012"),
        (["--account", "prod"], "NAME=ID"),
        (["--account", "prod=12"], "twelve digits"),
        (["--account", "a=111111111111", "--account", "b=111111111111"], "of its own"),
        (["--account", 'p"]=111111111111'], "one word"),
        (["--account", "prod=111111111111", "--external-id", 'a"b'], "external id"),
        (["--account", "prod=111111111111", "--role", "a b"], "role's ARN"),
        (["--account", "prod=111111111111", "--operator", "sato"], "user group's"),
    ],
)
def test_a_flag_that_cannot_be_used_is_named_and_nothing_is_written(
    config: Path, words: list[str], expected: str
) -> None:
    done = init(config, "--yes", *words)
    assert done.exit_code == 2
    assert expected in done.output
    assert not config.exists()


def test_whoever_stops_answering_leaves_no_file_behind(config: Path) -> None:
    done = init(config, typed="prod\n")
    assert done.exit_code == 1
    assert not config.exists()


def test_a_config_that_is_there_is_never_overwritten(config: Path) -> None:
    config.parent.mkdir()
    config.write_text("# mine", encoding="utf-8")
    done = init(config, *FLAGS)
    assert config.read_text(encoding="utf-8") == "# mine"
    assert "is there already, and stays as it is" in done.output
    assert "https://api.slack.com/apps" in done.output


def test_a_place_that_cannot_be_written_is_said(config: Path) -> None:
    config.parent.write_text("a file", encoding="utf-8")
    done = init(config, *FLAGS)
    assert done.exit_code == 1
    assert "cannot be written" in done.output


def test_the_link_leads_to_the_manifest_of_the_commands_that_exist(config: Path) -> None:
    (line,) = [one for one in init(config, *FLAGS).output.splitlines() if "manifest_json" in one]
    asked = parse_qs(urlsplit(line.strip()).query)
    assert asked["new_app"] == ["1"]
    assert json.loads(asked["manifest_json"][0]) == manifest(commands.load())


def test_the_steps_name_the_variables_and_the_commands(config: Path) -> None:
    said = init(config, *FLAGS).output
    for name in ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", f"TOBAN_CONFIG     {config}", "/invite @toban"):
        assert name in said
    for command in ("toban iam-policy --out", "toban iam-policy --trust", "toban doctor", "toban run"):
        assert command in said


def test_with_a_public_address_slack_comes_by_http(config: Path) -> None:
    said = init(config, *FLAGS, "--url", "https://toban.example.com/").output
    found = loaded(config).http
    assert found is not None
    assert (found.url, str(found.listen)) == ("https://toban.example.com", "127.0.0.1:3000")
    assert "SLACK_SIGNING_SECRET  the Signing Secret" in said
    assert "connections:write" not in said
    assert "toban manifest --url https://toban.example.com" in said
    (line,) = [one for one in said.splitlines() if "manifest_json" in one]
    made = json.loads(parse_qs(urlsplit(line.strip()).query)["manifest_json"][0])
    assert made == manifest(commands.load(), "https://toban.example.com")
    again = CliRunner().invoke(main, ["manifest"], env={"TOBAN_CONFIG": str(config)})
    assert json.loads(again.output) == made  # the config file says so


def test_an_address_that_slack_cannot_post_to_is_refused(config: Path) -> None:
    done = init(config, *FLAGS, "--url", "http://toban.example.com")
    assert done.exit_code == 2
    assert "no address that Slack can post to" in done.output
    assert not config.exists()


def test_it_ends_with_what_is_missing(config: Path) -> None:
    said = init(config, *FLAGS).output
    _, _, missing = said.partition("Still missing, says the doctor:\n")
    assert "SLACK_BOT_TOKEN" in missing
    assert "aws identity" in missing
    assert "ok  " not in missing


def test_where_everything_is_there_nothing_is_missing(setup: Setup) -> None:
    """From nothing to a bot that could start: the local Slack and AWS, and the flags."""
    put_new_database(setup.folder)
    done = init(
        setup.folder / "new.toml",
        *FLAGS,
        **setup.environment | {"TOBAN_CONFIG": str(setup.folder / "new.toml")},
    )
    assert "Nothing is missing: start `toban run`." in done.output, done.output


def test_the_deployment_files_are_written_beside_it_with_roles_policies_and_queue(config: Path) -> None:
    done = init(config, *FLAGS, "--home", "dev")
    written = {one.name: one.read_text(encoding="utf-8") for one in (config.parent / "deploy").iterdir()}
    assert set(written) == {"toban.yaml", "member.yaml", "Dockerfile", "Dockerfile.dockerignore"}
    for name in written:
        assert f"{config.parent / 'deploy' / name} is written." in done.output
    assert "arn:aws:iam::222222222222:role/toban-own" in written["member.yaml"]
    assert "ec2:StopInstances" in written["member.yaml"]
    assert "toban.yaml: once, in dev (222222222222), ap-northeast-1" in done.output
    (queue,) = loaded(config).queues
    assert queue.url == "https://sqs.ap-northeast-1.amazonaws.com/222222222222/toban"
    assert loaded(config).health == HERE


@pytest.mark.parametrize("words", [("--home", "-"), ("--url", "https://toban.example.com")])
def test_who_runs_toban_elsewhere_gets_none(config: Path, words: tuple[str, str]) -> None:
    """The template's machine can be reached by nobody, so it is not for Slack by HTTP."""
    init(config, *FLAGS, *words)
    assert not (config.parent / "deploy").exists()
    assert (loaded(config).queues, loaded(config).health) == ((), None)


def test_a_deployment_file_that_is_there_stays(config: Path) -> None:
    (config.parent / "deploy").mkdir(parents=True)
    (config.parent / "deploy" / "Dockerfile").write_text("mine", encoding="utf-8")
    init(config, *FLAGS)
    assert (config.parent / "deploy" / "Dockerfile").read_text(encoding="utf-8") == "mine"
    assert (config.parent / "deploy" / "member.yaml").exists()


def test_the_steps_can_be_followed_with_the_file_that_was_written(config: Path) -> None:
    init(config, *FLAGS)
    out = config.parent / "iam"
    done = CliRunner().invoke(main, ["iam-policy", "--out", str(out)], env={"TOBAN_CONFIG": str(config)})
    assert done.exit_code == 0, done.output
    assert {one.name.split("-")[1].removesuffix(".json") for one in out.iterdir()} == {"prod", "dev", "own"}
    own = "arn:aws:iam::333333333333:role/toban"
    done = CliRunner().invoke(
        main, ["iam-policy", "--trust", "--principal", own], env={"TOBAN_CONFIG": str(config)}
    )
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout)["toban-prod-trust"]["Statement"][0]["Condition"] == {
        "StringEquals": {"sts:ExternalId": "asagao"}
    }
