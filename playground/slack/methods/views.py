"""views.*: forms and home tabs.

Source: Slack's pages "views.open", "views.push", "views.update", "views.publish".
"""

from playground.slack.errors import Refusal
from playground.slack.limits.views import check_view
from playground.slack.methods.call import Call
from playground.slack.shapes import Json
from playground.slack.views import View


def opened(call: Call) -> Json:
    """Show a form to the person who just did something."""
    view = call.structure("view")
    check_view(view, "modal")
    trigger = call.slack.triggers.exchange(call.need("trigger_id"))
    return _shown(call, call.slack.views.open(trigger.user, view))


def pushed(call: Call) -> Json:
    """Show a form on top of the one in which something was just done."""
    view = call.structure("view")
    check_view(view, "modal")
    trigger = call.slack.triggers.exchange(call.need("trigger_id"))
    return _shown(call, call.slack.views.push(trigger.view, view))


def updated(call: Call) -> Json:
    """Change what an open form shows."""
    if not call.word("view_id") and not call.word("external_id"):
        raise Refusal("invalid_arguments", ["either view_id or external_id is required"])
    view = call.slack.views.find(call.word("view_id"), call.word("external_id"))
    return _shown(call, call.slack.views.update(view, call.structure("view"), call.word("hash")))


def published(call: Call) -> Json:
    """Show this as a person's home tab."""
    user = call.need("user_id")
    if user not in call.slack.people:
        raise Refusal("invalid_arguments", ["invalid `user_id`"])
    return _shown(call, call.slack.views.publish(user, call.structure("view"), call.word("hash")))


def _shown(call: Call, view: View) -> Json:
    return {"view": view.as_slack(call.slack.app, call.slack.team.id)}
