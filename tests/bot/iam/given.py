"""What is needed at most, and an account that has some of everything."""

from pathlib import Path

import commands
from aws import mail
from bot.iam.needs import Needs
from bot.iam.scope import Ground
from bot.iam.table import WITH_KEYS
from bot.probing.aws import IAM as PROBING
from bot.settings import Settings, load_without_slack
from jobs import third_door

DEV, HOME, ROLE = "222222222222", "111111111111", "arn:aws:iam::222222222222:role/toban"
CONFIG = f"""
zone = "Asia/Tokyo"
[accounts.dev]
id = "{DEV}"
regions = ["ap-northeast-1", "us-west-2"]
role = "{ROLE}"
external_id = "a long random word"
timer_role = "arn:aws:iam::{DEV}:role/timer"
copy_keys = {{ us-west-2 = "arn:aws:kms:us-west-2:{DEV}:key/11111111-2222-3333-4444-555555555555" }}
[accounts.home]
id = "{HOME}"
regions = ["us-east-1"]
[queues.main]
account = "dev"
region = "ap-northeast-1"
url = "https://sqs.ap-northeast-1.amazonaws.com/{DEV}/toban"
dead_letters = "https://sqs.ap-northeast-1.amazonaws.com/{DEV}/toban-dead"
[channels.C0OPS]
language = "en"
[groups]
operators = ["U0SATO"]
[rules.pages]
pattern = {{ source = [ "aws.health" ] }}
channel = "C0OPS"
owner = "U0SATO"
after = ["5m", "10m", "15m"]
wider = "S0ALL"
topic = "arn:aws:sns:ap-northeast-1:{DEV}:pager"
[bill]
payers = ["home"]
"""
GROUND = Ground(
    "dev",
    DEV,
    ("ap-northeast-1",),
    lists={
        "queues": (f"arn:aws:sqs:ap-northeast-1:{DEV}:toban",),
        "dead_letters": (f"arn:aws:sqs:ap-northeast-1:{DEV}:toban-dead",),
        "topics": (f"arn:aws:sns:ap-northeast-1:{DEV}:pager",),
        "self": (ROLE,),
        "timer_role": (f"arn:aws:iam::{DEV}:role/timer",),
        "keys": (f"arn:aws:kms:ap-northeast-1:{DEV}:key/1",),
        "payer": ("*",),
        "roles": (ROLE,),
    },
)


def settings(tmp_path: Path, config: str = CONFIG) -> Settings:
    """Those of a config file."""
    file = tmp_path / "toban.toml"
    file.write_text(config, encoding="utf-8")
    return load_without_slack({"TOBAN_CONFIG": str(file), "TOBAN_DATABASE_URL": f"sqlite:///{tmp_path}/t.db"})


def everything() -> Needs:
    """Every IAM action that anything of toban's uses, and who."""
    found: dict[str, set[str]] = {"sts:AssumeRole": {"own"}}
    every = commands.load()
    pairs = [(verb.action, name) for verb in every for name in verb.iam]
    pairs += [(action.name, name) for verb in every for action in verb.actions for name in action.iam]
    pairs += [("other", name) for name in (*third_door.IAM, *mail.IAM, *sum(PROBING.values(), ()))]
    for who, name in pairs:
        for one in (name, *WITH_KEYS.get(name, ())):
            found.setdefault(one, set()).add(who)
    return {name: frozenset(who) for name, who in found.items()}
