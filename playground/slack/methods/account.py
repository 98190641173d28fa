"""api.test, auth.test, blocks.validate, and the way to a socket.

Source: Slack's pages on each method.
"""

from collections.abc import Callable, Mapping

from playground.slack.content import read_content
from playground.slack.errors import Refusal
from playground.slack.limits.messages import check_blocks
from playground.slack.limits.views import check_view
from playground.slack.methods.call import Call, Method, page
from playground.slack.shapes import Json, as_object


def api_test(call: Call) -> Json:
    """Give back what was sent; with `error`, refuse with that code."""
    args = {name: value for name, value in call.args.items() if name != "token"}
    if call.word("error"):
        raise Refusal(call.word("error"))
    return {"args": args}


def auth_test(call: Call) -> Json:
    """Tell whose token this is."""
    team, app = call.slack.team, call.slack.app
    body: Json = {"url": f"{call.url}/", "team": team.name, "team_id": team.id, "user": app.name}
    if team.enterprise:
        body["enterprise_id"] = team.enterprise
    if app.org_wide:
        body["team_id"] = team.enterprise
    return body | {
        "user_id": app.user_id,
        "bot_id": app.bot_id,
        "app_id": app.id,
        "is_enterprise_install": app.org_wide,
    }


def auth_teams_list(call: Call) -> Json:
    """List the workspaces that an organisation-wide app was let into."""
    team = call.slack.team
    ids = (team.id, *team.siblings)
    some, more = page(call, [{"id": each, "name": each} for each in ids], bad_limit="invalid_limit")
    return {"teams": list(some), **more}


def opening(ticket: Callable[[], str]) -> Method:
    """Return apps.connections.open, handing out these tickets."""

    def apps_connections_open(call: Call) -> Json:
        return {"url": f"{call.url.replace('http', 'ws', 1)}/socket?ticket={ticket()}"}

    return apps_connections_open


def blocks_validate(call: Call) -> Json:
    """Tell whether Slack would show these blocks, this message, or this view."""
    given = [name for name in _CHECKS if call.word(name)]
    if len(given) != 1:
        raise Refusal("invalid_arguments", ["must provide exactly one of `blocks`, `view`, or `message`"])
    try:
        _CHECKS[given[0]](call.structure(given[0]))
    except Refusal as refusal:
        if refusal.details and "json-pointer" not in refusal.details[0]:
            raise  # it was no JSON
        raise Refusal(f"invalid_{given[0]}", refusal.details or [refusal.code]) from None
    return {}


def _view(view: object) -> None:
    check_view(view, "home" if as_object(view).get("type") == "home" else "modal")


def _message(message: object) -> None:
    read_content(as_object(message))


_CHECKS: Mapping[str, Callable[[object], None]] = {
    "blocks": check_blocks,
    "message": _message,
    "view": _view,
}
