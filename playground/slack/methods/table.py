"""Which methods there are, by Slack's names for them."""

from collections.abc import Callable, Mapping

from playground.slack.methods import account, chat, conversations, files, oauth, reactions, users, views
from playground.slack.methods.call import Method
from playground.slack.methods.oauth import Renewable

WITH_APP_TOKEN = frozenset({"apps.connections.open"})  # the others want the bot's
WITHOUT_TOKEN = frozenset({"blocks.validate", "api.test", "oauth.v2.access"})

_METHODS: Mapping[str, Method] = {
    "api.test": account.api_test,
    "auth.teams.list": account.auth_teams_list,
    "auth.test": account.auth_test,
    "blocks.validate": account.blocks_validate,
    "chat.delete": chat.delete,
    "chat.getPermalink": chat.get_permalink,
    "chat.postEphemeral": chat.post_ephemeral,
    "chat.postMessage": chat.post_message,
    "chat.update": chat.update,
    "conversations.history": conversations.history,
    "conversations.info": conversations.info,
    "conversations.join": conversations.join,
    "conversations.list": conversations.listed,
    "conversations.members": conversations.members,
    "conversations.open": conversations.opened,
    "conversations.replies": conversations.replies,
    "files.completeUploadExternal": files.complete_upload,
    "files.getUploadURLExternal": files.get_upload_url,
    "reactions.add": reactions.add,
    "reactions.remove": reactions.remove,
    "usergroups.list": users.groups,
    "usergroups.users.list": users.in_group,
    "users.info": users.info,
    "users.list": users.listed,
    "views.open": views.opened,
    "views.publish": views.published,
    "views.push": views.pushed,
    "views.update": views.updated,
}


def methods(ticket: Callable[[], str], tokens: Renewable) -> dict[str, Method]:
    """Return every method; sockets are opened with these tickets, and these tokens renewed."""
    return {
        **_METHODS,
        "apps.connections.open": account.opening(ticket),
        "oauth.v2.access": oauth.renewing(tokens),
    }
