"""`toban deployment` as people call it."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.__main__ import main
from tests.bot.deployment.given import ALIKE


@pytest.fixture
def config(tmp_path: Path) -> Path:
    file = tmp_path / "toban.toml"
    file.write_text(ALIKE, encoding="utf-8")
    return file


def deployment(config: Path, *words: str) -> Result:
    out = str(config.parent / "deploy")
    return CliRunner().invoke(main, ["deployment", "--out", out, *words], env={"TOBAN_CONFIG": str(config)})


def test_the_files_are_written_anew_and_named_with_where_each_belongs(config: Path) -> None:
    deployment(config)
    (config.parent / "deploy" / "toban.yaml").write_text("old", encoding="utf-8")
    done = deployment(config, "--home", "dev")
    assert done.exit_code == 0, done.output
    assert done.stdout.splitlines() == [
        str(config.parent / "deploy" / name)
        for name in ("toban.yaml", "member.yaml", "Dockerfile", "Dockerfile.dockerignore")
    ]
    assert "toban.yaml: once, in dev (222222222222)" in done.stderr
    assert (config.parent / "deploy" / "toban.yaml").read_text(encoding="utf-8") != "old"


def test_for_fewer_verbs_less_is_allowed(config: Path) -> None:
    deployment(config, "--verbs", "ec2.list", "--tag", "env=dev")
    text = (config.parent / "deploy" / "member.yaml").read_text(encoding="utf-8")
    assert "ec2:DescribeInstances" in text
    assert "ec2:TerminateInstances" not in text


@pytest.mark.parametrize(
    ("words", "said"), [(("--home", "tset"), "no account"), (("--verbs", "ec3"), "no verb and no noun")]
)
def test_what_there_is_not_is_said(config: Path, words: tuple[str, str], said: str) -> None:
    done = deployment(config, *words)
    assert done.exit_code == 2
    assert said in done.output
    assert not (config.parent / "deploy").exists()
