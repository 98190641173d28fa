"""Whatever the console script says, of whatever is wrong, no secret stands in it."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.__main__ import main
from tests.bot.configs import LEAST
from tests.bot.test_hush import SECRETS

PASSWORD = "planted-database-password"
NOBODY = f"postgresql+psycopg://toban:{PASSWORD}@127.0.0.1:9/toban"
WRONG = (
    NOBODY,
    f"postgresql+psycopg://toban:{PASSWORD}@[::1/toban",
    f"postgresql+psycopg://toban:{PASSWORD}@127.0.0.1:port/toban",
    f"mysql://toban:{PASSWORD}@127.0.0.1/toban",
    f"toban:{PASSWORD}",
)
LINES = (
    "run",
    "doctor",
    "doctor --json",
    "doctor --json --fix",
    "plan 'ec2 list'",
    "audit search",
    "audit export",
    "audit verify",
    "db check",
    "db backup copy.db",
    f"db copy {NOBODY} sqlite:///{{folder}}/there.db",
    f"db copy sqlite:///{{folder}}/here.db {WRONG[2]}",
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "toban.toml").write_text(LEAST, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("url", WRONG, ids=range(len(WRONG)))
@pytest.mark.parametrize("line", LINES, ids=lambda line: line.split(" {")[0].split(" postgres")[0])
def test_of_a_database_that_is_not_to_be_had_no_password_is_told(line: str, url: str, folder: Path) -> None:
    given = {**SECRETS, "SLACK_BOT_TOKEN": "xoxb-planted", "SLACK_APP_TOKEN": "xapp-planted"}
    given |= {"TOBAN_AUDIT_KEY": "planted-audit-key-0123456789abcdef", "TOBAN_SMTP_USER": "planted-smtp-user"}
    given |= {"SLACK_API_URL": "http://127.0.0.1:9/", "TOBAN_DATABASE_URL": url, "AWS_REGION": "us-east-1"}
    del given["SLACK_SIGNING_SECRET"]
    done = CliRunner().invoke(main, line.format(folder=folder), env=given)
    said = f"{done.output} {done.exception!r}"
    assert done.exit_code in {1, 2}, said
    assert isinstance(done.exception, SystemExit), said
    assert "planted" not in said
