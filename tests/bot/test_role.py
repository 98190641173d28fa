"""What each part of toban needs, and that a file is one process's; nobody loads what only a server needs."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.role import Role
from bot.settings import SettingsError, load
from tests.bot.configs import LEAST, TOKENS

SERVER = {
    "TOBAN_DATABASE_URL": "postgresql+psycopg://toban@db.example.com/toban",
    "TOBAN_AUDIT_KEY": "k" * 32,
}
HEARS_NOBODY = {name: value for name, value in TOKENS.items() if name != "SLACK_APP_TOKEN"}


@pytest.fixture
def file(tmp_path: Path) -> dict[str, str]:
    (tmp_path / "toban.toml").write_text(LEAST, encoding="utf-8")
    return {"TOBAN_CONFIG": str(tmp_path / "toban.toml")}


def test_a_worker_hears_nobody_and_needs_no_token_for_it(file: dict[str, str]) -> None:
    environ = {**file, **SERVER, **HEARS_NOBODY}
    assert load(environ, Role.WORKER).slack_app_token.get_secret_value() == ""
    for role in (Role.ALL, Role.FRONT):
        with pytest.raises(SettingsError, match="SLACK_APP_TOKEN"):
            load(environ, role)


@pytest.mark.parametrize("role", [Role.FRONT, Role.WORKER])
def test_on_a_file_there_are_no_parts_and_the_console_says_what_to_do(
    file: dict[str, str], role: Role
) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "bot", "run", "--role", role],
        env={"PATH": os.environ["PATH"], **file, **TOKENS},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 2
    assert f"--role {role}: a SQLite file belongs to one process" in ran.stderr
    assert "TOBAN_DATABASE_URL" in ran.stderr
    assert "Traceback" not in ran.stderr


def test_who_keeps_a_file_loads_neither_procrastinate_nor_a_driver() -> None:
    look = "import bot.wiring, sys; print(sorted({'procrastinate', 'psycopg'} & set(sys.modules)))"
    ran = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True)
    assert "procrastinate" not in ran.stdout
    assert "psycopg" not in ran.stdout
