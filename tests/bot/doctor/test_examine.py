"""The whole examination, by the console script as people call it."""

import json
import threading
import time
from collections.abc import Iterator

import pytest
from click.testing import CliRunner

from bot.__main__ import main
from bot.doctor.finding import Check, Finding, Health, Says
from bot.doctor.fix import mended
from bot.doctor.side_by_side import findings
from tests.bot.doctor.conftest import Setup
from tests.new_database import put_new_database

WHOLE = 16  # findings of the playground, whose two accounts are looked at one by one


def doctor(setup: Setup, *words: str) -> tuple[int, str]:
    done = CliRunner().invoke(main, ["doctor", *words], env=setup.environment)
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    assert done.stderr == ""
    return done.exit_code, done.stdout


def test_in_the_playground_everything_is_well(setup: Setup) -> None:
    put_new_database(setup.folder)
    code, said = doctor(setup)
    assert said.splitlines()[-1] == f"{WHOLE} ok", said
    assert code == 0
    assert "->" not in said


def test_a_program_gets_every_finding_and_no_secret(setup: Setup) -> None:
    setup.slack.scopes.remove("chat:write")
    code, said = doctor(setup, "--json")
    told = json.loads(said)
    assert (code, told["healthy"], told["mended"]) == (1, False, [])
    (bad,) = [one for one in told["findings"] if one["health"] == "failed"]
    assert (bad["check"], bad["what"]) == ("slack scopes", "The bot lacks chat:write.")
    assert bad["do"]
    for secret in (setup.slack.bot_token, setup.slack.app_token):
        assert secret not in said


def test_what_fails_is_told_with_what_to_do_below_it(setup: Setup) -> None:
    setup.slack.workspace.channels["C0OPS"].members.discard("U0TOBAN")
    code, said = doctor(setup)
    assert code == 1
    lines = said.splitlines()
    (at,) = [number for number, line in enumerate(lines) if line.startswith("failed")]
    assert lines[at + 1].strip() == "-> Type /invite @toban in #ops."
    assert lines[-1] == f"{WHOLE - 1} ok, 1 failed"


def test_without_slacks_tokens_aws_and_the_database_are_looked_at_all_the_same(setup: Setup) -> None:
    del setup.environment["SLACK_BOT_TOKEN"]
    code, said = doctor(setup, "--json")
    checks = {one["check"]: one["health"] for one in json.loads(said)["findings"]}
    assert code == 1
    assert checks["settings"] == "failed"
    assert checks["aws identity"] == "ok"
    assert "slack tokens" not in checks


def test_fix_goes_into_public_channels_only_with_the_scope_for_it(setup: Setup) -> None:
    put_new_database(setup.folder)
    known = setup.slack.workspace.channels
    for channel in ("C0OPS", "C0OPSPROD", "C0BILLING"):
        known[channel].members.discard("U0TOBAN")
    known["C0OPSPROD"].is_private = True
    known["C0BILLING"].is_archived = True
    assert mended(setup.patient) == []
    setup.slack.scopes.append("channels:join")
    code, said = doctor(setup, "--fix")
    assert said.startswith("mended: joined #ops\n")
    assert code == 1
    assert "U0TOBAN" in known["C0OPS"].members
    assert "U0TOBAN" not in known["C0OPSPROD"].members | known["C0BILLING"].members


# -- side by side ------------------------------------------------------------------------------------


def test_a_check_that_stumbles_is_a_finding_that_quotes_nothing() -> None:
    def stumble() -> list[Finding]:
        raise RuntimeError("xoxb-hush")

    well = Says("fonts").ok("Well.")
    stumbled, other = findings([Check("policy", stumble), Check("fonts", lambda: [well])])
    assert (stumbled.health, other) == (Health.FAILED, well)
    assert "RuntimeError" in stumbled.what
    assert "hush" not in stumbled.what + stumbled.do
    assert "report this" in stumbled.do


def test_checks_go_side_by_side_and_one_that_hangs_is_not_waited_for() -> None:
    go = threading.Event()

    def hang() -> Iterator[Finding]:
        go.wait(20)
        yield Says("clock").ok("At last.")

    began = time.monotonic()
    try:
        found = findings([Check("clock", hang)] * 3, seconds=0.2)
    finally:
        go.set()
    assert time.monotonic() - began < 5
    assert [one.health for one in found] == [Health.FAILED] * 3
    assert "within 0.2 s" in found[0].what


@pytest.mark.parametrize("words", [["doctor", "--help"]])
def test_help_needs_nothing(words: list[str]) -> None:
    assert CliRunner().invoke(main, words, env={}).exit_code == 0
