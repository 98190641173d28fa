"""The canonical form of a plan: what people approve, what is stored, and its SHA-256."""

import hashlib
import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from sys import intern
from typing import Any

from aws.account import Place
from aws.alike import Alike, AsTheyAre
from bot import drawn, words
from bot.plan import Cell, Fields, File, Left, Offer, Plan, Resource, Step, Table, Unread


def canonical(line: str, plan: Plan) -> str:
    """What people approve, as JSON with sorted keys: the line, every step, and what could not be read."""
    return "".join(_pieces(line, plan))


def _pieces(line: str, plan: Plan) -> Iterator[str]:
    """The canonical form, a step at a time: of thousands it would be the largest thing in memory."""
    left = [[_resource(left.target), words.to_json(left.why)] for left in plan.left]
    agreed = f'"approvals":{plan.approvals},' if plan.approvals else ""
    yield f'{{{agreed}"left":{_dumps(left)},"line":{_dumps(line)},"steps":['
    for place, step in enumerate(plan.steps):
        yield f"{',' if place else ''}{_dumps(step_to_json(step))}"
    yield f'],"unread":{_dumps([[place, words.to_json(why)] for place, why in _unread(plan)])}}}'


def plan_hash(line: str, plan: Plan) -> str:
    """SHA-256 of the canonical form, in hexadecimal."""
    sha = hashlib.sha256()
    for piece in _pieces(line, plan):
        sha.update(piece.encode())
    return sha.hexdigest()


def plan_to_json(plan: Plan) -> dict[str, Any]:
    """A plan as it is stored: without its steps, which are rows of their own."""
    table = plan.table
    return {
        "approvals": plan.approvals,
        "file": plan.file and [plan.file.name, plan.file.text, *map(words.to_json, plan.file.said)],
        "summary": words.to_json(plan.summary),
        "left": [[_resource(left.target), words.to_json(left.why)] for left in plan.left],
        "unread": [[place, words.to_json(why)] for place, why in _unread(plan)],
        "notes": [words.to_json(note) for note in plan.notes],
        "table": table and [list(map(words.to_json, table.heads)), [_row(row) for row in table.rows]],
        "chart": plan.chart and drawn.to_json(plan.chart),
        "offers": [[words.to_json(offer.label), offer.line] for offer in plan.offers],
        "again": plan.again and plan.again.isoformat(),
    }


def plan_from_json(stored: dict[str, Any], steps: tuple[Step, ...] = ()) -> Plan:
    """Read what `plan_to_json` wrote."""
    table, once = stored["table"], Alike()
    return Plan(
        approvals=stored.get("approvals", 0),
        summary=words.from_json(stored["summary"]),
        file=_file_from(*stored["file"]) if stored["file"] else None,
        steps=steps,
        left=tuple(
            Left(_resource_from(target, once), words.from_json(why)) for target, why in stored["left"]
        ),
        unread=tuple(
            Unread(Place(account, region), words.from_json(why))
            for (account, region), why in stored["unread"]
        ),
        notes=tuple(words.from_json(note) for note in stored["notes"]),
        table=table and Table(tuple(map(words.from_json, table[0])), tuple(map(_row_from, table[1]))),
        chart=drawn.from_json(stored["chart"]) if stored.get("chart") else None,
        offers=tuple(Offer(words.from_json(label), line) for label, line in stored.get("offers", ())),
        again=datetime.fromisoformat(stored["again"]) if stored.get("again") else None,
    )


def _file_from(name: str, text: str, *said: dict[str, Any]) -> File:
    return File(name, text, tuple(map(words.from_json, said)))


def _row(row: tuple[Cell, ...]) -> list[Any]:
    return [cell if isinstance(cell, str) else words.to_json(cell) for cell in row]


def _row_from(stored: list[Any]) -> tuple[Cell, ...]:
    return tuple(cell if isinstance(cell, str) else words.from_json(cell) for cell in stored)


def step_to_json(step: Step) -> dict[str, Any]:
    """A step as it is stored and hashed; what most steps have not is left out."""
    rare = {
        "follows": list(step.follows),
        "undoes": step.undoes,
        "about": step.about,
        "within": step.within and step.within.total_seconds(),
        "not_before": step.not_before and step.not_before.isoformat(),
        "after_a_while": step.after_a_while and step.after_a_while.total_seconds(),
    }
    return {
        **{name: value for name, value in rare.items() if value},
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


def step_from_json(stored: dict[str, Any], alike: Alike | None = None) -> Step:
    """Read what `step_to_json` wrote; who reads many hands in what they have in common."""
    once = alike or AsTheyAre()
    return Step(
        key=stored["key"],
        action=intern(stored["action"]),
        target=_resource_from(stored["target"], once),
        before=once(_fields(stored["before"], once)),
        after=once(_fields(stored["after"], once)),
        inputs=_fields(stored["inputs"], once),
        group=intern(stored["group"]),
        needs=tuple(map(intern, stored["needs"])),
        follows=tuple(map(intern, stored.get("follows", ()))),
        undoes=stored.get("undoes", ""),
        about=intern(stored.get("about", "")),
        warnings=once(tuple(words.from_json(said) for said in stored["warnings"])),
        within=timedelta(seconds=stored["within"]) if "within" in stored else None,
        not_before=datetime.fromisoformat(stored["not_before"]) if "not_before" in stored else None,
        after_a_while=timedelta(seconds=stored["after_a_while"]) if "after_a_while" in stored else None,
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


def _resource_from(stored: dict[str, Any], once: Alike) -> Resource:
    return Resource(
        intern(stored["account"]),
        intern(stored["region"]),
        intern(stored["type"]),
        stored["id"],
        intern(stored["name"]),
        _fields(stored["tags"], once),
    )


def _fields(stored: dict[str, str], once: Alike) -> Fields:
    return tuple(map(once, sorted(stored.items()))) if stored else ()


def _unread(plan: Plan) -> list[tuple[tuple[str, str], words.Words]]:
    return [((unread.place.account, unread.place.region), unread.why) for unread in plan.unread]


def _dumps(value: object) -> str:
    return _WRITER.encode(value)


_WRITER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False)
