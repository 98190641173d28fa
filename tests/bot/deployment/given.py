"""Templates of a config with three kinds of accounts, read as CloudFormation reads them."""

import json
import re
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from cfnlint.decode.cfn_yaml import loads

from bot.deployment.files import Files, files
from bot.iam.asked import Wish
from bot.settings import Settings, load_without_slack

PROD, DEV, OWN = "111111111111", "222222222222", "333333333333"
REGIONS = '["ap-northeast-1", "us-west-2"]'
ALIKE = f"""
zone = "Asia/Tokyo"
[accounts.prod]
id = "{PROD}"
regions = {REGIONS}
role = "arn:aws:iam::{PROD}:role/toban"
external_id = "a-long-random-word"
[accounts.dev]
id = "{DEV}"
regions = {REGIONS}
role = "arn:aws:iam::{DEV}:role/toban"
external_id = "a-long-random-word"
[groups]
operators = ["U0SATO"]
"""
QUEUE = f"""
[queues.prod]
account = "prod"
region = "ap-northeast-1"
url = "https://sqs.ap-northeast-1.amazonaws.com/{PROD}/toban"
dead_letters = "https://sqs.ap-northeast-1.amazonaws.com/{PROD}/toban-dead"
"""
TIMERS = re.sub(
    r'role = "arn:aws:iam::(\d+):role/toban"',
    r'\g<0>\ntimer_role = "arn:aws:iam::\1:role/ops/toban-timer"',
    ALIKE,
)
ALONE = f"""
zone = "UTC"
[accounts.only]
id = "{OWN}"
regions = ["us-east-1"]
[groups]
operators = ["U0SATO"]
"""


def settings(config: str) -> Settings:
    """Those of a config file."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "toban.toml"
        file.write_text(config, encoding="utf-8")
        return load_without_slack({"TOBAN_CONFIG": str(file)})


@cache
def made(config: str) -> Files:
    """The files of a config."""
    return files(settings(config), Wish())


@cache
def template(config: str, name: str) -> Any:
    """One of them, read; `!Ref` and its like in their long form."""
    return json.loads(json.dumps(loads(made(config).texts[name])))
