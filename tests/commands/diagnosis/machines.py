"""Instances, volumes and keys in the state that a test needs, and AWS's replies that show them."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from aws.anatomy import Anatomy, Interface
from aws.iam import Verdict
from aws.instance import Instance
from aws.kms import Key
from aws.tags import Tags
from aws.volume import Volume
from commands.diagnosis.facts import Facts
from commands.diagnosis.rights import NEEDED, KeyFacts
from tests.canned import ACCOUNT_ID, ROLE, TOKYO

ID, VOLUME, SUBNET = "i-0123456789abcdef0", "vol-0123456789abcdef0", "subnet-0123456789abcdef0"
KEY = f"arn:aws:kms:ap-northeast-1:{ACCOUNT_ID}:key/11111111-2222-3333-4444-555555555555"
LAUNCH_ERROR = "Client.InternalError: Client error on launch"
ATTACHED = Interface("eni-0123456789abcdef0", 0, "attached", SUBNET)


def machine(state: str = "stopped", **rest: Any) -> Instance:
    """An instance in Tokyo."""
    made = Instance(
        id=ID,
        name="web-1",
        state=state,
        state_reason="",
        type="m5.large",
        zone="ap-northeast-1a",
        image_id="ami-0123456789abcdef0",
        tags=Tags(),
        volume_ids=(VOLUME,),
        root_volume_id=VOLUME,
        root_device="ebs",
        lifecycle="",
        launched=None,
        vpc_id="vpc-0123456789abcdef0",
        architecture="x86_64",
    )
    return replace(made, **rest)


def body(code: str = "", message: str = "", *interfaces: Interface) -> Anatomy:
    """What it is made of."""
    return Anatomy(ID, code, message, 2, interfaces or (ATTACHED,))


def disk(state: str = "in-use", key: str = "") -> Volume:
    """Its volume."""
    return Volume(VOLUME, "", state, 8, "gp3", bool(key), key, "ap-northeast-1a", ID, Tags())


def facts(state: str = "stopped", code: str = "", message: str = "", **rest: Any) -> Facts:
    """What is known of it."""
    known = Facts(TOKYO, machine(state), body(code, message), volumes=(disk(),))
    return replace(known, **rest)


def policy(*statements: Mapping[str, Any]) -> str:
    """A key's policy."""
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def allow(principal: str, *actions: str, **rest: Any) -> dict[str, Any]:
    """A statement of a key's policy that allows."""
    return {
        "Effect": "Allow",
        "Principal": {"AWS": principal},
        "Action": list(actions),
        "Resource": "*",
        **rest,
    }


DELEGATED = policy(allow(f"arn:aws:iam::{ACCOUNT_ID}:root", "kms:*"))
"""The policy that a key has unless somebody writes another: the account's IAM policies decide."""


def key(decision: str = "allowed", **rest: Any) -> KeyFacts:
    """What was read of a key whose use IAM allows, or not."""
    verdicts = {action: Verdict(action, decision) for action in NEEDED}
    known = KeyFacts(KEY, ROLE, TOKYO.region, Key(KEY, "Enabled", False), DELEGATED, (), verdicts)
    return replace(known, **rest)
