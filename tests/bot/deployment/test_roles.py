"""Every right in the templates' own roles can be used as written, by AWS's Service Authorization Reference.

A right on a resource that its action does not know, or with a condition that it does not evaluate, is none.
"""

import re
from collections.abc import Iterator
from typing import Any

from tests.bot.deployment.given import ALIKE, template
from tests.bot.iam.reference import action, fits, kinds, required

PSEUDO = {
    "Partition": "aws",
    "Region": "ap-northeast-1",
    "AccountId": "111111111111",
    "URLSuffix": "amazonaws.com",
}
MADE = {
    "Repository": "arn:aws:ecr:ap-northeast-1:111111111111:repository/toban",
    "Cluster": "arn:aws:ecs:ap-northeast-1:111111111111:cluster/toban",
    "Bus": "arn:aws:events:ap-northeast-1:111111111111:event-bus/toban",
}


def rights() -> Iterator[tuple[str, str, Any]]:
    """Role, action, statement."""
    for file in ("toban.yaml", "member.yaml"):
        for name, one in template(ALIKE, file)["Resources"].items():
            for policy in one["Properties"].get("Policies", ()) if one["Type"] == "AWS::IAM::Role" else ():
                for statement in policy["PolicyDocument"]["Statement"]:
                    for each in listed(statement["Action"]):
                        yield name, each, statement


def listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def arn(value: Any) -> str:
    """A resource as CloudFormation makes it."""
    match value:
        case {"Fn::Sub": str(text)}:
            filled = re.sub(r"\$\{AWS::(\w+)\}", lambda found: PSEUDO[found[1]], text)
            return filled.replace("${Disk}", "vol-0123456789abcdef0").replace("${Cluster}", "toban")
        case {"Fn::GetAtt": [name, "Arn"]} | {"Ref": name}:
            return MADE[name]
        case _:
            return str(value)


def test_a_right_is_on_something_that_its_action_knows() -> None:
    found = list(rights())
    assert len(found) > 20
    assert [(role, name) for role, name, statement in found if not is_usable(name, statement)] == []


def test_a_condition_is_one_that_its_action_evaluates() -> None:
    asked = [(name, key) for _, name, statement in rights() for key in keys(statement)]
    assert len(asked) > 3
    assert [one for one in asked if not evaluates(*one)] == []


def test_a_disk_is_allowed_on_both_sides_of_its_attachment() -> None:
    """AttachVolume asks for the volume and for the instance."""
    on = [
        one for _, name, statement in rights() if name == "ec2:AttachVolume" for one in resources(statement)
    ]
    both = required("ec2:AttachVolume")
    assert {kind for kind in both if any(fits(one, "ec2:AttachVolume", kind) for one in on)} == {
        "instance",
        "volume",
    }


def test_the_check_sees_what_is_wrong() -> None:
    assert not is_usable("ecs:SubmitTaskStateChange", {"Resource": "*"})
    assert not is_usable("ssm:GetParameters", {"Resource": MADE["Cluster"]})
    assert not evaluates("ecs:SubmitTaskStateChange", "ecs:cluster")


def is_usable(name: str, statement: Any) -> bool:
    on = resources(statement)
    if on == ["*"]:
        return required(name) == ()
    return any(fits(one, name, kind) for one in on for kind in kinds(name))


def evaluates(name: str, key: str) -> bool:
    about = action(name)
    known = [
        *about["conditionKeys"],
        *(each for one in about["resourceTypes"] for each in one["conditionKeys"]),
    ]
    patterns = [re.sub(r"\\\$\\\{\w+\\\}", ".+", re.escape(each)) for each in known]
    return any(re.fullmatch(pattern, key) for pattern in patterns)


def resources(statement: Any) -> list[str]:
    return [arn(one) for one in listed(statement["Resource"])]


def keys(statement: Any) -> list[str]:
    return [key for test in statement.get("Condition", {}).values() for key in test]
