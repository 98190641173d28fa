"""The canonical form of a plan: what people approve, what is stored, and its SHA-256."""

import hashlib
import json
from typing import Any

from aws.account import Place
from bot import words
from bot.command import Left, Plan, Resource, Step, Table, Unread


def canonical(line: str, plan: Plan) -> str:
    """What people approve, as JSON with sorted keys: the line, every step, and what could not be read."""
    return _dumps(
        {
            "line": line,
            "steps": [step_to_json(step) for step in plan.steps],
            "left": [[_resource(left.target), words.to_json(left.why)] for left in plan.left],
            "unread": [[*unread_place, words.to_json(why)] for unread_place, why in _unread(plan)],
        }
    )


def plan_hash(line: str, plan: Plan) -> str:
    """SHA-256 of the canonical form, in hexadecimal."""
    return hashlib.sha256(canonical(line, plan).encode()).hexdigest()


def step_to_json(step: Step) -> dict[str, Any]:
    """A step as it is stored and hashed."""
    return {
        "key": step.key,
        "action": step.action,
        "target": _resource(step.target),
        "before": dict(step.before),
        "after": dict(step.after),
        "inputs": dict(step.inputs),
        "group": step.group,
        "needs": list(step.needs),
        "warnings": [words.to_json(said) for said in step.warnings],
    }


def step_from_json(stored: dict[str, Any]) -> Step:
    """Read what `step_to_json` wrote."""
    target = stored["target"]
    return Step(
        key=stored["key"],
        action=stored["action"],
        target=Resource(**{**target, "tags": _fields(target["tags"])}),
        before=_fields(stored["before"]),
        after=_fields(stored["after"]),
        inputs=_fields(stored["inputs"]),
        group=stored["group"],
        needs=tuple(stored["needs"]),
        warnings=tuple(words.from_json(said) for said in stored["warnings"]),
    )


def _resource(resource: Resource) -> dict[str, Any]:
    return {
        "account": resource.account,
        "region": resource.region,
        "type": resource.type,
        "id": resource.id,
        "name": resource.name,
        "tags": dict(resource.tags),
    }


def _fields(stored: dict[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(stored.items()))


def _unread(plan: Plan) -> list[tuple[tuple[str, str], words.Words]]:
    return [((unread.place.account, unread.place.region), unread.why) for unread in plan.unread]


def _dumps(value: object) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
