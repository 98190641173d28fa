"""The deployment files of a config, each a text: what is generated stands in no copy that could go stale.

The templates beside this file hold what is the same for everybody; roles, policies, accounts and regions come
from the config, by the same generator as `toban iam-policy`.
"""

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from aws.account import AccountConfig
from bot.deployment.anywhere import anywhere, policies
from bot.deployment.home import Home, home
from bot.deployment.members import Member, members
from bot.deployment.timers import timer
from bot.iam.asked import OWN, Wish, own, parts
from bot.iam.ground import partition_of
from bot.settings import Settings

LARGEST = 51_200
"""Bytes of a template that is handed in, not put into S3 first ("CloudFormation quotas", user guide)."""
ASK = (
    "import http.client as h; c = h.HTTPConnection('127.0.0.1', 8085, timeout=5); "
    "c.request('GET', '/healthz'); raise SystemExit(c.getresponse().status != 200)"
)
"""Whether the bot in this container is green.  No proxy of the environment is asked for it."""
HEALTH = ("CMD", "python", "-c", ASK)
GLOBAL = "us-east-1"
"""The region of what concerns whole accounts, such as IAM, sign-ins and Trusted Advisor."""
_HERE = Path(__file__).parent
_NOTE = (
    "# Made by `toban deployment` from {config}; make it anew when the config, or toban, has changed.{more}"
)
_TIMER = """
  TimerRole:
    Type: AWS::IAM::Role
    Condition: Here
    Properties:
      Description: AWS itself puts back what a failure test broke, should toban be gone
      RoleName: {name}
      Path: {path}
      AssumeRolePolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Principal: {{Service: scheduler.amazonaws.com}}
            Action: sts:AssumeRole
            Condition: {{StringEquals: {{"aws:SourceAccount": !Ref "AWS::AccountId"}}}}
"""
_AT_HOME = """
  AtHome: !And
    - !Equals [!Ref "AWS::Region", !Ref RoleRegion]
    - !Not [!Equals [!Ref RoleName, ""]]
    - !Equals [!Ref "AWS::AccountId", "{account}"]"""


@dataclass(frozen=True, slots=True)
class Files:
    """Texts by the names of their files, and what to know of them, a line each."""

    texts: Mapping[str, str]
    notes: tuple[str, ...]

    def write(self, folder: Path, *, over: bool) -> list[Path]:
        """Those that were written; what is there is written over only with `over`.  Raises OSError."""
        folder.mkdir(parents=True, exist_ok=True)
        these = {
            folder / name: text for name, text in self.texts.items() if over or not (folder / name).exists()
        }
        for path, text in these.items():
            path.write_text(text, encoding="utf-8")
        return list(these)


def files(settings: Settings, wish: Wish, at: str = "") -> Files:
    """All of them; `at` is the account where toban itself runs.  Raises UsageError."""
    where = home(settings, at)
    texts = {"toban.yaml": _toban(settings, wish, where)}
    notes = [f"toban.yaml: once, in {where.account.name} ({where.account.id}), {where.region}"]
    needs = ((account, made, timer(settings, wish, account)) for account, made in parts(settings, wish))
    every = list(members(needs, where))
    for one in every:
        name = "member.yaml" if len(every) == 1 else f"member-{one.accounts[0].name}.yaml"
        texts[name] = _member(settings, one, where)
        notes.append(f"{name}: in {', '.join(_places(one.accounts))}{_besides(one.accounts)}")
    texts |= _image(settings)
    notes.append("Dockerfile: the image with your config")
    if settings.http:
        notes.append(
            "toban.yaml runs Socket Mode and lets nothing in, and your config says [http]: take that table"
            " away in the image, or add a load balancer, and SLACK_SIGNING_SECRET for SLACK_APP_TOKEN"
        )
    large = (name for name, text in texts.items() if len(text.encode()) > LARGEST)
    notes += [
        f"{name}: too large to be handed in; aws cloudformation deploy needs --s3-bucket" for name in large
    ]
    return Files(texts, tuple(notes))


# -- the templates -------------------------------------------------------------------------------------


