"""The policy that holds until a team writes its own."""

import re

import pytest

from bot.policy.decision import Person
from bot.policy.policy import DEFAULT
from tests.bot.policy.team import APPROVER, COLLEAGUE, GUEST, OPERATOR, ask, default, judge, load, step


@pytest.mark.parametrize("person", [OPERATOR, APPROVER, GUEST])
def test_everybody_may_look(person: Person) -> None:
    assert ask(default(), person, "ec2.list").allowed


@pytest.mark.parametrize("person", [APPROVER, GUEST])
def test_only_operators_change_anything(person: Person) -> None:
    refused = ask(default(), person, "ec2.stop")
    assert not refused.allowed
    assert str(refused.why) == "ec2.stop is only for operators"


def test_operators_change_dev_by_themselves() -> None:
    decision = judge(default(), OPERATOR, step(env="dev"))
    assert (decision.allowed, decision.approvals) == (True, 0)
    assert decision.rules == ("operators-change",)


@pytest.mark.parametrize("tags", [{"env": "prod"}, {"Environment": "Production"}, {"STAGE": "本番"}])
def test_production_needs_one_other_person_however_it_is_spelled(tags: dict[str, str]) -> None:
    decision = judge(default(), OPERATOR, step(**tags))
    assert (decision.allowed, decision.approvals) == (True, 1)
    assert decision.rules == ("operators-change-production-with-another-person",)


def test_contradicting_tags_are_read_as_production() -> None:
    assert judge(default(), OPERATOR, step(env="dev", stage="live")).approvals == 1


def test_what_cannot_be_undone_needs_another_person_in_dev_too() -> None:
    assert judge(default(), OPERATOR, step("snapshot.delete", env="dev")).approvals == 1


def test_operators_and_approvers_agree_to_plans_and_guests_do_not() -> None:
    policy, steps = default(), [step(env="prod")]
    allowed = [
        policy.may_approve(person, OPERATOR.id, steps).allowed for person in (COLLEAGUE, APPROVER, GUEST)
    ]
    assert allowed == [True, True, False]


def test_the_examples_in_its_comments_load() -> None:
    text = DEFAULT.read_text(encoding="utf-8")
    examples = re.sub(r"(?m)^//   (?=[@pfw])", "", text[text.index("// Examples to copy") :])
    policy = load(text + examples)
    assert judge(policy, OPERATOR, step("snapshot.delete", env="prod")).approvals == 2
    assert judge(policy, OPERATOR, step()).approvals == 1
    assert not judge(policy, OPERATOR, step("snapshot.delete", keep="yes")).allowed
