"""A policy file with mistakes is refused, and every mistake is named with its place."""

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.policy.decision import PolicyError
from tests.bot.policy.team import load

GOOD = '@id("read") permit (principal, action in Action::"read", resource);\n'


def mistakes(text: str, groups: tuple[str, ...] | None = None) -> list[str]:
    with pytest.raises(PolicyError) as refused:
        load(text, groups)
    return [str(mistake) for mistake in refused.value.mistakes]


@pytest.mark.parametrize(
    ("rule", "problem"),
    [
        ('@id("x") permit (principal, action == Action::"ec2.stpo", resource);', "unrecognized action"),
        ('@id("x") permit (principal in Rol::"a", action, resource);', "unrecognized entity type `Rol`"),
        ('@id("x") permit (principal, action, resource) when { resource.enw == "a" };', "`enw`"),
        ('@id("x") permit (principal, action, resource) when { resource.env == 3 };', "not compatible"),
        (
            '@id("x") permit (principal, action, resource) when { resource.getTag("a") == "b" };',
            "unable to guarantee safety of access to tag",
        ),
        ('@id("x") permit (principal, action, resource) when { resource. };', "unexpected token `}`"),
        ('@id("x") permit (principal == ?principal, action, resource);', "name somebody"),
        ('@id("x") permit (principal, action, resource == Resource::"i-1");', 'resource.id == "i-1"'),
        ('@id("x") forbid (principal, action, resource) when { context.risk == "destory" };', "never"),
        (
            '@id("x") forbid (principal, action, resource) when { context.requester in Role::"a" };',
            "groups are not known",
        ),
        ("permit (principal, action, resource);", "needs a name"),
        ('@id("") permit (principal, action, resource);', "needs a name"),
        ('@id("x") permit (principal, action, resource)', "unexpected end of input"),
        (";", "unexpected token"),
    ],
)
def test_a_mistake_is_named_with_its_rule_and_line(rule: str, problem: str) -> None:
    (first, *_) = mistakes(f"// a comment; with a semicolon\n{GOOD}\n{rule}")
    assert first.startswith("policy.cedar, line 4, rule 2")
    assert problem in first


def test_two_rules_of_one_name_are_refused() -> None:
    assert mistakes(GOOD + GOOD) == ["policy.cedar, line 2, rule 2 (read): rule 1 has this name already"]


def test_two_rules_of_one_name_on_one_line_are_refused_too() -> None:
    assert len(mistakes(GOOD.strip() + GOOD)) == 1


def test_all_mistakes_come_at_once_in_the_order_of_the_file() -> None:
    text = "permit (principal, action, resource);\n" + GOOD + "nonsense;\n" + GOOD
    assert [mistake.split(":")[0] for mistake in mistakes(text)] == [
        "policy.cedar, line 1, rule 1",
        "policy.cedar, line 3, rule 3",
        "policy.cedar, line 4, rule 4 (read)",
    ]


def test_semicolons_in_strings_and_comments_end_no_rule() -> None:
    rule = '@id("a;b") permit (principal, action, resource) // ; "\nwhen { resource.name == "x;\\";y" };'
    load(rule + GOOD)


def test_a_group_that_does_not_exist_is_refused() -> None:
    rule = '@id("x") forbid (principal in Role::"operatros", action, resource);'
    assert mistakes(rule, ("operators",)) == ["policy.cedar, line 1, rule 1 (x): there is no group operatros"]


@pytest.mark.parametrize("text", ["", "\n\n", "// nothing"])
def test_a_file_without_rules_is_refused(text: str) -> None:
    assert mistakes(text) == ["policy.cedar holds no rules, so nobody could do anything"]


PIECES = [
    "permit",
    "forbid",
    "(",
    ")",
    "principal",
    "action",
    "resource",
    ",",
    ";",
    "when",
    "{",
    "}",
    '@id("a")',
]
WORDS = st.lists(st.sampled_from([*PIECES, '"', "//", "\n", "==", 'Role::"x"', "?resource", "\\", "in", "!"]))


@settings(deadline=None)
@given(st.one_of(st.text(), WORDS.map(" ".join), WORDS.map(lambda words: GOOD + "".join(words))))
def test_any_text_is_a_policy_or_a_list_of_mistakes(text: str) -> None:
    with suppress(PolicyError):
        load(text)