def _toban(settings: Settings, wish: Wish, where: Home) -> str:
    here = partition_of(where.account)
    without = [
        document for account, made in parts(settings, wish) if not account.role_arn for document in made
    ]
    documents = [*own(settings, wish).values(), *without]
    return _filled(
        "toban.yaml",
        note=_NOTE.format(config=settings.config.name, more=""),
        own=OWN,
        accounts=json.dumps([one.id for one in settings.accounts]),
        regions=",".join(_regions(settings)),
        health=json.dumps(list(HEALTH)),
        policies=policies([anywhere(one, where.account.id, here) for one in documents], "TaskRole"),
        bus_policy="\n".join(
            _bus_policy([one.id for one in settings.accounts if one.id != where.account.id])
        ),
    )


def _member(settings: Settings, one: Member, where: Home) -> str:
    path, role = one.role
    left = {} if role and not one.external_id else {"external_id": one.external_id or "none"}
    names = ", ".join(f"{each.name} ({each.id})" for each in one.accounts)
    text = _filled(
        "member.yaml",
        note=_NOTE.format(config=settings.config.name, more=f"\n# For {names}."),
        principal=where.principal,
        role=role,
        path=path,
        region=one.accounts[0].regions[0],
        bus=where.bus,
        at_home=_AT_HOME.format(account=where.account.id) if one.more else "",
        policies=policies(one.documents, "Role", "HasRole") + policies(one.more, "Role", "AtHome", "Own"),
        timer=_timer(one),
        **left,
    )
    return text.replace('    Default: "@external_id@"\n', "")  # whoever has none yet must say one


def _timer(one: Member) -> str:
    if not one.timer:
        return ""
    path, name = one.timer_role
    made = policies(one.timer, "TimerRole", "Here", "Timer")
    return f"{_TIMER.format(name=name, path=path)}\n{made}"


def _bus_policy(others: Sequence[str]) -> Iterator[str]:
    if not others:
        return
    roots = ", ".join(f'!Sub "arn:${{AWS::Partition}}:iam::{one}:root"' for one in others)
    yield "  BusPolicy:"
    yield "    Type: AWS::Events::EventBusPolicy"
    yield "    Properties:"
    yield "      EventBusName: !GetAtt Bus.Name"
    yield "      StatementId: accounts"
    yield "      Statement:"
    yield "        Effect: Allow"
    yield f"        Principal: {{AWS: [{roots}]}}"
    yield "        Action: events:PutEvents"
    yield "        Resource: !GetAtt Bus.Arn"
    yield ""


def _besides(those: Sequence[AccountConfig]) -> str:
    """AWS says some things in one region only (global services, "EventBridge events", user guide)."""
    whole = all(GLOBAL in one.regions for one in those)
    return "" if whole else f", and in {GLOBAL} for what AWS says only there"


def _places(those: Sequence[AccountConfig]) -> Iterator[str]:
    yield from (f"{one.name} ({one.id}; {' '.join(one.regions)})" for one in those)


def _regions(settings: Settings) -> Sequence[str]:
    """All of the config, and the one where AWS says what concerns whole accounts."""
    named = [region for one in settings.accounts for region in one.regions]
    return list(dict.fromkeys([*named, GLOBAL]))


def _image(settings: Settings) -> Mapping[str, str]:
    """The Dockerfile, and what Docker may see for it: in toban's checkout it would see no config."""
    needed = {settings.config.name: "toban.toml"}
    if settings.policy is not None:
        name = os.path.relpath(
            settings.policy, settings.config.parent
        )  # as the config names it, from /etc/toban
        needed[name] = name
    copied = "\n".join(f"COPY {here} /etc/toban/{there}" for here, there in needed.items())
    seen = "".join(f"!{name}\n" for name in needed)
    return {"Dockerfile": _filled("Dockerfile", copied=copied), "Dockerfile.dockerignore": f"*\n{seen}"}


def _filled(name: str, **values: str) -> str:
    text = (_HERE / name).read_text(encoding="utf-8")
    for key, value in values.items():
        text = text.replace(f"@{key}@", value)
    return text
