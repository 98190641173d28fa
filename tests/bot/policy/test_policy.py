"""What the rules decide, and that nothing slips past them."""

import pytest

from bot.command import Risk
from bot.operation import Door
from bot.policy.decision import Person
from tests.bot.policy.team import APPROVER, COLLEAGUE, GUEST, OPERATOR, ask, default, judge, load, step

ALL = '@id("all") permit (principal, action, resource);\n'
OVERFLOW = "9223372036854775807 + context.approvals + 1 > 0"


def test_a_forbid_that_cannot_be_evaluated_means_no() -> None:
    rule = f'@id("broken") forbid (principal, action, resource) when {{ {OVERFLOW} && false }};'
    decision = judge(load(ALL + rule), OPERATOR, step())
    assert not decision.allowed
    assert "overflow" in str(decision.why)


def test_a_forbid_on_a_kind_of_action_reaches_every_action_of_the_kind() -> None:
    policy = load(ALL + '@id("no") forbid (principal, action in Action::"change", resource);')
    assert not judge(policy, OPERATOR, step()).allowed
    assert not ask(policy, OPERATOR, "ec2.stop").allowed


def test_a_forbid_on_a_noun_reaches_its_verbs() -> None:
    policy = load(ALL + '@id("no") forbid (principal, action in Action::"ec2", resource);')
    assert not judge(policy, OPERATOR, step()).allowed
    assert judge(policy, OPERATOR, step("snapshot.create")).allowed


def test_an_action_nobody_declared_is_refused() -> None:
    decision = load(ALL).may_ask(OPERATOR, "ec2.explode", Risk.NONE, Door.SLASH)
    assert not decision.allowed
    assert "does not exist" in str(decision.why)


def test_somebody_without_groups_is_known_as_such_and_not_an_error() -> None:
    rule = '@id("guests") forbid (principal, action, resource) unless { principal in Role::"operators" };'
    policy = load(ALL + rule)
    assert judge(policy, GUEST, step()).rules == ("guests",)
    assert judge(policy, OPERATOR, step()).allowed


def test_one_refused_step_refuses_the_plan_and_is_named() -> None:
    policy = load(
        ALL + '@id("hands-off") forbid (principal, action, resource) when { resource.id == "i-2" };'
    )
    decision = judge(policy, OPERATOR, step(id_="i-1"), step(id_="i-2"), step(id_="i-3"))
    assert not decision.allowed
    assert str(decision.why) == ("rule hands-off forbids ec2.stop on instance i-2 web (main, ap-northeast-1)")


def test_the_step_that_needs_most_approvals_says_how_many() -> None:
    decision = judge(default(), OPERATOR, step(env="dev"), step(id_="i-2", env="prod"))
    assert (decision.approvals, decision.rules) == (1, ("operators-change-production-with-another-person",))


def test_a_rule_about_the_verb_holds_for_every_step_of_its_plan() -> None:
    policy = load(ALL + '@id("no") forbid (principal, action == Action::"snapshot.prune", resource);')
    assert not judge(policy, OPERATOR, step("snapshot.delete"), verb="snapshot.prune").allowed


def test_a_rule_about_a_steps_own_action_holds_whatever_the_verb() -> None:
    policy = load(ALL + '@id("no") forbid (principal, action == Action::"snapshot.delete", resource);')
    assert not judge(policy, OPERATOR, step("snapshot.delete"), verb="snapshot.prune").allowed


@pytest.mark.parametrize("needed", [0, 1, 2, 3])
def test_the_smallest_number_of_approvals_is_found(needed: int) -> None:
    rule = f'@id("n") permit (principal, action, resource) when {{ context.approvals >= {needed} }};'
    decision = judge(load(rule), OPERATOR, step())
    assert (decision.allowed, decision.approvals) == (True, needed)


def test_more_than_three_approvals_can_never_be_had() -> None:
    rule = '@id("n") permit (principal, action, resource) when { context.approvals >= 4 };'
    assert not judge(load(rule), OPERATOR, step()).allowed


def test_the_door_is_known_to_the_rules() -> None:
    policy = load(ALL + '@id("d") forbid (principal, action, resource) when { context.door == "clock" };')
    assert judge(policy, OPERATOR, step(), door=Door.SLASH).allowed
    assert not judge(policy, OPERATOR, step(), door=Door.CLOCK).allowed


def test_asking_is_possible_when_some_resource_could_be_allowed() -> None:
    rule = (
        '@id("dev") permit (principal in Role::"operators", action, resource) when { resource.env == "dev" };'
    )
    policy = load(rule)
    assert ask(policy, OPERATOR, "ec2.stop").allowed
    assert not ask(policy, GUEST, "ec2.stop").allowed
    assert not judge(policy, OPERATOR, step(env="prod")).allowed


