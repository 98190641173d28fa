"""What holds for every policy, person and plan, beside a plain reading of the rules in Python."""

from dataclasses import dataclass, replace

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.command import Risk
from bot.operation import Door
from bot.plan import Step
from bot.policy.decision import Decision, Person
from bot.policy.policy import Policy
from bot.policy.schema import GROUPS
from bot.policy.subject import environment
from tests.bot.policy.team import RISKS, judge, load, step

NAMES = ("a", "b", "c")


@dataclass(frozen=True)
class Simple:
    """A rule simple enough to be read twice: by Cedar, and by `holds`."""

    permit: bool
    group: str
    kind: Risk | None
    env: str
    least: int
    style: str

    def cedar(self, number: int) -> str:
        effect = "permit" if self.permit else "forbid"
        who = f'principal in Role::"{self.group}"' if self.group else "principal"
        what = f'action in Action::"{GROUPS[self.kind]}"' if self.kind else "action"
        env = f'resource.env == "{self.env}"' if self.env else "true"
        many = f"context.approvals {'>=' if self.permit else '<'} {self.least}"
        says = {
            "plain": f"when {{ {env} && {many} }}",
            "unless": f"unless {{ !({env} && {many}) }}",
            "not": f"when {{ !(!({env}) || !({many})) }}",
            "if": f"when {{ if {env} then {many} else false }}",
        }
        return f'@id("r{number}") {effect} ({who}, {what}, resource) {says[self.style]};'

    def holds(self, person: Person, action: str, env: str, approvals: int) -> bool:
        enough = approvals >= self.least
        return (
            self.group in ("", *person.groups)
            and self.kind in (None, RISKS.get(action))
            and self.env in ("", env)
            and enough == self.permit
        )


RULES = st.lists(
    st.builds(
        Simple,
        permit=st.booleans(),
        group=st.sampled_from(["", *NAMES]),
        kind=st.sampled_from([None, *Risk]),
        env=st.sampled_from(["", "dev", "prod"]),
        least=st.integers(0, 4),
        style=st.sampled_from(["plain", "unless", "not", "if"]),
    ),
    min_size=1,
    max_size=6,
)
PEOPLE = st.builds(
    Person, id=st.sampled_from(["U1", "U2"]), groups=st.lists(st.sampled_from(NAMES), unique=True).map(tuple)
)
STEPS = st.lists(
    st.builds(
        step,
        action=st.sampled_from(["ec2.stop", "snapshot.delete"]),
        id_=st.sampled_from(["i-1", "i-2"]),
        env=st.sampled_from(["dev", "prod", "production", ""]),
    ),
    min_size=1,
    max_size=4,
)


def cedar(rules: list[Simple]) -> Policy:
    return load("\n".join(rule.cedar(number) for number, rule in enumerate(rules)))


def plainly(rules: list[Simple], person: Person, asked: str, target: Step) -> int | None:
    """The fewest approvals by reading the rules one after the other, or None."""
    env = environment(target.target.tags)
    for approvals in range(4):
        speak = [rule.permit for rule in rules if rule.holds(person, asked, env, approvals)]
        if speak and all(speak):
            return approvals
    return None


@settings(deadline=None)
@given(RULES, PEOPLE, STEPS)
def test_cedar_decides_as_the_rules_read(rules: list[Simple], person: Person, steps: list[Step]) -> None:
    needs = [plainly(rules, person, each, one) for one in steps for each in ("ec2.stop", one.action)]
    decision = judge(cedar(rules), person, *steps, verb="ec2.stop")
    assert decision.allowed == (None not in needs)
    assert decision.approvals == (max(filter(None, needs), default=0) if decision.allowed else 0)


@settings(deadline=None)
@given(RULES, PEOPLE, STEPS)
def test_whoever_could_do_it_may_ask(rules: list[Simple], person: Person, steps: list[Step]) -> None:
    policy = cedar(rules)
    if judge(policy, person, *steps, verb="ec2.stop").allowed:
        assert policy.may_ask(person, "ec2.stop", Risk.CHANGE, Door.SLASH).allowed


@settings(deadline=None)
@given(RULES, PEOPLE)
def test_whoever_may_ask_could_do_it_somewhere(rules: list[Simple], person: Person) -> None:
    """As far as plain permits go; for other rules the answer may be a yes that the plan then takes back."""
    policy = cedar([replace(rule, permit=True, style="plain") for rule in rules])
    if policy.may_ask(person, "ec2.stop", Risk.CHANGE, Door.SLASH).allowed:
        assert any(judge(policy, person, step(env=env)).allowed for env in ("dev", "prod", "other"))


@settings(deadline=None)
@given(RULES, PEOPLE, STEPS)
def test_who_may_approve_are_those_who_could(rules: list[Simple], person: Person, steps: list[Step]) -> None:
    policy = cedar(rules)
    one_by_one: Decision = policy.may_approve(person, "U1", steps)
    assert (person.id in policy.could_approve([person], "U1", steps)) == one_by_one.allowed
    assert not (person.id == "U1" and one_by_one.allowed)
