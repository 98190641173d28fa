"""The policy: who may ask, who may approve, and how many other people must agree."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from cedarpy import PolicySet, Schema, pst

from bot.command import Risk
from bot.operation import Door
from bot.plan import Resource, Step
from bot.policy import check, schema, why
from bot.policy.decision import Decision, Person, no, yes
from bot.policy.engine import Engine, Now, Question, Verdict
from bot.policy.subject import Mentions, Subject
from bot.policy.tree import coarse, mentions, roles
from bot.words import words

DEFAULT = Path(__file__).with_name("default.cedar")
"""The policy that holds until a team writes its own."""


def now_in_utc() -> datetime:
    """The time, where no team's zone is known."""
    return datetime.now(UTC)


class Rules(NamedTuple):
    """A policy file, read and checked."""

    full: Engine
    coarse: Engine  # what could be allowed on some resource
    mentions: Mentions
    roles: tuple[str, ...]
    risks: Mapping[str, Risk]


class Policy:
    """Rules of one file.  An answer depends on nothing but the rules, what is asked, and when."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules

    @classmethod
    def load(
        cls,
        text: str,
        actions: Iterable[tuple[str, Risk]],
        name: str = "policy.cedar",
        groups: Iterable[str] | None = None,
        now: Now = now_in_utc,
    ) -> "Policy":
        """Read a policy file.

        `actions` are the noun.verb names of every verb and action with their risk; `groups`, if given,
        are all that exist, so that a rule about another one is refused.  `now` is the moment at which rules
        are asked, in the team's zone.  Raises PolicyError.
        """
        risks = schema.riskiest(actions)
        known = Schema.from_str(schema.schema(risks))
        found = check.rules(text, known, None if groups is None else frozenset(groups), name)
        trees = [rule.tree for rule in found]
        return cls(
            Rules(
                full=Engine(_together(trees), known, risks, now),
                coarse=Engine(_together([coarse(tree) for tree in trees]), known, risks, now),
                mentions=mentions(trees),
                roles=roles(trees),
                risks=risks,
            )
        )

    def may_ask(
        self, person: Person, action: str, risk: Risk, door: Door, *, emergency: bool = False
    ) -> Decision:
        """Whether anything at all could be allowed; asked before AWS is read."""
        question = Question(person, action, person.id, door, risk, emergency=emergency)
        (verdict,) = self._rules.coarse.least([question])
        return self._decide(self._rules.coarse, [verdict], [None])

    def judge(
        self,
        person: Person,
        action: str,
        steps: Sequence[Step],
        risks: Mapping[str, Risk],
        door: Door,
        *,
        emergency: bool = False,
    ) -> Decision:
        """Whether this plan is allowed: the verb and each step's own action, on each step's target.

        One refused step refuses the plan; the step that needs most approvals says how many.
        """
        if not steps:
            return self.may_ask(person, action, self._risk(action, risks), door, emergency=emergency)
        targets: dict[tuple[str, Subject], Resource] = {}
        for step in steps:
            subject = self._rules.mentions.subject(step.target)
            targets.setdefault((action, subject), step.target)
            targets.setdefault((step.action, subject), step.target)
        questions = [
            Question(person, asked, person.id, door, self._risk(asked, risks), subject, emergency=emergency)
            for asked, subject in targets
        ]
        return self._decide(self._rules.full, self._rules.full.least(questions), list(targets.values()))

    def may_approve(
        self, person: Person, requester: str, steps: Sequence[Step], door: Door = Door.BUTTON
    ) -> Decision:
        """Whether this person may agree to somebody else's plan; nobody may agree to their own."""
        if person.id == requester:
            return no(words("you asked for this yourself; another person must approve it"))
        engine = self._rules.full if steps else self._rules.coarse
        asked = self._approvals(requester, steps, door)
        verdicts = engine.ask([replace(question, person=person) for question in asked])
        return self._decide(engine, verdicts, list(asked.values()))

    def could_approve(
        self, people: Iterable[Person], requester: str, steps: Sequence[Step], door: Door = Door.BUTTON
    ) -> tuple[str, ...]:
        """Which of these people may agree, in the order given."""
        engine = self._rules.full if steps else self._rules.coarse
        others = [person for person in dict.fromkeys(people) if person.id != requester]
        asked = self._approvals(requester, steps, door)
        verdicts = engine.ask([replace(each, person=person) for person in others for each in asked])
        refused = {verdict.question.person.id for verdict in verdicts if not verdict.allowed}
        return tuple(person.id for person in others if person.id not in refused)

    def _approvals(
        self, requester: str, steps: Sequence[Step], door: Door
    ) -> dict[Question, Resource | None]:
        """What somebody who approves is asked about, with a target to name in the answer."""
        nobody = Person("")
        if not steps:
            return {Question(nobody, schema.APPROVE, requester, door, Risk.NONE): None}
        asked: dict[Question, Resource | None] = {}
        for step in steps:
            risk, subject = self._risk(step.action), self._rules.mentions.subject(step.target)
            question = Question(nobody, schema.APPROVE, requester, door, risk, subject)
            asked.setdefault(question, step.target)
        return asked

    def _risk(self, action: str, given: Mapping[str, Risk] = MappingProxyType({})) -> Risk:
        return given.get(action) or self._rules.risks.get(action, Risk.DESTROY)

    def _decide(
        self, engine: Engine, verdicts: Sequence[Verdict], targets: Sequence[Resource | None]
    ) -> Decision:
        for verdict, target in zip(verdicts, targets, strict=True):
            if not verdict.allowed:
                groups = self._who(engine, verdict.question)
                return no(why.refused(verdict, groups, target), verdict.rules)
        most = max(verdict.question.approvals for verdict in verdicts)
        deciding = [verdict.rules for verdict in verdicts if verdict.question.approvals == most]
        rules = tuple(sorted({rule for named in deciding for rule in named}))
        return yes(most, why.allowed(most, rules), rules)

    def _who(self, engine: Engine, question: Question) -> tuple[str, ...]:
        """The groups whose members would be allowed; found by asking as one of each."""
        own = question.requester == question.person.id
        probes = {}
        for role in self._rules.roles:
            member = Person(f"?{role}", (role,))
            requester = member.id if own else question.requester
            probes[role] = replace(question, person=member, requester=requester, approvals=0)
        verdicts = engine.least(list(probes.values())) if probes else []
        return tuple(role for role, verdict in zip(probes, verdicts, strict=True) if verdict.allowed)


def _together(trees: Iterable[pst.Template]) -> PolicySet:
    numbered = {f"policy{number}": tree for number, tree in enumerate(trees)}
    named = {key: replace(tree, id=key) for key, tree in numbered.items()}
    return PolicySet.from_pst(pst.PolicySet(pst.FrozenMap(), pst.FrozenMap(named), ()))
