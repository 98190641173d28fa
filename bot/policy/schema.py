"""The Cedar schema, made from the actions that exist, so that a rule about anything else is refused."""

import json
from collections.abc import Iterable, Mapping

from bot.command import Risk

APPROVE = "approve"
"""The action of agreeing to somebody else's plan."""

GROUPS: Mapping[Risk, str] = {Risk.NONE: "read", Risk.CHANGE: "change", Risk.DESTROY: "destroy"}
"""Rules name a whole kind of action by these: ``action in Action::"change"``."""

KINDS = ("failover.run",)
"""Groups of verbs that differ only in what they are about."""

_ALWAYS = {*GROUPS.values(), *KINDS}
_ENTITIES = """
entity Role;
entity User in [Role];
entity Resource = {
  account: String, region: String, type: String, id: String, name: String, env: String,
} tags String;
type Asked = {
  approvals: Long, requester: User, door: String, risk: String, emergency: Bool,
  hour: Long, weekday: String, day: Long,
};
"""


def riskiest(actions: Iterable[tuple[str, Risk]]) -> dict[str, Risk]:
    """Each name once; where a verb and an action share a name, the greater risk counts."""
    order = list(Risk)
    found: dict[str, Risk] = {}
    for name, risk in actions:
        found[name] = max(risk, found.get(name, risk), key=order.index)
    return found


def schema(actions: Mapping[str, Risk]) -> str:
    """Cedar's schema text ("Human-readable schema format", Cedar policy language reference)."""
    named = sorted({group for name, risk in actions.items() for group in groups(name, risk)} | _ALWAYS)
    lines = [_ENTITIES, f"action {', '.join(map(_quoted, named))};"]
    for name, risk in sorted(actions.items()):
        parents = ", ".join(f"Action::{_quoted(group)}" for group in groups(name, risk))
        lines.append(_action(name, f" in [{parents}]"))
    lines.append(_action(APPROVE, ""))
    return "\n".join(lines)


def groups(name: str, risk: Risk) -> tuple[str, ...]:
    """The groups an action is in: its kind, its noun, and what it is a kind of, as run-zone is of run."""
    kind = tuple(group for group in KINDS if name.startswith(f"{group}-"))
    return (GROUPS[risk], _noun(name), *kind)


def _noun(action: str) -> str:
    return action.partition(".")[0]


def _action(name: str, parents: str) -> str:
    applies = "{ principal: User, resource: Resource, context: Asked }"
    return f"action {_quoted(name)}{parents} appliesTo {applies};"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
