"""AWS keeps secrets, too; toban reads none, and has no action that is there to read them."""

from pathlib import Path

from tests.bot.iam.given import everything

ROOT = Path(__file__).parents[3]
GIVE_SECRETS = {
    "ec2:GetPasswordData",
    "iam:CreateAccessKey",
    "iam:CreateLoginProfile",
    "rds-db:connect",
    "secretsmanager:BatchGetSecretValue",
    "secretsmanager:GetSecretValue",
    "ssm:GetParameter",
    "ssm:GetParameterHistory",
    "ssm:GetParametersByPath",
    "sts:GetFederationToken",
    "sts:GetSessionToken",
}


def test_no_action_that_gives_secrets_is_among_those_of_its_roles() -> None:
    assert GIVE_SECRETS & set(everything()) == set()


def test_no_value_of_a_parameter_is_ever_decrypted() -> None:
    """`ssm:GetParameters` is for the image that a launch template names; EC2 asks for it in toban's name.

    IAM cannot allow it without decryption: what that leaves is said in docs/threats.md.
    """
    files = [one for part in ("aws", "bot", "commands", "jobs") for one in (ROOT / part).rglob("*.py")]
    texts = [one.read_text(encoding="utf-8") for one in files]
    assert not any("WithDecryption" in text or "get_parameter" in text for text in texts)
