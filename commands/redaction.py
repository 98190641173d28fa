"""Secrets in commands: refused on the way in, since everybody could read them.  Pure."""

import re

from aws.redaction import holds_a_secret
from bot.arguments import UsageError
from bot.words import Words, words

_UNRESOLVED = re.compile(r"\{\{\s*(ssm-secure|resolve)\s*:")


def refuse_secrets(text: str) -> None:
    """Raise UsageError, which repeats nothing of it, when a secret stands in what shall be run."""
    if holds_a_secret(text):
        raise UsageError(
            words(
                "Something in it looks like a secret, which everybody could read here and in the audit log."
                " {way}",
                way=_way(),
            )
        )


def refuse_unresolved(command: str) -> None:
    """Raise UsageError for a reference that a command would get as it is written.

    Run Command resolves {{ssm:name}}, and that only of a parameter that is no SecureString ("Working with
    parameters in Run Command commands", Systems Manager user guide); {{resolve:…}} is CloudFormation's.
    """
    if found := _UNRESOLVED.search(command):
        raise UsageError(
            words(
                "Run Command does not resolve {reference}. {way}",
                reference=f"{{{{{found[1]}:…}}}}",
                way=_way(),
            )
        )


def _way() -> Words:
    return words(
        "Let the instance fetch it when the command runs: {example}",
        example="$(aws ssm get-parameter --with-decryption --name /db/password"
        " --query Parameter.Value --output text)",
    )
