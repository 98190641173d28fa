"""auth.test, and the way to a socket."""

from collections.abc import Callable

from playground.slack.limits.messages import check_blocks
from playground.slack.methods.call import Call, Method
from playground.slack.shapes import Json


def auth_test(call: Call) -> Json:
    """Tell whose token this is."""
    team, app = call.slack.team, call.slack.app
    body: Json = {"url": f"{call.url}/", "team": team.name, "team_id": team.id, "user": app.name}
    return body | {
        "user_id": app.user_id,
        "bot_id": app.bot_id,
        "app_id": app.id,
        "is_enterprise_install": False,
    }


def opening(ticket: Callable[[], str]) -> Method:
    """Return apps.connections.open, handing out these tickets."""

    def apps_connections_open(call: Call) -> Json:
        return {"url": f"{call.url.replace('http', 'ws', 1)}/socket?ticket={ticket()}"}

    return apps_connections_open


def blocks_validate(call: Call) -> Json:
    """Tell whether these blocks could stand in a message."""
    check_blocks(call.structure("blocks"))
    return {}
