"""Questions put to Cedar, each with everything it depends on, and what Cedar answers.

Cedar skips a rule that cannot be evaluated, a forbid too; so an answer counts as yes only when
nothing went wrong on the way to it.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple, TypeAlias

from cedarpy import AuthzResult, Decision, Entities, PolicySet, Schema, is_authorized_batch

from bot.command import Risk
from bot.operation import Door
from bot.policy.decision import Person
from bot.policy.schema import groups
from bot.policy.subject import NOTHING, Subject

MOST = 3
"""Rules can ask for the agreement of at most so many other people."""

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

Json: TypeAlias = "dict[str, object]"
Now: TypeAlias = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Question:
    """May this person do this, when so many other people agree?"""

    person: Person
    action: str
    requester: str  # who asked first; of an approval somebody else
    door: Door
    risk: Risk
    subject: Subject = NOTHING
    approvals: int = 0
    emergency: bool = False  # the asker says that it cannot wait for anybody


@dataclass(frozen=True, slots=True)
class Verdict:
    """Cedar's answer to one question."""

    question: Question
    allowed: bool
    rules: tuple[str, ...]  # @ids of the rules that decided
    errors: tuple[str, ...]  # what could not be evaluated


class Known(NamedTuple):
    """Everybody and everything that questions speak of, as Cedar holds it."""

    entities: Entities
    numbers: Mapping[Subject, str]


class Engine:
    """Parsed rules and their schema, to be asked any number of times from any thread."""

    def __init__(self, rules: PolicySet, known: Schema, risks: Mapping[str, Risk], now: Now) -> None:
        """`now` is the moment at which rules are asked, in the team's zone."""
        self._now = now
        self._rules = rules
        self._schema = known
        self._risks = risks

    def ask(self, questions: Sequence[Question]) -> list[Verdict]:
        """One verdict for each question, in their order."""
        try:
            return self._ask(questions, self._known(questions))
        except ValueError as error:  # a name that is no text, such as half of a surrogate pair
            return [_no(question, error) for question in questions]

    def least(self, questions: Sequence[Question]) -> list[Verdict]:
        """For each question the yes that needs the fewest approvals, or the no that even `MOST` get."""
        try:
            return self._least(questions, self._known(questions))
        except ValueError as error:
            return [_no(question, error) for question in questions]

    def _least(self, questions: Sequence[Question], known: Known) -> list[Verdict]:
        verdicts = self._ask(questions, known)
        for approvals in range(1, MOST + 1):
            refused = [place for place, verdict in enumerate(verdicts) if not verdict.allowed]
            again = [replace(questions[place], approvals=approvals) for place in refused]
            for place, verdict in zip(refused, self._ask(again, known), strict=True):
                verdicts[place] = verdict
        return verdicts

    def _ask(self, questions: Sequence[Question], known: Known) -> list[Verdict]:
        if not questions:
            return []
        when = _when(self._now())
        requests = [_request(question, known.numbers[question.subject], when) for question in questions]
        answers = is_authorized_batch(requests, self._rules, known.entities, self._schema)
        return [_verdict(question, answer) for question, answer in zip(questions, answers, strict=True)]

    def _known(self, questions: Sequence[Question]) -> Known:
        subjects = dict.fromkeys(question.subject for question in questions)
        numbers = {subject: str(number) for number, subject in enumerate(subjects)}
        entities = _users(question.person for question in questions)
        entities += [_resource(subject, number) for subject, number in numbers.items()]
        entities += [self._action(name) for name in {question.action for question in questions}]
        return Known(Entities.from_json_str(json.dumps(entities)), numbers)

    def _action(self, name: str) -> Json:
        """Cedar looks for an action's groups among the entities, not in a schema handed in beside them."""
        risk = self._risks.get(name)
        parents = [_uid("Action", group) for group in groups(name, risk)] if risk else []
        return {"uid": _uid("Action", name), "attrs": {}, "parents": parents}


def _users(people: Iterable[Person]) -> list[Json]:
    groups: dict[str, set[str]] = {}
    for person in dict.fromkeys(people):
        groups.setdefault(person.id, set()).update(person.groups)
    return [
        {"uid": _uid("User", id_), "attrs": {}, "parents": [_uid("Role", name) for name in sorted(names)]}
        for id_, names in groups.items()
    ]


def _resource(subject: Subject, number: str) -> Json:
    attributes = {
        "account": subject.account,
        "region": subject.region,
        "type": subject.type,
        "id": subject.id,
        "name": subject.name,
        "env": subject.env,
    }
    tags = dict(subject.tags)
    return {"uid": _uid("Resource", number), "attrs": attributes, "tags": tags, "parents": []}


def _when(now: datetime) -> Json:
    """The time as rules see it: an hour from 0 to 23, a weekday, a day such as 20261231."""
    return {"hour": now.hour, "weekday": WEEKDAYS[now.weekday()], "day": int(f"{now:%Y%m%d}")}


def _request(question: Question, number: str, when: Json) -> Json:
    return {
        "principal": _uid("User", question.person.id),
        "action": _uid("Action", question.action),
        "resource": _uid("Resource", number),
        "context": {
            "approvals": question.approvals,
            "requester": {"__entity": _uid("User", question.requester)},
            "door": str(question.door),
            "risk": str(question.risk),
            "emergency": question.emergency,
            **when,
        },
    }


def _uid(kind: str, name: str) -> Json:
    return {"type": kind, "id": name}


def _no(question: Question, error: ValueError) -> Verdict:
    return Verdict(question, allowed=False, rules=(), errors=(str(error),))


def _verdict(question: Question, answer: AuthzResult) -> Verdict:
    found = answer.diagnostics
    allowed = answer.decision is Decision.Allow and not found.errors
    rules = tuple(sorted(found.id_annotations_by_reason.values()))
    return Verdict(question, allowed, rules, tuple(found.errors))
