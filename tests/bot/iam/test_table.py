"""The table against AWS's own reference: every action exists, and is allowed on what it knows and needs."""

from collections.abc import Iterator

import pytest

import commands
from bot.iam.scope import REGION, Scope
from bot.iam.table import NEEDS_NOTHING, SCOPES, WITH_KEYS
from commands.changes.isolation import MARK, NOTED
from commands.changes.put_metric import NAMESPACE
from commands.generations.tags import MADE_BY
from commands.ses import measure
from tests.bot.iam import reference
from tests.bot.iam.given import GROUND, everything

NEEDED = everything()
EVERY = pytest.mark.parametrize("name", sorted(NEEDED))
OF_ALL = {
    "ce:GetCostAndUsage": "a billing view is no other account's bill, and the bill is asked for whole",
    "ce:GetCostForecast": "as above",
    "cloudwatch:DescribeAlarms": "composite alarms are shown to whoever may see all (DescribeAlarms)",
    "cloudwatch:GetMetricData": "metrics have no ARN; a dataset is another thing",
    "cloudwatch:PutMetricData": "as above; its condition is the namespace",
}
"""Actions that know a resource and are allowed on all, with the reason."""
UNUSED = {
    "cloudwatch:PutMetricAlarm": {"dataset"},
    "ec2:StartInstances": {"group", "license-configuration"},
}
"""Resources of an action that toban never names, where that may surprise."""
DEPENDS = {
    (
        "autoscaling:CreateAutoScalingGroup",
        "iam:CreateServiceLinkedRole",
    ): "AWS makes it with the first group",
}
"""What the reference says that an action depends on and toban's does without."""


def scopes(name: str) -> Iterator[Scope]:
    yield from SCOPES.get(name, ())


@EVERY
def test_aws_knows_the_action(name: str) -> None:
    assert reference.action(name)["name"] == name.partition(":")[2]


@EVERY
def test_what_aws_can_narrow_is_narrowed(name: str) -> None:
    """Or there is a reason why not."""
    arns = {arn for scope in scopes(name) for arn in GROUND.resources(scope)}
    narrowed = bool(arns) and "*" not in arns
    if name in NEEDS_NOTHING:
        return
    assert narrowed is (bool(reference.kinds(name)) and name not in OF_ALL), reference.kinds(name)


@EVERY
def test_each_arn_is_of_a_kind_that_the_action_knows(name: str) -> None:
    for arn in (arn for scope in scopes(name) for arn in GROUND.resources(scope) if arn != "*"):
        if name == "ec2:CreateTags" and arn.endswith("*/*"):
            continue  # any of EC2's: ec2:CreateAction says of what
        assert [kind for kind in reference.kinds(name) if reference.fits(arn, name, kind)], arn


@EVERY
def test_each_resource_that_it_must_have_is_there(name: str) -> None:
    arns = [arn for scope in scopes(name) for arn in GROUND.resources(scope)] or ["*"]
    missing = [
        kind
        for kind in reference.required(name)
        if "*" not in arns and not any(reference.fits(arn, name, kind) for arn in arns)
    ]
    assert missing == []


@EVERY
def test_each_condition_is_one_that_aws_evaluates_for_it(name: str) -> None:
    known = {key.replace("${TagKey}", "") for key in reference.condition_keys(name)}
    for scope in scopes(name):
        for _, key, _ in scope.when:
            written = key.partition("/")[0] + "/" if "/" in key else key
            assert written in known, key


@EVERY
def test_a_tag_is_asked_only_of_what_can_have_it(name: str) -> None:
    for scope in (one for one in scopes(name) if one.tagged):
        for arn in GROUND.resources(scope):
            fitting = [kind for kind in reference.kinds(name) if reference.fits(arn, name, kind)]
            assert any(reference.has_tags(name, kind) for kind in fitting), arn


@EVERY
def test_a_region_is_asked_for_unless_the_service_has_none(name: str) -> None:
    for scope in scopes(name):
        asks = any(key == REGION for _, key, _ in GROUND.tests(scope))
        exact = all(part.startswith("{") for part in scope.on)
        without = name.split(":", maxsplit=1)[0] in {"ce", "iam", "pricing", "route53", "s3"}
        assert asks is not (exact or without)


def test_the_table_names_nothing_that_nobody_needs() -> None:
    assert sorted(set(SCOPES) - set(NEEDED)) == []
    assert sorted(set(WITH_KEYS) - set(NEEDED)) == []
    assert sorted({*OF_ALL, *UNUSED} - set(NEEDED)) == []


def test_what_is_for_one_of_tobans_is_for_one_that_declares_it() -> None:
    for name, those in SCOPES.items():
        for scope in those:
            assert scope.of <= NEEDED[name], name


def test_each_who_tags_or_passes_has_a_row_of_its_own() -> None:
    """A new action that does is not allowed silently on nothing."""
    for name in ("ec2:CreateTags", "iam:PassRole"):
        assert NEEDED[name] == {who for scope in SCOPES[name] for who in scope.of}


def test_what_an_action_depends_on_is_declared_with_it() -> None:
    for action in {action for verb in commands.load() for action in verb.actions}:
        for name in action.iam:
            wanted = {*reference.action(name)["dependentActions"]}
            for kind in reference.action(name)["resourceTypes"]:
                wanted |= set(kind["dependentActions"]) if kind["required"] else set()
            left = {one for one in wanted if (name, one) not in DEPENDS}
            assert left <= {*action.iam, *WITH_KEYS.get(name, ())}, (action.name, name)


def test_the_tags_and_namespaces_of_conditions_are_those_that_are_written() -> None:
    written = str(SCOPES)
    for one in (f"aws:ResourceTag/{MADE_BY}'", f"aws:ResourceTag/{MARK}'", f"{NOTED}*'"):
        assert one in written
    for namespace in (NAMESPACE, measure.NAMESPACE):
        assert f"'{namespace}'" in written
