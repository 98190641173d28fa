"""User groups: those that the config names exist, and somebody is in them."""

from collections.abc import Iterator

from bot.doctor.finding import Finding, Says
from bot.settings import Settings
from bot.slack.sight import Sight, SlackSaysNo

NAME = "slack user groups"
_SAYS = Says(NAME)
_GONE, _NONE_HERE = "no_such_subteam", "plan_upgrade_required"  # "usergroups.users.list", Slack
_UNSEEN = "missing_scope"


def named(settings: Settings) -> tuple[str, ...]:
    """Every user group (S…) of the config, each once."""
    members = [one for group in settings.groups.values() for one in group]
    mentioned = [rule.mention for rule in settings.rules] + [rule.wider for rule in settings.rules]
    return tuple(
        dict.fromkeys(one for one in (*members, *mentioned, settings.bill.mention) if one.startswith("S"))
    )


def look(slack: Sight, settings: Settings) -> Iterator[Finding]:
    """Each of them.  Raises SlackSaysNo or SlackAway."""
    groups = named(settings)
    if not groups:
        yield _SAYS.ok("The config names people one by one, and no user group.")
        return
    wrong = [finding for group in groups if (finding := _of(slack, group))]
    yield from wrong
    if not wrong:
        yield _SAYS.ok(f"Somebody is in every user group of the config ({len(groups)}).")


def _of(slack: Sight, group: str) -> Finding | None:
    try:
        members = slack.members(group)
    except SlackSaysNo as error:
        if error.code == _NONE_HERE:
            what = f"This workspace's plan has no user groups, so nobody is in {group}."
            return _SAYS.failed(what, "Name people one by one (U…) in [groups] of the config.")
        if error.code == _UNSEEN:
            what = f"Who is in {group} is not said: the scope usergroups:read was not granted."
            return _SAYS.failed(
                what, "Paste `toban manifest` into the app's page, and install the app again."
            )
        if error.code != _GONE:
            raise
        return _SAYS.failed(
            f"There is no user group {group}, or it is disabled: nobody is in it.",
            "Enable it, or correct its id in the config (People & user groups, ⋮, Copy group ID).",
        )
    if not members:
        return _SAYS.failed(
            f"Nobody is in the user group {group}.", "Put people into it in Slack: People & user groups."
        )
    return None
