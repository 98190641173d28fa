"""users.* and usergroups.*: who is who."""

from playground.slack.errors import Refusal
from playground.slack.methods.call import Call, page
from playground.slack.shapes import Json


def info(call: Call) -> Json:
    """Describe a person; with their language on request."""
    person = call.slack.person(call.need("user"))
    return {"user": person.as_slack(call.slack.team.id, include_locale=call.flag("include_locale"))}


def listed(call: Call) -> Json:
    """List everybody, those who left included."""
    some, more = page(call, list(call.slack.people.values()))
    locale = call.flag("include_locale")
    members = [each.as_slack(call.slack.team.id, include_locale=locale) for each in some]
    return {"members": members, "cache_ts": int(call.slack.clock().timestamp()), **more}


def groups(call: Call) -> Json:
    """List the user groups, with their people on request."""
    found = []
    for group in call.slack.groups.values():
        users = {"users": list(group.users)} if call.flag("include_users") else {}
        found.append(group.as_slack(call.slack.team.id) | users)
    return {"usergroups": found}


def in_group(call: Call) -> Json:
    """List the people of one user group."""
    if call.slack.app.org_wide and call.need("team_id") != call.slack.team.id:
        raise Refusal("no_such_subteam")
    group = call.slack.groups.get(call.need("usergroup"))
    if group is None:
        raise Refusal("no_such_subteam")
    return {"users": list(group.users)}
