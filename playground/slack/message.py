"""A message as a workspace keeps it."""

from dataclasses import dataclass, field

from playground.slack.shapes import Json


@dataclass(slots=True)
class Message:
    """One message.  `seen_by` is set when it is ephemeral: only that person sees it."""

    channel: str
    ts: str
    user: str
    text: str = ""
    bot_id: str = ""
    app_id: str = ""
    team: str = ""
    blocks: list[Json] = field(default_factory=list)
    attachments: list[Json] = field(default_factory=list)
    metadata: Json | None = None
    thread_ts: str = ""
    broadcast: bool = False
    edited_ts: str = ""
    files: list[Json] = field(default_factory=list)
    reactions: dict[str, list[str]] = field(default_factory=dict)
    subtype: str = ""
    seen_by: str = ""

    @property
    def is_reply(self) -> bool:
        """Whether it stands in a thread, under another message."""
        return bool(self.thread_ts) and self.thread_ts != self.ts

    def as_slack(self, *, with_metadata: bool = False) -> Json:
        """Return the message object; metadata only on request, as in conversations.history."""
        body: Json = {"type": "message", "user": self.user, "text": self.text, "ts": self.ts}
        body |= {"team": self.team, "bot_id": self.bot_id, "app_id": self.app_id, "thread_ts": self.thread_ts}
        body |= {"subtype": self.subtype, "blocks": self.blocks, "attachments": self.attachments}
        body |= {"files": self.files, "reactions": self._reactions(), "metadata": self.metadata}
        if not with_metadata:
            del body["metadata"]
        if self.edited_ts:
            body["edited"] = {"user": self.user, "ts": self.edited_ts}
        return {key: value for key, value in body.items() if value or key == "text"}

    def _reactions(self) -> list[Json]:
        return [{"name": name, "users": by, "count": len(by)} for name, by in self.reactions.items()]
