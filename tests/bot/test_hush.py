"""What a process says of itself has no secret in it: its log, and its last words when it crashes."""

import ctypes
import json
import os
import subprocess
import sys

import pytest

from bot.hush import Hush

SECRETS = {
    "SLACK_BOT_TOKEN": "planted-bot-token",
    "SLACK_SIGNING_SECRET": "planted-signing-secret",
    "TOBAN_AUDIT_KEY": "planted-audit-key",
    "TOBAN_SMTP_PASSWORD": "planted-smtp-password",
    "AWS_SECRET_ACCESS_KEY": "planted/secret+key",
    "AWS_SESSION_TOKEN": "planted-session-token",
    "PGPASSWORD": "planted-pg-password",
}
URL = {"TOBAN_DATABASE_URL": "postgresql+psycopg://toban:planted%20db%2Fword@db.example.com/toban"}


def test_what_was_given_in_a_variable_is_known_wherever_it_stands() -> None:
    hush = Hush({**SECRETS, **URL})
    said = hush(f"{' and '.join(SECRETS.values())}; planted%20db%2Fword is “planted db/word”")
    assert "planted" not in said
    assert said.count("[redacted]") == len(SECRETS) + 2


def test_what_only_points_to_a_secret_may_be_read() -> None:
    names = ("AWS_WEB_IDENTITY_TOKEN_FILE", "SECRET_PATH", "TOKEN_URL", "TOBAN_CONFIG")
    assert Hush(dict.fromkeys(names, "planted-place"))("at planted-place") == "at planted-place"


def test_what_is_too_short_to_tell_from_other_words_is_left() -> None:
    assert Hush({"SOME_TOKEN": "prod"})("ec2 list --account prod") == "ec2 list --account prod"


@pytest.mark.parametrize(
    "text",
    [
        "https://hooks.slack.com/commands/T0/1/hush",
        "{'response_url': 'https://slack.example/hush'}",
        '{"response_url":"http:\\/\\/127.0.0.1\\/hush"}',
        "wss://wss-primary.slack.com/link/?ticket=hush&app_id=1",
        "Authorization: Bearer hush-hush-hush-hush",
        "https://me:hush-hush@health.example/",
        "x-amz-security-token:hush",
        "xoxb-hush-hush",
    ],
)
def test_what_is_a_secret_by_its_form_needs_no_variable(text: str) -> None:
    assert "hush" not in Hush({})(text)
    assert "[redacted]" in Hush({})(text)


def test_a_sentence_of_ours_may_speak_of_secrets_and_still_holds_none() -> None:
    said = "SLACK_BOT_TOKEN: make a new token: it begins with xoxb-; password: see PGPASSWORD"
    assert Hush(SECRETS).plainly(said) == said
    told = Hush(SECRETS).plainly("at postgresql://me:hush-hush@db: planted-pg-password, xoxb-12345678")
    assert told == "at postgresql://me:[redacted]@db: [redacted], [redacted]"


def test_a_structure_is_gone_through_and_keeps_its_shape() -> None:
    given = {
        "n": 1,
        "yes": True,
        "none": None,
        "list": ("planted-bot-token", 2),
        "why": ValueError("xoxb-12345678"),
    }
    said = Hush(SECRETS).deep(given)
    assert said == {"n": 1, "yes": True, "none": None, "list": ["[redacted]", 2], "why": "[redacted]"}


CRASHES = """
def crashes(*_):
    raise RuntimeError(" ".join(os.environ.values()))
"""
IN_A_THREAD = """
def in_a_thread(*_):
    thread = threading.Thread(target=crashes)
    thread.start()
    thread.join()
    sys.exit(1)
"""
WAYS = {
    "at its start": ("run", "bot.settings.load = crashes"),
    "in a thread": ("run", f"{IN_A_THREAD}bot.settings.load = in_a_thread"),
    "on the console": ("plan x", "bot.settings.load_without_slack = crashes"),
}


@pytest.mark.parametrize("way", WAYS)
def test_a_process_that_crashes_says_no_secret_with_its_last_words(way: str) -> None:
    line, how = WAYS[way]
    begin = f"import os, sys, threading\nimport bot.settings\n{CRASHES}\n{how}\n"
    program = f"{begin}from bot.__main__ import main\nmain({line.split()!r})"
    environ = {**SECRETS, **URL, "SLACK_APP_TOKEN": "xapp-1-planted", "PATH": os.environ["PATH"]}
    done = subprocess.run(
        [sys.executable, "-c", program], env=environ, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "RuntimeError: " in done.stderr
    assert "planted" not in done.stdout + done.stderr
    if line == "run":
        (said,) = [json.loads(each) for each in done.stderr.splitlines()]
        assert (said["level"], said["action"]) == ("critical", "crash")


def test_a_process_that_holds_tokens_leaves_no_core_file() -> None:
    if not hasattr(ctypes.CDLL(None), "prctl"):
        pytest.skip("this is not Linux")
    asked = "print(ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))"  # PR_GET_DUMPABLE
    program = f"import ctypes\nfrom bot.process import for_long\nfor_long()\n{asked}"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "0\n"
