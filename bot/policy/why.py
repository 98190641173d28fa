"""Why the policy said so, in words fit for whoever asked."""

from collections.abc import Sequence

from bot.plan import Resource
from bot.policy.engine import Verdict
from bot.policy.subject import environment
from bot.words import Words, plural, words


def allowed(approvals: int, rules: Sequence[str]) -> Words:
    """Which rule says yes, and how many other people must agree."""
    named = ", ".join(rules)
    if approvals:
        return plural(
            "{n} other person must agree (rule {rules})",
            "{n} other people must agree (rule {rules})",
            approvals,
            rules=named,
        )
    return words("rule {rules} allows it", rules=named)


def refused(verdict: Verdict, groups: Sequence[str], target: Resource | None) -> Words:
    """What stands against it; `groups` are those that may, found by asking for each."""
    what = _what(verdict.question.action, target)
    if verdict.errors:
        return words(
            "{what} could not be decided, which means no: {error}", what=what, error=verdict.errors[0]
        )
    if verdict.rules:
        return words("rule {rules} forbids {what}", rules=", ".join(verdict.rules), what=what)
    if groups:
        return words("{what} is only for {groups}", what=what, groups=", ".join(groups))
    return words("no rule allows {what} to you or to any group", what=what)


def _what(action: str, target: Resource | None) -> Words | str:
    if target is None:
        return action
    env = environment(target.tags)
    place = ", ".join(filter(None, [target.account, target.region, env and f"env={env}"]))
    return words(
        "{action} on {type} {id} ({place})", action=action, type=target.type, id=_shown(target), place=place
    )


def _shown(target: Resource) -> str:
    return f"{target.id} {target.name}" if target.name else target.id
