"""Slack's error codes, by what they mean for a message that must arrive.

Sources: "Errors" on the pages of chat.postMessage, chat.update, chat.postEphemeral, conversations.open,
files.completeUploadExternal (Slack).
"""

from bot.store.shut_channels import SHUT

BLOCKS = frozenset(
    {
        "invalid_blocks",
        "invalid_blocks_format",
        "msg_blocks_too_long",
        "blocks_too_long",
        "invalid_attachments",
        "attachment_payload_limit_exceeded",
        "msg_too_long",
    }
)
"""It would be shown without its blocks."""

CHANNEL = SHUT
"""The channel does not take it: the person gets it directly."""

EDIT = frozenset(
    {"message_not_found", "cant_update_message", "edit_window_closed", "is_inactive", "msg_not_found"}
)
"""The message stays as it is: a fresh one takes its place."""

GONE = frozenset({"message_not_found", "msg_not_found"})
"""Of these: nothing is left that could have a thread."""

THREAD = frozenset({"thread_not_found", "invalid_thread_ts", "cannot_reply_to_message"})
"""The thread is gone: the channel itself takes it."""

URL = frozenset({"expired_url", "used_url", "response_url_gone"})
"""A response_url past its thirty minutes or five uses."""

TOKEN = frozenset({"account_inactive", "invalid_auth", "not_authed", "token_expired", "token_revoked"})
"""Slack takes the bot's token no more: nothing can be said until there is another one, and then all of it."""

HOPELESS = frozenset(
    {"user_not_found", "users_not_found", "user_disabled", "cannot_dm_bot", "user_not_visible", "nobody"}
)
"""Nobody is there to read it, now or later."""
