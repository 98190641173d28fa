"""No secret comes in with a command, and what is none does."""

import re

import pytest
from hypothesis import given

from bot.arguments import UsageError
from commands.redaction import refuse_secrets, refuse_unresolved
from tests.aws.test_redaction import BY_WORD, PLAIN, REFERENCES, STEADY, VALUE, written


@pytest.mark.parametrize("command", [*PLAIN, *REFERENCES])
def test_a_command_may_name_its_secrets_by_reference(command: str) -> None:
    refuse_secrets(command)
    refuse_unresolved(command)


@STEADY
@given(BY_WORD, VALUE)
def test_a_secret_in_a_command_is_refused_without_being_repeated(said: str, value: str) -> None:
    with pytest.raises(UsageError) as refused:
        refuse_secrets(written(said, value))
    assert "s3cr3t" not in str(refused.value)


@pytest.mark.parametrize("reference", ["{{ssm-secure:/db/password}}", "{{resolve:secretsmanager:db}}"])
def test_a_reference_that_run_command_does_not_know_is_refused(reference: str) -> None:
    with pytest.raises(UsageError, match=re.escape("Run Command does not resolve")):
        refuse_unresolved(f"pg_dump --password={reference}")
