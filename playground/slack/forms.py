"""Somebody fills in a form and sends it, or closes it.

Source: Slack's pages "view_submission payload", "view_closed payload", "Modals" (response_action).
"""

from collections.abc import Mapping

from playground.slack.delivery import Answer
from playground.slack.dressing import elements
from playground.slack.errors import CannotDoError, Refusal
from playground.slack.office import TROUBLE, Office, Outcome
from playground.slack.shapes import Json, as_object
from playground.slack.values import initial_values, is_empty, value_of
from playground.slack.views import View


def submit(office: Office, user: str, view_id: str, said: Mapping[str, object]) -> Outcome:
    """Send a form; `said` maps "block_id/action_id" (or either alone) to what was written or chosen.

    Raises CannotDoError when the form is not in front, a field is unknown, or a required one is empty.
    """
    view = office.slack.views.top(user, view_id)
    view.values = _filled(view, said)
    payload = office.common("view_submission", user) | {"view": _shown(office, view), "response_urls": []}
    payload["trigger_id"] = office.slack.triggers.make(user)
    answer = office.send("interactive", payload)
    shown = _respond(office, view, answer) if answer.acked else TROUBLE
    return Outcome(answer.acked, answer.seconds, payload, answer.payload, shown, answer.why)


def close(office: Office, user: str, view_id: str) -> Outcome:
    """Close a form without sending it; the app hears of it only if it asked to (notify_on_close)."""
    view = office.slack.views.top(user, view_id)
    office.slack.views.close(view, everything=bool(view.body.get("clear_on_close")))
    if not view.body.get("notify_on_close"):
        return Outcome(acked=True, seconds=0.0, payload={})
    payload = office.common("view_closed", user) | {"view": _shown(office, view)}
    payload["is_cleared"] = bool(view.body.get("clear_on_close"))
    answer = office.send("interactive", payload)
    return Outcome(answer.acked, answer.seconds, payload, answer.payload, why=answer.why)


def hold(view: View, said: Mapping[str, object]) -> None:
    """Note what is filled in so far, which a click in the form tells the app.

    Raises CannotDoError when a field is unknown.
    """
    if said:
        view.values = _read(view, said)


def _shown(office: Office, view: View) -> Json:
    return view.as_slack(office.slack.app, office.slack.team.id)


def _filled(view: View, said: Mapping[str, object]) -> Json:
    values = _read(view, said)
    _complete(view, values)
    return values


def _read(view: View, said: Mapping[str, object]) -> Json:
    values = initial_values(view.blocks)
    left = dict(said)
    for block in view.blocks:
        for element in elements(block):
            names = (
                f"{block['block_id']}/{element.get('action_id')}",
                element.get("action_id"),
                block["block_id"],
            )
            for name in [name for name in names if name in left]:
                values[block["block_id"]][element["action_id"]] = value_of(element, left.pop(name))
    if left:
        raise CannotDoError(f"the form has no {sorted(left)}; it has {values}")
    return values


def _complete(view: View, values: Json) -> None:
    for block in view.blocks:
        if block["type"] != "input" or block.get("optional"):
            continue
        if any(is_empty(value) for value in values.get(block["block_id"], {}).values()):
            raise CannotDoError(f"{block['block_id']} must be filled in")


def _respond(office: Office, view: View, answer: Answer) -> str:
    """Do what the acknowledgement says, and return what the person reads."""
    body = as_object(answer.payload)
    views, wanted = office.slack.views, body.get("response_action")
    try:
        if wanted == "errors":
            return _troubled(view, as_object(body.get("errors")))
        if wanted == "update":
            views.update(view, body.get("view"))
        elif wanted == "push":
            views.push(view.id, body.get("view"))
        else:
            views.close(view, everything=wanted == "clear")
    except Refusal:
        return TROUBLE
    return ""


def _troubled(view: View, errors: Json) -> str:
    known = {block["block_id"] for block in view.blocks if block["type"] == "input"}
    if not errors or not known.issuperset(errors):
        return TROUBLE
    view.trouble = errors
    return "\n".join(map(str, errors.values()))
