"""AWS keeps secrets, too; toban neither may nor does read them, so that none can leave by it."""

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


def test_no_role_of_toban_may_read_a_secret() -> None:
    assert GIVE_SECRETS & set(everything()) == set()


def test_no_value_of_a_parameter_is_ever_decrypted() -> None:
    """`ssm:GetParameters` is for the image that a launch template names; EC2 asks for it in toban's name."""
    files = [one for part in ("aws", "bot", "commands", "jobs") for one in (ROOT / part).rglob("*.py")]
    texts = [one.read_text(encoding="utf-8") for one in files]
    assert not any("WithDecryption" in text or "get_parameter" in text for text in texts)
