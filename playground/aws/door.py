"""The control door over HTTP, for processes other than the local AWS's own.

POST /_toban/control  {"do": "advance", "with": {"seconds": 60}}  ->  {"result": null}
A fault: {"do": "order", "with": {"kind": "throttle", "action": "StopInstances", "times": 2}}
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, is_dataclass
from typing import Any

from playground.aws.answer import Answer
from playground.aws.call import Request
from playground.aws.control import Control
from playground.aws.faults import Fault, Kind

PATH = "/_toban/control"


def through_the_door(control: Control, request: Request) -> Answer:
    """Carry out one order; what cannot be understood is answered with 400 and the reason.

    Only `application/json` is taken: a web page cannot send that to another origin unasked.
    """
    if request.method != "POST" or request.headers.get("content-type") != "application/json":
        return _json(415, {"error": "POST application/json"})
    try:
        asked = json.loads(request.body)
        result = orders(control)[asked["do"]](**asked.get("with", {}))
    except (KeyError, TypeError, ValueError) as problem:
        return _json(400, {"error": f"{type(problem).__name__}: {problem}"})
    return _json(200, {"result": _plain(result)})


def orders(control: Control) -> Mapping[str, Callable[..., Any]]:
    """Return what may be ordered over HTTP, by name."""
    known = (
        control.advance, control.snapshots_take, control.release_snapshots, control.fail_snapshots,
        control.fail_next_snapshot_of,
        control.copies_take, control.deny_copies_by_kms,
        control.images_take, control.release_images, control.fail_images,
        control.tiers_take, control.release_tiers, control.fail_tiers,
        control.fast_restores_take, control.release_fast_restores,
        control.commands_take, control.release_commands, control.fail_commands, control.commands_say,
        control.commands_write, control.fail_commands_on, control.without_agent, control.lose_agent,
        control.commands_sent, control.spoilt,
        control.databases_take, control.release_databases, control.restart_database,
        control.databases_fail_over, control.database_stands, control.fail_over_database,
        control.caches_fail_over, control.cache_stands,
        control.records_take, control.health_check_fails, control.timers_now,
        control.give_spot_notice, control.open_session, control.starve_group, control.feed_groups,
        control.spend, control.bill_only_spent, control.bill_pages, control.bill_in, control.bill_now,
        control.pays_for, control.mail_stands,
        control.instances_take, control.release_instances, control.refuse_start_by_kms,
        control.no_capacity, control.impair, control.heal, control.clear, control.hits, control.stands,
        control.calls, control.count,
    )  # fmt: skip
    return {one.__name__: one for one in known} | {"order": lambda **fault: control.order(_fault(**fault))}


def _fault(kind: str, **fields: Any) -> Fault:
    return Fault(Kind(kind), **fields)


def _plain(result: Any) -> Any:
    if isinstance(result, tuple):
        return [_plain(one) for one in result]
    return asdict(result) if is_dataclass(result) and not isinstance(result, type) else result


def _json(status: int, body: Mapping[str, Any]) -> Answer:
    return Answer(status, {"content-type": "application/json"}, json.dumps(body).encode())
