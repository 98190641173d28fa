"""The environment of what is measured: nothing of this machine's settings, and a config of its own."""

import os
from pathlib import Path

from playground.slack.server import LocalSlack

FORGOTTEN = ("AWS_", "SLACK_", "TOBAN_", "BOTO_")
UNCOMPILED = "PYTHONDONTWRITEBYTECODE"
"""Forgotten too: the reference's libraries were compiled by pip, toban is by its first start of all."""
REGIONS = ("ap-northeast-1", "us-east-1")
PROD, DEV = "111111111111", "222222222222"
OPERATOR = "U0SATO"

CONFIG = f"""\
zone = "Asia/Tokyo"
language = "en"

[accounts.prod]
id = "{PROD}"
regions = ["ap-northeast-1", "us-east-1"]
role = "arn:aws:iam::{PROD}:role/toban"

[accounts.dev]
id = "{DEV}"
regions = ["ap-northeast-1", "us-east-1"]
role = "arn:aws:iam::{DEV}:role/toban"

[channels.C0OPS]
language = "en"

[groups]
operators = ["U0SATO", "U0MILLER"]
approvers = ["U0SUZUKI"]
"""


def clean() -> None:
    """Forget settings, credentials and proxies of this machine, for this process and its children."""
    for name in list(os.environ):
        if name.startswith(FORGOTTEN) or name.lower().endswith("_proxy"):
            del os.environ[name]
    os.environ.pop(UNCOMPILED, None)
    os.environ |= {
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_CONFIG_FILE": os.devnull,
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
    }


def aws(url: str, account: str = "999999999999") -> dict[str, str]:
    """AWS's variables for a client of the stub; the stub reads the account in the key's last digits."""
    return {
        "AWS_ENDPOINT_URL": url,
        "AWS_ACCESS_KEY_ID": f"AKIA{account}",
        "AWS_SECRET_ACCESS_KEY": "local",
        "AWS_DEFAULT_REGION": REGIONS[0],
    }


def slack(local: LocalSlack) -> dict[str, str]:
    """Slack's variables for an app of the local workspace."""
    return {
        "SLACK_BOT_TOKEN": local.bot_token,
        "SLACK_APP_TOKEN": local.app_token,
        "SLACK_API_URL": local.api_url,
    }


def toban(folder: Path) -> dict[str, str]:
    """toban's own variables: a database and a config in this folder."""
    config = folder / "toban.toml"
    config.write_text(CONFIG, encoding="utf-8")
    return {"TOBAN_DATABASE_URL": f"sqlite:///{folder}/toban.db", "TOBAN_CONFIG": str(config)}
