"""The Cedar schema, made from the actions that exist, so that a rule about anything else is refused."""

import json
from collections.abc import Iterable, Mapping

from bot.command import Risk

APPROVE = "approve"
"""The action of agreeing to somebody else's plan."""

GROUPS: Mapping[Risk, str] = {Risk.NONE: "read", Risk.CHANGE: "change", Risk.DESTROY: "destroy"}
"""Rules name a whole kind of action by these: ``action in Action::"change"``."""

_ENTITIES = """
entity Role;
entity User in [Role];
entity Resource = {
  account: String, region: String, type: String, id: String, name: String, env: String,
} tags String;
type Asked = { approvals: Long, requester: User, door: String, risk: String, emergency: Bool };
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
    nouns = {_noun(name) for name in actions}
    named = sorted({*GROUPS.values(), *nouns})
    lines = [_ENTITIES, f"action {', '.join(map(_quoted, named))};"]
    for name, risk in sorted(actions.items()):
        parents = ", ".join(f"Action::{_quoted(group)}" for group in groups(name, risk))
        lines.append(_action(name, f" in [{parents}]"))
    lines.append(_action(APPROVE, ""))
    return "\n".join(lines)


def groups(name: str, risk: Risk) -> tuple[str, str]:
    """The groups an action is in: its kind, and its noun."""
    return GROUPS[risk], _noun(name)


def _noun(action: str) -> str:
    return action.partition(".")[0]


def _action(name: str, parents: str) -> str:
    applies = "{ principal: User, resource: Resource, context: Asked }"
    return f"action {_quoted(name)}{parents} appliesTo {applies};"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
