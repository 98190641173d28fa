"""The policy: it loads, somebody may ask for changes, and somebody else may agree to them."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from bot.command import Risk
from bot.doctor.finding import Finding, Says
from bot.operation import Door
from bot.people import Directory
from bot.policy.decision import Person
from bot.policy.policy import Policy
from bot.rulebook import rules
from bot.settings import Settings, SettingsError
from bot.slack.sight import Sight, SlackAway, SlackSaysNo

NAME = "policy"
_SAYS = Says(NAME)
Changes: TypeAlias = Sequence[tuple[str, Risk]]
"""What changes something, and how much it can hurt."""
_GROUPS = (
    "Put people (U…) or user groups (S…) into [groups] of the config, by the names that the policy speaks of."
)


def look(settings: Settings, slack: Sight | None) -> Iterator[Finding]:
    """The policy file, and everything else that is read before a start: schedules, rules, experiments."""
    try:
        found = rules(settings)
    except SettingsError as error:
        for mistake in error.mistakes:
            do = "Correct it in the policy or the config; toban does not start so."
            yield _SAYS.failed(f"{str(mistake).rstrip('.')}.", do)
        return
    changes = [(name, risk) for name, risk in found.known.risks if risk is not Risk.NONE]
    yield _people(found.policy, changes, everybody(settings, slack))


def everybody(settings: Settings, slack: Sight | None) -> list[Person]:
    """All who are in any group; two strangers stand for a user group that Slack says nothing of."""
    named = {one for group in settings.groups.values() for one in group if one.startswith("S")}
    known: Mapping[str, tuple[str, ...]] = {group: _members(group, slack) for group in named}
    return list(Directory(settings.groups, known.get).everybody())


def _members(group: str, slack: Sight | None) -> tuple[str, ...]:
    try:
        if slack is not None:
            return slack.members(group)
    except SlackSaysNo as error:
        if error.code == "no_such_subteam":
            return ()
    except SlackAway:
        pass
    return f"?{group}-1", f"?{group}-2"


def _people(policy: Policy, changes: Changes, people: list[Person]) -> Finding:
    askers = [one for one in people if _may_change(policy, one, changes)]
    if not askers:
        return _SAYS.failed("Nobody may change anything: nobody in a group is allowed to.", _GROUPS)
    approvers = {other for one in askers for other in policy.could_approve(people, one.id, ())}
    alone = [one.id for one in askers if not policy.could_approve(people, one.id, ())]
    if alone:
        return _SAYS.warning(
            f"Nobody could agree to what {', '.join(alone)} may ask for: in production it waits in vain.",
            f"A second person has to be allowed to approve. {_GROUPS}",
        )
    return _SAYS.ok(
        f"The policy loads; {len(askers)} may change something, {len(approvers)} may agree to it."
    )


def _may_change(policy: Policy, person: Person, changes: Changes) -> bool:
    return any(policy.may_ask(person, name, risk, Door.SLASH).allowed for name, risk in changes)