def test_a_forbid_for_some_resources_stops_nobody_from_asking() -> None:
    policy = load(ALL + '@id("p") forbid (principal, action, resource) when { resource.env == "prod" };')
    assert ask(policy, OPERATOR, "ec2.stop").allowed


def test_an_answer_without_steps_is_judged_like_the_question() -> None:
    assert default().judge(GUEST, "ec2.list", [], {}, Door.SLASH).allowed
    assert not default().judge(GUEST, "ec2.stop", [], {}, Door.SLASH).allowed


def test_a_refusal_names_the_groups_that_may() -> None:
    decision = judge(default(), GUEST, step(env="dev"))
    assert str(decision.why) == (
        "ec2.stop on instance i-1 web (main, ap-northeast-1, env=dev) is only for operators"
    )


def test_a_refusal_of_everybody_says_so() -> None:
    rule = (
        '@id("dev") permit (principal in Role::"operators", action, resource) when { resource.env == "dev" };'
    )
    decision = judge(load(rule), OPERATOR, step(env="prod"))
    assert str(decision.why) == (
        "no rule allows ec2.stop on instance i-1 web (main, ap-northeast-1, env=prod) to you or to any group"
    )


def test_nobody_approves_what_they_asked_for_whatever_the_rules_say() -> None:
    decision = load(ALL).may_approve(OPERATOR, OPERATOR.id, [step()])
    assert not decision.allowed
    assert str(decision.why) == "you asked for this yourself; another person must approve it"


def test_those_who_could_approve_are_others_with_the_right_for_every_step() -> None:
    rule = (
        '@id("p") forbid (principal, action == Action::"approve", resource) '
        'when { resource.env == "prod" && principal in Role::"approvers" };'
    )
    people = [OPERATOR, COLLEAGUE, APPROVER, GUEST]
    policy = load(ALL + rule)
    assert policy.could_approve(people, OPERATOR.id, [step(env="dev")]) == (
        COLLEAGUE.id,
        APPROVER.id,
        GUEST.id,
    )
    both = [step(env="dev"), step(id_="i-2", env="prod")]
    assert policy.could_approve(people, OPERATOR.id, both) == (COLLEAGUE.id, GUEST.id)


def test_a_plan_without_steps_is_approved_by_those_who_could_approve_something() -> None:
    assert default().could_approve([OPERATOR, APPROVER, GUEST], COLLEAGUE.id, []) == (
        OPERATOR.id,
        APPROVER.id,
    )
    assert not default().may_approve(GUEST, OPERATOR.id, []).allowed


def test_approving_can_depend_on_the_risk_of_the_step() -> None:
    rule = (
        '@id("r") forbid (principal, action == Action::"approve", resource) '
        'when { context.risk == "destroy" };'
    )
    policy = load(ALL + rule)
    assert policy.may_approve(COLLEAGUE, OPERATOR.id, [step()]).allowed
    assert not policy.may_approve(COLLEAGUE, OPERATOR.id, [step("snapshot.delete")]).allowed


def test_a_name_from_slack_is_never_read_as_cedar() -> None:
    strange = Person('U"1"; permit (principal, action, resource); //\\', ('x"', "", "\n"))
    assert not judge(default(), strange, step()).allowed


def test_a_name_that_is_no_text_is_refused() -> None:
    half = Person("U\ud800", ("operators",))
    assert not ask(load(ALL), half, "ec2.stop").allowed
    assert not judge(default(), OPERATOR, step(env="\ud800")).allowed
    assert not load(ALL).may_approve(half, OPERATOR.id, [step()]).allowed
    assert load(ALL).could_approve([half, COLLEAGUE], OPERATOR.id, [step()]) == ()


def test_tags_decide_where_a_rule_asks_for_them() -> None:
    rule = (
        '@id("k") forbid (principal, action, resource) '
        'when { resource.hasTag("keep") && resource.getTag("keep") == "yes" };'
    )
    policy = load(ALL + rule)
    assert not judge(policy, OPERATOR, step(keep="no"), step(id_="i-2", keep="yes")).allowed
    assert judge(policy, OPERATOR, step(keep="no"), step(id_="i-2")).allowed


def test_a_rule_that_computes_the_tag_key_sees_every_tag() -> None:
    rule = '@id("k") forbid (principal, action, resource) when { resource.hasTag(resource.name) };'
    assert not judge(load(ALL + rule), OPERATOR, step(id_="i-0"), step(web="x")).allowed
